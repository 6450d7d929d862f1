"""The drafts of a person: their list, keeping one, discarding one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from rayhub.methods import read_only
from resources.editing.desks import posted_key
from resources.editing.drafts import OlderTab, draft_of, forget_draft, own_draft_or_404, save_draft, typed
from resources.editing.models import Draft
from resources.editing.sheets import KEPT


@read_only
@never_cache
@login_required
def drafts(request: HttpRequest) -> HttpResponse:
    """What one has typed and not yet sent, the latest first."""
    found = Draft.objects.filter(person=request.user.pk).select_related("entry").order_by("-saved_at", "-pk")
    return render(request, "editing/drafts.html", {"drafts": found})


@require_POST
@never_cache
def save(request: HttpRequest) -> JsonResponse:
    """Keeps a form as it is being typed. 409 with the reason where another window has saved since."""
    person = request.user
    if not isinstance(person, User):
        return JsonResponse({"words": _("You are signed out. Your text is kept in this browser.")}, status=403)
    key, entry = posted_key(request, person)
    base, version = (_number(request.POST.get(name, "")) for name in ("base", "draft_version"))
    try:
        draft = save_draft(
            typed(request.POST), person=person, key=key, entry=entry,
            base=base, version=version or 0, take_over="take_over" in request.POST,
        )  # fmt: skip
    except OlderTab as error:
        other = draft_of(person, key)
        return JsonResponse({"words": str(error), "version": other.version if other else 0}, status=409)
    return JsonResponse({"words": _("Draft kept."), "version": draft.version})


@require_POST
@login_required
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws a draft of one's own away."""
    assert isinstance(request.user, User)  # noqa: S101  # login_required
    draft = own_draft_or_404(request.user, pk)
    forget_draft(request.user, draft.key)
    request.session.pop(KEPT, None)
    messages.info(request, _("The draft is gone."))
    return redirect(draft.form_address if "stay" in request.POST else reverse("drafts"))


def _number(said: str) -> int | None:
    return int(said) if said.isdecimal() and len(said) < 9 else None

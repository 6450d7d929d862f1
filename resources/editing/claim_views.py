"""The page of one claim."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from resources.editing.claim_work import (
    ClaimWorkForm,
    expected_of,
    live_row_or_404,
    same,
    started_from,
    steps_of,
    with_row,
)
from resources.editing.drafts import as_data
from resources.editing.sheets import SENT, kept_form, settle, way_to_live
from resources.editing.turning_away import turned_away
from resources.entries.claims import tell_doubts
from resources.entries.content import Content
from resources.entries.knowledge import CaseStudy
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.limits import TooFast
from resources.history.models import Revision
from resources.moderation.actions import submit
from resources.moderation.promise import sentence
from resources.proposals.models import Proposal
from resources.publishing import EditConflict, PublishRefused


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@entry_page()
def claim(request: HttpRequest, entry: Entry, key: str) -> HttpResponse:
    """One claim with its history; ?act=source, verify or dispute says what the form begins with."""
    assert isinstance(entry, CaseStudy)  # noqa: S101  # the address map gives this view case studies only
    row = live_row_or_404(entry, key)
    person = request.user
    if request.method != "POST":
        kept = kept_form(request, request.path)
        return _show(request, entry, _form(entry, row, as_data(kept) if kept else None, request.GET.get("act", "")))
    if not isinstance(person, User) or not way_to_live(person, entry):
        return turned_away(request, entry.type, entry, keep=not isinstance(person, User))
    content, began = started_from(entry, request.POST, key)
    form = _form(entry, began or row, request.POST)
    if content is None or not same(began, row):
        return _changed_meanwhile(request, entry, row)
    if not form.is_valid() or _sent_before(request, form):
        return _show(request, entry, form, status=422)
    try:
        sent = _submit(form, content, entry, person)
    except EditConflict:
        return _changed_meanwhile(request, entry, live_row_or_404(entry, key))
    except PublishRefused as error:
        form.add_error(None, ValidationError(str(error)))
        return _show(request, entry, form, status=429 if isinstance(error, TooFast) else 422)
    settle(request, form.cleaned_data["sheet"])
    return _after(request, entry, key, sent)


def _form(entry: CaseStudy, row: dict[str, Any], data: Any, act: str = "") -> ClaimWorkForm:
    opened = int(timezone.now().timestamp())
    begin = {"base": entry.revision_number, "opened": opened, "sheet": uuid4().hex} | expected_of(row, act)
    return ClaimWorkForm(data, row=row, initial=begin)


def _changed_meanwhile(request: HttpRequest, entry: CaseStudy, row: dict[str, Any]) -> HttpResponse:
    """The claim as it is now, with what was typed beside it, to be looked at again."""
    fields = {name: request.POST.getlist(name) for name in request.POST}
    fresh = as_data(fields | {"base": [str(entry.revision_number)]})
    return _show(request, entry, _form(entry, row, fresh), changed=True, status=409)


def _sent_before(request: HttpRequest, form: ClaimWorkForm) -> bool:
    if form.cleaned_data["sheet"] not in request.session.get(SENT, []):
        return False
    form.add_error(None, _("You sent this form already. Open the page again for something else."))
    return True


def _submit(form: ClaimWorkForm, content: Content, entry: CaseStudy, person: User) -> Revision | Proposal:
    given = form.cleaned_data
    opened = given["opened"]
    return submit(
        with_row(content, form.made | {"key": form.row["key"]}),
        author=person,
        entry=entry,
        base=given["base"],
        summary=form.summary(),
        seconds=max(0, min(int(timezone.now().timestamp()) - opened, 2**31 - 1)) if opened else None,
    )


def _after(request: HttpRequest, entry: CaseStudy, key: str, sent: Revision | Proposal) -> HttpResponse:
    """Says what became of it, and leads on."""
    if isinstance(sent, Proposal):
        messages.success(request, _("Thank you. A moderator looks at your proposal; you are told what becomes of it."))
        return redirect(sent)
    if sent.number == entry.revision_number:
        messages.info(request, _("The claim says this already, so nothing was changed."))
    else:
        messages.success(
            request,
            _("Thank you. What you said of the claim is live, as revision %(number)s.") % {"number": sent.number},
        )
    return redirect(f"{entry.get_absolute_url()}#claim-{key}")


def _show(
    request: HttpRequest, entry: CaseStudy, form: ClaimWorkForm, *, changed: bool = False, status: int = 200
) -> HttpResponse:
    found = entry.claims.select_related("checked_by").get(key=form.row["key"])
    tell_doubts(entry, [found])
    context = {
        "entry": entry,
        "claim": found,
        "form": form,
        "changed": changed,
        "steps": steps_of(entry, found.key),
        "way": way_to_live(request.user, entry),
        "promise": sentence(),
    }
    return render(request, "editing/claim.html", context, status=status)

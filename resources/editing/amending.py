"""The page where a proposal's author amends it, and a moderator accepts it with changes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from taggit.models import Tag

from accounts.models import User
from resources.editing.desks import Desk, desk_of, need_to_amend
from resources.editing.drafts import as_data, forget_draft, proposal_key
from resources.editing.models import Draft
from resources.editing.previews import preview_of
from resources.editing.sheets import SENT, found_data, kept_form, settle
from resources.editing.turning_away import turned_away
from resources.moderation.actions import amend
from resources.moderation.deciding import accept_with_changes
from resources.moderation.pages import address_after, proposal_or_404, query_of
from resources.moderation.queue import next_to_decide, read_filter
from resources.moderation.refusals import StaleProposal, stale_state
from resources.proposals.models import Proposal
from resources.publishing import PublishRefused


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def amend_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a proposal, for its author and for moderators."""
    proposal, person = proposal_or_404(pk), request.user
    if not isinstance(person, User):
        return turned_away(request, proposal.type, proposal.entry)
    need_to_amend(person, proposal)
    if proposal.act == Proposal.Act.REMOVE:
        return _removal(request, proposal, person)
    if request.method != "POST":
        data, draft = found_data(request, person, proposal_key(proposal))
        return _show(request, desk_of(proposal, data), draft=draft)
    desk = desk_of(proposal, request.POST)
    act = request.POST.get("act", "save")
    if act != "save" or not desk.is_valid():
        return _show(request, desk, preview=act == "preview", status=200 if act != "save" else 422)
    try:
        address = _send(request, desk, person)
    except StaleProposal as error:
        return _show(request, _looking_again(desk, request.POST), refusal=str(error), stale=True, status=409)
    except PublishRefused as error:
        return _show(request, desk, refusal=str(error), status=409)
    forget_draft(person, proposal_key(proposal))
    settle(request, desk.sheet.change.cleaned_data["sheet"])
    return redirect(address)


_STATES = {True: {Proposal.State.OPEN, Proposal.State.CHANGES_REQUESTED}, False: {Proposal.State.OPEN}}
"""In which states its author (True) and a moderator (False) can change a proposal."""


def _looking_again(desk: Desk, data: QueryDict) -> Desk:
    """The form as it was typed, after it met something newer: the page shows that, so that it counts as seen now."""
    proposal = proposal_or_404(desk.proposal.pk)
    live = desk_of(proposal, None).sides.live
    seen = {"version": [str(proposal.version)], "seen": [str(live.revision_number)] if live else [""]}
    return desk_of(proposal, as_data({name: data.getlist(name) for name in data} | seen))


def _send(request: HttpRequest, desk: Desk, person: User) -> str:
    """Goes through the door of the author or of the moderator; returns where to go next."""
    seen, change = desk.seen.cleaned_data, desk.sheet.change.cleaned_data
    proposal = desk.proposal
    if proposal.author_id == person.pk:
        amend(
            proposal,
            desk.content(),
            author=person,
            version=seen["version"],
            base=seen["seen"],
            summary=change["why"],
            significance=change["significance"],
        )
        return proposal.get_absolute_url()
    accept_with_changes(proposal, desk.content(), moderator=person, **seen)
    following = next_to_decide(proposal, read_filter(request.GET).wanted, moderator=person)
    return address_after(following, proposal, query_of(request))


def _show(
    request: HttpRequest,
    desk: Desk,
    *,
    draft: Draft | None = None,
    refusal: str = "",
    stale: bool = False,
    preview: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The form as it stands; where it is too late for it, what was typed with the reason. `stale`: with what is newer."""
    sheet, proposal = desk.sheet, desk.proposal
    is_author = proposal.author_id == request.user.pk
    if late := proposal.state not in _STATES[is_author]:
        refusal, status = refusal or str(stale_state(proposal)), 409
    asked = request.GET.get("draft")
    context: dict[str, Any] = {
        "frame": "editing/amend.html",
        "proposal": proposal,
        "sheet": sheet,
        "entry": sheet.entry,
        "form": sheet.form,
        "change": sheet.change,
        "seen": desk.seen,
        "is_author": is_author,
        "others": desk.others(),
        "refusal": refusal,
        "newer": desk.against(desk.sides.mine if is_author else desk.sides.theirs) if stale and not late else [],
        "preview": preview_of(sheet) if preview else None,
        "query": query_of(request),
        "key": proposal_key(proposal),
        "draft": draft,
        "uses_draft": draft is not None and asked == "use",
        "compared": _drafted(desk, draft) if draft is not None and asked == "compare" else [],
        "kept": request.method != "POST" and kept_form(request, request.path) is not None,
        "sent": " ".join(request.session.get(SENT, [])),
        "tags": Tag.objects.order_by("name").values_list("name", flat=True)[:1000],
    }
    return render(request, f"editing/{sheet.type}_form.html", context, status=status)


def _drafted(desk: Desk, draft: Draft) -> list[Any]:
    """What a draft changes in what its form began with."""
    return desk_of(desk.proposal, as_data(draft.fields)).against(desk.sheet.form.content)


class ReasonForm(forms.Form):
    """Why something should be removed, and the version of the proposal that was seen."""

    why = forms.CharField(
        label=gettext_lazy("Why should it be removed?"), max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say in a few words why. Moderators decide by it.")},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


def _removal(request: HttpRequest, proposal: Proposal, person: User) -> HttpResponse:
    """A proposal to remove something has one thing to amend: its reason."""
    kept = kept_form(request, request.path)
    initial = {"why": kept["why"][0] if kept and "why" in kept else proposal.summary, "version": proposal.version}
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=initial)
    refusal = "" if proposal.state in _STATES[True] else str(stale_state(proposal))
    if form.is_valid() and not refusal:
        said = form.cleaned_data
        try:
            amend(proposal, proposal.content, author=person, version=said["version"], summary=said["why"])
        except PublishRefused as error:
            refusal, proposal = str(error), proposal_or_404(proposal.pk)
            form.data = dict(form.data.items()) | {"version": str(proposal.version)}
        else:
            settle(request, "")
            messages.success(request, _("The reason is amended. A moderator looks at it."))
            return redirect(proposal)
    context = {"proposal": proposal, "form": form, "refusal": refusal}
    return render(
        request, "editing/amend_removal.html", context, status=409 if refusal else 422 if form.errors else 200
    )

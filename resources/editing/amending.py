"""The form of a proposal: its author amends it, a moderator accepts it with changes."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from taggit.models import Tag

from accounts.models import User
from resources.editing.forms import FORMS, ChangeForm
from resources.editing.previews import preview_of
from resources.editing.sheets import Sheet
from resources.entries.content import MODELS, Content
from resources.history.comparing import Compared, compare_revisions
from resources.moderation.actions import amend
from resources.moderation.amending import Sides, sides
from resources.moderation.deciding import accept_with_changes
from resources.moderation.forms import SeenForm
from resources.moderation.pages import address_after, proposal_or_404, query_of
from resources.moderation.queue import next_to_decide, read_filter
from resources.moderation.refusals import stale_state
from resources.permissions import may_review
from resources.proposals.models import Proposal
from resources.publishing import PublishRefused


@dataclass(slots=True)
class Desk:
    """A proposal's form: the sheet, what was seen, and the seats in sections that are only proposed, which it keeps."""

    proposal: Proposal
    sheet: Sheet
    seen: SeenForm
    sides: Sides
    proposed_seats: list[Content]

    def content(self) -> Content:
        """What was typed, after is_valid()."""
        content = self.sheet.form.as_content()
        if self.proposed_seats:
            content["placements"] = [*self.proposed_seats, *content["placements"]]
        return content

    def is_valid(self) -> bool:
        """All of its forms, so that all that is wrong is said at once."""
        return all([self.sheet.is_valid(), self.seen.is_valid()])

    def others(self) -> list[Compared]:
        """What others published since the author began, where it contradicts them."""
        if self.sides.merge is None or self.sides.merge.clean:
            return []
        contradicting = self.sides.merge.conflicts_by_field
        base = {name: self.sides.base[name] for name in contradicting} | {"title": self.sides.base["title"]}
        theirs = {name: self.sides.theirs[name] for name in contradicting} | {"title": self.sides.theirs["title"]}
        return compare_revisions(MODELS[self.proposal.type], self.sides.base | base, self.sides.base | theirs)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def amend_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a proposal, for its author and for moderators."""
    proposal, person = proposal_or_404(pk), request.user
    if not isinstance(person, User) or (proposal.author_id != person.pk and not may_review(person)):
        raise PermissionDenied(_("Only its author amends a proposal. Propose a change of your own instead."))
    if proposal.state not in _STATES[proposal.author_id == person.pk] or proposal.act == Proposal.Act.REMOVE:
        return _show(request, _desk(proposal, None), refusal=str(stale_state(proposal)), status=409)
    if request.method != "POST":
        return _show(request, _desk(proposal, None))
    desk = _desk(proposal, request.POST)
    act = request.POST.get("act", "save")
    if act != "save" or not desk.is_valid():
        return _show(request, desk, preview=act == "preview", status=200 if act != "save" else 422)
    try:
        return redirect(_send(request, desk, person))
    except PublishRefused as error:
        refusal = str(error)
    return _show(request, desk, refusal=refusal, status=409)


_STATES = {True: {Proposal.State.OPEN, Proposal.State.CHANGES_REQUESTED}, False: {Proposal.State.OPEN}}
"""In which states its author (True) and a moderator (False) can change a proposal."""


def _desk(proposal: Proposal, data: QueryDict | None) -> Desk:
    """The form as it is first opened (merged with what is live, with mine where they contradict), or as it was typed."""
    found = sides(proposal)
    content = dict(found.draft)
    kept = [row for row in content.get("placements", ()) if row["section"] < 0]
    if kept:
        content["placements"] = [row for row in content["placements"] if row["section"] > 0]
    live = found.live
    number = live.revision_number if live else None
    form = FORMS[proposal.type](data, content=content, entry=live)
    change = ChangeForm(data, initial={"why": proposal.summary, "significance": proposal.significance, "base": number})
    seen = SeenForm(data, initial={"version": proposal.version, "seen": number})
    return Desk(proposal, Sheet(proposal.type, live, number, form, change), seen, found, kept)


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
    request: HttpRequest, desk: Desk, *, refusal: str = "", preview: bool = False, status: int = 200
) -> HttpResponse:
    """The form as it stands."""
    sheet = desk.sheet
    context = {
        "frame": "editing/amend.html",
        "proposal": desk.proposal,
        "sheet": sheet,
        "entry": sheet.entry,
        "form": sheet.form,
        "change": sheet.change,
        "seen": desk.seen,
        "is_author": desk.proposal.author_id == request.user.pk,
        "others": desk.others(),
        "refusal": refusal,
        "preview": preview_of(sheet) if preview else None,
        "query": query_of(request),
        "tags": Tag.objects.order_by("name").values_list("name", flat=True)[:1000],
    }
    return render(request, f"editing/{sheet.type}_form.html", context, status=status)

"""A desk: the form of a proposal, for its author and for moderators; and which form a sent text belongs to."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from resources.editing.drafts import key_of, proposal_key
from resources.editing.forms import FORMS, ChangeForm
from resources.editing.sheets import Sheet, blank_change, named_entry_or_404, sheet_from, way_to_live
from resources.entries.content import MODELS, Content
from resources.entries.models import Entry
from resources.history.comparing import Compared, compare_revisions
from resources.moderation.amending import Sides, sides
from resources.moderation.forms import SeenForm
from resources.moderation.pages import proposal_or_404
from resources.permissions import may_review
from resources.proposals.models import Proposal


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

    def against(self, ground: Content) -> list[Compared]:
        """What the form, as far as it is in order, changes in `ground`."""
        return compare_revisions(self.sheet.form.model, ground, self.sheet.form.as_far_as_valid())


def desk_of(proposal: Proposal, data: QueryDict | None) -> Desk:
    """The form as it is first opened (merged with what is live, with mine where they contradict), or as it was typed."""
    found = sides(proposal)
    content = dict(found.draft)
    kept = [row for row in content.get("placements", ()) if row["section"] < 0]
    if kept:
        content["placements"] = [row for row in content["placements"] if row["section"] > 0]
    live = found.live
    number = live.revision_number if live else None
    form = FORMS[proposal.type](data, content=content, entry=live)
    change = ChangeForm(
        data, initial=blank_change(number) | {"why": proposal.summary, "significance": proposal.significance}
    )
    seen = SeenForm(data, initial={"version": proposal.version, "seen": number})
    return Desk(proposal, Sheet(proposal.type, live, number, form, change), seen, found, kept)


def may_amend(person: User | AnonymousUser, proposal: Proposal) -> bool:
    """Its author amends a proposal; a moderator accepts it with changes. A removal has no words for a moderator."""
    is_author = person.is_authenticated and proposal.author_id == person.pk
    return is_author or (may_review(person) and proposal.act != Proposal.Act.REMOVE)


def need_to_amend(person: User, proposal: Proposal) -> None:
    """Raises PermissionDenied for those who can do nothing with the form."""
    if may_amend(person, proposal):
        return
    if may_review(person):
        raise PermissionDenied(_("A removal has no text that you could change. Accept or reject it on its own page."))
    raise PermissionDenied(_("Only its author amends a proposal. Propose a change of your own instead."))


def posted_key(request: HttpRequest, person: User) -> tuple[str, Entry | None]:
    """The name of the form that was sent, as drafts call it, and its entry. Raises Http404 or PermissionDenied."""
    if "proposal" in request.POST:
        proposal = proposal_or_404(_number(request.POST["proposal"]))
        need_to_amend(person, proposal)
        return proposal_key(proposal), proposal.entry
    type_, entry = named_entry_or_404(request.POST.get("type", ""), request.POST.get("entry", ""))
    return key_of(type_, entry), entry


def posted_sheet(request: HttpRequest) -> Sheet | None:
    """The form that was sent; None for those who may not send it. Raises Http404."""
    if "proposal" in request.POST:
        proposal = proposal_or_404(_number(request.POST["proposal"]))
        return desk_of(proposal, request.POST).sheet if may_amend(request.user, proposal) else None
    type_, entry = named_entry_or_404(request.POST.get("type", ""), request.POST.get("entry", ""))
    return sheet_from(request.POST, type_, entry) if way_to_live(request.user, entry) else None


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 18 else 0

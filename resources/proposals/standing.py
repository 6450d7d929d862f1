"""How open proposals stand to what is live: tested again each time their entry changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.content import MODELS, Content, complete, content_kinds, read_content
from resources.entries.models import Entry
from resources.history.models import Event, Revision
from resources.notices.telling import tell
from resources.proposals.models import Proposal
from resources.text.merge import MergedContent, merge_fields


@dataclass(frozen=True)
class Stand:
    """A proposal seen from what is live: the word for it, and for an edit the three-way merge."""

    word: str
    merge: MergedContent | None = None


def stand(proposal: Proposal, live: Entry) -> Stand:
    """How a proposal on a live entry stands now; reads the base revision, writes nothing."""
    if live.removed_at is not None:
        return Stand(Proposal.Standing.NEEDS_YOU)
    if proposal.act == Proposal.Act.REMOVE:
        word = Proposal.Standing.APPLIES if proposal.base == live.revision_number else Proposal.Standing.MERGES
        return Stand(word)
    base, mine, theirs = three_sides(proposal, live)
    merge = merge_fields(content_kinds(type(live)), base, mine, theirs)
    if merge.conflicts:
        return Stand(Proposal.Standing.NEEDS_YOU, merge)
    moved = {name for name in base if base[name] != theirs[name]}
    touched = {name for name in base if base[name] != mine[name]}
    return Stand(Proposal.Standing.MERGES if moved & touched else Proposal.Standing.APPLIES, merge)


def three_sides(proposal: Proposal, live: Entry, *, at: int | None = None) -> tuple[Content, Content, Content]:
    """(base, mine, theirs) of an edit: what its author started from, what they made of it, what is live.

    With `at`, theirs is what was live at that revision.
    """
    model = type(live)
    base = live.revisions.get(number=proposal.base or 0).content
    theirs = read_content(live) if at is None else complete(model, live.revisions.get(number=at).content)
    return complete(model, base), complete(model, proposal.content), theirs


type Effect = dict[str, tuple[Any, Any]]


def effect(proposal: Proposal, live: Entry, *, at: int | None = None) -> Effect | None:
    """What accepting an edit would do: field → (before, after); None while it contradicts what is live.

    With `at`, what it would have done when that revision was live.
    """
    base, mine, theirs = three_sides(proposal, live, at=at)
    merge = merge_fields(content_kinds(type(live)), base, mine, theirs)
    if merge.conflicts:
        return None
    after = complete(type(live), merge.content)
    return {name: (theirs[name], after[name]) for name in theirs if theirs[name] != after[name]}


def retest(revisions: Iterable[Revision], *, settling: int | None = None) -> list[tuple[Proposal, User]]:
    """Tests every unfinished proposal on the entries that these new revisions changed; tells authors who are needed.

    One that has nothing left to ask for leaves the queue: these are returned, each with who made it live.

    `settling` is the key of the proposal that these revisions make live: it is not tested against itself.
    """
    numbers = {revision.entry_id: revision for revision in revisions}
    waiting = Proposal.objects.unfinished().exclude(act=Proposal.Act.CREATE).exclude(pk=settling or 0)
    found = waiting.filter(entry__in=numbers).select_related("author").order_by("pk")
    superseded = []
    for proposal in found:
        revision = numbers[proposal.entry_id or 0]
        live = MODELS[proposal.type].objects.get(pk=revision.entry_id)
        standing = stand(proposal, live)
        if _is_live_already(proposal, live, standing):
            _supersede(proposal, revision)
            superseded.append((proposal, revision.author))
            continue
        newly_needed = standing.word == Proposal.Standing.NEEDS_YOU and proposal.standing != Proposal.Standing.NEEDS_YOU
        proposal.standing, proposal.tested_at = standing.word, live.revision_number
        proposal.save(update_fields=["standing", "tested_at"])
        if newly_needed:
            tell([proposal.author], "proposal_needs_you", actor=revision.author, proposal=proposal, revision=revision)
    return superseded


def _is_live_already(proposal: Proposal, live: Entry, standing: Stand) -> bool:
    """Whether somebody else brought about all that a proposal asks for."""
    if proposal.act == Proposal.Act.REMOVE:
        return live.removed_at is not None
    merge = standing.merge
    return merge is not None and merge.clean and complete(type(live), merge.content) == read_content(live)


def _supersede(proposal: Proposal, revision: Revision) -> None:
    """Takes a proposal out of the queue, since nobody has anything left to decide; its author is told."""
    proposal.state = Proposal.State.WITHDRAWN
    proposal.note = _("All that it asks for went live as revision %(number)s.") % {"number": revision.number}
    proposal.claimed_by, proposal.claimed_until = None, None
    proposal.tested_at = revision.number
    proposal.save(update_fields=["state", "note", "claimed_by", "claimed_until", "tested_at"])
    Event.objects.create(
        actor=revision.author,
        act="superseded",
        entry=proposal.entry,
        proposal=proposal,
        person=proposal.author,
        details={"revision": revision.number},
    )
    tell([proposal.author], "proposal_superseded", actor=revision.author, proposal=proposal, revision=revision)

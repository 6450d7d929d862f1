"""What every door of a proposal shares: holding its row, keeping its versions, and its lines in the log."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.content import MODELS
from resources.entries.models import Entry
from resources.history.models import Event
from resources.moderation.refusals import Claimed, NotAllowed, OwnProposal, stale_state, stale_version
from resources.permissions import may_review
from resources.proposals.models import Proposal, ProposalVersion
from resources.webhooks.announcing import announce_proposal


def hold(proposal: Proposal, *, version: int | None = None) -> Proposal:
    """The proposal as it is now, held until the transaction ends.

    Its entry is held first, in the order of publish(): two doors that lock in different orders would wait for each other.
    Raises StaleProposal when it is not at the version that was seen.
    """
    if proposal.entry_id is not None:
        Entry.objects.select_for_update(no_key=True).only("pk").get(pk=proposal.entry_id)
    found: Proposal = (
        Proposal.objects.select_for_update(of=("self",))
        .select_related("author", "entry", "decided_by", "claimed_by", "revision")
        .get(pk=proposal.pk)
    )
    if version is not None and found.version != version:
        raise stale_version(found)
    return found


def hold_to_decide(proposal: Proposal, *, moderator: User, version: int, states: tuple[str, ...]) -> Proposal:
    """As hold(), for a moderator who decides. Raises NotAllowed, OwnProposal, StaleProposal or Claimed."""
    need_moderator(moderator, proposal)
    found = hold(proposal)
    if found.state not in states:
        raise stale_state(found)
    if found.version != version:
        raise stale_version(found)
    if found.is_claimed and found.claimed_by != moderator:
        raise Claimed(found.claimed_by)
    return found


def need_moderator(person: User, proposal: Proposal) -> None:
    """Raises NotAllowed unless this person may decide this proposal."""
    if not may_review(person):
        raise NotAllowed(_("Only moderators decide proposals. You can say what you think in its talk."))
    if proposal.author_id == person.pk:
        raise OwnProposal


def live_entry(proposal: Proposal) -> Entry:
    """The entry of a proposal, of its own kind and as it is now."""
    found: Entry = MODELS[proposal.type].objects.get(pk=proposal.entry_id or 0)
    return found


def drop_claim(proposal: Proposal) -> tuple[str, str]:
    """Ends the claim, unsaved; returns the names of the columns."""
    proposal.claimed_by, proposal.claimed_until = None, None
    return "claimed_by", "claimed_until"


def keep_version(proposal: Proposal, *, by: User | None = None) -> None:
    """Keeps what the proposal says at its present version; `by` is a moderator who changed it for its author."""
    ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.version,
        content=proposal.content,
        base=proposal.base,
        author=by or proposal.author,
        summary=proposal.summary,
    )


def record(act: str, proposal: Proposal, *, actor: User, why: str = "", **details: Any) -> Event:
    """One line of the log about a proposal, and a message to the webhooks that want to hear of it."""
    announce_proposal(act, proposal, actor=actor)
    return Event.objects.create(
        actor=actor, act=act, entry=proposal.entry, proposal=proposal, person=proposal.author, why=why, details=details
    )

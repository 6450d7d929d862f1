"""What moderators do with proposals: each act is one door, with an event and a notice to the author."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.content import MODELS, Content, complete
from resources.entries.models import Entry
from resources.history.models import Revision
from resources.moderation.actions import put_back, replace_content
from resources.moderation.records import drop_claim, hold, hold_to_decide, live_entry, need_moderator, record
from resources.moderation.refusals import (
    Claimed,
    EntryGone,
    NeedsAuthor,
    NotEmpty,
    NothingLeft,
    ReasonMissing,
    TooLate,
    stale_ground,
    stale_state,
)
from resources.moderation.taking_back import peopled
from resources.moderation.trust import after_decision
from resources.moderation.undoing import take_back
from resources.notices.telling import tell
from resources.proposals.models import Proposal
from resources.proposals.references import need_sections, resolve
from resources.proposals.standing import effect
from resources.publishing import publish, remove
from resources.text.cleaning import clean_source

CLAIM = timedelta(minutes=15)
"""How long a proposal is left to the moderator who looks at it."""
UNDOABLE = timedelta(minutes=10)
"""How long a decision can be taken back."""

OPEN = (Proposal.State.OPEN,)
UNDECIDED = (Proposal.State.OPEN, Proposal.State.CHANGES_REQUESTED)


def accept(proposal: Proposal, *, moderator: User, version: int, seen: int | None = None, note: str = "") -> Revision:
    """Makes a proposal live in its author's name, and returns the revision.

    What is accepted is what was seen: `version` of the proposal, on revision `seen` of its entry (the author's base
    where it is left out).

    Raises NotAllowed, StaleProposal, Claimed, NeedsAuthor, EntryGone, NotEmpty, NothingLeft, SectionUndecided, SectionGone,
    and what publish() raises.
    """
    with transaction.atomic():
        held = hold_to_decide(proposal, moderator=moderator, version=version, states=OPEN)
        return _accept(held, moderator=moderator, seen=seen, note=note)


def accept_with_changes(
    proposal: Proposal,
    content: Content,
    *,
    moderator: User,
    version: int,
    seen: int | None = None,
    note: str = "",
) -> Revision:
    """Accepts what a moderator made of a proposal, and returns the revision.

    The moderator's wording becomes the proposal's next version, under the moderator's name: the comparison of the two
    versions shows who wrote what. One revision goes live, by the author and accepted by the moderator: what was proposed
    could often not go live by itself, which is why it was changed. `content` was written with revision `seen` live.

    Raises as accept() does.
    """
    with transaction.atomic():
        held = hold_to_decide(proposal, moderator=moderator, version=version, states=OPEN)
        content = complete(MODELS[held.type], content)
        changed = sorted(name for name in content if content[name] != held.content.get(name))
        if changed or (held.base != seen and held.act == Proposal.Act.EDIT):
            replace_content(held, content, base=seen, by=moderator)
        return _accept(held, moderator=moderator, seen=seen, note=note, changed=changed)


def _accept(
    held: Proposal, *, moderator: User, seen: int | None, note: str, changed: list[str] | None = None
) -> Revision:
    """The body of both doors above: what is live is compared with what was seen, published, and the decision kept."""
    publishing = _PUBLISHING[Proposal.Act(held.act)]
    revision = publishing(held, moderator, held.base if seen is None else seen)
    held.entry, held.revision = revision.entry, revision
    _decide(held, Proposal.State.ACCEPTED, moderator, note)
    details = {"changed": changed} if changed else {}
    record("accepted", held, actor=moderator, why=held.note, version=held.version, revision=revision.number, **details)
    tell([held.author], "proposal_accepted", actor=moderator, proposal=held, revision=revision, words=held.note)
    after_decision(held.author)
    return revision


def _create(held: Proposal, moderator: User, seen: int | None) -> Revision:
    """A new entry; or the one that it made before, when its acceptance was undone and the entry is still away."""
    entry = live_entry(held) if held.entry_id else None
    if entry is not None and entry.live:
        raise NothingLeft
    content = resolve(held.content)
    need_sections(content, entry)
    return publish(
        content,
        author=held.author,
        entry=entry,
        type=held.type,
        summary=held.summary,
        significance=held.significance,
        act=Revision.Act.RESTORED if entry else "",
        accepted_by=moderator,
        settling=held.pk,
    )


def _edit(held: Proposal, moderator: User, seen: int | None) -> Revision:
    """Merged with what is live now, when that does what was seen to be done."""
    entry = live_entry(held)
    if not entry.live:
        raise EntryGone
    change = effect(held, entry)
    if seen != entry.revision_number and change != _effect_seen(held, entry, seen):
        raise stale_ground(held)
    if change is None:
        raise NeedsAuthor
    if not change:
        raise NothingLeft
    content = resolve(held.content)
    need_sections(content, entry)
    return publish(
        content,
        author=held.author,
        entry=entry,
        base=held.base,
        summary=held.summary,
        significance=held.significance,
        accepted_by=moderator,
        settling=held.pk,
    )


def _effect_seen(held: Proposal, entry: Entry, seen: int | None) -> object:
    if seen is None or not 0 < seen < entry.revision_number:
        return None
    return effect(held, entry, at=seen)


def _take_away(held: Proposal, moderator: User, seen: int | None) -> Revision:
    """Removal of exactly what was seen."""
    entry = live_entry(held)
    if not entry.live:
        raise NothingLeft
    if seen != entry.revision_number:
        raise stale_ground(held)
    if peopled([entry]):
        raise NotEmpty
    return remove(entry, author=held.author, reason=held.summary, accepted_by=moderator, settling=held.pk)


_PUBLISHING = {Proposal.Act.CREATE: _create, Proposal.Act.EDIT: _edit, Proposal.Act.REMOVE: _take_away}


def ask_for_changes(proposal: Proposal, *, moderator: User, version: int, note: str) -> Proposal:
    """Gives a proposal back to its author with what to change. Raises NotAllowed, StaleProposal, Claimed, ReasonMissing."""
    note = _reason(note)
    with transaction.atomic():
        held = hold_to_decide(proposal, moderator=moderator, version=version, states=OPEN)
        held.state, held.note = Proposal.State.CHANGES_REQUESTED, note
        held.save(update_fields=["state", "note", *drop_claim(held)])
        record("changes_requested", held, actor=moderator, why=note, version=version)
        tell([held.author], "proposal_changes_requested", actor=moderator, proposal=held, words=note)
    return held


def reject(proposal: Proposal, *, moderator: User, version: int, reason: str) -> Proposal:
    """Says no, and why. Raises NotAllowed, StaleProposal, Claimed or ReasonMissing."""
    reason = _reason(reason)
    with transaction.atomic():
        held = hold_to_decide(proposal, moderator=moderator, version=version, states=UNDECIDED)
        _decide(held, Proposal.State.REJECTED, moderator, reason)
        record("rejected", held, actor=moderator, why=reason, version=version)
        tell([held.author], "proposal_rejected", actor=moderator, proposal=held, words=reason)
        after_decision(held.author)
    return held


def _reason(words: str) -> str:
    reason = clean_source(words).strip()
    if not reason:
        raise ReasonMissing
    return reason


def _decide(held: Proposal, state: Proposal.State, moderator: User, note: str) -> None:
    """Keeps a decision on a held proposal."""
    held.state, held.decided_by, held.decided_at = state, moderator, timezone.now()
    held.note = clean_source(note).strip()
    columns = ["state", "decided_by", "decided_at", "note", "entry", "revision", *drop_claim(held)]
    held.save(update_fields=columns)


def undo_decision(proposal: Proposal, *, by: User) -> Proposal:
    """Takes a decision of the last ten minutes back: the proposal waits again, and what it made live is undone.

    Raises NotAllowed, StaleProposal, TooLate, or what take_back() raises.
    """
    with transaction.atomic():
        need_moderator(by, proposal)
        held = hold(proposal)
        if not undoable_until(held):
            raise TooLate(
                _("Ten minutes have passed, so this decision stands. Edit the entry, or reopen the proposal.")
            )
        undone = held.state
        if held.revision is not None:
            take_back(held, held.revision, by=by)
        put_back(held)
        held.save()
        record("decision_undone", held, actor=by, undone=undone)
        tell([held.author], "proposal_undone", actor=by, proposal=held)
    return held


def undoable_until(proposal: Proposal) -> datetime | None:
    """Until when a decision can be undone; None when there is none, or it stands."""
    if proposal.state == Proposal.State.CHANGES_REQUESTED:
        last = proposal.events.filter(act="changes_requested").order_by("-pk").first()
        decided_at = last.happened_at if last else None
    else:
        decided_at = proposal.decided_at
    until = decided_at + UNDOABLE if decided_at else None
    return until if until and until > timezone.now() else None


def claim(proposal: Proposal, *, moderator: User) -> Proposal:
    """Leaves a proposal to this moderator for a quarter of an hour. Raises NotAllowed, StaleProposal or Claimed."""
    with transaction.atomic():
        need_moderator(moderator, proposal)
        held = hold(proposal)
        if held.state != Proposal.State.OPEN:
            raise stale_state(held)
        if held.is_claimed and held.claimed_by != moderator:
            raise Claimed(held.claimed_by)
        held.claimed_by, held.claimed_until = moderator, timezone.now() + CLAIM
        held.save(update_fields=["claimed_by", "claimed_until"])
    return held


def release(proposal: Proposal, *, moderator: User) -> Proposal:
    """Gives a claimed proposal back to everybody; nothing happens where the claim is another's or has ended."""
    with transaction.atomic():
        held = hold(proposal)
        if held.claimed_by == moderator:
            held.save(update_fields=[*drop_claim(held)])
    return held

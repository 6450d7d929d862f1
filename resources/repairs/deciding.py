"""What moderators do with repairs: one act for all pages of one address, with an event; pages can be taken out of it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.credits import keeper_account
from accounts.models import User
from resources.entries.models import Entry
from resources.history.models import Event, Revision
from resources.links.models import Link
from resources.moderation.actions import withdraw
from resources.moderation.deciding import UNDOABLE, accept, reject, undo_decision
from resources.moderation.refusals import NotAllowed, ReasonMissing, StaleProposal
from resources.permissions import may_review
from resources.proposals.models import Proposal
from resources.publishing import PublishRefused
from resources.repairs.models import Repair
from resources.repairs.pages import mended, read_entries
from resources.repairs.proposing import open_proposals, renew_proposal
from resources.text.cleaning import clean_source

State = Repair.State


class StaleRepair(StaleProposal):
    """The repair, or what it would change, is not what this person saw; nothing was written."""


def accept_repair(
    repair: Repair, *, moderator: User, pages: Collection[int] | None = None, note: str = ""
) -> list[Revision]:
    """Puts the address right on all its pages as one act, or on those of `pages` (their entries' keys): the others are
    taken out of it for good. Returns the revisions.

    What is accepted is the new address in place of the old one: on a page that changed meanwhile it is that on the page as
    it is now. Raises NotAllowed, StaleRepair, Claimed, and what publish() raises; then no page is changed.
    """
    with transaction.atomic():
        held = _hold(repair, moderator)
        waiting = _hold_pages(held)
        picked = waiting.keys() if pages is None else waiting.keys() & set(pages)
        if not picked or (pages is not None and not set(pages) <= waiting.keys()):
            raise StaleRepair(_("The pages of this repair changed meanwhile. Look again, then decide."))
        revisions = _accept_pages(held, {pk: waiting[pk] for pk in sorted(picked)}, moderator, note)
        if not revisions:
            raise StaleRepair(_("No page has this address any more, so there is nothing to put right."))
        left = sorted(waiting.keys() - picked)
        for pk in left:
            withdraw(waiting[pk], author=waiting[pk].author)
        held.left_out = sorted({*held.left_out, *left})
        _decide(held, State.ACCEPTED, moderator, note)
        _record("repair_accepted", held, moderator, note, pages=len(revisions), left_out=len(left))
        # What readers are told of the new address comes from a visit of its own.
        Link.objects.filter(pk=held.link_id or 0).update(due_at=timezone.now())
    return revisions


def _accept_pages(held: Repair, waiting: dict[int, Proposal], moderator: User, note: str) -> list[Revision]:
    entries = {entry.pk: entry for entry in read_entries(waiting)}
    revisions = []
    for pk, proposal in waiting.items():
        wanted = mended(held, entries[pk]) if pk in entries else None
        if wanted is None:
            withdraw(proposal, author=proposal.author)  # somebody put it right, or took the page away
            continue
        if renew_proposal(proposal, wanted):
            proposal.refresh_from_db()
        seen = entries[pk].revision_number
        revisions.append(accept(proposal, moderator=moderator, version=proposal.version, seen=seen, note=note))
    return revisions


def reject_repair(repair: Repair, *, moderator: User, reason: str) -> Repair:
    """Says no to a repair, and why: it is not proposed again. Raises NotAllowed, StaleRepair, Claimed or ReasonMissing."""
    reason = clean_source(reason).strip()
    if not reason:
        raise ReasonMissing
    with transaction.atomic():
        held = _hold(repair, moderator)
        for proposal in _hold_pages(held).values():
            reject(proposal, moderator=moderator, version=proposal.version, reason=reason)
        _decide(held, State.REJECTED, moderator, reason)
        _record("repair_rejected", held, moderator, reason)
    return held


def undo_repair(repair: Repair, *, moderator: User) -> Repair:
    """Takes a decision of the last ten minutes back on all pages: the repair waits again.

    Raises NotAllowed, StaleRepair, or what undo_decision() raises; then nothing is undone.
    """
    with transaction.atomic():
        held = _hold(repair, moderator, states=(State.ACCEPTED, State.REJECTED))
        if undoable_until(held) is None:
            raise StaleRepair(_("Ten minutes have passed, so this decision stands. Edit the pages instead."))
        decided = Proposal.objects.filter(batch=held.batch, decided_by=held.decided_by, decided_at__gte=_since(held))
        Entry.objects.select_for_update(no_key=True).filter(proposals__in=decided).order_by("pk").values("pk").exists()
        for proposal in decided.order_by("entry"):
            undo_decision(proposal, by=moderator)
        undone = held.state
        held.state, held.decided_by, held.decided_at, held.note = State.OPEN, None, None, ""
        held.save(update_fields=["state", "decided_by", "decided_at", "note"])
        _record("repair_undone", held, moderator, "", undone=undone)
    return held


def undoable_until(repair: Repair) -> datetime | None:
    """Until when a decision about a repair can be undone; None where there is none, or it stands."""
    until = repair.decided_at + UNDOABLE if repair.decided_at and repair.decided_by_id else None
    return until if until and until > timezone.now() else None


def accept_repairs(repairs: Iterable[Repair], *, moderator: User, note: str = "") -> tuple[list[Repair], list[str]]:
    """Accepts each of these for itself, in a transaction of its own: those that are done, and why others were refused."""
    done, refusals = [], []
    for repair in repairs:
        try:
            accept_repair(repair, moderator=moderator, note=note)
            done.append(repair)
        except NotAllowed:
            raise
        except PublishRefused as refusal:
            refusals.append(f"{repair.title}: {refusal}")
    return done, refusals


def _since(held: Repair) -> datetime:
    """Its pages were decided within the act, a little before the repair itself."""
    return (held.decided_at or timezone.now()) - UNDOABLE


def _hold(repair: Repair, moderator: User, states: tuple[str, ...] = (State.OPEN,)) -> Repair:
    """The repair as it is now, held until the transaction ends."""
    if not may_review(moderator):
        raise NotAllowed(_("Only moderators decide repairs."))
    held: Repair = Repair.objects.select_for_update(of=("self",)).select_related("link", "double").get(pk=repair.pk)
    if held.state not in states:
        said = {
            State.OPEN: _("This repair waits again. Look again."),
            State.ACCEPTED: _("This repair was accepted by %(name)s meanwhile."),
            State.REJECTED: _("This repair was rejected by %(name)s meanwhile."),
            State.WITHDRAWN: _("The link keeper took this repair back meanwhile: its reason is gone."),
        }
        raise StaleRepair(said[State(held.state)] % {"name": held.decided_by})
    return held


def _hold_pages(held: Repair) -> dict[int, Proposal]:
    """The proposals that wait by their entries, which are held in the order that publish() holds them in."""
    waiting = {proposal.entry_id or 0: proposal for proposal in open_proposals(held).select_related("author")}
    list(Entry.objects.select_for_update(no_key=True).filter(pk__in=waiting).order_by("pk").values_list("pk"))
    return waiting


def _decide(held: Repair, state: str, moderator: User, note: str) -> None:
    held.state, held.decided_by, held.decided_at = state, moderator, timezone.now()
    held.note = clean_source(note).strip()
    held.save(update_fields=["state", "decided_by", "decided_at", "note", "left_out"])


def _record(act: str, held: Repair, moderator: User, why: str, **details: int | str) -> None:
    """One line of the log about a repair."""
    given = {"repair": held.pk, "old": held.old, "new": held.new, **details}
    Event.objects.create(actor=moderator, act=act, person=keeper_account(), why=why, details=given)

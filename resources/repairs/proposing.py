"""The link keeper's rounds: what can be put right is proposed, what is proposed is kept true, what lost its reason is taken
back.

Other addresses are asked first, outside of any transaction (trying.py). A second round at once changes nothing.
"""

from dataclasses import dataclass, field

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.credits import keeper_account
from accounts.models import User
from resources.entries.content import Content, read_content
from resources.entries.models import Entry
from resources.links.models import Link
from resources.moderation.actions import replace_content, withdraw
from resources.moderation.batches import Asked, propose_many
from resources.moderation.records import hold, live_entry, record
from resources.proposals.models import AS_ONE, Proposal
from resources.proposals.standing import effect
from resources.repairs.finding import Found, find_repairs, found_for
from resources.repairs.models import Repair, mark_of
from resources.repairs.pages import Becoming, double_of, pages_of
from resources.repairs.trying import try_addresses

State = Repair.State


@dataclass(slots=True)
class Round:
    """What one round of the link keeper did: the repairs' keys, and how many pages their proposals concern."""

    proposed: list[int] = field(default_factory=list)
    renewed: list[int] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    pages: int = 0


def propose_repairs(limit: int = 100) -> Round:
    """Goes one round: at most `limit` new repairs. Safe to repeat, to interrupt, and beside another round."""
    try_addresses(limit)
    done = Round()
    keeper = keeper_account()
    for repair in Repair.objects.open().order_by("pk"):
        keep_true(repair, keeper, done)
    _clear_strays(keeper)
    for found in find_repairs():
        if len(done.proposed) >= limit:
            break
        propose_repair(found, keeper, done)
    return done


def plan_repairs(limit: int = 100) -> list[Repair]:
    """What a round would propose, unsaved."""
    planned: list[Repair] = []
    for found in find_repairs():
        if len(planned) >= limit:
            break
        repair = _repair(found)
        if not _is_known(found) and (repair.double_id or pages_of(repair)):
            planned.append(repair)
    return planned


def propose_repair(found: Found, keeper: User, done: Round) -> Repair | None:
    """Proposes one repair, unless somebody rejected it, it waits already, or nothing would change."""
    with transaction.atomic():
        # Another round may find the same at this instant.
        Link.objects.select_for_update().filter(pk=found.link.pk).first()
        if _is_known(found):
            return None
        repair = _repair(found)
        pages = pages_of(repair)
        if not pages and repair.double_id is None:
            return None
        repair.save()
        made = _propose(repair, pages, keeper)
        if not made and repair.double_id is None:
            repair.delete()  # every page's change was rejected by itself
            return None
    done.proposed.append(repair.pk)
    done.pages += made
    return repair


def _is_known(found: Found) -> bool:
    """Whether it waits for a decision, or was rejected; another repair of the same link is decided first."""
    same = Repair.objects.filter(mark=found.mark, state=State.REJECTED)
    return same.exists() or Repair.objects.open().filter(key=found.link.key).exists()


def _repair(found: Found) -> Repair:
    earlier = Repair.objects.filter(mark=found.mark, state=State.ACCEPTED).values_list("left_out", flat=True)
    return Repair(
        link=found.link,
        cause=found.cause,
        key=found.link.key,
        old=found.link.address,
        new=found.new,
        mark=mark_of(found.cause, found.link.key, found.new),
        evidence=found.evidence,
        double=double_of(found.link.key, found.new),
        left_out=sorted({page for pages in earlier for page in pages}),
    )


def _propose(repair: Repair, pages: list[Becoming], keeper: User) -> int:
    """Puts a proposal for each page into the queue; returns how many."""
    asked = [Asked(page.after, page.entry.type, keeper, summary_of(repair), page.entry) for page in pages]
    return len(propose_many(asked, batch=repair.batch))


def summary_of(repair: Repair) -> str:
    """Why a page changes, as its history says."""
    return SUMMARIES[Repair.Cause(repair.cause)]() % {"old": repair.old, "new": repair.new}


SUMMARIES = {
    Repair.Cause.MOVED: lambda: _("%(old)s moved to %(new)s"),
    Repair.Cause.RENAMED: lambda: _("The repository %(old)s is called %(new)s now"),
    Repair.Cause.HTTPS: lambda: _("%(old)s also answers by https"),
    Repair.Cause.TRACKERS: lambda: _("%(old)s without what only tells where visitors come from"),
    Repair.Cause.SPELLING: lambda: _("%(old)s is written %(new)s by its own site"),
    Repair.Cause.COPY: lambda: _("%(old)s is gone; an archive kept it at %(new)s"),
    Repair.Cause.ARCHIVED: lambda: _("The repository %(old)s is archived: nobody works on it any more"),
}


def keep_true(repair: Repair, keeper: User, done: Round) -> None:
    """Brings a waiting repair in step with what is live now; takes it back where its reason is gone."""
    with transaction.atomic():
        held = (
            Repair.objects.select_for_update(of=("self",)).select_related("link", "double").filter(pk=repair.pk).first()
        )
        if held is None or held.state != State.OPEN:
            return
        why = _why_over(held)
        if not why:
            _leave_out(held, keeper)
            if _renew(held, keeper):
                done.renewed.append(held.pk)
            if not open_proposals(held).exists() and held.double_id is None:
                why = _("No page has this address any more.")
        if why:
            take_back(held, keeper, why)
            done.withdrawn.append(held.pk)


def _why_over(repair: Repair) -> str:
    """Why there is nothing to decide any more; "" while there is."""
    link = repair.link
    if link is None or link.unused_since is not None:
        return _("No page has this address any more.")
    found = found_for(link)
    if found is not None and found.mark == repair.mark:
        return ""
    if found is not None:
        return _("Visits tell of another address now.")
    # One bad visit is no verdict: what was proposed waits until the visits are clear again.
    return "" if link.state in {Link.State.FAILING, Link.State.UNTESTED} else _("The visits tell something else now.")


def _clear_strays(keeper: User) -> None:
    """Takes back what waits of repairs that are decided: somebody undid the decision of one page. It is found anew."""
    batches = [repair.batch for repair in Repair.objects.open()]
    waiting = Proposal.objects.unfinished().filter(author=keeper, batch__startswith=AS_ONE).exclude(batch__in=batches)
    for proposal in waiting.order_by("pk"):
        withdraw(proposal, author=keeper)


def _leave_out(repair: Repair, keeper: User) -> None:
    """Takes pages out for good whose own proposal somebody rejected, or sent back."""
    refused = Proposal.objects.filter(
        batch=repair.batch, state__in=[Proposal.State.REJECTED, Proposal.State.CHANGES_REQUESTED]
    )
    pages = {proposal.entry_id: proposal for proposal in refused}
    if not pages.keys() <= set(repair.left_out):
        repair.left_out = sorted({*repair.left_out, *pages})
        repair.save(update_fields=["left_out"])
    for proposal in pages.values():
        if proposal.state == Proposal.State.CHANGES_REQUESTED:
            withdraw(proposal, author=keeper)


def _renew(repair: Repair, keeper: User) -> bool:
    """Proposes pages that came to have the address, and makes good what others' edits left behind."""
    double = double_of(repair.key, repair.new) if repair.new else None
    if double != repair.double:
        repair.double = double
        repair.save(update_fields=["double"])
    waiting = {proposal.entry_id: proposal for proposal in open_proposals(repair)}
    pages = pages_of(repair)
    renewed = [
        page for page in pages if page.entry.pk in waiting and renew_proposal(waiting[page.entry.pk], page.after)
    ]
    concerned = {page.entry.pk for page in pages}
    for entry, proposal in waiting.items():
        if entry not in concerned:
            withdraw(proposal, author=keeper)
    return _propose(repair, [page for page in pages if page.entry.pk not in waiting], keeper) > 0 or bool(renewed)


def renew_proposal(proposal: Proposal, wanted: Content) -> bool:
    """Makes a proposal of the keeper's do exactly what is wanted of its page as it is live now; whether that was needed."""
    held = hold(proposal)
    live = live_entry(held)
    change = effect(held, live)
    if change is not None and {name: after for name, (_before, after) in change.items()} == _changed(live, wanted):
        return False
    replace_content(held, wanted, base=live.revision_number)
    record("amended", held, actor=held.author, why=held.summary, version=held.version)
    return True


def _changed(live: Entry, wanted: Content) -> Content:
    before = read_content(live)
    return {name: value for name, value in wanted.items() if value != before.get(name)}


def open_proposals(repair: Repair) -> models.QuerySet[Proposal]:
    """The proposals of a repair that wait, in the order of their pages."""
    found: models.QuerySet[Proposal] = Proposal.objects.waiting().filter(batch=repair.batch).order_by("entry")
    return found


def take_back(held: Repair, keeper: User, why: str) -> None:
    """Withdraws a held repair with all that waits of it."""
    for proposal in open_proposals(held):
        withdraw(proposal, author=keeper)
    held.state, held.decided_at, held.note = State.WITHDRAWN, timezone.now(), why
    held.save(update_fields=["state", "decided_at", "note"])

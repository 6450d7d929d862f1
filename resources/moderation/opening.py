"""The links of a proposal are opened after it is in, by a task: what they tell is stored with its checks.

Nothing here decides anything, and a proposal can be decided before. Where LINK_CHECKS is off, no link is opened.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta
from functools import partial
from itertools import batched

from django.conf import settings
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.tasks import task
from django.utils import timezone, translation

from resources.fetching.visits import Asked, Cause, Verdict, Visit
from resources.links.asking import ask_now
from resources.links.models import Link
from resources.moderation.checks import NAMES, worst
from resources.moderation.examined import PENDING, Examined
from resources.moderation.link_words import BY_LINKS, results_of
from resources.moderation.records import hold
from resources.proposals.models import Proposal
from resources.text.addresses import BadAddress, normalise

FRESH = timedelta(days=1)
"""What a visit told within this time needs no other one."""

TOGETHER = 20
"""Proposals whose links one task opens."""


def ask_to_open(proposals: Iterable[Proposal]) -> None:
    """Lets the links of these proposals be opened once their transaction is through; those without any are passed over."""
    if not settings.LINK_CHECKS:
        return
    waiting = [proposal.pk for proposal in proposals if any(check["state"] == PENDING for check in proposal.checks)]
    for some in batched(waiting, TOGETHER, strict=False):
        transaction.on_commit(partial(open_links.enqueue, list(some)), robust=True)


@task
def open_links(proposals: list[int]) -> None:
    """Opens the links of these proposals, and stores what they tell with the checks of those that are still as they were."""
    if not settings.LINK_CHECKS:
        return
    found = [one for one in Proposal.objects.unfinished().filter(pk__in=proposals) if _is_pending(one)]
    wanted = {proposal.pk: Examined(proposal).opened for proposal in found}
    told = _told({address for addresses in wanted.values() for address in addresses})
    for proposal in found:
        if wanted[proposal.pk] <= told.keys():
            _store(proposal, told)


def open_waiting(limit: int = 50) -> int:
    """Opens the links of proposals that still wait for it: of a busy host, or since nobody worked. Returns how many."""
    if not settings.LINK_CHECKS:
        return 0
    text = Cast("checks", TextField())
    waiting = Proposal.objects.unfinished().annotate(said=text).filter(said__contains=f'"{PENDING}"')
    pks = list(waiting.order_by("-waiting_since").values_list("pk", flat=True)[:limit])
    for some in batched(pks, TOGETHER, strict=False):
        open_links.call(list(some))
    return len(pks)


def _is_pending(proposal: Proposal) -> bool:
    return any(check["state"] == PENDING for check in proposal.checks)


def _store(proposal: Proposal, told: Mapping[str, Visit]) -> None:
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        held = hold(proposal)
        if held.version != proposal.version or not _is_pending(held):
            return  # amended meanwhile, which asks anew
        kept = [check for check in held.checks if check["name"] not in BY_LINKS]
        found = kept + [asdict(result) for result in results_of(Examined(held), told)]
        held.checks = sorted(found, key=lambda check: list(NAMES).index(check["name"]))
        held.check_state = worst(check["state"] for check in held.checks)
        held.save(update_fields=["checks", "check_state"])


def _told(addresses: Collection[str]) -> dict[str, Visit]:
    """Address → what a visit told, one of the last day where there was one. Those of busy hosts are missing."""
    known = {address: visit for address in addresses if (visit := _known(address))}
    return known | ask_now(Asked(address) for address in sorted(addresses - known.keys()))


def _known(address: str) -> Visit | None:
    """What the latest visit to this very address told, where it is watched already."""
    try:
        link = Link.objects.filter(key=normalise(address), checked_at__gt=timezone.now() - FRESH).first()
    except BadAddress:
        return Visit(address, Verdict.SKIPPED, Cause.NOT_WEB)
    check = link.checks.first() if link is not None and link.address == address else None
    if link is None or check is None:
        return None
    verdict, cause = Verdict(check.verdict), Cause(check.cause)
    return Visit(
        address, verdict, cause, check.status, check.final, note=check.note, title=link.title, at=check.last_at
    )

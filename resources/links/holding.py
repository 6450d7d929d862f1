"""Who tests which hosts: several may test side by side, and no host is asked by two of them at once."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from resources.links.models import Host, Link

HOLD = timedelta(seconds=60)
"""How long a host is held without a word from its holder, who says one several times in that while."""


def hold_hosts(
    holder: str, *, at: datetime, most: int, due: QuerySet[Link] | None = None, hold: timedelta = HOLD
) -> list[Host]:
    """Holds hosts that nobody else tests and that have links to be tested (`due`: those due at that time), `most` at most.

    A host that rests (it asked to be left alone for a while) is passed over.
    """
    links = Link.objects.due(at) if due is None else due
    free = Q(held_until=None) | Q(held_until__lt=at)
    rested = Q(rests_until=None) | Q(rests_until__lte=at)
    with transaction.atomic():
        found = Host.objects.select_for_update(skip_locked=True).filter(
            free, rested, Exists(links.filter(host=OuterRef("pk")).order_by())
        )
        hosts = list(found.order_by("pk")[:most])
        Host.objects.filter(pk__in=[host.pk for host in hosts]).update(held_by=holder, held_until=at + hold)
    return hosts


def keep_holding(holder: str, hosts: Collection[int], *, at: datetime, hold: timedelta = HOLD) -> int:
    """Says that the holder is still at work; returns how many of these hosts it still holds."""
    return Host.objects.filter(pk__in=hosts, held_by=holder).update(held_until=at + hold)


def let_go(holder: str, hosts: Collection[int]) -> None:
    """Lets others have these hosts."""
    Host.objects.filter(pk__in=hosts, held_by=holder).update(held_by="", held_until=None)

"""A few addresses asked now, beside the runs: by who waits for an answer, and politely all the same."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from rayhub.alive import Alive
from resources.fetching.visits import Asked, HostMemory, Visit
from resources.links.holding import let_go
from resources.links.manners import manners, memory_of, names_of, with_own_pace
from resources.links.models import Host
from resources.links.recording import remember
from resources.links.watching import host_name
from resources.text.addresses import BadAddress, normalise

HOLD = timedelta(minutes=5)
"""How long a host is held for this at most: a few addresses take less."""


def ask_now(asked: Iterable[Asked]) -> dict[str, Visit]:
    """Address → what a visit told. Of a host that somebody else asks at this moment, or that rests, nothing is asked: its
    addresses are missing, for another time. Never inside a transaction.
    """
    places = {one.address: (one, name) for one in asked if (name := _host_of(one.address))}
    with _held({name for _one, name in places.values()}) as hosts:
        free = [one for one, name in places.values() if name not in hosts or hosts[name] is not None]
        memories: dict[str, HostMemory] = {}
        for host in hosts.values():
            if host is not None:
                memories |= dict.fromkeys(names_of(host.name), memory_of(host))
        found = _visited(free, memories) if free else {}
        remember({host.pk: memories[names_of(host.name)[0]] for host in hosts.values() if host is not None})
    return found


def _visited(asked: list[Asked], memories: dict[str, HostMemory]) -> dict[str, Visit]:
    from resources.fetching.visiting import visits  # noqa: PLC0415  # heavy, and most processes visit nothing

    return {visit.address: visit for visit in visits(asked, manners(with_own_pace()), memories)}


@contextmanager
def _held(names: set[str]) -> Iterator[dict[str, Host | None]]:
    """Holds those of these hosts that are known and free; None stands for one that is not free."""
    alive, now = Alive("links"), timezone.now()
    free = Q(held_until=None) | Q(held_until__lt=now)
    rested = Q(rests_until=None) | Q(rests_until__lte=now)
    hosts: dict[str, Host | None] = dict.fromkeys(Host.objects.filter(name__in=names).values_list("name", flat=True))
    with transaction.atomic():
        locked = Host.objects.select_for_update(skip_locked=True).filter(free, rested, name__in=hosts)
        held = list(locked.order_by("pk"))
        Host.objects.filter(pk__in=[host.pk for host in held]).update(held_by=alive.name, held_until=now + HOLD)
    try:
        yield hosts | {host.name: host for host in held}
    finally:
        let_go(alive.name, [host.pk for host in held])
        alive.end()


def _host_of(address: str) -> str:
    """The name of an address's host as links have it; "" for what cannot be asked."""
    try:
        return host_name(normalise(address)) if urlsplit(address).scheme.lower() in {"http", "https"} else ""
    except (BadAddress, ValueError):
        return ""

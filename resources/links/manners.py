"""How this site visits addresses: the manners of fetching/visits.py, from the settings and from what is known of hosts."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q, QuerySet

from resources.fetching.visits import AGENT, HostMemory, Manners, Pace
from resources.links.models import Host
from resources.text.addresses import leads_inside

CONCURRENCY = 100
"""Requests in flight to all hosts together."""


def with_own_pace() -> QuerySet[Host]:
    """The hosts that are asked at another pace than the usual one."""
    return Host.objects.filter(Q(at_once__isnull=False) | Q(a_second__isnull=False))


def manners(hosts: Iterable[Host] = (), *, concurrency: int = CONCURRENCY) -> Manners:
    """The manners of a run over these hosts; those with a pace of their own keep it."""
    usual = Pace()
    paces = {
        name: Pace(host.at_once or usual.at_once, host.a_second or usual.a_second)
        for host in hosts
        if host.at_once or host.a_second
        for name in names_of(host.name)
    }
    return Manners(
        agent=f"{AGENT} (+{settings.SITE_URL}/links/about/)",
        paces=paces,
        concurrency=concurrency,
        ports=settings.LINK_CHECK_PORTS,
        private=settings.LINK_CHECK_ALLOW_PRIVATE,
        excluded=tuple(settings.LINK_CHECK_EXCLUDE),
    )


def is_out_of_reach(address: str) -> bool:
    """Whether an address leads into a private network and readers are not in one: LINK_CHECK_ALLOW_PRIVATE says that they are.

    Raises BadAddress where `check_address` does.
    """
    return leads_inside(address) and not settings.LINK_CHECK_ALLOW_PRIVATE


def names_of(host: str) -> tuple[str, str]:
    """The names under which the visits may meet a host: with and without www., and never with a port."""
    name = host.partition("]")[0].removeprefix("[") if host.startswith("[") else host.partition(":")[0]
    return name, f"www.{name}"


def memory_of(host: Host) -> HostMemory:
    """What earlier visits learnt of a host."""
    return HostMemory(host.crawl_delay, host.robots_at, host.rests_until, host.nonsense, host.nonsense_at)

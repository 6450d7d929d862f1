"""One run over the links that are due: hosts are held, their links visited, what was told is written down, and hosts let go.

It is a flow: new hosts join while others are still being visited, and nobody waits for the slowest. What a run reports is
written down already. Killed at any moment it loses only what it has not reported; its hosts are free again at once for those
on the same machine (rayhub/alive.py), and for others a minute later (holding.py).
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from random import SystemRandom
from threading import Event
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from rayhub.alive import Alive, the_dead
from resources.fetching.visits import Asked, HostMemory, Visit
from resources.links.engines import Engine
from resources.links.holding import hold_hosts, keep_holding, let_go
from resources.links.manners import memory_of
from resources.links.models import Host, Link
from resources.links.recording import record, remember, tally

BATCH = 50
"""So many visits are written down together, or those of one second."""

AT_ONCE = 5_000
"""Rows that one query names."""

VOID_IN_A_ROW = 200
"""So many visits that said nothing, and no other between them: nothing can be told from here for now."""

LOOK_AGAIN = 3.0
"""Seconds after which hosts are looked for again when all that were free are held."""

RENEW = 15.0
"""Seconds after which the hosts are held anew."""


class Reported(NamedTuple):
    """A link that was visited, as it is written down: what the visit told, and what readers are told now and before."""

    link: Link
    visit: Visit
    before: str


@dataclass(slots=True)
class Checked:
    """What a run did. `void` visits said nothing, and are made again later; `left` are due links that it did not come to."""

    verdicts: Counter[str] = field(default_factory=Counter)
    void: int = 0
    requests: int = 0
    seconds: float = 0.0
    left: int = 0
    given_up: bool = False

    @property
    def links(self) -> int:
        """How many links were tested."""
        return sum(self.verdicts.values())


@dataclass(slots=True)
class _Held:
    """A host that this run holds: the links that are on their way, and whether more of it may be due."""

    host: Host
    memory: HostMemory
    on_way: set[int] = field(default_factory=set)
    more: bool = True


def check(
    engine: Engine,
    *,
    due: Callable[[], QuerySet[Link]],
    limit: int | None = None,
    report: Callable[[list[Reported]], None] = lambda _reported: None,
    stop: Event | None = None,
) -> Checked:
    """Tests links until `due` has none any more, `limit` are asked, or `stop` is set; closes the engine."""
    alive = Alive("links")
    for name in the_dead("links"):
        Host.objects.filter(held_by=name).update(held_by="", held_until=None)
    run = _Run(engine, alive.name, due, limit, report)
    try:
        run.go(stop or Event())
    finally:
        engine.close()
        run.let_all_go()
        alive.end()
    if run.checked.links:
        tally(timezone.localdate())
    return run.checked


def due_links(*, at: datetime | None = None, host: str = "") -> QuerySet[Link]:
    """The links that are due by that time or by now, of all hosts or of one."""
    links: QuerySet[Link] = Link.objects.due(at or timezone.now())
    return links.filter(host__name=host) if host else links


def make_due(*, host: str = "", limit: int | None = None) -> None:
    """Makes links due that are not, those that would be next first."""
    now = timezone.now()
    links = Link.objects.in_use()
    links = links.filter(host__name=host) if host else links
    if limit is None:
        links.filter(due_at__gt=now).update(due_at=now)
        return
    pks = links.order_by("due_at", "pk").values_list("pk", flat=True)[:limit]
    for some in batched(list(pks), AT_ONCE, strict=False):
        Link.objects.filter(pk__in=some, due_at__gt=now).update(due_at=now)


class _Run:
    def __init__(
        self,
        engine: Engine,
        holder: str,
        due: Callable[[], QuerySet[Link]],
        limit: int | None,
        report: Callable[[list[Reported]], None],
    ) -> None:
        self.engine, self.holder, self.due, self.report = engine, holder, due, report
        self.left = limit
        self.checked = Checked()
        self.held: dict[int, _Held] = {}
        self.asked: dict[str, tuple[int, int]] = {}
        """Addresses on their way: their links' and hosts' keys."""
        self.chance = SystemRandom()
        self.voids = 0
        self.look_at = 0.0
        self.finished = False

    def go(self, stop: Event) -> None:
        begun = renewed = time.monotonic()
        self._hold_more()
        while self.held and not stop.is_set() and not self.checked.given_up:
            self._write_down(self._told(stop))
            if time.monotonic() - renewed > RENEW:
                self._keep_holding()
                renewed = time.monotonic()
            self._hold_more()
        self.left = 0
        self._write_down(self.engine.told(0))
        self.checked.seconds = time.monotonic() - begun
        self.checked.left = self.due().count()

    def let_all_go(self) -> None:
        """Lets others have every host that is still held."""
        self._let_go(list(self.held))

    def _told(self, stop: Event) -> list[Visit]:
        """What is told within a second, or BATCH visits."""
        told: list[Visit] = []
        until = time.monotonic() + 1
        while len(told) < BATCH and not stop.is_set() and (wait := until - time.monotonic()) > 0:
            told += self.engine.told(min(wait, 0.2))
            if len(told) >= len(self.asked):
                break
        return told

    def _hold_more(self) -> None:
        """Holds hosts as long as there is room, and asks them."""
        room = self.engine.hosts - len(self.held)
        if self.finished:
            return
        # Many at a time, and not at once again after all were found: to look for hosts takes long where there are millions.
        crowded = self.held and (room < self.engine.hosts / 4 or time.monotonic() < self.look_at)
        if crowded:
            return
        found = [] if self.left == 0 else hold_hosts(self.holder, at=timezone.now(), most=room, due=self.due())
        self.look_at = time.monotonic() + (LOOK_AGAIN if len(found) < room else 0)
        for host in found:
            self.held[host.pk] = _Held(host, memory_of(host))
        self._ask([host.pk for host in found])
        if not found and not any(held.more for held in self.held.values()):
            self.finished = True
            self.engine.finish()

    def _ask(self, hosts: list[int]) -> None:
        """Asks these hosts for more, and lets those go of which nothing is due any more."""
        done = []
        for pk in hosts:
            held = self.held[pk]
            if held.more and len(held.on_way) <= self.engine.rest:
                self._ask_host(held)
            if not held.on_way:
                done.append(pk)
        self._let_go(done)

    def _ask_host(self, held: _Held) -> None:
        most = self.engine.portion if self.left is None else min(self.engine.portion, self.left)
        resting = held.memory.rests_until is not None and held.memory.rests_until > timezone.now()
        found = list(self._portion(held, most)) if most and not resting else []
        held.more = len(found) == self.engine.portion
        if self.left is not None:
            self.left -= len(found)
        for link in found:
            held.on_way.add(link.pk)
            self.asked[link.address] = (link.pk, held.host.pk)
        if found or held.on_way:
            asked = [Asked(link.address, link.etag, link.modified, link.fingerprint) for link in found]
            self.engine.ask(held.host.name, asked, held.memory, last=not held.more)

    def _portion(self, held: _Held, most: int) -> QuerySet[Link]:
        links = self.due().filter(host=held.host).exclude(pk__in=held.on_way)
        return links.only("address", "etag", "modified", "fingerprint")[:most]

    def _write_down(self, told: list[Visit]) -> None:
        """Writes down visits, reports them, and asks their hosts for more."""
        if not told:
            return
        places = [(*self.asked.pop(visit.address), visit) for visit in told if visit.address in self.asked]
        turned = record({link: visit for link, _host, visit in places}, chance=self.chance)
        before = {one.link.pk: one.before for one in turned}
        links = Link.objects.in_bulk([link for link, _host, _visit in places])
        reported = []
        for link, host, visit in places:
            self._count(visit)
            if link in links and not visit.void:
                reported.append(Reported(links[link], visit, before.get(link, links[link].state)))
            if held := self.held.get(host):
                held.on_way.discard(link)
        self.report(reported)
        self._ask(sorted({host for _link, host, _visit in places} & self.held.keys()))

    def _count(self, visit: Visit) -> None:
        self.checked.requests += visit.requests
        if visit.void:
            self.checked.void += 1
            self.voids += 1
            self.checked.given_up |= self.voids >= VOID_IN_A_ROW
        else:
            self.checked.verdicts[visit.verdict] += 1
            self.voids = 0

    def _keep_holding(self) -> None:
        now = timezone.now()
        for pks in batched(list(self.held), AT_ONCE, strict=False):
            if keep_holding(self.holder, pks, at=now) < len(pks):
                # This machine slept: others may have taken them.
                kept = set(Host.objects.filter(pk__in=pks, held_by=self.holder).values_list("pk", flat=True))
                for pk in set(pks) - kept:
                    del self.held[pk]

    def _let_go(self, hosts: list[int]) -> None:
        remember({pk: self.held[pk].memory for pk in hosts if self.held[pk].memory != memory_of(self.held[pk].host)})
        for pks in batched(hosts, AT_ONCE, strict=False):
            let_go(self.holder, pks)
        for pk in hosts:
            self.engine.leave(self.held.pop(pk).host.name)

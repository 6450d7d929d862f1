"""What a run is asked: taken no faster than it is worked off, and each page once."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterable, Iterable
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from yarl import URL

from resources.fetching.guard import Refused, openable
from resources.fetching.jobs import Job
from resources.fetching.sights import Sight
from resources.fetching.verdicts import verdict_of
from resources.fetching.visits import Asked, Cause, HostDone, Visit

if TYPE_CHECKING:
    from resources.fetching.running import Run

AHEAD = 20_000
"""So many pages are taken in advance at most,"""
HOSTS_AT_ONCE = 4
"""or of so many hosts, as a multiple of the room: most of them rest between two seconds."""
SEEN_KEPT = 5_000
"""So many pages are remembered, for addresses that differ only in the fragment."""


class Intake:
    """The pages that were asked for and are not told yet, and the last ones that were."""

    def __init__(self, run: "Run") -> None:
        self.run = run
        self.jobs: dict[str, Job] = {}
        self.seen: OrderedDict[str, Sight] = OrderedDict()
        self.ended = False
        self._space = asyncio.Event()

    @property
    def done(self) -> bool:
        """Whether all was taken, and every page of it visited."""
        return self.ended and not self.jobs

    async def take(self, asked: Iterable[Asked | HostDone] | AsyncIterable[Asked | HostDone]) -> None:
        """Takes all of it."""
        if isinstance(asked, AsyncIterable):
            async for one in asked:
                await self._take(one)
        else:
            for number, one in enumerate(asked):
                await self._take(one)
                if number % 100 == 99:
                    await asyncio.sleep(0)
        self.ended = True
        self.run.settle_if_done()

    def go_on(self) -> None:
        """Something was worked off."""
        if not self._is_full():
            self._space.set()

    async def _take(self, one: Asked | HostDone) -> None:
        if isinstance(one, HostDone):
            if host := self.run.hosts.get(one.host):
                host.complete = True
                self.run.settle(host)
            return
        while self._is_full():
            self._space.clear()
            await self._space.wait()
        self._add(one)

    def _is_full(self) -> bool:
        return len(self.jobs) >= AHEAD or len(self.run.busy) >= HOSTS_AT_ONCE * self.run.manners.concurrency

    def _add(self, asked: Asked) -> None:
        if any(fnmatchcase(asked.address, pattern) for pattern in self.run.manners.excluded):
            self._skip(asked, Cause.EXCLUDED, "excluded by a rule")
            return
        try:
            url = URL(openable(asked.address, self.run.manners)).with_fragment(None)
        except Refused as refused:
            self._skip(asked, refused.cause, str(refused))
            return
        except ValueError:
            self._skip(asked, Cause.NOT_WEB, "the address is not readable")
            return
        page = str(url)
        if job := self.jobs.get(page):
            job.asked.append(asked)
        elif sight := self.seen.get(page):
            sight.join(asked)
            if sight.told:
                self.run.tell([sight])
        else:
            job = self.jobs[page] = Job(page, url, [asked])
            first = self.run.host(url.host or "")
            first.open, first.complete = first.open + 1, False
            self.run.place(job)

    def _skip(self, asked: Asked, cause: Cause, note: str) -> None:
        self.run.visits.append(Visit(asked.address, verdict_of(cause), cause, note=note))
        self.run.news.set()

    def leave(self, job: Job) -> None:
        """Its visit is over."""
        self.jobs.pop(job.page, None)

    def keep(self, job: Job, sight: Sight) -> None:
        """Its visit is over, and this is what it told."""
        self.leave(job)
        self.seen[sight.page] = sight
        if len(self.seen) > SEEN_KEPT:
            self.seen.popitem(last=False)

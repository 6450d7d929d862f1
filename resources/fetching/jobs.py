"""One page on its way through a run, and the order in which a host's pages are asked."""

import heapq
from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import count

from aiohttp import CookieJar
from yarl import URL

from resources.fetching.troubles import Trouble
from resources.fetching.visits import Asked, Hop

LATER = 2.0
"""Seconds before a second try, at least."""


class Purpose(Enum):
    """Why a host is asked."""

    PAGE = auto()
    ROBOTS = auto()
    NONSENSE = auto()


@dataclass(eq=False, slots=True)
class Job:
    """A page to visit, for everybody who asked for it: their addresses differ at most in the fragment.

    `url` is what is asked next, further on than `page` after redirects. `trouble` is that of the last try, for which
    `tries` counts; `seen` are the addresses of this chain with the cookies they were asked with.
    """

    page: str
    url: URL
    asked: list[Asked] = field(default_factory=list)
    purpose: Purpose = Purpose.PAGE
    hops: list[Hop] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    cookies: CookieJar | None = None
    tries: int = 0
    trouble: Trouble | None = None
    hung: bool = False
    voids: int = 0
    requests: int = 0
    seconds: float = 0.0

    def cookie(self) -> str:
        """What this chain was told to show at the next address."""
        if self.cookies is None:
            return ""
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.filter_cookies(self.url).items())

    def restart(self) -> None:
        """From the first address again, as if nothing had been asked."""
        self.url = URL(self.page, encoded=True)
        self.hops, self.seen, self.cookies = [], set(), None


@dataclass(slots=True)
class Queue:
    """A host's jobs: chains that are under way first, then new ones, then second tries.

    Second tries of what did not answer at all are made beside the new ones, in the slots that the pace leaves idle
    anyway: they take long, and would else be all that is left at the end.
    """

    ahead: deque[Job] = field(default_factory=deque)
    fresh: deque[Job] = field(default_factory=deque)
    later: list[tuple[float, int, Job]] = field(default_factory=list)
    hung: list[tuple[float, int, Job]] = field(default_factory=list)
    _number: "count[int]" = field(default_factory=count)

    def __len__(self) -> int:
        return len(self.ahead) + len(self.fresh) + len(self.later) + len(self.hung)

    def defer(self, job: Job, due: float) -> None:
        """To the end, not before `due`."""
        heapq.heappush(self.hung if job.hung else self.later, (due, next(self._number), job))

    def due(self, now: float, slots: int) -> float | None:
        """When the next job can be taken, or None where there is none for now. `slots` may still hang."""
        if self.ahead or self.fresh:
            return now
        waiting = [heap[0][0] for heap in (self.later, self.hung if slots else []) if heap]
        return min(waiting, default=None)

    def take(self, now: float, slots: int) -> Job:
        """The next job; `due` said that there is one."""
        if self.ahead:
            return self.ahead.popleft()
        if slots and self.hung and self.hung[0][0] <= now:
            return heapq.heappop(self.hung)[2]
        if self.fresh:
            return self.fresh.popleft()
        return heapq.heappop(self.later)[2]

    def drain(self) -> list[Job]:
        """Everything that waits, taken out."""
        jobs = [*self.ahead, *self.fresh, *(job for *_, job in (*self.later, *self.hung))]
        for waiting in (self.ahead, self.fresh, self.later, self.hung):
            waiting.clear()
        return jobs

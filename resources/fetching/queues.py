"""The order in which the pages of one host are asked."""

import heapq
from collections import deque
from dataclasses import dataclass, field
from itertools import count

from resources.fetching.jobs import Job


@dataclass(slots=True)
class Folders:
    """New pages by the folder of their site. Each folder shows itself with one page first; then they take turns.

    Pages of one folder are often made by one program, so where one did not answer, the others are likely to take long too:
    these are kept apart, to be begun early.
    """

    pages: dict[str, deque[Job]] = field(default_factory=dict)
    turns: deque[str] = field(default_factory=deque)
    met: set[str] = field(default_factory=set)
    silent: set[str] = field(default_factory=set)
    likely_long: deque[Job] = field(default_factory=deque)

    def __len__(self) -> int:
        return sum(map(len, self.pages.values()))

    def __bool__(self) -> bool:
        return bool(self.pages)

    @property
    def unknown(self) -> bool:
        """Whether the next one is the first of its folder."""
        return bool(self.turns) and self.turns[0] not in self.met

    def add(self, job: Job) -> None:
        """One page more."""
        folder = job.folder
        if folder in self.silent:
            self.likely_long.append(job)
        elif folder in self.pages:
            self.pages[folder].append(job)
        else:
            self.pages[folder] = deque([job])
            if folder in self.met:
                self.turns.append(folder)
            else:
                self.turns.appendleft(folder)

    def take(self) -> Job:
        """The next page."""
        folder = self.turns.popleft()
        self.met.add(folder)
        pages = self.pages[folder]
        job = pages.popleft()
        if pages:
            self.turns.append(folder)
        else:
            del self.pages[folder]
        return job

    def drain(self) -> list[Job]:
        """All of them, taken out."""
        jobs = [*self.likely_long, *(job for pages in self.pages.values() for job in pages)]
        self.likely_long.clear()
        self.pages.clear()
        self.turns.clear()
        return jobs

    def fell_silent(self, folder: str) -> None:
        """A page of this folder got no answer."""
        self.silent.add(folder)
        self.likely_long.extend(self.take_all(folder))

    def take_all(self, folder: str) -> deque[Job]:
        """The pages of this folder, taken out."""
        if folder not in self.pages:
            return deque()
        self.turns.remove(folder)
        return self.pages.pop(folder)

    def spoke(self, folder: str) -> None:
        """A page of this folder was answered: it is as the others."""
        if folder in self.silent:
            self.silent.discard(folder)
            again, self.likely_long = self.likely_long, deque()
            for job in again:
                self.add(job)


@dataclass(slots=True)
class Queue:
    """A host's jobs: chains that are under way first, then new ones, then second tries, last of all those that may make
    the host want rest again.

    What is likely to take long is asked beside the new ones, in the slots that the pace leaves idle anyway: it would else be
    all that is left at the end.
    """

    ahead: deque[Job] = field(default_factory=deque)
    fresh: Folders = field(default_factory=Folders)
    later: list[tuple[float, int, Job]] = field(default_factory=list)
    wary: list[tuple[float, float, int, Job]] = field(default_factory=list)
    """Those that may make the host want rest. First the ones that were never asked, then second tries, which may be fine by
    now: two that ask for rest together cost one. By how much rest they want, so that the longest stands in the middle.
    """
    hung: list[tuple[float, int, Job]] = field(default_factory=list)
    _number: "count[int]" = field(default_factory=count)

    def __bool__(self) -> bool:
        return bool(self.ahead or self.fresh or self.fresh.likely_long or self.later or self.wary or self.hung)

    def defer(self, job: Job, due: float) -> None:
        """To the end, not before `due`."""
        if job.wary:
            heapq.heappush(self.wary, (job.wary, due, next(self._number), job))
        else:
            heapq.heappush(self.hung if job.hung else self.later, (due, next(self._number), job))

    def due(self, now: float, beside: int) -> float | None:
        """When the next job can be taken, or None where there is none for now.

        `beside` is how many more may be asked that are likely to take long.
        """
        if self.ahead or self.fresh or (beside and self.fresh.likely_long):
            return now
        waiting = [heap[0][0] for heap in (self.later, self.hung if beside else []) if heap]
        if self.wary and not self.later:
            waiting.append(self.wary[0][1])
        return min(waiting, default=None)

    def take(self, now: float, beside: int) -> Job:
        """The next job; `due` said that there is one."""
        if beside and (job := self._long(now)):
            job.beside = True
            return job
        if self.ahead:
            return self.ahead.popleft()
        if self.fresh:
            return self.fresh.take()
        if self.later:
            return heapq.heappop(self.later)[-1]
        return heapq.heappop(self.wary)[-1]

    def leave_for_last(self, folder: str, rest: float) -> None:
        """A page of this folder made the host ask for rest: the others may as well, together and at the end."""
        for job in self.fresh.take_all(folder):
            heapq.heappush(self.wary, (-rest, 0.0, next(self._number), job))

    def drain(self) -> list[Job]:
        """All of them, taken out."""
        heaps = (*self.later, *self.hung)
        jobs = [*self.ahead, *self.fresh.drain(), *(job for *_, job in heaps), *(job for *_, job in self.wary)]
        for waiting in (self.ahead, self.later, self.wary, self.hung):
            waiting.clear()
        return jobs

    def _long(self, now: float) -> Job | None:
        if self.fresh.likely_long:
            return self.fresh.likely_long.popleft()
        if self.hung and self.hung[0][0] <= now:
            return heapq.heappop(self.hung)[2]
        return None

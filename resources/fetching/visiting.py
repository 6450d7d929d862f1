"""Visits addresses: many at once, each host politely, the answers as they come."""

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Callable, Generator, Iterable
from itertools import islice
from queue import SimpleQueue

from aiohttp.abc import AbstractResolver

from resources.fetching.asking import Asker
from resources.fetching.lag import Lag
from resources.fetching.running import Run
from resources.fetching.visits import Asked, HostDone, HostMemory, Manners, Visit

HANDED_OVER = 100
"""So many addresses go to the other thread in one piece, and so many visits wait to be read."""


async def visit_all(
    asked: Iterable[Asked | HostDone] | AsyncIterable[Asked | HostDone],
    manners: Manners,
    hosts: dict[str, HostMemory] | None = None,
    *,
    resolver: AbstractResolver | None = None,
) -> AsyncGenerator[Visit]:
    """One visit for each that is asked, in the order in which they end.

    `asked` is taken only as fast as it is worked off. Some pages are told only when all of their host are known: at the end,
    or after a HostDone. `hosts` is what is remembered of hosts; it is changed on the way.
    Whoever stops early closes this iterator (`contextlib.aclosing`): then all connections are closed.
    """
    lag = Lag()
    async with Asker(manners, resolver) as asker, lag.measured():
        run = Run(manners, {} if hosts is None else hosts, asker, lag)
        run.start(asked)
        try:
            while not run.done:
                run.news.clear()
                while run.visits:
                    yield run.visits.popleft()
                    run.let_in()
                run.complain()
                if not run.done:
                    await run.news.wait()
        finally:
            await run.stop()


def visits(asked: Iterable[Asked], manners: Manners, hosts: dict[str, HostMemory] | None = None) -> Generator[Visit]:
    """The same for code that is not asynchronous: the visits are made in a thread of their own.

    `asked` is read in the caller's thread, so that it may come from a database. Closing the iterator early ends the visits.
    """
    return _InThread(asked, manners, {} if hosts is None else hosts).visits()


class _More:
    """The visits want more to do."""


class _InThread:
    def __init__(self, asked: Iterable[Asked], manners: Manners, hosts: dict[str, HostMemory]) -> None:
        self.asked = iter(asked)
        self.manners = manners
        self.hosts = hosts
        self.said: SimpleQueue[Visit | _More | Exception | None] = SimpleQueue()
        self.loop = asyncio.new_event_loop()
        self.given: asyncio.Queue[list[Asked]] = asyncio.Queue()
        self.read = asyncio.Semaphore(HANDED_OVER)
        self.task: asyncio.Task[None] | None = None
        self.failure: Exception | None = None

    def visits(self) -> Generator[Visit]:
        thread = threading.Thread(target=self._run, name="visits", daemon=True)
        thread.start()
        try:
            while (said := self.said.get()) is not None:
                if isinstance(said, Exception):
                    raise said
                if isinstance(said, _More):
                    self._tell(self.given.put_nowait, list(islice(self.asked, HANDED_OVER)))
                else:
                    yield said
                    self._tell(self.read.release)
        finally:
            self._tell(self._cancel)
            thread.join()

    def _tell[*T](self, act: Callable[[*T], object], *values: *T) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed: all is said
            self.loop.call_soon_threadsafe(act, *values)

    def _cancel(self) -> None:
        if self.task:
            self.task.cancel()

    def _run(self) -> None:
        try:
            with asyncio.Runner(loop_factory=lambda: self.loop) as runner, contextlib.suppress(asyncio.CancelledError):
                runner.run(self._visit())
        finally:
            self.said.put(self.failure)

    async def _visit(self) -> None:
        self.task = asyncio.current_task()
        try:
            async with contextlib.aclosing(visit_all(self._given(), self.manners, self.hosts)) as found:
                async for visit in found:
                    await self.read.acquire()
                    self.said.put(visit)
        except Exception as error:
            # It belongs to whoever reads.
            self.failure = error
            raise

    async def _given(self) -> AsyncIterator[Asked]:
        while True:
            self.said.put(_More())
            more = await self.given.get()
            if not more:
                return
            for asked in more:
                yield asked

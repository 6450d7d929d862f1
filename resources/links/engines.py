"""What makes the visits of a run: here, in this process. ray_engine.py does the same on many machines."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from importlib import import_module
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any, Protocol

from resources.fetching.visiting import visit_all
from resources.fetching.visits import Asked, HostDone, HostMemory, Manners, Visit
from resources.links.manners import names_of


class EngineMissing(Exception):
    """The engine that was asked for is not installed here. The message says how to install it."""


class Engine(Protocol):
    """Visits addresses, and tells what the visits told as soon as they did. All of it is called from one thread.

    It takes so many hosts at once, so many addresses of each at a time (`portion`), and more of the same host when no more
    than `rest` of those are still on their way.
    """

    hosts: int
    portion: int
    rest: int

    def ask(self, host: str, asked: Sequence[Asked], memory: HostMemory, *, last: bool) -> None:
        """Begins to visit addresses of a host; each is told exactly once. `memory` changes meanwhile.

        What other pages of the host could change is told when its `last` addresses are asked, and known.
        """

    def finish(self) -> None:
        """Nothing more is asked, of any host."""

    def leave(self, host: str) -> None:
        """Forgets a host of which nothing is on its way."""

    def told(self, wait: float) -> list[Visit]:
        """What was told since the last call; waits so many seconds for the first. Raises what broke the engine."""

    def close(self) -> None:
        """Drops what is still on its way."""


def engine_named(name: str) -> Callable[[Manners], Engine]:
    """The engine "local", or "ray", which is only looked for when it is wanted. Raises EngineMissing."""
    if name == "local":
        return LocalEngine
    try:
        module: Any = import_module("resources.links.ray_engine")
    except ModuleNotFoundError as error:
        if error.name != "ray":
            raise
        raise EngineMissing(
            "Ray is not installed here. Run: make ray (or: pip install --require-hashes -r requirements/ray.txt)"
        ) from error
    engine: Callable[[Manners], Engine] = module.RayEngine
    return engine


@dataclass(frozen=True, slots=True)
class _Broken:
    error: BaseException


class LocalEngine:
    """Visits in a thread of this process, so that writing down what was told stops nobody."""

    portion = 50
    rest = 25

    def __init__(self, manners: Manners) -> None:
        self.hosts = max(20, 2 * manners.concurrency)
        self._manners = manners
        self._memories: dict[str, HostMemory] = {}
        self._told: SimpleQueue[Visit | _Broken] = SimpleQueue()
        self._ready = Event()
        self._thread = Thread(target=self._run, name="visits", daemon=True)
        self._thread.start()
        self._ready.wait()

    def ask(self, host: str, asked: Sequence[Asked], memory: HostMemory, *, last: bool) -> None:
        """As Engine has it."""
        names = names_of(host)
        self._memories |= dict.fromkeys(names, memory)
        more: list[Asked | HostDone | None] = [*asked, *(HostDone(name) for name in names if last)]
        self._tell(self._feed, more)

    def finish(self) -> None:
        """As Engine has it."""
        self._tell(self._feed, (None,))

    def leave(self, host: str) -> None:
        """As Engine has it."""
        for name in names_of(host):
            self._memories.pop(name, None)

    def told(self, wait: float) -> list[Visit]:
        """As Engine has it."""
        found: list[Visit] = []
        try:
            one = self._told.get(timeout=wait)
            while True:
                if isinstance(one, _Broken):
                    raise one.error
                found.append(one)
                one = self._told.get_nowait()
        except Empty:
            return found

    def close(self) -> None:
        """As Engine has it."""
        self._tell(self._visiting.cancel)
        self._thread.join()

    def _tell[*T](self, act: Callable[[*T], object], *values: *T) -> None:
        with suppress(RuntimeError):  # the loop is closed: all is told, or what broke it is
            self._loop.call_soon_threadsafe(act, *values)

    def _run(self) -> None:
        try:
            with asyncio.Runner() as runner:
                self._loop = runner.get_loop()
                self._visiting = self._loop.create_task(self._visit())
                self._loop.run_until_complete(self._visiting)
        except asyncio.CancelledError:
            pass
        except BaseException as error:  # noqa: BLE001  it is raised again where told() is called
            self._told.put(_Broken(error))
        finally:
            self._ready.set()

    async def _visit(self) -> None:
        self._asked: asyncio.Queue[Asked | HostDone | None] = asyncio.Queue()
        self._ready.set()
        async with aclosing(visit_all(self._given(), self._manners, self._memories)) as visits:
            async for visit in visits:
                self._told.put(visit)

    def _feed(self, asked: Sequence[Asked | HostDone | None]) -> None:
        for one in asked:
            self._asked.put_nowait(one)

    async def _given(self) -> AsyncIterator[Asked | HostDone]:
        while (one := await self._asked.get()) is not None:
            yield one

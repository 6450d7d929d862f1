"""A web of a few hosts on loopback, which answers as each test wants, and writes down when it was asked what.

Real sockets: it runs in a thread of its own with asyncio streams. A page is a function from a Request to bytes, to an
Answer, or to a coroutine that writes for itself.
"""

import asyncio
import inspect
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from resources.fetching.visits import Manners, Pace

HOSTS = 4
WORDS = "These words stand on a page that is there for everybody who wants to read about actors, tasks and objects in a cluster."


@dataclass
class Request:
    """One request as it came, with the means to answer by hand."""

    host: str
    path: str
    headers: dict[str, str]
    at: float
    count: int
    """The how-many-th for this path of this host."""
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def gone(self) -> None:
        """Until the other side hangs up."""
        await self.reader.read()

    def reset(self) -> None:
        """Breaks the connection off."""
        place = self.writer.get_extra_info("socket")
        place.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


type Page = Callable[[Request], Any]


def page(title: str = "A page", body: str = WORDS, status: int = 200, headers: dict[str, str] | None = None) -> bytes:
    """An answer in HTML."""
    return answer(f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{body}".encode(), status, headers)


def answer(body: bytes = b"", status: int = 200, headers: dict[str, str] | None = None) -> bytes:
    """An answer as it goes over the wire."""
    lines = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))} | (headers or {})
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} So\r\n{head}\r\n".encode() + body


def redirect(to: str, status: int = 301, **headers: str) -> bytes:
    """An answer that leads on."""
    return answer(b"", status, {"Location": to} | {name.replace("_", "-"): value for name, value in headers.items()})


@dataclass
class Web:
    """Hosts 127.0.0.1 and on, all on one port. Paths without a page answer 404."""

    port: int = 0
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    peak: dict[str, int] = field(default_factory=dict)
    otherwise: Page = field(default=lambda request: page("Not found", "No.", 404))
    _counts: dict[tuple[str, str], int] = field(default_factory=dict)
    _under_way: dict[str, int] = field(default_factory=dict)

    def at(self, path: str, host: int = 1) -> str:
        """The address of a path."""
        return f"http://127.0.0.{host}:{self.port}{path}"

    def add(self, path: str, shown: Page | bytes, host: int = 1) -> str:
        """A page at a path, and its address."""
        self.pages[path] = shown if callable(shown) else lambda request: shown
        return self.at(path, host)

    def manners(self, **changes: Any) -> Manners:
        """Manners that may come here, with short times and no pace."""
        given: dict[str, Any] = {
            "private": ("127.0.0.0/8", "::1/128"),
            "ports": frozenset({80, 1, self.port}),
            "timeout": 1.0,
            "pace": Pace(100, float("inf")),
            "patience": 2.0,
            "later": 0.02,
        }
        return Manners(**given | changes)

    def paths(self, host: int = 1) -> list[str]:
        """What was asked of a host, in order."""
        return [request.path for request in self.asked if request.host == f"127.0.0.{host}"]

    def most_in_a_second(self, host: int = 1) -> int:
        """The most requests that came within any second."""
        times = sorted(request.at for request in self.asked if request.host == f"127.0.0.{host}")
        return max((sum(start <= at <= start + 1 for at in times) for start in times), default=0)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        host = writer.get_extra_info("sockname")[0]
        try:
            while await self._serve_one(host, reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _serve_one(self, host: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        path = head[0].split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        count = self._counts[host, path] = self._counts.get((host, path), 0) + 1
        request = Request(host, path, headers, time.monotonic(), count, reader, writer)
        self.asked.append(request)
        self._under_way[host] = self._under_way.get(host, 0) + 1
        self.peak[host] = max(self.peak.get(host, 0), self._under_way[host])
        try:
            shown = self.pages.get(path.partition("?")[0], self.otherwise)(request)
            if inspect.isawaitable(shown):
                shown = await shown
            if shown is None:
                return False
            writer.write(shown)
            await writer.drain()
        finally:
            self._under_way[host] -= 1
        return b"\r\nConnection: close\r\n" not in shown


async def _open(web: Web) -> list[asyncio.Server]:
    servers = [await asyncio.start_server(web.serve, "127.0.0.1", 0)]
    web.port = servers[0].sockets[0].getsockname()[1]
    return servers + [
        await asyncio.start_server(web.serve, f"127.0.0.{number}", web.port) for number in range(2, HOSTS + 1)
    ]


@contextmanager
def small_web() -> Iterator[Web]:
    """Serves while the block runs."""
    web, loop, ready = Web(), asyncio.new_event_loop(), threading.Event()

    async def live() -> None:
        servers = await _open(web)
        ready.set()
        try:
            await asyncio.Event().wait()
        finally:
            for server in servers:
                server.close()

    task = loop.create_task(live())

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner, suppress(asyncio.CancelledError):
            runner.get_loop().run_until_complete(task)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield web
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)

"""A small web on loopback: several hosts on one port, each path's first segment says how it answers.

/ok/… a page · /missing/… 404 · /moved/… 301 to /ok/… · /slow/… a page after half a second · /hang/… nothing for a minute
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

PAGE = b"<!doctype html><title>A fine page</title><h1>A fine page</h1><p>" + b" ".join(
    b"Word %d of a page that everybody may read." % number for number in range(40)
)
REASONS = {200: "OK", 301: "Moved Permanently", 404: "Not Found"}


@dataclass
class Web:
    """Where it is, and what it was asked."""

    port: int = 0
    paths: Counter[str] = field(default_factory=Counter)
    at_once: Counter[str] = field(default_factory=Counter)
    most_at_once: Counter[str] = field(default_factory=Counter)
    """By host, the most requests that were under way at one time."""

    def address(self, path: str, host: int = 1) -> str:
        """The address of a path on one of the hosts."""
        return f"http://127.0.0.{host}:{self.port}/{path}"

    def asked(self, path: str) -> int:
        """How often that path was asked for, on whichever host."""
        return self.paths[f"/{path}"]

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection after another request."""
        host = writer.get_extra_info("sockname")[0]
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                method, path, _ = request.split(b"\r\n")[0].decode().split(" ", 2)
                self.paths[path] += 1
                self.at_once[host] += 1
                self.most_at_once[host] = max(self.most_at_once[host], self.at_once[host])
                try:
                    await self._answer_one(writer, method, path)
                finally:
                    self.at_once[host] -= 1
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.transport.abort()

    async def _answer_one(self, writer: asyncio.StreamWriter, method: str, path: str) -> None:
        kind, _, rest = path.strip("/").partition("/")
        if kind in ("slow", "hang"):
            await asyncio.sleep({"slow": 0.5, "hang": 60}[kind])
        status = 200 if kind in ("ok", "slow", "hang", "") else {"moved": 301}.get(kind, 404)
        body = b"" if status == 301 else PAGE + f"<p>{path}".encode()
        head = f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n"
        head += f"Location: /ok/{rest}\r\n" if status == 301 else ""
        writer.write(head.encode() + b"\r\n" + (b"" if method == "HEAD" else body))
        await writer.drain()


@contextmanager
def loopback_web(hosts: int = 3, port: int = 0) -> Iterator[Web]:
    """The web, in a thread of its own."""
    web, ready = Web(port), Event()
    loop: asyncio.AbstractEventLoop
    stop: asyncio.Event

    async def serve() -> None:
        nonlocal loop, stop
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        servers = []
        for host in range(1, hosts + 1):
            servers.append(await asyncio.start_server(web.answer, f"127.0.0.{host}", web.port, backlog=512))
            web.port = web.port or servers[0].sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        for server in servers:
            server.close()

    thread = Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield web
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)

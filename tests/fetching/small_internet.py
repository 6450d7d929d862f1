"""An internet inside one process: public addresses answer from a loopback server, forbidden ones from a canary.

Nothing of ours is replaced: the event loop sees each connection at the last moment, writes down where it wants to go, and
leads it to a real socket of this machine.
"""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from resources.fetching.guard import judge
from resources.fetching.visits import Manners

PAGE = b"<!doctype html><title>A page</title><h1>A page</h1><p>Words of a page that is there for everybody to read."
CASINO = (
    b"<!doctype html><title>Casino Online</title><p>" + b"Casino, slots, poker and jackpot for all who like it. " * 9
)


@dataclass
class Internet:
    """What was asked of it. `names` says what a name answers: one list for each lookup, the last one for good."""

    names: dict[str, list[list[str]]] = field(default_factory=dict)
    touched: list[str] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    canary: list[bytes] = field(default_factory=list)
    lookups: dict[str, int] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    async def lookup(self, name: str) -> Sequence[str]:
        """As a name server would."""
        await asyncio.sleep(0)
        count = self.lookups.get(name, 0)
        self.lookups[name] = count + 1
        answers = self.names.get(name)
        if answers is None:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        answer = answers[min(count, len(answers) - 1)]
        if answer == ["!timeout"]:
            raise socket.gaierror(socket.EAI_AGAIN, "no answer")
        return answer


class Loop(asyncio.SelectorEventLoop):
    """Connections of this loop end at the small internet."""

    internet: Internet

    async def sock_connect(self, sock: socket.socket, address: Any) -> None:
        """Where it wants to go is written down; where it goes is a server of the test."""
        where = str(address[0])
        self.internet.touched.append(where)
        public = judge(where, Manners())
        if not public:
            self.internet.forbidden.append(where)
        port = self.internet.ports["public" if public else "canary"]
        place = ("::1", port, 0, 0) if sock.family == socket.AF_INET6 else ("127.0.0.1", port)
        await super().sock_connect(sock, place)


def answer(line: str) -> bytes:
    """/redirect-to?url=…&code=…, /redirect/3, /casino, and a page for everything else."""
    parts = urlsplit(line.split(" ")[1])
    if parts.path.startswith("/redirect-to"):
        query = parse_qs(parts.query)
        return _redirect(query["url"][0], query.get("code", ["302"])[0])
    if parts.path.startswith("/redirect/"):
        left = int(parts.path.rpartition("/")[2])
        return _redirect(f"/redirect/{left - 1}" if left > 1 else "/", "302")
    body = CASINO if parts.path == "/casino" else PAGE
    return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def _redirect(to: str, code: str) -> bytes:
    return f"HTTP/1.1 {code} Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


async def open_internet(internet: Internet) -> list[asyncio.Server]:
    """The public server and the canary, each on both kinds of loopback."""

    async def public(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                internet.requests.append(head)
                writer.write(answer(head.partition(b"\r\n")[0].decode("latin-1")))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def canary(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        internet.canary.append(await reader.read(1000))
        writer.close()

    servers = []
    for kind, handler in (("public", public), ("canary", canary)):
        server = await asyncio.start_server(handler, "127.0.0.1", internet.ports.get(kind, 0))
        internet.ports[kind] = server.sockets[0].getsockname()[1]
        servers += [server, await asyncio.start_server(handler, "::1", internet.ports[kind])]
    return servers

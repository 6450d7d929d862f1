"""Opens a few addresses for what stands there, under the same guard and pace as the visits: answers of programs, small pages."""

import asyncio
import json
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from resources.fetching.guard import Refused, gate, openable
from resources.fetching.pacing import Gate
from resources.fetching.resolving import GuardedResolver
from resources.fetching.troubles import Trouble, trouble_of
from resources.fetching.visits import Cause, Manners

LONGEST = 4 * 1024 * 1024
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Opened:
    """An answer. `address` is where the redirects led; `whole` is whether the body was read to its end."""

    status: int
    address: str
    body: bytes = b""
    whole: bool = True

    @property
    def text(self) -> str:
        """As UTF-8."""
        return self.body.decode("utf-8", "replace")

    @property
    def data(self) -> Any:
        """As JSON, whatever it holds; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


class Opener:
    """One run's connections. A host that says "too many" is left alone for the rest of the run."""

    def __init__(self, manners: Manners, resolver: AbstractResolver | None = None, *, longest: int = LONGEST) -> None:
        self._manners = manners
        self._longest = longest
        self._resolver = resolver or GuardedResolver(manners)
        self._gates: dict[str, Gate] = {}
        self._resting: set[str] = set()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=self._resolver, use_dns_cache=False, socket_factory=gate(manners)),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": manners.agent, "Accept-Encoding": "gzip, deflate"},
            timeout=aiohttp.ClientTimeout(total=manners.timeout),
            max_line_size=manners.header,
            max_field_size=manners.header,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._resolver.close()

    async def open(self, address: str, *, accept: str = "*/*", token: str = "") -> Opened:
        """GET, along its redirects. The token goes to the host that was asked and to no other. Raises Trouble."""
        try:
            url = URL(openable(address, self._manners))
            first = url.origin()
            for _ in range(self._manners.redirects + 1):
                headers = {"Accept": accept} | (
                    {"Authorization": f"Bearer {token}"} if token and url.origin() == first else {}
                )
                status, location, body, whole = await self._ask(url, headers)
                if status not in _REDIRECTS or not location:
                    return Opened(status, str(url), body, whole)
                url = URL(openable(str(url.join(URL(location))), self._manners))
        except Refused as refused:
            raise Trouble(refused.cause, str(refused)) from refused
        except ValueError as error:
            raise Trouble(Cause.NOT_WEB, "the address is not readable") from error
        raise Trouble(Cause.TOO_MANY_REDIRECTS, "it leads on and on")

    async def _ask(self, url: URL, headers: dict[str, str]) -> tuple[int, str, bytes, bool]:
        host = url.host or ""
        turns = self._gates.setdefault(host, Gate(self._manners.paces.get(host, self._manners.pace)))
        loop = asyncio.get_running_loop()
        while (at := turns.free_at(loop.time())) is None or at > loop.time():
            await asyncio.sleep(0.02 if at is None else at - loop.time())
        if host in self._resting:
            raise Trouble(Cause.TOO_MANY_REQUESTS, "it asked for a rest")
        turn = turns.begin(loop.time())
        turn.sent(loop.time())
        try:
            async with self._session.get(url, headers=headers, allow_redirects=False) as response:
                body, whole = await self._read(response)
                if _wants_rest(response):
                    self._resting.add(host)
                return response.status, response.headers.get("Location", ""), body, whole
        except TimeoutError:
            raise Trouble(Cause.TIMEOUT, "no answer in time") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise trouble_of(error) from error
        finally:
            turns.end(turn, loop.time())

    async def _read(self, response: aiohttp.ClientResponse) -> tuple[bytes, bool]:
        body = bytearray()
        if response.status != 200:
            return b"", True
        async for piece in response.content.iter_chunked(64 * 1024):
            body += piece
            if len(body) > self._longest:
                response.close()
                return bytes(body[: self._longest]), False
        return bytes(body), True


def _wants_rest(response: aiohttp.ClientResponse) -> bool:
    """Whether it said that these were too many."""
    if response.status == 429:
        return True
    limited = response.headers.get("X-RateLimit-Remaining") == "0" or "Retry-After" in response.headers
    return response.status in {403, 503} and limited

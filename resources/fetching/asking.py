"""One request to one host: connected, sent, and read as far as needed."""

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from types import SimpleNamespace, TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from multidict import CIMultiDictProxy
from yarl import URL

from resources.fetching.bodies import PACKED, End, read_body
from resources.fetching.guard import gate
from resources.fetching.resolving import GuardedResolver
from resources.fetching.troubles import Trouble, trouble_of
from resources.fetching.visits import Cause, Manners

IDLE = 2.5
"""Seconds that a connection is kept for the next request to its host."""
PAGES = frozenset({"", "text/html", "application/xhtml+xml"})
TEXTS = PAGES | {"text/plain"}
WALLS = {202, 403, 405, 406, 503}
"""Answers whose page may be a wall against machines."""
SHORT = 64 * 1024
SLOW_BODY = 0.125
"""The part of the timeout that a body may take."""


@dataclass(slots=True)
class Answer:
    """What one request brought, its beginning after so many `seconds`.

    `end` says how far the body was read; `cut` whether we hung up in the middle.
    """

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes
    seconds: float = 0.0
    end: End = End.WHOLE
    cut: bool = False

    @property
    def content_type(self) -> str:
        """As "text/html", or "" where none is named."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


class Asker:
    """The connections of one run. No proxy of the environment, no cookie jar, no redirects, no retries of its own."""

    def __init__(self, manners: Manners, resolver: AbstractResolver | None = None) -> None:
        self.manners = manners
        trace = aiohttp.TraceConfig()
        trace.on_request_headers_sent.append(_tell_sent)
        self._resolver = resolver or GuardedResolver(manners)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=self._resolver,
                ssl=_tls(),
                limit=0,
                use_dns_cache=False,
                keepalive_timeout=IDLE,
                socket_factory=gate(manners),
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": manners.agent, "Accept": "text/html,*/*;q=0.8", "Accept-Encoding": PACKED},
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=False,
            trust_env=False,
            max_line_size=manners.header,
            max_field_size=manners.header,
            max_headers=256,
            middlewares=[_once],
            trace_configs=[trace],
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._resolver.close()

    async def ask(
        self,
        url: URL,
        headers: dict[str, str],
        patience: Callable[[], float],
        sent: Callable[[], None],
        *,
        kinds: frozenset[str] = PAGES,
    ) -> Answer:
        """GET. `patience` says how many seconds to wait for the answer, and may change its mind while we wait.

        `sent` is called when the request is on the way; only bodies of these kinds are read. Raises Trouble when no answer
        comes.
        """
        loop, on_the_way = asyncio.get_running_loop(), False
        begun = loop.time()

        def tell() -> None:
            nonlocal on_the_way
            on_the_way = True
            sent()

        response: aiohttp.ClientResponse | None = None
        try:
            async with self._patiently(patience):
                response = await self._session.get(url, headers=headers, allow_redirects=False, trace_request_ctx=tell)
                seconds = loop.time() - begun
            return await self._read(response, kinds, seconds, patience())
        except TimeoutError:
            within = f"within {round(loop.time() - begun) or 1} seconds"
            if on_the_way:
                raise Trouble(Cause.TIMEOUT, f"connected, but no answer {within}") from None
            raise Trouble(Cause.TIMEOUT, f"no connection {within}", unheard=True) from None
        except Trouble:
            raise
        except Exception as error:
            # A stranger's bytes may make any layer below stumble; trouble_of() blames nobody for what it does not know.
            raise trouble_of(error) from error
        finally:
            if response is not None:
                response.close()

    @contextlib.asynccontextmanager
    async def _patiently(self, patience: Callable[[], float]) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        begun, often = loop.time(), self.manners.timeout / 40

        handle: asyncio.TimerHandle | None = None

        def consider() -> None:
            nonlocal handle
            now = loop.time()
            if begun + patience() <= now + 0.001:
                limit.reschedule(now)
            else:
                handle = loop.call_at(min(begun + patience(), now + often), consider)

        async with asyncio.timeout(None) as limit:
            handle = loop.call_at(begun + often, consider)
            try:
                yield
            finally:
                handle.cancel()

    async def _read(
        self, response: aiohttp.ClientResponse, kinds: frozenset[str], begun_after: float, patience: float
    ) -> Answer:
        answer = Answer(response.status, response.headers, b"", begun_after)
        if response.content.at_eof():
            return answer
        seconds = min(patience, self.manners.timeout * SLOW_BODY)
        if answer.content_type in kinds and (200 <= answer.status < 300 or answer.status in WALLS):
            answer.body, answer.end = await read_body(response, self.manners.body, seconds)
        elif not 200 <= answer.status < 300 and (response.content_length or 0) <= SHORT:
            # Read for nobody: that is cheaper for both than another connection.
            _, answer.end = await read_body(response, SHORT, seconds)
        answer.cut = not response.content.is_eof() and response.content.exception() is None
        if answer.cut:
            _hang_up(response)
        else:
            response.release()
        return answer


def _hang_up(response: aiohttp.ClientResponse) -> None:
    """Tells the other side at once that nobody reads any more: a plain close would let it go on sending."""
    transport = response.connection.transport if response.connection else None
    place = transport.get_extra_info("socket") if transport else None
    if place is not None:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def _tell_sent(
    session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestHeadersSentParams
) -> None:
    context.trace_request_ctx()


async def _once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Hides from aiohttp that a connection broke: it would ask again at once, beside the pace."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise trouble_of(error) from error


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    # Old servers that browsers still open are not dead.
    with contextlib.suppress(ssl.SSLError):
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
    context.options |= ssl.OP_LEGACY_SERVER_CONNECT
    # Python asks more of the form of certificates than browsers do.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    context.set_alpn_protocols(["http/1.1"])
    return context

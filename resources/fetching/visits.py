"""What is asked of a visit to an address, and what it tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType

AGENT = "RayHub-LinkCheck/1.0"
"""Who asks, without the address to complain at, which the site adds."""


class Verdict(StrEnum):
    """What one visit says of an address. One failure is no verdict for readers: links/judging.py keeps count."""

    OK = "ok"
    MOVED = "moved"
    BROKEN = "broken"
    BLOCKED = "blocked"
    SKIPPED = "skipped"


class Cause(StrEnum):
    """Why, in one word."""

    FOUND = "found"
    FRAGMENT_MISSING = "fragment_missing"
    UNCHANGED = "unchanged"
    """304: the page is as it was at the last good visit."""
    DRIFTED = "drifted"
    """It answers, but with another page than the one that was accepted."""

    MOVED = "moved"

    NOT_FOUND = "not_found"
    GONE = "gone"
    REFUSED_REQUEST = "refused_request"
    """Another 4xx."""
    SERVER_ERROR = "server_error"
    NO_SUCH_HOST = "no_such_host"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_RESET = "connection_reset"
    TIMEOUT = "timeout"
    TLS_EXPIRED = "tls_expired"
    TLS_WRONG_HOST = "tls_wrong_host"
    TLS_UNTRUSTED = "tls_untrusted"
    TLS_FAILED = "tls_failed"
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_HTTP = "not_http"
    """Bytes that are no answer, or none at all."""
    SOFT_404 = "soft_404"
    REDIRECTED_HOME = "redirected_home"
    PARKED = "parked"

    SIGN_IN = "sign_in"
    FORBIDDEN = "forbidden"
    TOO_MANY_REQUESTS = "too_many_requests"
    LEGAL = "legal"
    BOT_WALL = "bot_wall"

    NOT_WEB = "not_web"
    PLACEHOLDER = "placeholder"
    EXCLUDED = "excluded"
    GUARD = "guard"

    VOID = "void"
    """No verdict: this machine was short of time or off the network. The visit is made again later."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect on the way: the status that sent us on, and the address it named."""

    status: int
    address: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An address to visit, and what is remembered of it.

    `etag` and `modified` are the validators of the last good visit, for a conditional request (used only where no
    fragment has to be found); `fingerprint` is that of the page that was accepted.
    """

    address: str
    etag: str = ""
    modified: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class HostDone:
    """Stands among what is asked: for now nothing more of this host comes. What waited for its other pages is told then."""

    host: str


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit told.

    `status` is the last HTTP status, 0 where none came. `final` is where the redirects led, "" where there were none.
    `note` is one plain sentence part in English for people, as "fragment missing" or "certificate expired on 2026-01-02".
    `likeness`, from 0 to 1, compares with the fingerprint that was accepted; None where there was none.
    `retry_after` is in seconds, 0 where the site named none. `void` visits say nothing of the address.
    """

    address: str
    verdict: Verdict
    cause: Cause
    status: int = 0
    final: str = ""
    hops: tuple[Hop, ...] = ()
    note: str = ""
    seconds: float = 0.0
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    title: str = ""
    fingerprint: str = ""
    likeness: float | None = None
    etag: str = ""
    modified: str = ""
    requests: int = 0
    retry_after: float = 0.0

    @property
    def void(self) -> bool:
        """Whether it has to be made again, because the trouble was ours."""
        return self.cause is Cause.VOID


@dataclass(frozen=True, slots=True)
class Pace:
    """How one host is asked: at most `at_once` requests in flight, and `a_second` begun in any second."""

    at_once: int = 2
    a_second: float = 5.0


@dataclass(frozen=True, slots=True)
class Manners:
    """How visits are made. Times are in seconds, sizes in bytes.

    `private` are networks in CIDR form that may be reached in spite of the guard; `paces` are hosts with a pace of their
    own; `agent` names who asks and where to complain.
    """

    agent: str = AGENT
    pace: Pace = Pace()
    paces: Mapping[str, Pace] = MappingProxyType({})
    concurrency: int = 100
    timeout: float = 20.0
    redirects: int = 10
    body: int = 256 * 1024
    header: int = 32 * 1024
    retries: int = 2
    """Second tries after passing troubles; the same trouble twice is believed at once."""
    later: float = 2.0
    """The pause before a second try, at least."""
    patience: float = 30.0
    """The longest Retry-After that is waited for within one run."""
    ports: frozenset[int] = frozenset({80, 443, 8080, 8443})
    private: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    """Patterns (as fnmatch has them) of addresses that are never asked."""


@dataclass(slots=True)
class HostMemory:
    """What is known of a host from visit to visit: kept by whoever runs the visits, changed while they run.

    `crawl_delay` is what its robots.txt asks for, in seconds; None where it was not read yet. `rests_until` is when it may be
    asked again after it named a Retry-After. `nonsense` is the fingerprint of the page that it shows for a path that nobody
    wrote ("404" where it answers honestly, "" where that was not tried).
    """

    crawl_delay: float | None = None
    robots_at: datetime | None = None
    rests_until: datetime | None = None
    nonsense: str = ""
    nonsense_at: datetime | None = None

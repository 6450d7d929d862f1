"""One page on its way through a run."""

from dataclasses import dataclass, field
from enum import Enum, auto

from aiohttp import CookieJar
from yarl import URL

from resources.fetching.troubles import Trouble
from resources.fetching.visits import Asked, Hop


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
    """The last try got no answer at all."""
    wary: float = 0.0
    """How much rest the last try made the host ask for, in seconds."""
    beside: bool = False
    """It is asked beside others, since it may take long."""
    voids: int = 0
    requests: int = 0
    seconds: float = 0.0

    def cookie(self) -> str:
        """What this chain was told to show at the next address."""
        if self.cookies is None:
            return ""
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.filter_cookies(self.url).items())

    @property
    def folder(self) -> str:
        """The part of its site that it lies in: the first folder of its path."""
        parts = self.url.raw_parts
        return f"{self.url.port}/{parts[1]}" if len(parts) > 2 else str(self.url.port)

"""How many requests a minute: of strangers by their address, of people by their token's owner; one count for all processes.

A process takes tickets from the common count in bundles, by adding a key that only one process can add: so the limit is
exact, and most requests ask no cache. RATE_LIMITS=0 switches it off.
"""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from threading import Lock
from time import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest

from accounts.models import Token

WINDOW = 60
"""Seconds."""

STRANGERS, PEOPLE = 300, 1200
"""Requests in a window."""

BUNDLE = 20
"""Tickets that a process takes at a time."""

MOST_KEPT = 20_000
"""Whose tickets a process remembers."""


@dataclass(slots=True)
class Purse:
    """Tickets of one asker in this process: those left, and how many bundles of the window are known to be taken."""

    window: int
    left: int = 0
    bundles: int = 0


@dataclass(frozen=True, slots=True)
class Rate:
    """How an asker stands: the limit, what is left of it (as far as this process knows), and the seconds until it begins anew."""

    limit: int
    left: int
    seconds: int
    allowed: bool

    def headers(self) -> dict[str, str]:
        """What the answer says of it."""
        said = {"RateLimit-Limit": self.limit, "RateLimit-Remaining": self.left, "RateLimit-Reset": self.seconds}
        if not self.allowed:
            said["Retry-After"] = self.seconds
        return {name: str(value) for name, value in said.items()}


_purses: dict[str, Purse] = {}
_lock = Lock()


def take_ticket(request: HttpRequest, token: Token | None) -> Rate | None:
    """Counts a request; None where nothing is counted."""
    if not settings.RATE_LIMITS:
        return None
    who, limit = (f"person:{token.owner_id}", PEOPLE) if token else (f"address:{_address(request)}", STRANGERS)
    return take(who, limit, int(time()))


def take(who: str, limit: int, now: int) -> Rate:
    """One ticket of `limit` in the window of this second."""
    window, seconds = now // WINDOW, WINDOW - now % WINDOW
    with _lock:
        if len(_purses) > MOST_KEPT:
            _purses.clear()
        purse = _purses.get(who)
        if purse is None or purse.window != window:
            purse = _purses[who] = Purse(window)
        if not purse.left:
            _take_bundle(who, purse, limit)
        if not purse.left:
            return Rate(limit, 0, seconds, allowed=False)
        purse.left -= 1
        return Rate(limit, purse.left + max(0, limit - purse.bundles * BUNDLE), seconds, allowed=True)


def _take_bundle(who: str, purse: Purse, limit: int) -> None:
    """The first bundle of the window that no process took yet, where there is one."""
    while purse.bundles * BUNDLE < limit:
        key = f"rate:{who}:{purse.window}:{purse.bundles}"
        mine = caches["default"].add(key, 1, 2 * WINDOW)
        purse.bundles += 1
        if mine:
            purse.left = min(BUNDLE, limit - (purse.bundles - 1) * BUNDLE)
            return


def _address(request: HttpRequest) -> str:
    """Where a stranger asks from; of IPv6 the network, which one household has for itself."""
    address = ip_address(get_adapter().get_client_ip(request))
    return str(ip_network(f"{address}/64", strict=False)) if address.version == 6 else str(address)

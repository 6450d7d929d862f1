"""Which addresses may be opened at all: strangers typed them, and the inside of our network is none of their business.

`check` judges an address as it is written, `judge` one IP address. A name is judged when it is resolved (resolving.py), and
every socket once more when it is made (`gate`).
"""

import ipaddress
import re
import socket
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

from yarl import URL

from resources.fetching.visits import Cause, Manners
from resources.text.hosts import normalise_host

LONGEST_ADDRESS = 8_000

_SHAPE = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?.*", re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::([0-9]*))?", re.ASCII)
_INVISIBLE = re.compile("[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# What manuals write where a reader's own site belongs: https://<host>/, http://{cluster}.example, https://$HOST/, …
_BLANK = re.compile(r"[<>{}$*|`\"]|%7[bBdD]|%3[cCeE]|%24|\.\.\.|…")
# The same in a path, as a whole segment: /<owner>/{repo}/YOUR_NAME.
_BLANK_SEGMENT = re.compile(
    r"/(?:<[^<>/]+>|\{+[\w .-]+\}+|%7[bB][\w.-]+%7[dD]|%3[cC][\w.-]+%3[eE]|YOUR[_-][A-Z_-]+)(?=[/?#]|$)"
)

_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_GLOBAL_IPV6 = IPv6Network("2000::/3")
"""The only part of IPv6 that is given out. What stands outside is local, reserved, or an IPv4 address in disguise."""
_FORBIDDEN_IPV4 = tuple(
    IPv4Network(network)
    for network in (
        "100.64.0.0/10",  # shared by the customers of a provider; Alibaba's metadata
        "168.63.129.16/32",  # Azure's wire server
        "192.0.0.0/24",  # protocol assignments; Oracle's metadata
        "192.88.99.0/24",  # relays of 6to4
        "224.0.0.0/3",  # multicast, reserved, broadcast
    )
)
_FORBIDDEN_IPV6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, with Teredo, which carries an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4 carries an IPv4 address
        "3fff::/20",
    )
)


class Refused(Exception):
    """The guard lets nobody open this address. The message says why, as a sentence part; `cause` in one word."""

    def __init__(self, message: str, cause: Cause = Cause.GUARD) -> None:
        super().__init__(message)
        self.cause = cause


def check(address: str, manners: Manners) -> None:
    """Raises Refused unless this address may be asked, as far as its spelling tells. Names are judged when resolved."""
    openable(address, manners)


def openable(address: str, manners: Manners) -> str:
    """The address with its host in the one spelling that was judged: open this one. Raises Refused."""
    scheme, authority = _parted(address)
    name, port = _host_and_port(authority, scheme)
    if port not in manners.ports:
        raise Refused(f"port {port} is not asked")
    host = _normalised(name)
    if _BLANK_SEGMENT.search(address):
        raise Refused("the address is a placeholder", Cause.PLACEHOLDER)
    for reading in (host, _read_by_client(address)):
        _refuse_inside(reading, manners)
    start = address.index("//") + 2
    return address[:start] + host + address[start + len(name) :]


def judge(ip: str, manners: Manners) -> bool:
    """Whether a connection to this IP address is allowed: it belongs to the public internet, or `private` names it."""
    try:
        found = ipaddress.ip_address(ip.strip("[]"))
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.scope_id is not None:
            return False
        if found in _MAPPED:
            found = _embedded(found)
    opened = _networks(manners.private)
    if any(found.version == network.version and found in network for network in opened):
        return True
    if isinstance(found, IPv4Address):
        return _is_public_ipv4(found)
    if found in _NAT64:
        return _is_public_ipv4(_embedded(found))
    return found in _GLOBAL_IPV6 and found.is_global and not any(found in network for network in _FORBIDDEN_IPV6)


def gate(manners: Manners) -> Callable[[Any], socket.socket]:
    """A maker of sockets that judges the address of every connection in the last moment, whatever let it come so far."""

    def make(info: Any) -> socket.socket:
        family, kind, proto, _, place = info
        if not judge(str(place[0]), manners):
            raise Refused(f"{place[0]} belongs to a private network")
        return socket.socket(family, kind, proto)

    return make


def _parted(address: str) -> tuple[str, str]:
    if len(address) > LONGEST_ADDRESS:
        raise Refused("the address is too long")
    if _INVISIBLE.search(address):
        raise Refused("the address has a space or an invisible character in it", Cause.NOT_WEB)
    shape = _SHAPE.fullmatch(address)
    if not shape or shape[1].lower() not in {"http", "https"}:
        raise Refused("not an http or https address", Cause.NOT_WEB)
    if not shape[2]:
        raise Refused("the address names no site", Cause.NOT_WEB)
    if "@" in shape[2]:
        raise Refused("the address holds a user name or password")
    return shape[1].lower(), shape[2]


def _host_and_port(authority: str, scheme: str) -> tuple[str, int]:
    shape = _AUTHORITY.fullmatch(authority)
    if not shape:
        if _BLANK.search(authority):
            raise Refused("the name of the site is a placeholder", Cause.PLACEHOLDER)
        raise Refused("the name and port of the site are not readable")
    digits = (shape[2] or "").lstrip("0")
    if not shape[2]:
        return shape[1], 443 if scheme == "https" else 80
    if not digits or len(digits) > 5 or int(digits) > 65_535:
        raise Refused("the port does not exist")
    return shape[1], int(digits)


def _normalised(name: str) -> str:
    if _BLANK.search(name):
        raise Refused("the name of the site is a placeholder", Cause.PLACEHOLDER)
    try:
        return normalise_host(name)
    except ValueError:
        raise Refused("no site can have this name", Cause.PLACEHOLDER) from None


def _read_by_client(address: str) -> str:
    """The host as the client that will open the address reads it: where two readers differ, both are judged."""
    try:
        return URL(address).raw_host or ""
    except ValueError:
        raise Refused("the address is not readable", Cause.NOT_WEB) from None


def _refuse_inside(host: str, manners: Manners) -> None:
    if host == "localhost" or host.endswith(".localhost"):
        if not judge("127.0.0.1", manners) and not judge("::1", manners):
            raise Refused("the address names the reader's own machine", Cause.PLACEHOLDER)
        return
    try:
        found = str(ipaddress.ip_address(host.strip("[]")))
    except ValueError:
        return
    if not judge(found, manners):
        raise Refused(f"{found} belongs to a private network")


def _is_public_ipv4(found: IPv4Address) -> bool:
    return found.is_global and not any(found in network for network in _FORBIDDEN_IPV4)


def _embedded(found: IPv6Address) -> IPv4Address:
    return IPv4Address(int(found) & 0xFFFF_FFFF)


@lru_cache(maxsize=64)
def _networks(private: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ipaddress.ip_network(network, strict=False) for network in private)

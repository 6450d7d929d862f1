"""Nothing that strangers type leads a connection to the inside of a network."""

import asyncio
import json
import socket
from collections import Counter
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from aiohttp.helpers import is_ip_address
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from resources.fetching.guard import Refused, check, gate, judge, openable
from resources.fetching.resolving import GuardedResolver
from resources.fetching.visiting import visit_all
from resources.fetching.visits import Asked, Cause, Manners, Pace, Verdict
from tests.fetching.guard_vectors import VECTORS
from tests.fetching.small_internet import Internet, Loop, open_internet

COLLECTION = Path(__file__).resolve().parents[3] / "shared" / "data" / "hostile" / "ssrf.jsonl"
MANNERS = Manners()
VISITING = Manners(retries=0, timeout=3, patience=0, pace=Pace(10, 1_000))


type Opener = Callable[[list[str], Internet], Awaitable[dict[str, str]]]
"""Opens addresses: what happened to each, in one word."""


async def open_plainly(addresses: list[str], internet: Internet) -> dict[str, str]:
    """The least that opens an address under the guard."""
    connector = aiohttp.TCPConnector(resolver=GuardedResolver(MANNERS, internet.lookup), socket_factory=gate(MANNERS))
    async with aiohttp.ClientSession(connector=connector, trust_env=False) as session:
        return {address: await follow(session, address) for address in addresses}


async def follow(session: aiohttp.ClientSession, address: str) -> str:
    """To the end of its redirects."""
    try:
        for _ in range(10):
            found = URL(openable(address, MANNERS))
            async with session.get(found, allow_redirects=False, timeout=aiohttp.ClientTimeout(5)) as response:
                if response.status not in {301, 302, 303, 307, 308}:
                    return "allow"
                address = str(found.join(URL(response.headers["Location"])))
    except Refused:
        return "block"
    except (aiohttp.ClientError, OSError):
        pass
    return "broken"


async def open_by_visit(addresses: list[str], internet: Internet) -> dict[str, str]:
    """As the site does it."""
    outcomes = {}
    resolver = GuardedResolver(VISITING, internet.lookup)
    async for visit in visit_all([Asked(address) for address in addresses], VISITING, resolver=resolver):
        outcome = {Verdict.OK: "allow", Verdict.MOVED: "allow", Verdict.SKIPPED: "block"}.get(visit.verdict, "broken")
        assert visit.verdict is not Verdict.SKIPPED or visit.note
        # A name server that is silent, and nobody else who answers: that may be us.
        outcomes[visit.address] = "broken" if visit.void else outcome
    return outcomes


def run(vectors: list[dict[str, Any]], opener: Opener) -> list[str]:
    """What went otherwise than it has to, one line each. Addresses with the same names and verdict are opened in one run."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in vectors:
        groups.setdefault(json.dumps([one["verdict"], one.get("dns", {})]), []).append(one)
    internet = Internet()
    loop = Loop()
    loop.internet = internet

    async def all_of_them() -> list[str]:
        servers = await open_internet(internet)
        wrong = []
        for group in groups.values():
            internet.names, internet.lookups = group[0].get("dns", {}), {}
            internet.touched.clear()
            outcomes = await opener([one["url"] for one in group], internet)
            for one in group:
                outcome = outcomes[one["url"]]
                if internet.forbidden or internet.canary or not fits(one["verdict"], outcome, internet.touched):
                    wrong.append(f"{one['verdict']}: {one['url']!r} {outcome} {internet.touched} {internet.forbidden}")
            internet.forbidden.clear()
        for server in servers:
            server.close()
        return wrong

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        wrong = runner.run(all_of_them())
    assert not any(b"authorization:" in head.lower() or b"x-header" in head.lower() for head in internet.requests)
    return wrong


def fits(verdict: str, outcome: str, touched: list[str]) -> bool:
    """Whether this outcome is one that the verdict allows. (`block` may also be found out by nothing being there.)"""
    if verdict == "allow":
        return bool(touched) and outcome != "block"
    return verdict == "no-leak" or (not touched and outcome == "broken" if verdict == "broken" else not touched)


@pytest.mark.parametrize("opener", [open_plainly, open_by_visit])
def test_the_small_collection_goes_as_it_has_to(opener: Opener) -> None:
    assert not run(VECTORS, opener)


@pytest.mark.skipif(not COLLECTION.exists(), reason="No hostile addresses: put them into ../shared/data/hostile.")
@pytest.mark.parametrize("opener", [open_plainly, open_by_visit])
def test_the_whole_collection_goes_as_it_has_to(opener: Opener) -> None:
    vectors = [json.loads(line) for line in COLLECTION.read_text().splitlines()]
    assert len(vectors) > 50
    assert not run(vectors, opener)


@pytest.mark.parametrize(
    ("address", "cause", "word"),
    [
        ("ftp://www.example.org/", Cause.NOT_WEB, "http"),
        ("mailto:somebody@example.org", Cause.NOT_WEB, "http"),
        ("http://user:word@www.example.org/", Cause.GUARD, "password"),
        ("http://www.example.org:22/", Cause.GUARD, "port 22"),
        ("http://10.0.0.1/", Cause.GUARD, "private network"),
        ("http://localhost:8080/", Cause.PLACEHOLDER, "own machine"),
        ("https://<host>/", Cause.PLACEHOLDER, "placeholder"),
        ("https://www.example.org/{owner}/x", Cause.PLACEHOLDER, "placeholder"),
        ("https://www.example.org/%3Cowner%3E", Cause.PLACEHOLDER, "placeholder"),
        ("https://-.example.org/", Cause.PLACEHOLDER, "name"),
    ],
)
def test_a_refusal_says_why(address: str, cause: Cause, word: str) -> None:
    with pytest.raises(Refused, match=word) as refused:
        check(address, MANNERS)
    assert refused.value.cause is cause


def test_networks_that_were_named_are_open_and_their_neighbours_are_not() -> None:
    manners = Manners(private=("127.0.0.0/30", "10.20.0.0/16", "fd12::/16"), ports=frozenset({8000}))
    check("http://127.0.0.2:8000/", manners)
    check("http://localhost:8000/", manners)
    check("http://[fd12::5]:8000/", manners)
    assert judge("10.20.30.40", manners)
    assert judge("::ffff:10.20.30.40", manners)
    assert not judge("64:ff9b::10.20.30.40", manners)
    for address in ("127.0.0.4", "10.21.0.1", "169.254.169.254", "fd13::1", "192.168.0.1"):
        assert not judge(address, manners), address
    with pytest.raises(Refused):
        check("http://127.0.0.2/", manners)


def test_what_is_opened_is_the_spelling_that_was_judged() -> None:
    manners = Manners(private=("127.0.0.0/8",))
    assert openable("http://0x7F.1:80/a?b#c", manners) == "http://127.0.0.1:80/a?b#c"
    assert openable("https://MÜNCHEN.example.org./%C3%BC", manners) == "https://xn--mnchen-3ya.example.org/%C3%BC"


def test_a_name_is_looked_up_once_however_many_ask() -> None:
    internet = Internet(names={"www.example.org": [["93.184.216.34"]], "in.test": [["10.0.0.1"]]})

    async def ask() -> Counter[str]:
        resolver = GuardedResolver(MANNERS, internet.lookup)
        names = ["www.example.org", "WWW.example.org.", "in.test", "gone.test"] * 25
        asked = [resolver.resolve(name, 443, socket.AF_UNSPEC) for name in names]
        found = await asyncio.gather(*asked, return_exceptions=True)
        found += await asyncio.gather(resolver.resolve("www.example.org", 80), return_exceptions=True)
        await resolver.close()
        return Counter(type(one).__name__ for one in found)

    assert asyncio.run(ask()) == {"list": 51, "Refused": 25, "gaierror": 25}
    assert internet.lookups == {"www.example.org": 1, "in.test": 1, "gone.test": 1}


def test_a_name_whose_servers_were_silent_is_asked_again() -> None:
    internet = Internet(names={"late.test": [["!timeout"], ["93.184.216.34"]]})

    async def ask() -> str:
        resolver = GuardedResolver(MANNERS, internet.lookup)
        with pytest.raises(socket.gaierror):
            await resolver.resolve("late.test", 80)
        return (await resolver.resolve("late.test", 80))[0]["host"]

    assert asyncio.run(ask()) == "93.184.216.34"


def test_who_gives_up_takes_the_answer_from_nobody() -> None:
    async def slowly(name: str) -> list[str]:
        await asyncio.sleep(0.05)
        return ["93.184.216.34"]

    async def ask() -> str:
        resolver = GuardedResolver(MANNERS, slowly)
        first = asyncio.create_task(resolver.resolve("www.example.org", 80))
        second = asyncio.create_task(resolver.resolve("www.example.org", 80))
        await asyncio.sleep(0.01)
        first.cancel()
        return (await second)[0]["host"]

    assert asyncio.run(ask()) == "93.184.216.34"


def test_the_system_is_asked_where_no_lookup_is_given() -> None:
    async def ask() -> str:
        resolver = GuardedResolver(Manners(private=("127.0.0.0/8", "::1/128")))
        found = await resolver.resolve("localhost", 80, socket.AF_INET)
        await resolver.close()
        with pytest.raises(Refused):
            await GuardedResolver(MANNERS).resolve("localhost", 80)
        return found[0]["host"]

    assert asyncio.run(ask()) == "127.0.0.1"


def test_a_socket_to_the_inside_is_not_even_made() -> None:
    with pytest.raises(Refused):
        gate(MANNERS)((socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", ("10.0.0.1", 80)))


_PARTS = [
    "http",
    "https",
    ":",
    "/",
    "//",
    "\\",
    "@",
    "#",
    "?",
    "[",
    "]",
    "::1",
    "127.0.0.1",
    "0x7f",
    "1",
    ".",
    "..",
    "%",
    "%00",
    "%2e",
    "%41",
]
_PARTS += [
    "xn--",
    "ß",
    "①",
    "。",
    "é",
    "localhost",
    "www.example.org",
    ":80",
    ":0",
    "{",
    "}",
    "<",
    ">",
    " ",
    "\0",
    "\n",
    "\u200b",
    "a" * 64,
    "-",
    "_",
]
_PARTS += ["fe80::", "::ffff:", "64:ff9b::", "%25", "٣", "\udc80", "\U0001f4a9"]


@given(st.lists(st.sampled_from(_PARTS), max_size=12).map("".join), st.sampled_from(["", "http://", "https://"]))
@settings(max_examples=300, deadline=None)
def test_what_may_be_opened_reads_the_same_for_everybody(text: str, start: str) -> None:
    try:
        opened = openable(start + text, MANNERS)
    except Refused:
        return
    assert openable(opened, MANNERS) == opened
    read, parts = URL(opened), urlsplit(opened)
    assert read.scheme in {"http", "https"}
    assert read.port in MANNERS.ports
    assert read.user is None
    assert (read.raw_host or "") == (parts.hostname or "") != ""
    if is_ip_address(read.raw_host):
        assert judge(str(read.raw_host), MANNERS)


@given(st.integers(0, 2**128 - 1), st.sampled_from([0, 16, 32, 64, 96, 112]))
@settings(max_examples=200, deadline=None)
def test_a_judgement_is_the_same_for_every_spelling(number: int, shift: int) -> None:
    six = IPv6Address(number >> shift)
    four = IPv4Address(number & 0xFFFF_FFFF)
    for spelling in (six.exploded, six.compressed.upper(), f"[{six}]"):
        assert judge(spelling, MANNERS) == judge(str(six), MANNERS)
    assert judge(f"::ffff:{four}", MANNERS) == judge(f"64:ff9b::{four}", MANNERS) == judge(str(four), MANNERS)
    assert not judge(str(four), MANNERS) or four.is_global

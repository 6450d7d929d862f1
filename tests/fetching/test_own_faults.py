"""What happens while this machine is short of time, or off the network, is not blamed on others."""

import asyncio
import socket
import time
from contextlib import aclosing

import pytest

from bench.links import HOSTS, LINKWEB, linkweb, mistakes
from resources.fetching.lag import Lag
from resources.fetching.network import MANY, Network
from resources.fetching.resolving import WITNESSES, GuardedResolver
from resources.fetching.troubles import OFF_THE_NETWORK, Trouble
from resources.fetching.visiting import visit_all
from resources.fetching.visits import Asked, Cause, Manners, Verdict, Visit
from tests.conftest import need
from tests.fetching.small_web import Request, Web, page


def visits_with(asked: list[str], manners: Manners, lookup=None, meanwhile=None) -> list[Visit]:
    """Visits in this thread, with a lookup of names and something that happens meanwhile."""

    async def run() -> list[Visit]:
        resolver = GuardedResolver(manners, lookup) if lookup else None
        task = asyncio.create_task(meanwhile()) if meanwhile else None
        asks = [Asked(address) for address in asked]
        async with aclosing(visit_all(asks, manners, resolver=resolver)) as found:
            told = [visit async for visit in found]
        if task:
            await task
        return told

    return asyncio.run(run())


def test_a_timeout_while_we_stood_still_is_no_verdict_and_made_again(web: Web):
    async def late(request: Request) -> bytes | None:
        if request.count > 1:
            return page()
        await request.gone()
        return None

    async def stand_still() -> None:
        await asyncio.sleep(0.1)
        time.sleep(0.6)  # the point

    address = web.add("/a", late)
    (found,) = visits_with([address], web.manners(timeout=0.5, retries=0), meanwhile=stand_still)
    assert (found.verdict, found.requests) == (Verdict.OK, 2)


def test_without_that_it_is_one(web: Web):
    address = web.add("/a", lambda request: request.gone())
    (found,) = visits_with([address], web.manners(timeout=0.3, retries=0))
    assert (found.verdict, found.cause) == (Verdict.BROKEN, Cause.TIMEOUT)


async def no_servers(name: str) -> list[str]:
    """As without a network."""
    raise socket.gaierror(socket.EAI_AGAIN, "no answer")


async def no_names(name: str) -> list[str]:
    """As behind a door that knows nobody."""
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


def test_off_the_network_nothing_is_said_of_anybody():
    found = visits_with([f"http://host-{number}.example.net/" for number in range(3)], Manners(later=0.01), no_servers)
    assert [visit.void for visit in found] == [True] * 3
    assert {visit.verdict for visit in found} == {Verdict.SKIPPED}


async def some_names(name: str) -> list[str]:
    """As on a network, for names that do not exist."""
    return ["93.184.215.14"] if name in WITNESSES[1:2] else await no_names(name)


@pytest.mark.parametrize("count", [1, 2, MANY])
def test_when_nobody_at_all_has_a_name_that_is_us(count: int):
    asked = [f"http://host-{number}.example.net/{page}" for number in range(count) for page in "ab"]
    found = visits_with(asked, Manners(), no_names)
    assert {(visit.void, visit.cause, visit.note) for visit in found} == {(True, Cause.VOID, OFF_THE_NETWORK)}


def test_an_answer_of_the_house_is_no_sign_of_the_network(web: Web):
    missing = "http://host-1.example.net/"
    house = web.add("/a", page())
    found = visits_with([missing, house], web.manners(), no_names)
    assert {visit.address: visit.cause for visit in found} == {missing: Cause.VOID, house: Cause.FOUND}


def test_where_any_name_is_known_a_missing_one_is_missing():
    few = visits_with([f"http://host-{number}.example.net/" for number in range(2)], Manners(), some_names)
    assert {(visit.verdict, visit.cause) for visit in few} == {(Verdict.BROKEN, Cause.NO_SUCH_HOST)}


def test_a_name_that_nobody_can_have_is_missing_anywhere():
    (found,) = visits_with(["http://nobody.invalid/"], Manners(), no_names)
    assert (found.verdict, found.cause) == (Verdict.BROKEN, Cause.NO_SUCH_HOST)


def test_doubts_end_when_somebody_is_heard():
    network = Network()
    trouble = Trouble(Cause.TIMEOUT, "no connection", unheard=True)
    assert network.doubts(0.0, None, trouble, "a")  # type: ignore[arg-type]  # it only keeps the job
    assert [host for _, _, host in network.heard(1.0)] == ["a"]
    assert not network.doubts(2.0, None, trouble, "a")  # type: ignore[arg-type]
    assert network.settle() == []


def test_lag_adds_up_what_comes_late():
    lag = Lag()
    lag._last = 10.0
    assert lag.total(10.2) == 0
    assert lag.total(11.1) == pytest.approx(1.0)


def test_the_hostile_web_is_judged_without_a_mistake():
    need(LINKWEB.exists(), "No hostile web: put it into ../shared/tools/linkweb. A small one runs without it.")
    with linkweb(1, hosts=HOSTS, extra=("ssrf",)) as found:
        ports = Manners().ports | {found.port, found.tls, 1}
        manners = Manners(private=("127.0.0.1/27",), ports=ports, timeout=4.0, later=0.2)
        told = visits_with(list(found.truth), manners)
        judged = [(visit.address, str(visit.verdict), f"{visit.cause}: {visit.note}") for visit in told]
        assert not mistakes(found, judged)
        assert len(judged) == len(found.truth)
        stats = found.stats()
    assert stats["canary_hits"] == 0
    assert stats["peak_inflight_per_host"] <= 2
    assert stats["max_rps_one_host"] <= 5

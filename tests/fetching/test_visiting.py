"""What visits tell of pages that are there, gone, moved or kept from machines."""

from collections.abc import Iterable

import pytest

from resources.fetching.visiting import visits
from resources.fetching.visits import Asked, Cause, HostMemory, Manners, Verdict, Visit
from tests.fetching.small_web import Web, page, redirect


def visited(addresses: Iterable[str], manners: Manners, hosts: dict[str, HostMemory] | None = None) -> dict[str, Visit]:
    """The visit to each address."""
    return {visit.address: visit for visit in visits([Asked(address) for address in addresses], manners, hosts)}


def test_a_page_that_is_there_and_one_that_is_not(web: Web):
    there, gone, missing = web.add("/a", page("About actors")), web.add("/b", page(status=410)), web.at("/c")
    found = visited([there, gone, missing], web.manners())
    assert found[there].verdict is Verdict.OK
    assert (found[there].title, found[there].status, found[there].requests) == ("About actors", 200, 1)
    assert found[there].fingerprint
    assert (found[gone].verdict, found[gone].cause) == (Verdict.BROKEN, Cause.GONE)
    assert (found[missing].verdict, found[missing].cause) == (Verdict.BROKEN, Cause.NOT_FOUND)


@pytest.mark.parametrize(("status", "verdict"), [(301, Verdict.MOVED), (308, Verdict.MOVED), (302, Verdict.OK)])
def test_permanent_redirects_are_moves(web: Web, status: int, verdict: Verdict):
    there = web.add("/new/actors", page())
    old = web.add("/old/actors", redirect("/new/actors", status))
    found = visited([old], web.manners())[old]
    assert (found.verdict, found.final, found.requests) == (verdict, there, 2)
    assert [(hop.status, hop.address) for hop in found.hops] == [(status, there)]

"""No host is asked faster than is polite, whatever it answers; measured at the host."""

import email.utils
import time
from datetime import UTC, datetime, timedelta

import pytest

from resources.fetching.pacing import HUNG_UP, ON_THE_WAY, Gate
from resources.fetching.robots import crawl_delay
from resources.fetching.steps import retry_after
from resources.fetching.visits import Cause, HostMemory, Pace, Verdict
from tests.fetching.small_web import Request, Web, answer, page, redirect
from tests.fetching.test_visiting import visited

POLITE = Pace(at_once=2, a_second=5)


def test_never_more_than_two_at_once_and_five_in_any_second(web: Web):
    addresses = [web.add(f"/a/{number}", page()) for number in range(4)]
    addresses += [web.add(f"/b/{number}", redirect(f"/a/{number}", 302)) for number in range(4)]
    found = visited(addresses, web.manners(pace=POLITE))
    assert {visit.verdict for visit in found.values()} == {Verdict.OK}
    assert web.peak["127.0.0.1"] <= 2
    assert web.most_in_a_second() <= 5
    # Robots, redirects and the question for nonsense are requests as others.
    assert len(web.paths()) == 14


def test_a_redirect_to_another_host_keeps_that_hosts_pace(web: Web):
    for number in range(6):
        web.add(f"/there/{number}", page())
    addresses = [
        web.add(f"/here/{host}/{number}", redirect(web.at(f"/there/{number}", 3), 302), host)
        for host in (1, 2)
        for number in range(3)
    ]
    visited(addresses, web.manners(pace=POLITE))
    assert web.most_in_a_second(3) <= 5
    assert web.peak["127.0.0.3"] <= 2


def test_a_host_that_is_slow_holds_up_no_other(web: Web):
    def hang(request: Request):
        return request.gone()

    slow = [web.add(f"/hang/{number}", hang, 2) for number in range(3)]
    quick = [web.add(f"/ok/{number}", page(), 1) for number in range(3)]
    manners = web.manners(timeout=0.4, concurrency=4, pace=Pace(2, 100))
    order = list(visited([*slow, *quick], manners))
    assert set(order[:3]) == set(quick)


@pytest.mark.parametrize("status", [429, 503])
def test_a_retry_after_gives_the_whole_host_rest(web: Web, status: int):
    def busy(request: Request) -> bytes:
        return page(status=status, headers={"Retry-After": "1"}) if request.count == 1 else page()

    addresses = [web.add("/busy", busy), *(web.add(f"/a/{number}", page()) for number in range(4))]
    found = visited(addresses, web.manners(pace=Pace(1, 100)))
    assert {visit.verdict for visit in found.values()} == {Verdict.OK}
    refused = next(request.at for request in web.asked if request.path == "/busy")
    assert all(not refused < request.at < refused + 1 for request in web.asked)


def test_a_retry_after_that_is_too_long_is_blocked_and_remembered(web: Web):
    web.add("/a", page(status=429, headers={"Retry-After": "3600"}))
    hosts: dict[str, HostMemory] = {}
    found = visited([web.at("/a"), web.at("/b"), web.at("/c")], web.manners(pace=Pace(1, 100)), hosts)
    assert {(visit.verdict, visit.cause) for visit in found.values()} == {(Verdict.BLOCKED, Cause.TOO_MANY_REQUESTS)}
    assert web.paths() in (["/robots.txt", "/a"], ["/a", "/robots.txt"], ["/a"])
    assert found[web.at("/a")].retry_after == 3600
    rests = hosts["127.0.0.1"].rests_until
    assert rests
    assert rests > datetime.now(UTC) + timedelta(minutes=59)


def test_a_host_that_always_says_too_many_ends(web: Web):
    web.otherwise = lambda request: page(status=429, headers={"Retry-After": "0"})
    found = visited([web.at(f"/a/{number}") for number in range(40)], web.manners(pace=Pace(1, 100)))
    assert {visit.verdict for visit in found.values()} == {Verdict.BLOCKED}
    assert len(web.paths()) < 8


def test_a_crawl_delay_is_kept_and_remembered(web: Web):
    web.add("/robots.txt", answer(b"User-agent: *\nCrawl-delay: 0.3\n", headers={"Content-Type": "text/plain"}))
    hosts: dict[str, HostMemory] = {}
    addresses = [web.add(f"/a/{number}", page()) for number in range(3)]
    visited(addresses, web.manners(), hosts)
    assert hosts["127.0.0.1"].crawl_delay == pytest.approx(0.3)
    at = [request.at for request in web.asked]
    visited(addresses[:2], web.manners(), hosts)
    again = web.asked[len(at) :]
    assert [request.path for request in again] == ["/a/0", "/a/1"]
    assert again[1].at - again[0].at >= 0.3


def test_one_address_of_a_host_costs_one_request(web: Web):
    visited([web.add("/a", page())], web.manners())
    assert web.paths() == ["/a"]


def test_a_gate_counts_from_when_requests_may_have_come():
    gate = Gate(Pace(2, 3))
    turns = []
    for now in (0.0, 0.01):
        turns.append(gate.begin(now))
    assert gate.free_at(0.02) is None
    turns[0].sent(0.9)  # a slow handshake
    gate.end(turns[0], 0.95)
    gate.end(turns[1], 0.05)
    gate.begin(0.96)
    assert gate.free_at(0.97) == pytest.approx(1.05)
    gate.begin(1.05)
    assert gate.under_way == 2


def test_a_gate_slows_down_under_complaints_and_recovers():
    gate = Gate(Pace(2, 5))
    assert gate.slow == 1
    gate.strain.extend([True, True])
    assert gate.slow == 1
    gate.strain.append(True)
    assert gate.slow == 2
    gate.strain.extend([True, True])
    assert gate.slow == 8
    gate.strain.extend([False] * 3)
    assert gate.slow == 1


def test_a_request_that_is_on_its_way_counts_as_just_now():
    gate = Gate(Pace(9, 2))
    gate.begin(0.0).sent(0.0)
    gate.begin(0.0)
    assert gate.free_at(5.0) == pytest.approx(1 + ON_THE_WAY)
    assert HUNG_UP > 1


def test_what_robots_ask_for():
    assert crawl_delay("User-agent: *\nCrawl-delay: 2") == 2
    assert crawl_delay("User-agent: other\nCrawl-delay: 9\n\nUser-agent: *\nDisallow: /") == 0
    assert crawl_delay("User-agent: *\nCrawl-delay: 9\nUser-agent: RayHub-LinkCheck\nCrawl-delay: 1") == 1
    assert crawl_delay("User-agent: a\nUser-agent: *\nDisallow: /x\nCrawl-delay: 1.5 # please") == 1.5
    assert crawl_delay("Crawl-delay: soon") == crawl_delay("User-agent: *\nCrawl-delay: nan") == 0
    assert crawl_delay("User-agent: *\nCrawl-delay: 86400") == 30


def test_what_a_retry_after_says():
    assert retry_after("120") == 120
    assert retry_after("soon") is None
    assert retry_after("") is None
    assert retry_after("-3") is None
    date = email.utils.format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert retry_after(date) == pytest.approx(60, abs=2)
    assert retry_after(email.utils.formatdate(time.time() - 60, usegmt=True)) == 0

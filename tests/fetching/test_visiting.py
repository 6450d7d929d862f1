"""What visits tell of pages that are there, gone, moved or kept from machines."""

import threading
from collections.abc import Iterable, Iterator

import pytest

from resources.fetching.visiting import visits
from resources.fetching.visits import Asked, Cause, HostMemory, Manners, Pace, Verdict, Visit
from tests.fetching.small_web import WORDS, Request, Web, answer, page, redirect


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


def test_a_chain_is_a_move_only_when_every_step_is_permanent(web: Web):
    web.add("/actors", page())
    web.add("/step/actors", redirect("/actors", 302))
    mixed = web.add("/old/actors", redirect("/step/actors", 301))
    short = web.add("/older/actors", redirect("/actors", 308))
    found = visited([mixed, short], web.manners())
    assert found[mixed].verdict is Verdict.OK
    assert found[short].verdict is Verdict.MOVED


def test_ten_redirects_are_followed_and_no_more(web: Web):
    for number in range(1, 12):
        web.add(f"/actors/{number}", redirect(f"/actors/{number - 1}"))
    web.add("/actors/0", page())
    ten, eleven = web.at("/actors/10"), web.at("/actors/11")
    found = visited([ten, eleven], web.manners())
    assert (found[ten].verdict, len(found[ten].hops)) == (Verdict.MOVED, 10)
    assert found[eleven].cause is Cause.TOO_MANY_REDIRECTS


def test_a_circle_is_left_where_it_closes(web: Web):
    web.add("/b", redirect("/a"))
    address = web.add("/a", redirect("/b"))
    found = visited([address], web.manners())[address]
    assert (found.verdict, found.cause, found.requests) == (Verdict.BROKEN, Cause.REDIRECT_LOOP, 2)


def test_cookies_live_within_one_chain(web: Web):
    def door(request: Request) -> bytes:
        return page() if "seen=1" in request.headers.get("cookie", "") else redirect("/door", 302, Set_Cookie="seen=1")

    address, other = web.add("/door", door), web.add("/other", page())
    found = visited([address, other], web.manners(pace=Pace(1, 1000)))
    assert (found[address].verdict, found[address].final, found[address].requests) == (Verdict.OK, "", 2)
    assert [request.headers.get("cookie") for request in web.asked if request.path == "/other"] == [None]


def test_fragments_share_one_visit_and_are_judged_each(web: Web):
    web.add("/guide", page(body=f'<h2 id="actors">Actors</h2>{WORDS}'))
    addresses = [web.at(f"/guide{end}") for end in ("", "#actors", "#nothing", "#:~:text=actors", "#top")]
    found = visited(addresses, web.manners())
    assert web.paths() == ["/guide"]
    assert {visit.verdict for visit in found.values()} == {Verdict.OK}
    missing = {address for address, visit in found.items() if visit.note == "fragment missing"}
    assert missing == {web.at("/guide#nothing")}
    assert found[web.at("/guide#nothing")].cause is Cause.FRAGMENT_MISSING


def test_a_fragment_goes_along_with_a_move(web: Web):
    web.add("/new/guide", page(body=f'<h2 id="actors">Actors</h2>{WORDS}'))
    web.add("/old/guide", redirect("/new/guide"))
    there, missing = web.at("/old/guide#actors"), web.at("/old/guide#nothing")
    found = visited([there, missing], web.manners())
    assert (found[there].final, found[there].note) == (web.at("/new/guide#actors"), "")
    assert (found[missing].verdict, found[missing].note) == (Verdict.MOVED, "fragment missing")


def test_an_unchanged_page_is_not_sent_again(web: Web):
    def same(request: Request) -> bytes:
        known = request.headers.get("if-none-match") == '"7"'
        return answer(status=304) if known else page(headers={"ETag": '"7"', "Last-Modified": "Mon, 1 Jan 2024"})

    address = web.add("/a", same)
    first = visited([address], web.manners())[address]
    assert (first.etag, first.modified) == ('"7"', "Mon, 1 Jan 2024")
    asked = Asked(address, first.etag, first.modified, first.fingerprint)
    again = next(visits([asked], web.manners()))
    assert (again.verdict, again.cause, again.status) == (Verdict.OK, Cause.UNCHANGED, 304)
    assert (again.etag, again.fingerprint) == (first.etag, first.fingerprint)
    # Where a place in the page is meant, the page is needed.
    anchored = next(visits([Asked(f"{address}#x", first.etag)], web.manners()))
    assert (anchored.status, anchored.cause) == (200, Cause.FRAGMENT_MISSING)


def test_another_page_than_was_accepted_has_drifted(web: Web):
    address = web.add("/a", page("Ray actors"))
    before = visited([address], web.manners())[address]
    same = next(visits([Asked(address, fingerprint=before.fingerprint)], web.manners()))
    assert (same.cause, same.likeness) == (Cause.FOUND, 1.0)
    web.add(
        "/a", page("Garden chairs", "Wooden chairs and tables for every garden, made by hand and sent to your door.")
    )
    other = next(visits([Asked(address, fingerprint=before.fingerprint)], web.manners()))
    assert (other.verdict, other.cause) == (Verdict.OK, Cause.DRIFTED)
    assert other.likeness is not None
    assert other.likeness < 0.1


def test_what_is_no_web_address_or_excluded_or_forbidden_is_skipped_unasked(web: Web):
    mail, inside, excluded = "mailto:a@example.org", "http://10.0.0.1/x", web.add("/private/x", page())
    port, typed = f"http://127.0.0.1:{web.port + 1}/", "http://github.com/<owner>/ray"
    found = visited([mail, inside, excluded, port, typed], web.manners(excluded=("*/private/*",)))
    assert {visit.verdict for visit in found.values()} == {Verdict.SKIPPED}
    causes = (Cause.NOT_WEB, Cause.GUARD, Cause.EXCLUDED, Cause.GUARD, Cause.PLACEHOLDER)
    assert tuple(found[one].cause for one in (mail, inside, excluded, port, typed)) == causes
    assert not web.asked


def test_no_redirect_leads_to_where_nobody_is_let_in(web: Web):
    inside = web.add("/a", redirect("http://169.254.169.254/latest/meta-data/", 302))
    port = web.add("/b", redirect("http://127.0.0.1:9/", 302))
    shop = web.add("/c", redirect("market://details?id=ray", 302))
    found = visited([inside, port, shop], web.manners())
    assert {visit.verdict for visit in found.values()} == {Verdict.SKIPPED}
    assert [found[one].cause for one in (inside, port, shop)] == [Cause.GUARD, Cause.GUARD, Cause.NOT_WEB]


def test_we_say_who_we_are_and_ask_no_proxy(web: Web, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    address = web.add("/a", page())
    agent = "RayHub-LinkCheck/1.0 (+https://ray.example/links/about/)"
    assert visited([address], web.manners(agent=agent))[address].verdict is Verdict.OK
    assert web.asked[0].headers["user-agent"] == agent
    assert "authorization" not in web.asked[0].headers


def test_whoever_asks_twice_is_told_twice(web: Web):
    address = web.add("/a", page())
    assert len(list(visits([Asked(address), Asked(address)], web.manners()))) == 2
    assert web.paths() == ["/a"]


def test_who_stops_early_leaves_nothing_open(web: Web):
    addresses = [web.add(f"/a/{number}", page()) for number in range(50)]
    before = threading.active_count()
    some = visits((Asked(address) for address in addresses), web.manners(pace=Pace(2, 20)))
    next(some)
    some.close()
    assert threading.active_count() == before
    assert len(web.asked) < 50


def test_what_is_asked_is_read_where_it_was_given(web: Web):
    thread = threading.get_ident()

    def asked() -> Iterator[Asked]:
        for number in range(250):
            assert threading.get_ident() == thread
            yield Asked(web.at(f"/a/{number % 5}"))

    assert len(list(visits(asked(), web.manners()))) == 250

    def broken() -> Iterator[Asked]:
        yield Asked(web.at("/a"))
        raise LookupError

    with pytest.raises(LookupError):
        list(visits(broken(), web.manners()))

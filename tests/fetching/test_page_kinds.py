"""What is read from pages of many kinds. Above all: no living page is called dead."""

import asyncio

import pytest

from resources.fetching.pages import Page, read_page
from resources.fetching.parking import taken_over
from resources.fetching.resolving import GuardedResolver
from resources.fetching.visiting import visit_all
from resources.fetching.visits import Asked, Cause, Manners, Pace, Verdict, Visit
from tests.fetching.dead_pages import GONE, LOREM, PARKED, WALLS, Kind, page
from tests.fetching.living_pages import LIVING
from tests.fetching.small_internet import Internet, Loop, open_internet

MANNERS = Manners(retries=0, timeout=3, patience=0, pace=Pace(10, 1_000))


def reading_of(found: Page) -> str:
    """In one word."""
    if found.wall:
        return "sign-in" if found.sign_in else "wall"
    if found.parked:
        return "parked"
    return "gone" if found.soft_404 else "alive"


@pytest.mark.parametrize("kind", [*GONE, *PARKED, *WALLS, *LIVING], ids=lambda kind: f"{kind.reading}: {kind.name}")
def test_a_page_is_read_for_what_it_is(kind: Kind) -> None:
    found = read_page(kind.html.encode(), "text/html; charset=utf-8", kind.address)
    assert reading_of(found) == kind.reading, (found.wall, found.parked, found.soft_404)


def test_a_reason_quotes_what_the_page_says() -> None:
    found = read_page(GONE[0].html.encode(), "text/html", GONE[0].address)
    assert found.soft_404 == "the page says that it is not there: “Page not found”"


@pytest.mark.parametrize(
    "landed", ["/404", "/404.html", "/errors/404", "/not-found/", "/en/page-not-found", "/error-404.php"]
)
def test_an_address_that_leads_to_the_page_for_missing_ones_is_gone(landed: str) -> None:
    html = page("Example", f"<h1>Hello</h1><p>{LOREM}</p>").encode()
    address, site = "https://www.example.org/docs/a-page", "https://www.example.org"
    assert read_page(html, "text/html", address, landed=site + landed).soft_404
    assert not read_page(html, "text/html", site + landed, landed=site + landed).soft_404
    assert not read_page(html, "text/html", address, landed=site + "/docs/handling-404-not-found").soft_404


def visit(path: str, fingerprint: str = "") -> Visit:
    """Through the visits themselves."""
    internet = Internet(names={"public.test": [["93.184.216.34"]]})
    loop = Loop()
    loop.internet = internet

    async def run() -> Visit:
        servers = await open_internet(internet)
        asked = Asked(f"http://public.test{path}", fingerprint=fingerprint)
        found = [one async for one in visit_all([asked], MANNERS, resolver=GuardedResolver(MANNERS, internet.lookup))]
        for server in servers:
            server.close()
        return found[0]

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(run())


def test_visits_tell_what_pages_tell() -> None:
    lost = visit("/redirect-to?url=/404")
    assert (lost.verdict, lost.cause) == (Verdict.BROKEN, Cause.SOFT_404)
    accepted = read_page(
        page("A library", f"<h1>A library</h1><p>{LOREM * 3}</p>").encode(), "text/html", ""
    ).fingerprint
    taken = visit("/casino", accepted)
    assert (taken.verdict, taken.cause, taken.note) == (
        Verdict.BROKEN,
        Cause.PARKED,
        "another trade has taken the domain over",
    )
    assert visit("/casino").verdict is Verdict.OK
    assert visit("/other", accepted).cause is Cause.DRIFTED


def test_a_domain_that_another_trade_took_over_is_told_from_a_page_that_changed() -> None:
    accepted = read_page(
        page("A library", f"<h1>A library</h1><p>{LOREM * 3}</p>").encode(), "text/html", ""
    ).fingerprint
    words = "Situs slot gacor dan casino online, poker, togel dan taruhan bola terpercaya. Daftar slot dan jackpot. "
    casino = read_page(page("Slot Gacor Casino Online", f"<p>{words * 4}</p>").encode(), "text/html", "")
    other = read_page(
        page("Another thing", "<p>A page about trees and what grows in them in spring and autumn.</p>").encode(),
        "text/html",
        "",
    )
    assert taken_over(casino.title, casino.text, casino.fingerprint, accepted)
    assert not taken_over(casino.title, casino.text, casino.fingerprint, casino.fingerprint)
    assert not taken_over(casino.title, casino.text, casino.fingerprint, "")
    assert not taken_over(other.title, other.text, other.fingerprint, accepted)

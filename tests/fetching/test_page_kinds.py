"""What is read from pages of many kinds. Above all: no living page is called dead."""

import pytest

from resources.fetching.pages import Page, read_page
from resources.fetching.parking import taken_over
from tests.fetching.dead_pages import GONE, LOREM, PARKED, WALLS, Kind, page
from tests.fetching.living_pages import LIVING


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

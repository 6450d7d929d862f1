"""Talk and notices in the browser: said and answered without scripts, heard of, and usable by everyone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.test_everyone import ALL, COLOURS, RUN, axe

pytestmark = pytest.mark.browser

__all__ = ["axe"]

TALK = "/resources/ray-summit-2024/talk/"


@pytest.fixture(scope="module")
def said() -> dict[str, bool]:
    """Whether the talk that these tests look at has been said."""
    return {}


@pytest.fixture
def talked(signed_in_page: Opener, said: dict[str, bool]) -> None:
    """Cora begins a thread that names Ed; Ed, who watches, answers; one thread is resolved."""
    if said:
        return
    page = signed_in_page("ed", "/resources/ray-summit-2024/", scripts=False)
    page.get_by_role("button", name="Watch", exact=True).click()
    expect(page.get_by_role("button", name="Watch no more")).to_be_visible()
    page = signed_in_page("cora", TALK, scripts=False)
    for title, text in (
        ("Is the playlist complete?", "@ed, the keynote is missing:\n\n- day **one**\n- day two, see `ray.init()`"),
        ("Slides", "Are there slides somewhere?"),
    ):
        page.get_by_label("Subject").fill(title)
        page.get_by_label("What you want to say").fill(text)
        page.get_by_role("button", name="Preview").last.click()
        expect(page.get_by_role("region", name="Preview")).to_be_visible()
        page.get_by_role("button", name="Begin the thread").click()
        expect(page.locator(".post:target")).to_contain_text(text[:10])
    page.get_by_role("button", name="Resolve “Slides”").click()
    page = signed_in_page("ed", TALK, scripts=False)
    page.get_by_text("Answer", exact=True).first.click()
    page.get_by_label("Your answer to “Is the playlist complete?”").fill("Added the keynote. Thank you, @cora.")
    page.get_by_role("button", name="Answer", exact=True).first.click()
    expect(page.locator(".post:target")).to_contain_text("Thank you, @cora")
    said["yes"] = True


@pytest.mark.parametrize("address", [TALK, "/talk/1/", "/talk/posts/1/edit/", "/talk/posts/1/delete/"])
def test_axe_finds_nothing_in_talk(signed_in_page: Opener, talked: None, axe: str, address: str) -> None:
    page = signed_in_page("cora", address)
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(RUN, COLOURS) == []


@pytest.mark.parametrize("address", ["/notices/", "/notices/watching/", "/notices/settings/"])
def test_axe_finds_nothing_in_notices(signed_in_page: Opener, talked: None, axe: str, address: str) -> None:
    page = signed_in_page("ed", address, width=360)
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(RUN, COLOURS) == []


def test_who_is_named_finds_the_notice_and_marks_it_as_read(signed_in_page: Opener, talked: None) -> None:
    page = signed_in_page("cora", "/notices/", scripts=False)
    expect(page.get_by_role("link", name="Ed Marsh named you in the talk about")).to_be_visible()
    page.get_by_role("button", name="Mark as read").first.click()
    page.get_by_role("link", name="Ed Marsh named you in the talk about").click()
    expect(page.locator(".post:target")).to_contain_text("Thank you")


@pytest.mark.parametrize("address", [TALK, "/notices/"])
def test_nothing_is_wider_than_a_small_phone(signed_in_page: Opener, talked: None, address: str) -> None:
    page = signed_in_page("ed", address, width=320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_two_posts_with_the_same_headings(signed_in_page: Opener, axe: str) -> None:
    page = signed_in_page("cora", "/sections/security/talk/", scripts=False)
    page.get_by_label("Subject").fill("Headings")
    page.get_by_label("What you want to say").fill("## Why\n\nBecause[^1].\n\n[^1]: One.")
    page.get_by_role("button", name="Begin the thread").click()
    page = signed_in_page("ed", "/sections/security/talk/", scripts=False)
    page.get_by_text("Answer", exact=True).first.click()
    page.get_by_label("Your answer to “Headings”").fill("## Why\n\nSo[^1].\n\n[^1]: Two.")
    page.get_by_role("button", name="Answer", exact=True).first.click()
    expect(page.locator(".post:target")).to_contain_text("So")
    page = signed_in_page("ed", page.url)
    expect(page.locator(".post h2")).to_have_count(2)
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert sorted(ids) == sorted(set(ids))
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []

"""What readers do: with the keyboard, with the theme, on a phone, and without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement.id"
GROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.mark.parametrize(("address", "box"), [("/tags/", "bar-q"), ("/", "hero-q")])
def test_a_key_leads_to_the_search(open_page: Opener, address: str, box: str) -> None:
    page = open_page(address)
    page.keyboard.press("/")
    assert page.evaluate(FOCUSED) == box
    page.keyboard.type("kube/ray")
    assert page.locator(f"#{box}").input_value() == "kube/ray"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=kube%2Fray")
    expect(page.locator("h1")).to_have_text("Search results")


def test_first_tab_stop_skips_to_the_content(open_page: Opener) -> None:
    page = open_page("/sections/security/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_every_tab_stop_is_seen(open_page: Opener) -> None:
    page = open_page("/resources/kuberay/")
    for _stop in range(70):
        page.keyboard.press("Tab")
        width, style = page.evaluate(
            "[parseFloat(getComputedStyle(document.activeElement).outlineWidth),"
            " getComputedStyle(document.activeElement).outlineStyle]"
        )
        if page.evaluate("document.activeElement === document.body"):
            return
        assert width >= 2
        assert style != "none"


def test_theme_is_remembered(open_page: Opener) -> None:
    page = open_page("/tags/")
    light = page.evaluate(GROUND)
    switch = page.locator("[data-theme-switch]")
    expect(switch).to_have_attribute("aria-label", "Colours: as your system")
    switch.click()
    expect(switch).to_have_attribute("aria-label", "Colours: light")
    switch.click()
    expect(switch).to_have_attribute("aria-label", "Colours: dark")
    dark = page.evaluate(GROUND)
    assert dark != light
    page.goto("/people/")
    assert page.evaluate(GROUND) == dark
    page.locator("[data-theme-switch]").click()
    assert page.evaluate(GROUND) == light
    assert page.evaluate("localStorage.length") == 0


def test_drawer_opens_and_closes_on_a_phone(open_page: Opener) -> None:
    page = open_page("/tags/", width=360)
    side = page.locator("#sections")
    assert not side.is_visible()
    page.get_by_role("button", name="Sections and pages").click()
    expect(side).to_be_visible()
    page.keyboard.press("Escape")
    expect(side).not_to_be_visible()
    page.get_by_role("button", name="Sections and pages").click()
    side.get_by_role("link", name=re.compile("Security")).click()
    page.wait_for_url("**/sections/security/")
    page.go_back()
    expect(page.locator("#sections")).not_to_be_visible()


def test_revisions_are_picked_by_keyboard(open_page: Opener) -> None:
    page = open_page("/resources/kuberay/history/")
    page.get_by_label("Newer: revision 3").focus()
    page.keyboard.press("ArrowDown")
    assert page.get_by_label("Newer: revision 2").is_checked()
    assert page.get_by_label("Older: revision 1").is_checked()  # it followed
    page.get_by_role("button", name="Compare the two chosen").click()
    page.wait_for_url("**/history/1..2/")
    expect(page.locator("ins").first).to_be_visible()


def test_filters_and_comparisons_work_without_scripts(open_page: Opener) -> None:
    page = open_page("/resources/", scripts=False)
    assert not page.locator("[data-theme-switch]").is_visible()
    page.get_by_label("Kind").select_option("paper")
    page.get_by_label("Sort by").select_option("year")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".chip")).to_have_count(1)
    rows = page.locator(".row-title").count()
    assert 0 < rows < 20
    page.locator(".chip").click()
    assert page.locator(".row-title").count() == 50
    assert "sort=year" in page.url

    page = open_page("/resources/kuberay/history/", scripts=False)
    page.get_by_label("Older: revision 1").check()
    page.get_by_label("Newer: revision 3").check()
    page.get_by_role("button", name="Compare the two chosen").click()
    assert page.url.endswith("/history/1..3/")
    page = open_page("/sections/security/history/2..3/", scripts=False)
    fold = page.locator(".fold summary").first
    fold.click()
    expect(page.locator(".fold pre").first).to_be_visible()
    page.get_by_role("link", name="Side by side").click()
    assert page.url.endswith("?view=split")


def test_drawer_and_filters_work_on_a_phone_without_scripts(open_page: Opener) -> None:
    page = open_page("/resources/", width=360, scripts=False)
    page.get_by_role("button", name="Sections and pages").click()
    expect(page.locator("#sections")).to_be_visible()
    page.get_by_role("button", name="Close the sections").click()
    expect(page.locator("#sections")).not_to_be_visible()
    assert not page.get_by_label("Kind").is_visible()
    page.get_by_text("Filters and sorting").click()
    page.get_by_label("Kind").select_option("book")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".chip")).to_have_count(1)

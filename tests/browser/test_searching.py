"""Searching by keyboard: the box, what is offered under it, the page of results, the palette."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

FOCUSED = "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.id"


def test_pages_are_offered_while_one_types(open_page: Opener) -> None:
    page = open_page("/tags/")
    page.keyboard.press("/")
    page.keyboard.type("hardening")
    box, rows = page.locator("#bar-q"), page.locator(".suggestions [role=option]")
    expect(rows.first).to_contain_text("Hardening a Ray cluster")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".suggestions + [role=status]")).to_contain_text("suggestion")
    page.keyboard.press("Escape")
    expect(rows.first).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type(" ")
    page.keyboard.press("Backspace")
    expect(rows.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(rows.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "bar-q-suggestions-0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/wiki/hardening/")


def test_enter_searches_and_facets_narrow(open_page: Opener) -> None:
    page = open_page("/")
    page.keyboard.press("/")
    page.keyboard.type("ray serve")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=ray+serve")
    expect(page.locator(".results a").first).to_have_text("Ray Serve")
    page.get_by_role("link", name="Comparison").first.click()
    page.wait_for_url("**kind%3Acomparison")
    expect(page.locator(".chip")).to_contain_text("kind:comparison")
    page.locator(".chip").click()
    page.wait_for_url("**/search/?q=ray+serve")


def test_it_works_without_scripts_and_on_a_phone(open_page: Opener) -> None:
    page = open_page("/search/", width=320, scripts=False)
    page.locator("#q").fill("kuberey")
    page.locator(".search-form button").click()
    expect(page.locator(".search-found .notice")).to_contain_text("kuberay")
    page.locator(".search-narrow").click()
    expect(page.locator("#narrow")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_palette_goes_everywhere_by_keyboard(open_page: Opener) -> None:
    page = open_page("/wiki/ray-serve/")
    page.locator(".tabs a").first.focus()
    page.keyboard.press("Control+k")
    dialog = page.locator("dialog.palette")
    expect(dialog).to_be_visible()
    assert page.evaluate(FOCUSED) == "Page, section, person or command"
    page.keyboard.type("zebra crossing")
    expect(dialog.locator("[role=option]")).to_have_text("Search for “zebra crossing”")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert page.evaluate("document.activeElement.closest('.tabs') !== null")

    page.keyboard.press("Control+k")
    expect(page.locator("dialog.palette")).to_be_visible()  # its script is loaded at its first use
    page.keyboard.type("hist")
    expect(dialog.get_by_role("group", name="On this page").locator("[role=option]")).to_contain_text("History")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+k")
    expect(dialog).to_be_visible()
    page.keyboard.type("kuberay upgr")
    expect(dialog.locator("[aria-selected=true]")).to_contain_text("KubeRay Upgrade Guide")
    expect(dialog.locator("[role=status]")).to_contain_text("suggestion")
    page.keyboard.press("Enter")
    page.wait_for_url("**/resources/kuberay-upgrade-guide/")

    page.goto("/tags/")
    page.keyboard.press("Control+k")
    recent = page.locator("dialog.palette").get_by_role("group", name="Recent")
    expect(recent.locator("[role=option]").first).to_contain_text("KubeRay Upgrade Guide")


def test_commands_are_what_a_person_may(signed_in_page: Opener) -> None:
    page = signed_in_page("cora", "/resources/kuberay/")
    page.keyboard.press("Control+k")
    expect(page.locator("dialog.palette")).to_be_visible()  # its script is loaded at its first use
    page.keyboard.type("your dr")
    expect(page.locator("dialog.palette [aria-selected=true]")).to_contain_text("Your drafts")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drafts/")

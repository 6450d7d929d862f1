"""Who is signed in, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PASSWORD, Opener
from tests.browser.test_everyone import ALL, COLOURS, RUN, axe

pytestmark = pytest.mark.browser
__all__ = ["axe"]


@pytest.mark.parametrize(
    ("name", "shown"), [("cora", "Cora Brook"), ("ed", "Ed Marsh"), ("mo", "Mo Hill"), ("admin", "Administrator")]
)
def test_everybody_of_the_cast_signs_in(signed_in_page: Opener, name: str, shown: str) -> None:
    page = signed_in_page(name, "/tags/")
    menu = page.get_by_role("button", name=f"Your account, {shown}")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    menu.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()


def test_the_menu_of_the_account_leads_on_without_scripts(signed_in_page: Opener) -> None:
    page = signed_in_page("cora", "/tags/", scripts=False, width=320)
    page.get_by_role("button", name="Your account, Cora Brook").click()
    page.get_by_role("link", name="Settings").click()
    page.wait_for_url("**/accounts/")
    expect(page.locator("h1")).to_have_text("Profile")


PAGES = ["", "email/", "password/change/", "2fa/", "passkeys/", "sessions/", "yours/", "reauthenticate/"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_of_ones_own_fit_a_phone_and_everyone(signed_in_page: Opener, axe: str, path: str) -> None:
    page = signed_in_page("mo", f"/accounts/{path}", width=320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(RUN, COLOURS) == []


WEIGHTY = ["2fa/app/add/", "passkeys/add/", "2fa/recovery-codes/new/", "leave/", "mails/"]


def test_weighty_pages_fit_a_phone_and_everyone(signed_in_page: Opener, axe: str) -> None:
    page = signed_in_page("admin", "/accounts/tokens/", width=320, fresh=True)
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What is it for?").fill("papers")
    page.get_by_role("button", name="Make a token").click()
    expect(page.get_by_label("The new token")).to_have_value(re.compile(r"^rh_.{40,}$"))
    for path in ["", *WEIGHTY]:
        if path:
            page.goto(f"/accounts/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") == 320, path
        page.evaluate(axe)
        page.emulate_media(color_scheme="light")
        assert page.evaluate(RUN, ALL) == [], path
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(RUN, COLOURS) == [], path


def test_a_form_that_is_not_right_says_so_to_everyone(open_page: Opener, axe: str) -> None:
    page = open_page("/accounts/signup/", width=320)
    page.get_by_label("Name").fill("admin")
    page.get_by_label("E-mail").fill("x@example.org")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Make an account").click()
    name = page.get_by_label("Name")
    expect(name).to_have_attribute("aria-invalid", "true")
    described = (name.get_attribute("aria-describedby") or "").split()
    assert any("kept for the site" in page.locator(f"#{each}").inner_text() for each in described)
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []


def test_a_name_of_sixty_letters_keeps_pages_narrow(signed_in_page: Opener) -> None:
    page = signed_in_page("cora", "/resources/kuberay/talk/")
    form = page.locator("main form:has([name=title])").last
    form.locator("[name=title]").fill("T" * 100)
    form.locator("[name=text]").fill("A subject in one word.")
    form.get_by_role("button", name="Begin the thread").click()
    expect(page.locator("main")).to_contain_text("A subject in one word.")
    page.set_viewport_size({"width": 320, "height": 800})
    for address in (page.url, f"/people/{'n' * 60}/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address


def test_somebody_signs_up_and_an_administrator_passes_the_link_on(open_page: Opener, signed_in_page: Opener) -> None:
    page = open_page("/accounts/signup/?next=/tags/")
    page.get_by_label("Name").fill("Nora")
    page.get_by_label("E-mail").fill("nora@example.org")
    page.get_by_label("Password").fill("a sentence to remember")
    page.get_by_role("button", name="Make an account").click()
    expect(page.locator("main")).to_contain_text("its mails wait with the administrators")

    admin = signed_in_page("admin", "/accounts/mails/")
    admin.get_by_role("link", name="Confirm your address").first.click()
    address = admin.locator(".mail-text a").first.get_attribute("href") or ""
    assert "/accounts/confirm-email/" in address

    page.goto(address)
    page.get_by_role("button", name="Yes, confirm it").click()
    page.wait_for_url("**/tags/")
    expect(page.get_by_role("button", name="Your account, Nora")).to_be_visible()
    expect(page.locator(".messages")).to_contain_text("nora@example.org is confirmed")


def test_the_year_begins_with_the_newest_weeks_on_a_phone(open_page: Opener) -> None:
    page = open_page("/people/ada/", width=360)
    region = page.locator(".year-scroll")
    expect(region).to_have_attribute("tabindex", "0")
    expect(page.get_by_role("group", name="in a year")).to_be_visible()
    edges = "e => [e.getBoundingClientRect().right, e.firstElementChild.getBoundingClientRect().right]"
    right, newest = region.evaluate(edges)
    assert abs(right - newest) <= 1
    region.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(400)
    assert region.evaluate("e => e.scrollLeft") < 0
    wide = open_page("/people/ada/", width=1280)
    left, oldest = wide.locator(".year-scroll").evaluate(edges.replace("right", "left"))
    assert abs(left - oldest) <= 1

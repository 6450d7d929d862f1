"""Who is signed in, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
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

"""Passkeys, with an authenticator that Chromium plays."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Opener

pytestmark = pytest.mark.browser
PLAYED = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_authenticator(page: Page) -> None:
    """Gives the page's browser a passkey device that always agrees."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": PLAYED})


def prove(page: Page) -> None:
    page.locator("input[type=password]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def test_a_passkey_is_added_and_signs_in_alone(open_page: Opener, site: str) -> None:
    here = site.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, and a number is none
    page = open_page(f"{here}/accounts/login/?next=/accounts/passkeys/add/")
    with_authenticator(page)
    page.get_by_label("Name or e-mail").fill("paula")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    prove(page)
    page.get_by_label("Name").fill("Phone")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.locator("h1")).to_have_text("Recovery codes")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto(f"{here}/accounts/passkeys/")
    expect(page.locator(".row-title")).to_have_text("Phone")

    page.get_by_role("button", name="Your account, paula").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(".account")).to_contain_text("Sign in")
    page.goto(f"{here}/accounts/login/?next=/tags/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/tags/")
    expect(page.get_by_role("button", name="Your account, paula")).to_be_visible()

    page.goto(f"{here}/accounts/tokens/")
    prove(page)
    expect(page.locator("h1")).to_have_text("Tokens")
    page.goto(f"{here}/accounts/reauthenticate/passkey/?next=/accounts/yours/")
    page.get_by_role("button", name="Use your passkey").click()
    expect(page.locator("h1")).to_have_text("Your data")


def test_a_device_that_has_no_passkey_is_answered_in_words(open_page: Opener, site: str) -> None:
    page = open_page(f"{site.replace('127.0.0.1', 'localhost')}/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey-says]")).to_contain_text("sign in with your password")


def test_without_scripts_there_is_no_passkey_button(open_page: Opener) -> None:
    page = open_page("/accounts/login/", scripts=False)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()

"""Who is signed in, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("name", "shown"), [("cora", "Cora Brook"), ("ed", "Ed Marsh"), ("mo", "Mo Hill"), ("admin", "Administrator")]
)
def test_everybody_of_the_cast_signs_in(signed_in_page: Opener, name: str, shown: str) -> None:
    page = signed_in_page(name, "/tags/")
    expect(page.locator(".account")).to_contain_text("Sign out")
    expect(page.locator(".account .person")).to_have_attribute("aria-label", f"Your page, {shown}")

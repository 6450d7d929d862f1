"""A claim without a source finds one: a contributor gives it, a moderator accepts, a reader sees it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser


def test_a_claim_finds_its_source(open_page: Opener, signed_in_page: Opener) -> None:
    page = signed_in_page("cora", "/case-studies/claims/?need=source", width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    claim = page.locator(".claim").first
    statement = claim.locator(".claim-words").inner_text()
    claim.get_by_role("link", name="Give a source").click()
    study = page.url.partition("/claims/")[0]
    page.get_by_role("textbox", name="Source").fill("https://example.org/their-own-post")
    page.get_by_label("Quotation").fill("We did it with Ray.")
    expect(page.locator(".word-count")).to_have_text("5 / 25")
    page.get_by_label("Why? What did you find?").fill("They say so themselves.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/proposals/*/")
    expect(page.locator(".preview .claim", has_text=statement)).to_contain_text("example.org")

    review = signed_in_page("mo", page.url)
    expect(review.locator("main")).to_contain_text("The sources are well formed.")
    review.keyboard.press("a")
    review.wait_for_url("**decided=**")
    assert "accepted" in review.locator(".decided").inner_text()

    reader = open_page(study, scripts=False, dark=True, width=360)
    found = reader.locator(".claim", has_text=statement)
    expect(found).to_contain_text("We did it with Ray.")
    expect(found.get_by_role("link", name="example.org")).to_have_attribute("rel", "nofollow ugc noopener")
    expect(found).not_to_contain_text("no source")

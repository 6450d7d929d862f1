"""A guide from the page that wants it until it is read."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opener


def test_a_wanted_guide_is_written_with_completed_mentions_and_read(signed_in_page: Opener, open_page: Opener) -> None:
    page = signed_in_page("ed", "/wiki/backups-of-a-cluster/")
    expect(page.locator("main")).to_contain_text("Nobody has written this yet.")
    page.get_by_role("link", name="Write it").click()
    expect(page.locator("#id_title")).to_have_value("Backups of a cluster")
    page.get_by_role("link", name=re.compile("^How-to")).click()
    expect(page.locator("#id_title")).to_have_value("Backups of a cluster")
    expect(page.locator("#id_body")).to_have_value(re.compile("^What you have at the end"))
    page.locator("#id_body").fill("")
    page.locator("#id_body").press_sequentially("See [[ray secur")
    expect(page.locator(".completions").get_by_role("option").first).to_contain_text("Ray security")
    page.keyboard.press("Enter")
    page.keyboard.type(" and [[resource:kuberay")
    expect(page.locator(".completions").get_by_role("option").first).to_contain_text("Resource")
    page.keyboard.press("Enter")
    expect(page.locator("#id_body")).to_have_value(
        re.compile(r"^See \[\[Ray security\]\] and \[\[resource:kuberay[a-z-]*\|.+\]\]$")
    )
    page.keyboard.type(".\n\n{{guides parent=ray-security}}\n")
    page.locator("#id_parent").fill("Ray security")
    expect(page.locator("[data-preview] .embed")).to_be_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/wiki/backups-of-a-cluster/")
    expect(page.locator(".crumbs")).to_contain_text("Ray security")

    narrow = open_page("/wiki/backups-of-a-cluster/", width=320, dark=True)
    expect(narrow.locator(".prose a.mention")).to_have_count(2)
    expect(narrow.locator(".prose .embed li").first).to_be_visible()
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
    narrow.goto("/wiki/ray-security/")
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
    narrow.locator(".folded-contents summary").click()
    narrow.locator(".folded-contents a").first.click()
    assert "#c-" in narrow.url

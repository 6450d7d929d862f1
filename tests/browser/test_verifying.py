"""A guide through two releases in a real browser: verified, outdated, asked for, and looked at again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.test_everyone import ALL, COLOURS, RUN, axe

pytestmark = pytest.mark.browser

__all__ = ["axe"]  # a fixture

GUIDE = "/wiki/ray-serve/"


def test_a_new_release_asks_for_another_look(signed_in_page: Opener, axe: str) -> None:  # the fixture
    ed = signed_in_page("ed", GUIDE)
    expect(ed.get_by_role("region", name="Verified")).to_contain_text("Nobody has verified this yet")
    ed.get_by_role("link", name="Verify it", exact=True).click()
    ed.get_by_label("What you tried").fill("All samples.")
    ed.evaluate(axe)
    assert ed.evaluate(RUN, ALL) == []
    ed.get_by_role("button", name="I tried it, and it is right").click()
    box = ed.get_by_role("region", name="Verified")
    expect(box).to_contain_text("with Ray 2.60.0")
    expect(box).to_contain_text("Ed Marsh")
    expect(box).not_to_contain_text("look again")

    admin = signed_in_page("admin", "/releases/")
    admin.get_by_label("Version").fill("2.61.0")
    admin.get_by_label("Released on").fill("2026-12-01")
    admin.get_by_role("button", name="Enter it").click()
    expect(admin.get_by_role("row", name="2.61.0")).to_contain_text("1 December 2026")

    ed.goto(GUIDE)
    expect(ed.get_by_role("region", name="Verified")).to_contain_text("look again")
    ed.goto("/notices/")
    ed.get_by_role("link", name="Ray 2.61.0 is out: 1 page").click()
    expect(ed).to_have_url(re.compile(r"/wiki/look-again/\?mine=1$"))
    expect(ed.get_by_role("listitem").filter(has_text="Ray Serve").last).to_contain_text("tried with an older line")
    ed.set_viewport_size({"width": 320, "height": 800})
    ed.evaluate(axe)
    assert ed.evaluate(RUN, ALL) == []
    assert ed.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ed.emulate_media(color_scheme="dark")
    assert ed.evaluate(RUN, COLOURS) == []
    ed.get_by_role("link", name="Verify it").last.click()
    ed.get_by_role("button", name="I tried it, and it is right").click()
    expect(ed.get_by_role("region", name="Verified")).to_contain_text("with Ray 2.61.0")

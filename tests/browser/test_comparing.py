"""One comparison and two people: two cells at once, then the same cell; and the table for everyone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_everyone import ALL, COLOURS, RUN, axe

pytestmark = pytest.mark.browser
__all__ = ["axe"]


def begun(page: Page) -> None:
    """A comparison of two by two, made with the form as it comes."""
    page.get_by_label("Title").fill("Schedulers")
    for place, name in enumerate(("Ray", "Slurm")):
        page.locator(f"#id_subjects-{place}-name").fill(name)
    for place, name in enumerate(("Cost", "Queues")):
        page.locator(f"#id_criteria-{place}-name").fill(name)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/compare/schedulers/")


def cell(page: Page, subject: str, criterion: str) -> Page:
    """The form of one cell, by its own link in the table."""
    page.goto("/compare/schedulers/")
    page.get_by_role("link", name=f"{subject} · {criterion}").click()
    return page


def test_two_people_edit_two_cells_and_then_the_same(signed_in_page: Opener) -> None:
    ed, mo = signed_in_page("ed", "/compare/new/"), signed_in_page("mo", "/tags/")
    begun(ed)
    cell(ed, "Ray", "Cost").get_by_label("Text").fill("Nothing but machines.")
    cell(mo, "Slurm", "Cost").get_by_label("Text").fill("Somebody who knows it.")
    for page in (ed, mo):
        page.get_by_role("button", name="Save").click()
        page.wait_for_url("**/compare/schedulers/")
    expect(mo.get_by_role("status").first).to_contain_text("merged with one by Ed Marsh")
    expect(mo.locator("tbody tr").first).to_contain_text("Nothing but machines.")
    expect(mo.locator("tbody tr").first).to_contain_text("Somebody who knows it.")

    cell(ed, "Ray", "Queues").get_by_label("Verdict").select_option("partly")
    cell(mo, "Ray", "Queues").get_by_label("Verdict").select_option("no")
    ed.get_by_role("button", name="Save").click()
    ed.wait_for_url("**/compare/schedulers/")
    mo.get_by_role("button", name="Save").click()
    expect(mo.locator("legend")).to_have_text(re.compile("Cells, “Ray · Queues”"))
    mo.get_by_role("radio", name="Yours").first.check()
    mo.get_by_role("button", name="Save what I chose").click()
    mo.wait_for_url("**/compare/schedulers/")
    expect(mo.locator("tbody tr").nth(1).locator(".verdict.no")).to_have_count(1)


def test_the_table_and_its_form_are_for_everyone(signed_in_page: Opener, axe: str) -> None:
    page = signed_in_page("ed", "/compare/new/", scripts=False)
    page.get_by_label("Title").fill("Frames")
    page.locator("#id_subjects-0-name").fill("Pandas")
    page.locator("#id_criteria-0-name").fill("Speed")
    page.get_by_role("button", name="One more subject").click()
    page.locator("#id_subjects-2-name").fill("Modin")
    page.get_by_role("button", name="Show the preview").last.click()
    page.locator("details.cells summary").click()
    page.get_by_role("group", name="Modin").get_by_label("Verdict").select_option("yes")
    page.get_by_role("button", name="Move left: Modin").click()
    expect(page.locator("#id_subjects-1-name")).to_have_value("Modin")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/compare/frames/")
    for address in ("/compare/frames/", "/compare/frames/?turn=1", "/compare/frames/edit/", "/compare/"):
        page = signed_in_page("ed", address, width=320)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address
        page.evaluate(axe)
        assert page.evaluate(RUN, ALL) == [], address
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(RUN, COLOURS) == [], address

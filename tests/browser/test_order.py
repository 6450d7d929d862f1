"""The pages that keep order in a real browser: usable by everyone, within the CSP, and a vandal's morning undone."""

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.browser.conftest import Opener
from tests.browser.test_everyone import ALL, COLOURS, RUN, axe

pytestmark = pytest.mark.browser

__all__ = ["axe"]  # a fixture

PAGES = [
    ("ed", "/resources/kuberay/history/3/undo/"),
    ("ed", "/resources/kuberay/history/rollback/"),
    ("mo", "/people/ada/"),
    ("mo", "/people/ada/clean-up/"),
    ("mo", "/people/cora/trust/"),
    ("mo", "/people/cora/block/"),
    ("mo", "/resources/kuberay/protect/"),
    ("cora", "/report/?person=ada"),
    ("mo", "/reports/"),
    ("mo", "/log/"),
]


@pytest.mark.parametrize(("name", "address"), PAGES)
def test_axe_finds_nothing(signed_in_page: Opener, axe: str, name: str, address: str) -> None:  # the fixture
    for width in (1280, 320):
        page = signed_in_page(name, address, width=width)
        page.evaluate(axe)
        assert page.evaluate(RUN, ALL) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(RUN, COLOURS) == []


def complaints(page: Page) -> list[str]:
    """What the browser says against the page from now on."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        place = message.location["url"]
        if message.type in {"error", "warning"} and not place.endswith("/favicon.ico"):
            said.append(f"{message.text} {place}")

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_the_administration_works_within_the_csp(signed_in_page: Opener) -> None:
    page = signed_in_page("admin", "/admin/")
    said = complaints(page)
    for address in ("/admin/", "/admin/resources/entry/", "/admin/accounts/user/", "/admin/resources/bannedword/add/"):
        page.goto(address)
    page.get_by_label("Word").fill("casino")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("casino")
    page.goto("/admin/resources/entry/")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("protect_selected")
    page.locator("input[name=reason]").fill("A quarrel.")
    page.locator("#changelist-form button[name=index]").click()
    expect(page.locator(".messagelist")).to_contain_text("Done with 1")
    page.locator("input.action-select").first.check()
    page.locator("select[name=action]").select_option("unprotect_selected")
    page.locator("#changelist-form button[name=index]").click()
    expect(page.locator(".messagelist")).to_contain_text("Done with 1")
    assert said == []


def test_a_change_is_undone_from_the_history_without_scripts(signed_in_page: Opener) -> None:
    page = signed_in_page("ed", "/resources/kuberay/history/", scripts=False)
    page.get_by_role("link", name="undo revision 3", exact=True).click()
    expect(page.locator("h1")).to_have_text("Undo revision 3 of KubeRay")
    page.get_by_label("Why").fill("Not so.")
    page.get_by_role("button", name="Undo this change").click()
    expect(page.locator(".messages")).to_contain_text("Taken back")
    expect(page.locator(".revisions > li").first).to_contain_text("Undo revision 3 by Ada Byron: Not so.")


def test_somebody_reports_and_a_moderator_decides(signed_in_page: Opener) -> None:
    page = signed_in_page("cora", "/resources/kuberay/")
    page.get_by_role("link", name="Report this entry").click()
    page.get_by_label("outdated").check()
    page.get_by_label("What is not right?").fill("There is a newer version.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.locator(".messages")).to_contain_text("Thank you")
    queue = signed_in_page("mo", "/reports/")
    pile = queue.locator(".pile", has_text="There is a newer version.")
    pile.get_by_label("A word to who reported it").fill("Mended.")
    pile.get_by_role("button", name="They are right").click()
    expect(queue.locator(".messages")).to_contain_text("Decided")

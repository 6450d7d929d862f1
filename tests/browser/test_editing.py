"""The editing form in a real browser: the keyboard, completion, the live preview, and the conflict page."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener
from tests.browser.test_everyone import ALL, COLOURS, RUN, axe  # noqa: F401  # a fixture

pytestmark = pytest.mark.browser

VALUE = "document.activeElement.value"


def textarea(page: Page, text: str = "") -> None:
    """Empties the introduction and types."""
    page.locator("#id_introduction").fill("")
    page.locator("#id_introduction").focus()
    page.keyboard.type(text)


def test_keys_and_buttons_of_the_toolbar(signed_in_page: Opener) -> None:
    page = signed_in_page("ed", "/sections/new/")
    textarea(page, "word")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    assert page.evaluate(VALUE) == "**word**"
    page.keyboard.press("Control+b")
    assert page.evaluate(VALUE) == "word"
    page.keyboard.press("Control+i")
    assert page.evaluate(VALUE) == "*word*"
    page.keyboard.press("Control+z")
    assert page.evaluate(VALUE) == "word"
    bar = page.get_by_role("toolbar").first
    textarea(page, "item")
    bar.get_by_role("button", name="List").click()
    assert page.evaluate(VALUE) == "- item"
    textarea(page, "word")
    page.keyboard.press("Control+a")
    bar.get_by_role("button", name="Link").click()
    page.keyboard.press("End")
    assert page.evaluate(VALUE) == "[word](https://)"
    assert page.locator("#id_heading").evaluate("box => box.previousElementSibling.textContent").count("Heading") == 0


def test_enter_goes_on_with_a_list_and_ends_it(signed_in_page: Opener) -> None:
    page = signed_in_page("ed", "/sections/new/")
    textarea(page, "- one\ntwo\n\nend")
    assert page.evaluate(VALUE) == "- one\n- two\n\nend"
    textarea(page, "9. nine\nten")
    assert page.evaluate(VALUE) == "9. nine\n10. ten"


def test_brackets_complete_titles(signed_in_page: Opener) -> None:
    page = signed_in_page("ed", "/sections/new/")
    textarea(page, "See [[kuber")
    options = page.locator(".completions").get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(options.first).to_contain_text("KubeRay")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    title = options.first.evaluate("row => row.firstChild.textContent")
    page.keyboard.press("Enter")
    expect(options).to_have_count(0)
    assert re.fullmatch(rf"See \[\[resource:[a-z-]+\|{re.escape(title)}\]\]", page.evaluate(VALUE))
    page.keyboard.type(" and [[kube")
    expect(options.first).to_be_visible()
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)


def test_a_late_answer_leaves_the_marked_title_marked(signed_in_page: Opener) -> None:
    page = signed_in_page("ed", "/sections/new/")
    held: list[Route] = []
    page.route(lambda address: address.endswith("q=kuberay"), lambda route: held.append(route))
    textarea(page, "See [[kubera")
    options = page.locator(".completions").get_by_role("option")
    expect(options.nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    title = options.nth(1).text_content()
    with page.expect_request(lambda request: request.url.endswith("q=kuberay")):
        page.keyboard.type("y")
    page.evaluate("() => document.querySelector('.completions').dataset.before = 'yes'")
    held[0].continue_()
    expect(page.locator(".completions:not([data-before])")).to_be_visible()
    expect(page.locator(".completions [aria-selected=true]")).to_have_text(str(title))


def test_the_preview_follows_and_suggests_a_summary(signed_in_page: Opener) -> None:
    page = signed_in_page("ed", "/resources/daft/edit/")
    page.locator("#id_summary").fill("Frames **of data**.")
    expect(page.locator("[data-preview] strong")).to_have_text("of data")
    page.get_by_role("button", name="Change the summary").click()
    expect(page.locator("#id_why")).to_have_value("Change the summary")


def test_control_enter_saves(signed_in_page: Opener) -> None:
    page = signed_in_page("ed", "/resources/daft/edit/")
    page.locator("#id_summary").fill("Frames of data, spread over a cluster.")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/resources/daft/")
    expect(page.locator(".messages")).to_contain_text("live as revision")
    expect(page.locator(".lead").first).to_have_text("Frames of data, spread over a cluster.")


def test_everything_works_without_scripts(signed_in_page: Opener) -> None:
    page = signed_in_page("ed", "/resources/new/", scripts=False)
    page.get_by_label("Title").fill("Written without scripts")
    page.get_by_label("Link", exact=False).first.fill("https://example.org/without-scripts")
    page.get_by_label("Summary", exact=True).first.fill("Plain **forms**.")
    page.locator("[data-preview-button]").click()
    expect(page.locator("[data-preview] strong")).to_have_text("forms")
    page.get_by_role("button", name="One more section").click()
    page.locator("#id_placements-1-section").select_option(label="— Libraries")
    page.get_by_role("button", name="Save").click()
    assert page.url.endswith("/resources/written-without-scripts/")
    expect(page.locator(".facts").first).to_contain_text("Libraries")
    page.goto("/resources/written-without-scripts/remove/")
    page.get_by_label("Why?").fill("Only a trial.")
    page.get_by_role("button", name="Remove it").click()
    page.get_by_role("button", name="Undo the removal").click()
    expect(page.locator(".messages")).to_contain_text("is back")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_conflict_is_settled_on_its_page(signed_in_page: Opener, scripts: bool) -> None:
    mine = signed_in_page("ed", "/resources/verl/edit/", scripts=scripts)
    theirs = signed_in_page("mo", "/resources/verl/edit/", scripts=scripts)
    theirs.locator("#id_summary").fill(f"What Mo says, scripts {scripts}.")
    theirs.get_by_role("button", name="Save").click()
    theirs.wait_for_url("**/resources/verl/")
    mine.locator("#id_summary").fill(f"What Ed says, scripts {scripts}.")
    mine.locator("#id_language").fill(f"python {scripts}")
    mine.get_by_role("button", name="Save").click()
    expect(mine.locator("h1")).to_contain_text("changed while you were editing")
    mine.get_by_label("Your own wording", exact=True).fill(f"What both say, scripts {scripts}.")
    if not scripts:
        mine.get_by_label("Your own wording, from the box below").check()
    mine.get_by_role("button", name="Save what I chose").click()
    mine.wait_for_url("**/resources/verl/")
    expect(mine.locator(".messages")).to_contain_text("merged with one by Mo Hill")
    expect(mine.locator(".lead").first).to_have_text(f"What both say, scripts {scripts}.")


def test_somebody_else_is_seen_while_one_types(signed_in_page: Opener) -> None:
    first = signed_in_page("ed", "/resources/slime/edit/")
    with first.expect_response("**/edit/presence/"):
        first.reload()
    second = signed_in_page("mo", "/resources/slime/edit/", scripts=False)
    expect(second.locator("[data-presence]")).to_contain_text("Ed Marsh")


FORMS = ["/resources/kuberay/edit/", "/sections/security/edit/", "/resources/new/", "/sections/security/remove/",
         "/drafts/", "/resources/kuberay/restore/1/"]  # fmt: skip


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(signed_in_page: Opener, axe: str, address: str, width: int) -> None:  # noqa: F811
    page = signed_in_page("ed", address, width=width)
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(RUN, COLOURS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_axe_finds_nothing_on_the_conflict_page(signed_in_page: Opener, axe: str) -> None:  # noqa: F811
    mine, theirs = (signed_in_page(name, "/resources/softlearning/edit/") for name in ("ed", "mo"))
    for page, words in ((theirs, "Theirs."), (mine, "Mine.")):
        page.locator("#id_summary").fill(words)
        page.get_by_role("button", name="Save").click()
    expect(mine.locator("h1")).to_contain_text("changed while you were editing")
    mine.evaluate(axe)
    assert mine.evaluate(RUN, ALL) == []
    mine.emulate_media(color_scheme="dark")
    assert mine.evaluate(RUN, COLOURS) == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_heading_leads_to_the_form_of_its_part(signed_in_page: Opener, axe: str, width: int) -> None:  # noqa: F811
    page = signed_in_page("ed", "/sections/security/", width=width)
    link = page.get_by_role("link", name=re.compile("Edit this part.*A short checklist"))
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    page.emulate_media(media="print")
    expect(link).to_be_hidden()
    page.emulate_media(media="screen")
    link.click()
    expect(page.locator("main")).to_contain_text("You edit only the part “A short checklist”")

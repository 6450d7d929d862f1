"""Six ways to lose what one typed, and that none of them does: a session that ended, an old token, a conflict, an error in
a field, a server that broke, a tab that was closed.
"""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

WORDS = "Words that took an hour to find."


def typed(signed_in_page: Opener, slug: str, **choices: object) -> Page:
    """A form in which somebody has typed."""
    page = signed_in_page("mo", f"/resources/{slug}/edit/", **choices)
    page.locator("#id_summary").fill(WORDS)
    return page


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def test_a_session_that_ended(signed_in_page: Opener) -> None:
    page = typed(signed_in_page, "quokka", scripts=False)
    cookies = [one for one in page.context.cookies() if "session" not in one["name"]]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # a cookie as it came
    save(page)
    expect(page.locator(".notice.green")).to_contain_text("what you typed is kept here")
    page.get_by_role("link", name="Sign in and go on").click()
    page.locator("input[autocomplete~=username]").fill("mo")
    page.locator("input[type=password]").fill("correct horse")
    page.locator("main form button.first").click()
    page.wait_for_url("**/resources/quokka/edit/")
    expect(page.locator("#id_summary")).to_have_value(WORDS)
    save(page)
    expect(page.locator(".lead").first).to_have_text(WORDS)


def test_a_token_that_is_too_old(signed_in_page: Opener) -> None:
    page = typed(signed_in_page, "modin", scripts=False)
    page.context.add_cookies([{"name": "rayhub_csrf", "value": "x" * 32, "domain": "127.0.0.1", "path": "/"}])
    save(page)
    expect(page.locator("h1")).to_have_text("Send it again")
    page.get_by_role("button", name="Send it again").click()
    page.wait_for_url("**/resources/modin/")
    expect(page.locator(".lead").first).to_have_text(WORDS)


def test_a_conflict_that_is_left(signed_in_page: Opener) -> None:
    page = typed(signed_in_page, "horovod")
    other = signed_in_page("ed", "/resources/horovod/edit/")
    other.locator("#id_summary").fill("What another found in a minute.")
    save(other)
    other.wait_for_url("**/resources/horovod/")
    save(page)
    expect(page.locator("h1")).to_contain_text("changed while you were editing")
    page.goto("/tags/")
    page.goto("/drafts/")
    page.get_by_role("link", name="Go on").first.click()
    expect(page.locator("#id_summary")).to_have_value(WORDS)


def test_an_error_in_a_field(signed_in_page: Opener) -> None:
    page = typed(signed_in_page, "fugue", scripts=False)
    page.locator("#id_title").fill("")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("cannot be sent yet")
    expect(page.locator("#id_title_error")).to_be_visible()
    expect(page.locator("#id_summary")).to_have_value(WORDS)


@pytest.mark.parametrize("broken", ["server", "network"])
def test_a_server_that_broke(signed_in_page: Opener, broken: str) -> None:
    page = signed_in_page("mo", "/resources/daft/edit/")

    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
        elif broken == "server":
            route.fulfill(status=500, body="Something broke here")
        else:
            route.abort()

    page.context.route("**/drafts/save/", lambda route: route.abort())
    page.route("**/resources/daft/edit/", answer)
    page.locator("#id_summary").fill(f"{WORDS} {broken}")
    save(page)
    page.wait_for_timeout(300)
    page.unroute("**/resources/daft/edit/")
    again = page.context.new_page()
    again.goto("/resources/daft/edit/")
    again.get_by_role("button", name="Use that text").click()
    expect(again.locator("#id_summary")).to_have_value(f"{WORDS} {broken}")
    save(again)
    again.wait_for_url("**/resources/daft/")
    again.goto("/resources/daft/edit/")
    expect(again.locator("[data-copy-offer]")).to_be_hidden()


def test_a_tab_that_was_closed(signed_in_page: Opener) -> None:
    page = typed(signed_in_page, "verl")
    expect(page.locator("[data-draft-words]")).to_have_text("Draft kept.", timeout=10_000)
    page.locator("#id_language").fill("typed in the last second")
    page.wait_for_timeout(500)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto("/resources/verl/edit/")
    expect(again.locator(".notice").first).to_contain_text("is here.")
    again.get_by_role("button", name="Use that text").click()
    expect(again.locator("#id_summary")).to_have_value(WORDS)
    expect(again.locator("#id_language")).to_have_value("typed in the last second")
    elsewhere = signed_in_page("mo", "/resources/verl/edit/")  # another browser: only the server's draft is there
    elsewhere.get_by_role("link", name="Use it").click()
    expect(elsewhere.locator("#id_summary")).to_have_value(WORDS)


def test_an_older_tab_asks_before_it_overwrites(signed_in_page: Opener) -> None:
    page = typed(signed_in_page, "raysql")
    expect(page.locator("[data-draft-words]")).to_have_text("Draft kept.", timeout=10_000)
    older = signed_in_page("mo", "/resources/raysql/edit/")
    older.locator("#id_summary").fill("Typed in another window.")
    expect(older.locator("[data-draft-clash]")).to_be_visible(timeout=10_000)
    older.get_by_role("button", name="Keep what is here now").click()
    expect(older.locator("[data-draft-words]")).to_have_text("Draft kept.", timeout=10_000)
    expect(older.locator("[data-draft-clash]")).to_be_hidden()


def test_the_form_of_a_proposal_keeps_its_text_too(signed_in_page: Opener) -> None:
    page = signed_in_page("cora", "/resources/kuberay/edit/")
    page.locator("#id_summary").fill("Clusters on Kubernetes.")
    page.get_by_role("button", name="Send the proposal").click()
    page.wait_for_url("**/proposals/*/")
    page.get_by_role("link", name="Amend").click()
    expect(page.get_by_role("toolbar").first).to_be_visible()
    page.locator("#id_summary").fill(f"{WORDS} **Bold**")
    expect(page.locator("[data-preview] strong")).to_have_text("Bold")
    expect(page.locator("[data-draft-words]")).to_have_text("Draft kept.", timeout=10_000)
    page.locator("#id_language").fill("typed in the last second")
    page.wait_for_timeout(500)
    address, context = page.url, page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    expect(again.locator(".notice").first).to_contain_text("is here.")
    again.get_by_role("button", name="Use that text").click()
    expect(again.locator("#id_language")).to_have_value("typed in the last second")
    again.keyboard.press("Control+Enter")
    again.wait_for_url("**/proposals/*/")
    again.get_by_role("link", name="Amend").click()
    expect(again.locator("#id_summary")).to_have_value(f"{WORDS} **Bold**")
    expect(again.locator("[data-copy-offer]")).to_be_hidden()


COPIES = "Object.keys(localStorage).filter((key) => key.startsWith('typed:'))"


def test_copies_go_with_their_writer_and_the_draft_stays(signed_in_page: Opener) -> None:
    page = signed_in_page("vera", "/resources/mlflow-with-tune/edit/", fresh=True)
    page.locator("#id_summary").fill(WORDS)
    page.wait_for_timeout(600)
    (own,) = page.evaluate(COPIES)
    page.evaluate("localStorage.setItem('typed:999:entry:1', '{}')")
    page.context.new_page().goto("/tags/")  # somebody else typed here once: their copy goes, one's own stays
    page.wait_for_timeout(300)
    assert page.evaluate(COPIES) == [own]
    page.locator("#id_language").fill("typed in the last second")
    page.locator("[popovertarget=account-menu]").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/edit/" not in url)
    assert page.evaluate(COPIES) == []
    again = signed_in_page("vera", "/resources/mlflow-with-tune/edit/?draft=use", fresh=True)
    expect(again.locator("#id_summary")).to_have_value(WORDS)
    expect(again.locator("#id_language")).to_have_value("typed in the last second")

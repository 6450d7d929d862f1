"""Review from the keyboard, and as everyone sees it: the queue and a proposal, with and without scripts."""

import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import ROOT, Opener
from tests.browser.test_everyone import ALL, COLOURS, RUN, axe

pytestmark = pytest.mark.browser

__all__ = ["axe"]

SEED = """
import sys
import django; django.setup()
from accounts.models import User
from resources.entries.content import read_content
from resources.entries.models import Resource
from resources.moderation.actions import propose
from resources.proposals.models import Proposal
cora = User.objects.get(name="cora")
name, count = sys.argv[1], int(sys.argv[2])
made = []
for number in range(count):
    content = {"title": f"{name} {number}", "slug": f"{name}-{number}".lower(), "url": f"https://example.org/{name}/{number}"}
    one = propose(content | {"summary": "scales things"}, author=cora, type="resource", summary=f"{name}, please.")
    made.append(one.pk)
entry = Resource.objects.get(slug="kuberay")
edit = propose(read_content(entry) | {"language": name}, author=cora, entry=entry, summary="Language.")
Proposal.objects.filter(pk__in=[edit.pk, *made]).update(batch=name)
print(edit.pk)
"""


@pytest.fixture
def proposals(site: str, site_environment: dict[str, str]):
    """Makes proposals in a batch of their own; gives the number of the last, an edit."""

    def made(batch: str, count: int = 3) -> int:
        command = [sys.executable, "-c", SEED, batch, str(count)]
        done = subprocess.run(command, cwd=ROOT, env=site_environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return int(done.stdout)

    return made


def test_the_queue_from_the_keyboard(signed_in_page: Opener, proposals) -> None:
    proposals("Keyed")
    page = signed_in_page("mo", "/review/?batch=Keyed")
    assert page.locator("[data-row]").count() == 4
    for key, row in (("j", 0), ("j", 1), ("k", 0), ("j", 1)):
        page.keyboard.press(key)
        assert (
            page.locator("[data-row]").nth(row).locator("[data-row-link]").evaluate("e => e === document.activeElement")
        )
    page.keyboard.press("x")
    assert page.locator("[name=picked]:checked").count() == 1
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.keyboard.press("?")
    assert not page.locator("#keys").is_visible()
    page.locator("#batch-note").fill("jjaa?")
    assert page.url.endswith("batch=Keyed")
    assert page.locator("#batch-note").input_value() == "jjaa?"
    page.locator("[data-row-link]").first.focus()
    page.keyboard.press("r")
    page.wait_for_url("**/proposals/**")
    assert page.locator("#reject-note").evaluate("e => e === document.activeElement")


def test_deciding_from_the_keyboard(signed_in_page: Opener, proposals) -> None:
    proposals("Fast")
    page = signed_in_page("mo", "/review/?batch=Fast")
    page.locator("[data-row-link]").first.click()
    page.wait_for_url("**/proposals/**")
    first = page.locator("h1").inner_text()
    page.keyboard.press("j")
    page.wait_for_function("title => document.querySelector('h1').innerText !== title", arg=first)
    page.keyboard.press("k")
    page.wait_for_function("title => document.querySelector('h1').innerText === title", arg=first)
    page.keyboard.press("a")
    page.wait_for_url("**decided=**")
    assert "accepted" in page.locator(".decided").inner_text()
    assert page.locator("h1").inner_text() == "Fast 1"
    page.keyboard.press("u")
    page.wait_for_function("title => document.querySelector('h1').innerText === title", arg=first)
    assert page.locator(".proposal-head").get_by_text("under review").count() == 1
    page.keyboard.press("c")
    page.keyboard.type("A capital letter, please.")
    assert page.locator("#changes-note").input_value() == "A capital letter, please."
    page.locator("#changes form button").click()
    page.wait_for_url("**decided=**")
    assert "changes asked for" in page.locator(".decided").inner_text()


def test_deciding_without_scripts(signed_in_page: Opener, proposals) -> None:
    proposals("Plain", 2)
    page = signed_in_page("mo", "/review/?batch=Plain", scripts=False)
    for box in page.locator("[name=picked]").all()[:2]:
        box.check()
    page.get_by_role("button", name="Accept those ticked").click()
    assert "2 proposals were decided" in page.locator(".messages").inner_text()
    page.locator("[data-row-link]").first.click()
    page.locator("#reject summary").click()
    page.locator("#reject-note").fill("Not now.")
    page.get_by_role("button", name="Reject it").click()
    assert "rejected" in page.locator(".decided").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert "undone" in page.locator(".messages").inner_text()


def test_axe_finds_nothing_on_review(signed_in_page: Opener, open_page: Opener, axe: str, proposals) -> None:
    number = proposals("Axed")
    pages = [("mo", "/review/"), ("mo", f"/proposals/{number}/"), ("mo", f"/proposals/{number - 1}/"),
             ("cora", "/proposals/"), ("cora", "/review/"), ("cora", f"/proposals/{number}/amend/")]  # fmt: skip
    for name, address in pages:
        for width in (1280, 360):
            page = signed_in_page(name, address, width=width)
            assert urlsplit(page.url).path == address
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            page.evaluate(axe)
            assert page.evaluate(RUN, ALL) == [], (name, address, width)
            page.emulate_media(color_scheme="dark")
            assert page.evaluate(RUN, COLOURS) == [], (name, address, width)
            page.close()

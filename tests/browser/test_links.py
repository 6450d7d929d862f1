"""A reader doubts a verdict, and an editor ignores a link: by keyboard, on a phone, without scripts, and for everybody."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Opener
from tests.browser.test_everyone import ALL, COLOURS, RUN, axe

pytestmark = pytest.mark.browser

__all__ = ["axe"]  # a fixture

STANDING = """
import django; django.setup()
from datetime import timedelta
from django.utils import timezone
from resources.links.models import Check, Link, Tally
now = timezone.now()
Link.objects.update(state="ok", cause="found", status=200, checked_at=now - timedelta(days=2), worked_at=now)
Link.objects.update(due_at=now + timedelta(days=5))
told = {"broken": ("not_found", 404), "failing": ("timeout", 0), "moved": ("moved", 200), "blocked": ("forbidden", 403)}
links = list(Link.objects.filter(resources__isnull=False).order_by("pk")[:5])
for link, (state, (cause, status)) in zip(links, told.items()):
    Link.objects.filter(pk=link.pk).update(state=state, cause=cause, status=status, failing_since=now - timedelta(days=9))
    Check.objects.create(link=link, verdict="broken", cause=cause, status=status, first_at=now, last_at=now)
Link.objects.filter(pk=links[4].pk).update(cause="drifted")
for back in range(30):
    Tally.objects.create(day=now.date() - timedelta(days=back), counts={"ok": 300, "broken": back, "moved": 3})
"""


@pytest.fixture(scope="module")
def _standing(site: str, site_environment: dict[str, str]) -> None:
    command = [sys.executable, "-c", STANDING]
    done = subprocess.run(command, cwd=ROOT, env=site_environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.usefixtures("_standing")
def test_a_verdict_is_doubted_and_judged(open_page: Opener, signed_in_page: Opener) -> None:
    page = open_page("/links/", scripts=False, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.get_by_role("img", name="Links in trouble, day by day")).to_be_visible()
    page.get_by_text("As a table").click()
    expect(page.get_by_role("row", name="29").first).to_be_visible()
    page.locator("main a[href*='state=broken']").first.click()
    page.locator(".link-title a").first.click()
    address = page.url
    expect(page.locator("main")).to_contain_text("The site says that it has no such page (404).")

    reader = signed_in_page("cora", address, width=360)
    button = reader.get_by_role("button", name="Test again now")
    button.focus()
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("status")).to_contain_text("in line")

    editor = signed_in_page("ed", address)
    editor.get_by_text("Ignore it for a while").click()
    editor.get_by_label("Why does it not count?").fill("They move their site.")
    editor.get_by_role("button", name="Ignore it").click()
    expect(editor.get_by_role("status")).to_contain_text("It is ignored until")
    expect(open_page(address).locator("main")).to_contain_text("They move their site.")


@pytest.mark.usefixtures("_standing")
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(open_page: Opener, signed_in_page: Opener, axe: str, width: int) -> None:
    page = open_page("/links/", width=width)
    link = page.locator(".link-title a").first.get_attribute("href")
    resource = page.locator(".rows .quiet-links a").first.get_attribute("href")
    assert link
    assert resource
    for address in ("/links/", "/links/about/", "/links/?state=nonsense", resource, f"{resource}links/"):
        page.goto(address)
        page.evaluate(axe)
        assert page.evaluate(RUN, ALL) == []
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(RUN, COLOURS) == []
        page.emulate_media(color_scheme="light")
    page = signed_in_page("ed", link, width=width)
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []

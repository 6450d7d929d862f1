"""A repair of a link, accepted in one click on all its pages and taken back; and the pages as everyone sees them."""

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
from resources.repairs.proposing import propose_repairs
from tests.makers import a_guide, a_resource
from tests.repairs.cast import NEW, OLD, moved
for name in sys.argv[1:]:
    old, new = f"{OLD}/{name}", f"{NEW}/{name}-with-a-longer-name-of-its-own/and/more/of/it"
    a_resource(f"Guide of {name}", slug=f"guide-of-{name}", url=old, summary=f"It tells of {name}.")
    a_guide(f"What {name} is", body=f"Read [the guide]({old}) first.\\n\\n```\\n{old}\\n```\\n\\nThen go on.")
    moved(old, new)
print(*propose_repairs().proposed)
"""


@pytest.fixture
def repairs(site: str, site_environment: dict[str, str]):
    """Lets links of these names move, and the link keeper propose what follows; gives the repairs' numbers."""

    def made(*names: str) -> list[int]:
        command = [sys.executable, "-c", SEED, *names]
        done = subprocess.run(command, cwd=ROOT, env=site_environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return [int(number) for number in done.stdout.split()]

    return made


def test_accepted_with_one_click_and_taken_back(signed_in_page: Opener, repairs) -> None:
    [number] = repairs("actors")
    page = signed_in_page("mo", "/review/")
    page.get_by_role("link", name="old.example.org/guide/actors").click()
    page.wait_for_url(f"**/links/repairs/{number}/")
    assert page.get_by_role("checkbox", checked=True).count() == 2
    page.get_by_role("button", name="Accept").click()
    assert "right on 2 pages" in page.locator(".messages").inner_text()
    page.goto("/wiki/what-actors-is/")
    assert "new.example.org" in (page.get_by_role("link", name="the guide").get_attribute("href") or "")
    assert "old.example.org" in page.locator("pre").inner_text()
    page.goto(f"/links/repairs/{number}/")
    page.get_by_role("button", name="Undo").click()
    assert "waits again" in page.locator(".messages").inner_text()


def test_without_scripts_some_pages_are_taken_out_and_another_is_rejected(signed_in_page: Opener, repairs) -> None:
    first, second = repairs("tasks", "objects")
    page = signed_in_page("mo", f"/links/repairs/{first}/", scripts=False)
    page.get_by_role("checkbox").first.uncheck()
    page.get_by_role("button", name="Accept").click()
    assert "right on 1 page" in page.locator(".messages").inner_text()
    page.goto(f"/links/repairs/{second}/")
    page.locator("details summary", has_text="Reject").click()
    page.locator("#reject-reason").fill("It is another guide.")
    page.get_by_role("button", name="Reject it").click()
    assert "not proposed again" in page.locator(".messages").inner_text()


def test_axe_finds_nothing_on_repairs(signed_in_page: Opener, open_page: Opener, axe: str, repairs) -> None:
    [number] = repairs("queues")
    pages = [("mo", "/links/repairs/"), ("mo", "/links/repairs/?cause=moved"), ("mo", f"/links/repairs/{number}/")]
    for name, address in [*pages, ("", "/links/repairs/"), ("", f"/links/repairs/{number}/")]:
        for width in (1280, 320):
            page = signed_in_page(name, address, width=width) if name else open_page(address, width=width)
            assert urlsplit(page.url).path == address.partition("?")[0]
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            page.evaluate(axe)
            assert page.evaluate(RUN, ALL) == [], (name, address, width)
            page.emulate_media(color_scheme="dark")
            assert page.evaluate(RUN, COLOURS) == [], (name, address, width)
            page.close()

"""Pages that everyone can use: axe-core finds nothing, in light and in dark, wide and on a phone."""

import fcntl
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.addresses import ADDRESSES
from tests.browser.conftest import ROOT, Opener
from tests.conftest import need

pytestmark = pytest.mark.browser

AXE = "axe-core@4.14.1"
INSTALL = f"npm i --prefix var/axe --no-save {AXE}"
FOLDER = ROOT / "var" / "axe"
RUN = """
  async (options) => {
    const found = await axe.run(document, { resultTypes: ["violations"], ...options });
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`.slice(0, 600));
  }
"""
ALL: dict[str, object] = {}
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
"""What differs between light and dark."""


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe-core, installed by npm on the first run and kept under var/."""
    source = FOLDER / "node_modules" / "axe-core" / "axe.min.js"
    if not source.exists() and (npm := shutil.which("npm")):
        FOLDER.mkdir(parents=True, exist_ok=True)
        with (FOLDER / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            command = [npm, *INSTALL.split()[1:], "--no-audit", "--no-fund", "--silent"]
            subprocess.run(command, cwd=ROOT, env=os.environ, check=False, capture_output=True, timeout=120)
    need(source.exists(), f"axe-core is missing here. Run: {INSTALL}")
    return Path(source).read_text()


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing(open_page: Opener, axe: str, address: str) -> None:
    page = open_page(address)
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(RUN, COLOURS) == []


@pytest.mark.parametrize(
    "address", ["/", "/resources/", "/sections/security/", "/wiki/ray-security/", "/resources/kuberay/history/1..3/"]
)
def test_axe_finds_nothing_on_a_phone(open_page: Opener, axe: str, address: str) -> None:
    page = open_page(address, width=360)
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []


def test_axe_finds_nothing_in_the_open_drawer(open_page: Opener, axe: str) -> None:
    page = open_page("/tags/", width=360)
    page.get_by_role("button", name="Sections and pages").click()
    page.evaluate(axe)
    assert page.evaluate(RUN, ALL) == []

"""A copy of the site, opened from disk."""

import subprocess
import sys

import pytest

from tests.browser.conftest import ROOT

pytestmark = pytest.mark.browser


def test_a_copy_is_read_and_searched_without_a_server(open_page, site_environment, site, tmp_path):
    command = [sys.executable, "manage.py", "export_site", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, env=site_environment, check=True, capture_output=True)
    page = open_page(f"file://{tmp_path}/index.html")
    page.get_by_role("main").get_by_role("link", name="Ray in ten minutes").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Ray in ten minutes"
    page.wait_for_load_state()
    assert page.evaluate("getComputedStyle(document.querySelector('.page')).display") != "block"
    box = page.get_by_role("banner").get_by_role("searchbox")
    box.fill("shadowray")
    box.press("Enter")
    found = page.locator("[data-offline-results] a")
    found.first.wait_for()
    assert "ShadowRay" in found.first.inner_text()
    words = page.get_by_role("main").get_by_role("searchbox")
    words.fill("kubeR")
    page.locator("[data-offline-results] a", has_text="KubeRay").first.wait_for()
    words.fill("qqq zzz")
    page.get_by_text("Nothing in this copy").wait_for()
    words.fill("kuberay")
    found.first.click()
    page.get_by_role("heading", level=1).wait_for()
    assert page.url.startswith("file://")

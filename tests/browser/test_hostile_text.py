"""Hostile texts, rendered and put into the DOM of a real Chromium: nothing may run."""

import json

import pytest
from playwright.sync_api import sync_playwright

from resources.text.markdown import render, render_inline
from tests.browser.conftest import ARGUMENTS, chromium_path
from tests.conftest import SHARED
from tests.text.hostile_texts import SNIPPETS

pytestmark = pytest.mark.browser


PLACE = "https://site.example/x/"  # answered by the test itself, as is every other address: by nothing
EMPTY = "<!doctype html><title>t</title><body></body>"
WATCH = """
  () => {
    window.ran = [];
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
      window[name] = () => { window.ran.push(name); };
  }
"""
DRAW = """
  (pages) => {
    for (const html of pages) {
      const place = document.createElement('div');
      place.innerHTML = html;
      document.body.append(place);
    }
    for (const part of document.body.querySelectorAll('details')) part.open = true;
    for (const part of document.body.querySelectorAll('div *')) {
      for (const type of ['click', 'mouseover', 'focus', 'load', 'error', 'toggle', 'animationstart'])
        part.dispatchEvent(new Event(type, {bubbles: true, cancelable: true}));
    }
  }
"""
FINDINGS = """
  () => {
    const found = [...window.ran];
    for (const part of document.body.querySelectorAll('div *')) {
      for (const name of part.getAttributeNames())
        if (name.startsWith('on') || name === 'style' || name.includes('-')) found.push(part.outerHTML);
      if (part.id && !part.id.startsWith('c-')) found.push(part.outerHTML);
      if (part.href && !/^(https?|mailto):$/.test(new URL(part.href).protocol)) found.push(part.outerHTML);
      if (part.matches('script, style, iframe, object, embed, form, input, button, svg, math, base, link, meta'))
        found.push(part.outerHTML);
    }
    for (const name of ['main', 'cookie', 'body', 'title'])
      if (document[name] instanceof HTMLAnchorElement || document[name] instanceof HTMLImageElement) found.push(name);
    return found;
  }
"""


def _sources() -> list[str]:
    known = SHARED / "hostile" / "xss.jsonl"
    if not known.exists():
        return SNIPPETS
    return SNIPPETS + [json.loads(line)["markdown"] for line in known.read_text("utf-8").splitlines()]


def _findings(pages: list[str]) -> list[str]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())
        page.route(PLACE, lambda route: route.fulfill(body=EMPTY, content_type="text/html"))
        page.on("dialog", lambda dialog: dialog.dismiss())
        page.goto(PLACE)
        page.evaluate(WATCH)
        page.evaluate(DRAW, pages)
        page.wait_for_timeout(300)  # images fail and frames load after the DOM is there
        findings: list[str] = page.evaluate(FINDINGS)
        browser.close()
    return findings


def test_nothing_runs_in_a_browser():
    sources = _sources()
    pages = [render(source).html for source in sources] + [render_inline(source).html for source in sources]
    assert _findings(pages) == []


def test_the_browser_notices_what_runs():
    assert "alert" in _findings(["<img src=x onerror=alert(1)>"])

"""Every page in a real browser: light, quiet, and fitting the smallest screen."""

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import ADDRESSES
from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

LIGHT = 60_000
"""Bytes that a page may weigh over the wire, with its styles and scripts."""

WIDTH = "document.documentElement.scrollWidth"


def _watch(page: Page) -> tuple[list[int], list[str]]:
    """What a page will transfer and complain about from now on."""
    sizes: list[int] = []
    complaints: list[str] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return sizes, complaints


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_light_quiet_and_narrow(open_page: Opener, address: str) -> None:
    page = open_page("about:blank", width=320)
    sizes, complaints = _watch(page)
    response = page.goto(address, wait_until="networkidle")
    assert response is not None
    assert response.status == ADDRESSES[address]
    expected = [] if response.status == 200 else [f"status of {response.status}"]
    assert len(complaints) == len(expected), complaints
    assert all(words in complaint for words, complaint in zip(expected, complaints, strict=True))
    assert 3 <= len(sizes) <= 9  # the search page begins in its box, which brings what is offered while one types
    assert sum(sizes) < LIGHT
    assert page.evaluate(WIDTH) == 320
    page.set_viewport_size({"width": 640, "height": 400})  # 200 % zoom of 1280 × 800
    assert page.evaluate(WIDTH) == 640


def test_nothing_is_allowed_inline(open_page: Opener) -> None:
    page = open_page("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p id=x style=\"color: red\">x</p>')")
    page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))")
    assert page.evaluate("[window.ran, getComputedStyle(document.querySelector('#x')).color === 'rgb(255, 0, 0)']") == [
        None,
        False,
    ]


@pytest.mark.parametrize("address", ["/sections/security/", "/resources/"])
def test_print_leaves_the_frame_away(open_page: Opener, address: str) -> None:
    page = open_page(address, dark=True)
    page.emulate_media(media="print")
    assert not page.locator(".bar").is_visible()
    assert not page.locator(".side").is_visible()
    assert page.locator("h1").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_nothing_moves_while_a_page_loads(open_page: Opener) -> None:
    page = open_page("about:blank")
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => {"
        " for (const entry of list.getEntries()) window.shift += entry.value;"
        "}).observe({type: 'layout-shift', buffered: true});"
    )
    for address in ("/", "/resources/", "/sections/security/"):
        page.goto(address, wait_until="networkidle")
        assert page.evaluate("window.shift") < 0.01

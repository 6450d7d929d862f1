"""Addresses that do not answer, or answer with anything but a page: each trouble is told apart."""

import gzip

import pytest

from resources.fetching.troubles import trouble_of
from resources.fetching.visits import Cause, Verdict
from tests.fetching.small_web import WORDS, Request, Web, answer, page, redirect
from tests.fetching.test_visiting import visited


async def hang(request: Request) -> None:
    """No answer at all."""
    await request.gone()


async def reset(request: Request) -> None:
    """The connection breaks."""
    request.reset()


async def close(request: Request) -> None:
    """Nothing, and good-bye."""


async def drip(request: Request) -> None:
    """A body that never ends."""
    request.writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 999999\r\n\r\n")
    request.writer.write(b"<title>Slow words</title><p>")
    await request.writer.drain()
    await request.gone()


@pytest.mark.parametrize(
    ("shown", "cause", "asked"),
    [
        (hang, Cause.TIMEOUT, 2),
        (reset, Cause.CONNECTION_RESET, 2),
        (close, Cause.NOT_HTTP, 2),
        (lambda request: b"\x00\x01 no HTTP\r\nConnection: close\r\n\r\n", Cause.NOT_HTTP, 2),
        (page(status=500), Cause.SERVER_ERROR, 2),
        (page(status=501), Cause.SERVER_ERROR, 1),
        (page(status=418), Cause.REFUSED_REQUEST, 1),
        (answer(status=301), Cause.NOT_HTTP, 1),
        (redirect("/x"), Cause.REDIRECT_LOOP, 1),
        (redirect("http://[bad"), Cause.NOT_HTTP, 1),
    ],
)
def test_what_is_broken(web: Web, shown, cause: Cause, asked: int):
    address = web.add("/x", shown)
    found = visited([address], web.manners(timeout=0.3))[address]
    assert (found.verdict, found.cause) == (Verdict.BROKEN, cause)
    assert found.note
    assert (found.requests, len(web.asked)) == (asked, asked)


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (401, Cause.SIGN_IN),
        (403, Cause.FORBIDDEN),
        (407, Cause.SIGN_IN),
        (451, Cause.LEGAL),
        (999, Cause.BOT_WALL),
    ],
)
def test_what_a_machine_cannot_tell(web: Web, status: int, cause: Cause):
    address = web.add("/x", page("404 Not Found", status=status))
    found = visited([address], web.manners())[address]
    assert (found.verdict, found.cause, found.requests) == (Verdict.BLOCKED, cause, 1)


def test_a_wall_against_machines_is_no_error_of_the_site(web: Web):
    wall = "<p>Verifying you are human. This may take a few seconds.</p><script>window._cf_chl_opt={}</script>"
    for status in (200, 403, 503):
        address = web.add(f"/{status}", page("Just a moment...", wall, status))
        found = visited([address], web.manners())[address]
        assert (found.verdict, found.cause, found.requests) == (Verdict.BLOCKED, Cause.BOT_WALL, 1)


def test_a_refused_connection_and_a_name_of_nobody(web: Web):
    refused, nobody = "http://127.0.0.1:1/x", "http://no-such-host.invalid/x"
    found = visited([refused, nobody, web.add("/a", page())], web.manners())
    assert found[refused].cause is Cause.CONNECTION_REFUSED
    assert found[nobody].cause is Cause.NO_SUCH_HOST


@pytest.mark.parametrize("status", [500, 503, 502, 429])
def test_what_passes_is_tried_again(web: Web, status: int):
    address = web.add("/x", lambda request: page(status=status) if request.count == 1 else page())
    found = visited([address], web.manners())[address]
    assert (found.verdict, found.requests) == (Verdict.OK, 2)


def test_other_troubles_one_after_the_other_are_tried_a_third_time(web: Web):
    def shaky(request: Request):
        return {1: reset(request) if request.count == 1 else None, 2: page(status=502)}.get(request.count, page())

    address = web.add("/x", shaky)
    found = visited([address], web.manners(retries=2))[address]
    assert (found.verdict, found.requests) == (Verdict.OK, 3)


def test_bodies_are_read_as_far_as_needed(web: Web):
    endless = answer(b"\0" * 3_000_000, headers={"Content-Type": "application/zip"})
    film, slow = web.add("/film", endless), web.add("/slow", drip)
    short = web.add("/short", answer(b"<title>Half", headers={"Content-Length": "5000", "Connection": "close"}))
    found = visited([film, slow, short], web.manners(timeout=0.8))
    assert {visit.verdict for visit in found.values()} == {Verdict.OK}
    assert found[slow].title == "Slow words"
    assert found[film].title == ""
    assert not found[slow].fingerprint


def test_a_small_bomb_stays_small(web: Web):
    packed = gzip.compress(b"<title>Boom</title>" + b"\0" * 50_000_000)
    bomb = web.add("/bomb", answer(packed, headers={"Content-Encoding": "gzip"}))
    broken = web.add("/broken", answer(b"no gzip", headers={"Content-Encoding": "gzip"}))
    found = visited([bomb, broken], web.manners())
    assert {visit.verdict for visit in found.values()} == {Verdict.OK}
    assert found[bomb].title == "Boom"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
def test_packed_pages_are_read(web: Web, encoding: str):
    import zlib

    plain = f"<title>Packed</title><p>{WORDS}".encode()
    packed = {"gzip": gzip.compress(plain), "deflate": zlib.compress(plain)}.get(encoding)
    raw = zlib.compressobj(wbits=-15)
    body = packed or raw.compress(plain) + raw.flush()
    address = web.add("/x", answer(body, headers={"Content-Encoding": encoding.replace("raw", "deflate")}))
    assert visited([address], web.manners())[address].title == "Packed"


def test_a_header_without_end_is_no_answer(web: Web):
    fair = web.add("/fair", page(headers={"X-Policy": "a" * 12_000}))
    endless = web.add("/endless", page(headers={"X-Policy": "a" * 200_000}))
    found = visited([fair, endless], web.manners())
    assert found[fair].verdict is Verdict.OK
    assert found[endless].cause is Cause.NOT_HTTP


def test_what_we_do_not_know_is_blamed_on_nobody(caplog: pytest.LogCaptureFixture):
    trouble = trouble_of(ZeroDivisionError())
    assert (trouble.cause, trouble.own) == (Cause.VOID, True)
    assert "ZeroDivisionError" in trouble.note
    assert caplog.records[0].exc_info

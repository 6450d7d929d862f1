"""A page is read for what it says of itself, and hostile bytes are read too."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.fetching.fingerprints import likeness
from resources.fetching.pages import Page, read_page, same_as_nonsense

ADDRESS = "https://www.example.org/a/page"
PAGE = """<!doctype html><html><head><title> A &amp; B
 </title><link rel=canonical href="/a/page?x=1&amp;y=2"><script>var x = "<p id='not-here'>no words</p>"</script>
<style>p { color: red }</style></head><body><nav>Home Docs</nav><h1 id="first">Head <em>line</em></h1>
<!-- <p id="commented">hidden</p> --><p id='second' data-id="data">Words &eacute; more.</p><a name=third></a>
<template><p id="in-template">unseen</p></template><div hidden><b>unseen</b><div>too</div></div><p>After.</p></body></html>"""


def read(text: str, address: str = ADDRESS, kind: str = "text/html; charset=utf-8") -> Page:
    return read_page(text.encode(), kind, address)


def test_title_words_ids_and_canonical_address_are_read() -> None:
    page = read(PAGE)
    assert page.title == "A & B"
    assert page.text == "Home Docs Head line Words é more. After."
    assert page.ids == {"first", "second", "third", "in-template"}
    assert page.canonical == "https://www.example.org/a/page?x=1&y=2"
    assert (page.soft_404, page.parked, page.wall) == ("", "", "")


@pytest.mark.parametrize(
    ("body", "kind", "word"),
    [
        ("<title>Größe</title>".encode("latin-1"), "text/html; charset=ISO-8859-1", "Größe"),
        ("<title>Größe</title>".encode(), "text/html", "Größe"),
        ("<title>Größe</title>".encode("latin-1"), "text/html", "Größe"),
        ("\ufeff<title>Größe</title>".encode("utf-16-le"), "text/html; charset=latin-1", "Größe"),
        ("\ufeff<title>Größe</title>".encode(), "text/html; charset=latin-1", "Größe"),
        ('<meta charset="windows-1251"><title>Привет</title>'.encode("cp1251"), "text/html", "Привет"),
        ("<title>日本語</title>".encode("shift_jis"), "text/html; charset=Shift_JIS", "日本語"),
        ("<title>中文</title>".encode("gb18030"), "text/html;charset=gb2312", "中文"),
        (b"<title>plain</title>", "text/html; charset=zip", "plain"),
        (b"<title>plain</title>", "text/html; charset=punycode", "plain"),
        (b"<meta charset=utf-16><title>plain</title>", "text/html; charset=no-such", "plain"),
        ("<title>Größe</title>ü".encode()[:-1], "text/html", "Größe"),
        (b"<!DOCTYPE html><title>plain</title>", "", "plain"),
    ],
)
def test_letters_are_read_as_browsers_read_them(body: bytes, kind: str, word: str) -> None:
    assert read_page(body, kind, ADDRESS).title == word


def test_what_is_no_page_is_not_read_as_one() -> None:
    page = read_page(b"%PDF-1.7 <title>Page not found</title>", "application/pdf", ADDRESS)
    assert (page.title, page.soft_404, page.html) == ("", "", False)
    assert read("# Words\n\nof a file", kind="text/plain").text == "# Words of a file"


@pytest.mark.parametrize(
    ("fragment", "lacks"),
    [
        ("first", False),
        ("FIRST", False),
        ("user-content-first", False),
        ("over-there", False),
        ("%C3%BCber", False),
        ("top", False),
        ("L10", False),
        ("L10-L20", False),
        (":~:text=words", False),
        ("first:~:text=words", False),
        ("nowhere:~:text=words", True),
        ("!/route", False),
        ("/route", False),
        ("t=15", False),
        ("issuecomment-123", False),
        ("", False),
        ("commented", True),
        ("nowhere", True),
    ],
)
def test_a_fragment_is_found_in_the_ways_that_browsers_and_forges_find_it(fragment: str, lacks: bool) -> None:
    filler = "<p>" + "word " * 50
    page = read(PAGE.replace("</body>", '<a id="user-content-over-there"></a><h2 id="über">Ü</h2></body>') + filler)
    assert page.lacks(f"{ADDRESS}#{fragment}") is lacks


def test_no_fragment_is_missing_where_nobody_can_tell() -> None:
    shell = read("<title>App</title><div id=root></div><script src=/app.js></script>")
    assert shell.shell
    assert not shell.lacks(ADDRESS + "#nowhere")
    assert not read_page(PAGE.encode(), "text/html", ADDRESS, whole=False).lacks(ADDRESS + "#nowhere")
    assert not read_page(b"%PDF", "application/pdf", ADDRESS).lacks(ADDRESS + "#page=3")


def test_the_page_for_nonsense_is_known_again_and_a_shell_never_is() -> None:
    words = "<title>A site</title><p>" + " ".join(f"word{number}" for number in range(80))
    nonsense = read(words).fingerprint
    assert same_as_nonsense(read(words), nonsense)
    assert not same_as_nonsense(read(words), "404")
    assert not same_as_nonsense(read(words), "")
    assert not same_as_nonsense(read(PAGE), nonsense)
    shell = "<title>An app with a name</title><p>You need JavaScript for this app.</p><script src=/app.js></script>"
    assert not same_as_nonsense(read(shell), read(shell).fingerprint)


_ODD = """< > </ <! <!-- --> <a <p <script> </script> <title> </title> <svg> <template> <div> <div hidden> </div> " ' = & &#x41;
&#0; &bogus; \0 \x1b é 中 id= name= href= class=x / not found 404 sorry, the page you requested is for sale <h1> </h1> <noscript>"""
_PIECES = st.sampled_from([*_ODD.split(), " "])


@given(
    st.lists(_PIECES, max_size=60).map("".join),
    st.sampled_from(["text/html", "text/html; charset=gbk", "text/plain", "", "x"]),
)
@settings(max_examples=150, deadline=None)
def test_no_text_is_too_odd(text: str, kind: str) -> None:
    page = read(text, kind=kind)
    assert len(page.fingerprint) <= 120
    assert "\0" not in page.text + page.title


@given(st.binary(max_size=300), st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_bytes_are_too_odd(body: bytes, kind: str, address: str) -> None:
    read_page(body, kind, address)
    read_page(body, "text/html; charset=" + kind, address)
    likeness(kind, address)


_SHAPES = [
    "<",
    "<a ",
    '<a "',
    '<a b=">" ',
    "<a b='",
    "<!--",
    "<!",
    "</",
    "<script>",
    "<title>",
    "<div hidden>",
    "<div>",
    "&",
    "&#x41;",
]
_SHAPES += [
    "user-content-",
    "<a ====",
    " ",
    "sorry the page you looking for ",
    "<noscript>",
    '<meta content="',
    "\0",
    "<h1>",
    "é",
    "</div",
]
_SHAPES += [
    "the requested page ",
    "this domain is ",
    "error ",
    "not found - ",
    "<svg><title>",
    "<p id=a>",
    "a",
    "<p hidden ",
    "- ",
    "4",
    "404 ",
]


@pytest.mark.parametrize("shape", _SHAPES)
def test_time_grows_with_the_length_only(shape: str) -> None:
    def seconds(length: int) -> float:
        body = (shape * (length // len(shape) + 1)).encode()[:length]
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            read_page(b"<title>" + body, "text/html", ADDRESS)
            read_page(body, "text/html", ADDRESS)
            best = min(best, time.process_time() - start)
        return best

    small = seconds(16 * 1024)
    assert seconds(128 * 1024) < max(8 * small * 2.5, 0.1)

"""A page among files leads to the files beside it, and online where there is none."""

import pytest

from resources.offline.rewriting import SEARCH, local, with_content

SITE = "https://hub.example"
FILES = {
    ("/", ""): "index.html",
    ("/wiki/ray/", ""): "wiki/ray/index.html",
    ("/wiki/", ""): "wiki/index.html",
    ("/wiki/", "page=2"): "wiki/page-2.html",
    ("/tags/架構/", ""): "tags/架構/index.html",
    ("/static/a.css", ""): "static/a.css",
}


def led(html: str, address: str = "/wiki/ray/", file: str = "wiki/ray/index.html") -> str:
    return local(html, address=address, file=file, file_of=lambda path, query: FILES.get((path, query)), site=SITE)


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ('<a href="/">', '<a href="../../index.html">'),
        ('<a href="/wiki/">', '<a href="../index.html">'),
        ('<a href="/wiki/?page=2">', '<a href="../page-2.html">'),
        ('<a href="/wiki/ray/#c-x">', '<a href="index.html#c-x">'),
        ('<a href="#c-x">', '<a href="#c-x">'),
        ('<a href="?page=2&amp;x=1">', f'<a href="{SITE}/wiki/ray/?page=2&amp;x=1">'),
        ('<a href="history/">', f'<a href="{SITE}/wiki/ray/history/">'),
        ('<a href="/tags/%E6%9E%B6%E6%A7%8B/">', '<a href="../../tags/%E6%9E%B6%E6%A7%8B/index.html">'),
        ('<a href="https://ray.io/?a=1&amp;b=2">', '<a href="https://ray.io/?a=1&amp;b=2">'),
        ('<a href="//evil.example/">', '<a href="//evil.example/">'),
        ('<link rel="stylesheet" href="/static/a.css">', '<link rel="stylesheet" href="../../static/a.css">'),
        ('<form action="/search/">', f'<form action="../../{SEARCH}">'),
        ('<a data-x href="mailto:a@b.example">', '<a data-x href="mailto:a@b.example">'),
    ],
)
def test_where_links_lead(given, made):
    assert led(given) == made


def test_forms_that_change_something_and_scripts_that_ask_a_server_go():
    page = led('a<form class="x" method="post" action="/watch/"><button>Watch</button></form>b')
    assert page == "ab"
    assert led('<script src="/static/js/presence.1f.js" defer></script>') == ""
    assert "theme" in led('<script src="/static/js/theme.1f.js"></script>')


def test_what_asks_the_site_while_one_types_goes():
    page = led(
        '<input type="search" data-suggests autocomplete="off"><template data-palette="/x.js"><dialog></dialog></template>b'
    )
    assert page == '<input type="search" autocomplete="off">b'


def test_what_is_true_for_a_day_goes():
    assert led('<time datetime="2026-01-01" title="3 minutes ago">1 January</time>') == (
        '<time datetime="2026-01-01">1 January</time>'
    )


def test_a_frame_with_another_content():
    page = "<title>Old</title><main id=main><p>old</p></main><footer>f</footer>"
    assert with_content(page, title="A & B", content="<p>\\1 new</p>") == (
        "<title>A &amp; B</title><main id=main><p>\\1 new</p></main><footer>f</footer>"
    )

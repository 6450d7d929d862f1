"""A page of the site as a file among files: its links lead to the files beside it, and online where there is none."""

import posixpath
import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from urllib.parse import quote, unquote, urljoin, urlsplit

SEARCH = "search.html"
"""The page that every search form of a copy leads to."""

QUIET = ("compare", "drawer", "offline-search", "scrollers", "search-keys", "tab-copy", "theme")
"""Scripts that ask no server anything, and so stay."""

_LEADING = re.compile(r'(\s(?:href|src|action)=")([^"]*)(")')
_POSTED = re.compile(r"<form\b[^>]*\bmethod=\"post\"[^>]*>.*?</form>", re.DOTALL | re.IGNORECASE)
_SEARCHED = re.compile(r'(<form\b[^>]*\saction=")/(?:resources|search)/(")')
_SCRIPT = re.compile(r'<script\b[^>]*\ssrc="[^"]*/js/([a-z-]+)[^"]*"[^>]*></script>')
_ASKING = re.compile(r"<template\b[^>]*\bdata-palette\b.*?</template>|\sdata-suggests(?=[\s>])", re.DOTALL)
"""What asks the site while one types."""

_AGO = re.compile(r'(<time\b[^>]*?) title="[^"]*"')
"""How long ago something was when the copy was made."""

_MAIN = re.compile(r"(<main\b[^>]*>).*(</main>)", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)

type FileOf = Callable[[str, str], str | None]
"""(path, query) → the file of a page or None, both as an address has them."""


def local(html: str, *, address: str, file: str, file_of: FileOf, site: str) -> str:
    """The page at `address` as `file`: links to pages that are files become relative, all others lead to `site`.

    Forms that change something go, and so do words that are true for a day; search forms lead to the copy's own search.
    """
    html = _AGO.sub(r"\1", _ASKING.sub("", _POSTED.sub("", html)))
    html = _SCRIPT.sub(lambda match: match[0] if match[1] in QUIET else "", html)
    html = _SEARCHED.sub(lambda match: f"{match[1]}{relative(SEARCH, file)}{match[2]}", html)

    def lead(match: re.Match[str]) -> str:
        return f"{match[1]}{escape(_led(unescape(match[2]), address, file, file_of, site))}{match[3]}"

    return _LEADING.sub(lead, html)


def _led(target: str, address: str, file: str, file_of: FileOf, site: str) -> str:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or target.startswith("#") or not target:
        return target
    if target.endswith(SEARCH):
        return target
    joined = urlsplit(urljoin(address, target))
    found = file_of(unquote(joined.path), joined.query)
    if found is None:
        return site + joined.geturl()
    return relative(found, file) + (f"#{joined.fragment}" if joined.fragment else "")


def relative(target: str, file: str) -> str:
    """How one file of the copy leads to another."""
    return quote(posixpath.relpath(target, posixpath.dirname(file) or "."))


def addresses_in(html: str, address: str) -> Iterable[tuple[str, str]]:
    """(path, query) of every link of a page that stays on the site."""
    for match in _LEADING.finditer(html):
        parts = urlsplit(unescape(match[2]))
        if not parts.scheme and not parts.netloc and not match[2].startswith("#"):
            joined = urlsplit(urljoin(address, unescape(match[2])))
            yield unquote(joined.path), joined.query


def with_content(html: str, *, title: str, content: str) -> str:
    """The frame of a page with another title and content in it."""
    html = _TITLE.sub(lambda _match: f"<title>{escape(title)}</title>", html, count=1)
    return _MAIN.sub(lambda match: match[1] + content + match[2], html, count=1)

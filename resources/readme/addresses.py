"""The addresses that a Markdown file leads to, with the lines where they stand."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from markdown_it.token import Token

from resources.readme.inline import Env, parse_blocks, parse_inline
from resources.text.addresses import BadAddress, normalise

_IN_HTML = re.compile(r"""\s(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_BARE = re.compile(r"""(?<![A-Za-z])https?://[^\s<>"'`|]+""", re.IGNORECASE)
_AFTER = ".,:;!?*_~'\""
"""What a sentence may put behind a bare address."""


class Standing(NamedTuple):
    """An address of the outside, in the spelling that stands first, and all lines where it stands (1 is the first)."""

    address: str
    lines: list[int]


def addresses_of(text: str) -> list[Standing]:
    """Every http and https address of links and images in a Markdown text, each once; code is no link."""
    found: dict[str, Standing] = {}
    env: Env = {}
    for token in parse_blocks(text.removeprefix("\ufeff"), env):
        line = (token.map or (0, 0))[0] + 1
        if token.type == "inline":
            placed = _in_inline(token.content, env)
        elif token.type == "html_block":
            placed = _in_html(token.content, 0)
        else:
            continue
        for address, offset in placed:
            if address.lower().startswith(("http://", "https://")):
                standing = found.setdefault(_key(address), Standing(address, []))
                where = line + token.content.count("\n", 0, offset)
                if where not in standing.lines:
                    standing.lines.append(where)
    return list(found.values())


def _in_inline(content: str, env: Env) -> Iterator[tuple[str, int]]:
    """Addresses in a paragraph, a heading or a cell, each with its place in the content."""
    tokens, place, depth = parse_inline(content, env), 0, 0
    for token in tokens:
        start, end = token.meta.get("span", (place, place))
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "link_open":
            yield str(token.attrs.get("href", "")), start
            place = max(place, start)
        elif token.type == "html_inline":
            yield from _in_html(token.content, start)
            place = max(place, end)
        elif token.type == "text" and not depth:
            yield from _bare(token.content, content, place)
        if token.type in ("code_inline", "image"):
            place = max(place, end)
        yield from _images(token, start)


def _images(token: Token, start: int) -> Iterator[tuple[str, int]]:
    if token.type == "image":
        yield str(token.attrs.get("src", "")), start


def _bare(words: str, content: str, place: int) -> Iterator[tuple[str, int]]:
    for match in _BARE.finditer(words):
        address = match.group().rstrip(_AFTER)
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(_AFTER)
        yield address, max(content.find(address, place), 0)


def _in_html(markup: str, offset: int) -> Iterator[tuple[str, int]]:
    for match in _IN_HTML.finditer(markup):
        yield unescape(next(group for group in match.groups() if group is not None)), offset + match.start()


def _key(address: str) -> str:
    try:
        return normalise(address)
    except BadAddress:
        return address

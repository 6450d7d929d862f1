"""`@name` in rendered text: who is meant, and the links that lead to them. Code and links are left as they are."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from html.parser import HTMLParser

NAME = re.compile(r"(?<![\w@/.&#-])@(\w[\w.-]{0,59})")
"""How somebody is named: as accounts are. A dot or a hyphen at the end belongs to the sentence."""

_CLOSED = frozenset({"a", "code", "pre"})


class _Pieces(HTMLParser):
    """The HTML in pieces as they stand, and whether each is text in which people can be named."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[tuple[str, bool]] = []
        self.depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag in _CLOSED
        self.pieces.append((self.get_starttag_text() or "", False))

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        self.pieces.append((self.get_starttag_text() or "", False))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in _CLOSED
        self.pieces.append((f"</{tag}>", False))

    def handle_data(self, data: str) -> None:
        self.pieces.append((data, self.depth == 0))

    def handle_entityref(self, name: str) -> None:
        self.pieces.append((f"&{name};", False))

    def handle_charref(self, name: str) -> None:
        self.pieces.append((f"&#{name};", False))


def people_named(html: str) -> list[str]:
    """The names after `@` in rendered text, in lower case, each once and in order."""
    found = [_name(match).lower() for text, is_open in _pieces(html) if is_open for match in NAME.finditer(text)]
    return list(dict.fromkeys(found))


def link_people(html: str, known: Mapping[str, str]) -> str:
    """The HTML with a link on each `@name` that `known` (lower-case name to address) has."""

    def linked(match: re.Match[str]) -> str:
        name = _name(match)
        address = known.get(name.lower())
        if address is None:
            return match[0]
        return f'<a class="mention" href="{escape(address)}">@{name}</a>{match[1][len(name) :]}'

    return "".join(NAME.sub(linked, text) if is_open else text for text, is_open in _pieces(html))


def _name(match: re.Match[str]) -> str:
    return match[1].rstrip(".-")


def _pieces(html: str) -> Iterator[tuple[str, bool]]:
    return iter(_Pieces(html).pieces if "@" in html else [(html, False)])

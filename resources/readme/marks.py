"""Inline Markdown in one spelling: stars for emphasis, and brackets that mean nothing escaped."""

import re
from bisect import bisect
from collections.abc import Iterator

from resources.readme.inline import is_unreadable, mark_span, parse_inline

_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()\s]*\)")
_LINK_IN_BRACKETS = re.compile(r"(?<![\\!\w\]])\[(\[[^\[\]]*\]\([^()\s]*\)[^\[\]`\\]*)\](?![(\[:])")
_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<]+", re.IGNORECASE)  # GitHub links these, underscores and all
_SIGN = re.compile(r"\\.|\[\^[^\]]*\]|[\[\]]", re.DOTALL)


def with_one_mark(text: str) -> str:
    """Inline Markdown with stars for its underscores of emphasis, or as it was where that would change its sense."""
    if "_" not in text:
        return text
    spans = [mark_span(token) for token in parse_inline(text) if token.nesting and token.markup in ("_", "__")]
    if not spans:
        return text
    addresses = [match.span() for match in _BARE_ADDRESS.finditer(_without_markup(text)[0])]
    if any(first <= start < last for start, _ in spans for first, last in addresses):
        return text
    signs = list(text)
    for start, end in spans:
        signs[start:end] = "*" * (end - start)
    changed = "".join(signs)
    return changed if _sense(changed) == _sense(text) else text


def _sense(text: str) -> list[tuple[str, str]]:
    return [(token.type, token.content) for token in parse_inline(text) if token.type != "text" or token.content]


def with_escaped_brackets(text: str, *, only_around_links: bool = False) -> str:
    """Inline Markdown without a bracket that could be taken for a reference to a definition.

    Where references may still be meant, `only_around_links` leaves brackets alone that hold no link: a link's label
    holds none.
    """
    if "[" not in text or is_unreadable(text):
        return text
    text = _LINK_IN_BRACKETS.sub(r"\\[\1\\]", text)
    rest = _LINK.sub("", _LINK.sub("", text))
    if not re.search(r"(?<!\\)\[", rest):
        return text
    places = sorted(_loose_brackets(text, only_around_links=only_around_links))
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    return "\\".join(pieces)


def _loose_brackets(text: str, *, only_around_links: bool) -> Iterator[int]:
    """The places of brackets that are no markup."""
    masked, links = _without_markup(text)
    masked = _BARE_ADDRESS.sub(lambda match: " " * len(match[0]), masked)
    opened: list[int] = []
    for match in _SIGN.finditer(masked):
        place = match.start()
        if match[0] == "[":
            opened.append(place)
        elif match[0] == "]" and opened:
            first = opened.pop()
            if not only_around_links or bisect(links, place) > bisect(links, first):
                yield from (first, place)
        elif match[0] == "]" and not only_around_links:
            yield place
    if not only_around_links:
        yield from opened


def _without_markup(text: str) -> tuple[str, list[int]]:
    """`text` with blanks for its links, images, code and HTML, and where its links begin."""
    masked = list(text)
    links: list[int] = []
    for token in parse_inline(text):
        if "span" in token.meta:
            start, end = token.meta["span"]
            masked[start:end] = " " * (end - start)
            if token.type == "link_open":
                links.append(start)
    return "".join(masked), links

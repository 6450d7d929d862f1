"""What one part of a README must know of the others: addresses named twice, and definitions still referred to."""

import html
import re
from collections.abc import Callable, Iterator

from resources.readme.outline import Outline, Passage
from resources.text.addresses import BadAddress, normalise

_DISABLED = re.compile(r"<!--\s*lint disable[^>]*\bdouble-link\b")
_IGNORED = re.compile(r"<!--\s*lint ignore[^>]*\bdouble-link\b")
_ENABLED = re.compile(r"<!--\s*lint enable[^>]*\bdouble-link\b")
_ADDRESS = re.compile(
    r"(?:(?<!!)\[[^\[\]]*|\))\]\(<?(https?://[^\s)>]+)"
)  # [words](address) or [![badge](image)](address)
_DEFINITION_LINE = re.compile(r"^ {0,3}\[[^\]]+\]:[^\n]*$", re.MULTILINE)
_COMMENT = "<!--lint disable double-link-->"


def texts(outline: Outline) -> Iterator[str]:
    """All Markdown that is not an item's own."""
    for passage in outline.above:
        yield passage.text
    for node in outline.root.walk():
        yield node.heading
        yield node.introduction
        for seat in node.seats:
            if isinstance(seat, Passage):
                yield seat.text


def comment_for_repeated_links(outline: Outline, written: Callable[[str], str] = str) -> tuple[str, bool]:
    """The comment that tells awesome-lint that links are repeated on purpose, "" where none is wanted, and whether it
    may stand at the file's top: not where a later comment would end it before the sections begin.

    `written` gives a text as the file will have it.
    """
    prose = [written(text) for text in texts(outline)]
    if any(_DISABLED.search(text) for text in prose):
        return "", True
    has_own_comments = any(_IGNORED.search(text) for text in prose)
    addresses = [item.wording.url for item in outline.items()]
    if not has_own_comments:
        addresses += [_spelled(match[1]) for text in prose for match in _ADDRESS.finditer(text)]
    seen: set[str] = set()
    for address in addresses:
        key = _key(address)
        if key in seen:
            return _COMMENT, not any(_ENABLED.search(text) for text in prose)
        seen.add(key)
    return "", True


def _spelled(destination: str) -> str:
    """The address that a link's destination stands for."""
    return html.unescape(re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", destination))


def _key(address: str) -> str:
    try:
        return normalise(address)
    except BadAddress:
        return address


class Definitions:
    """Tells which reference definitions the prose still needs: items carry their addresses themselves."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.words: str | None = None
        self.addresses: set[str] = set()

    def keeps(self, label: str, address: str) -> bool:
        """Whether to keep a definition: something refers to it, or its address stands nowhere else."""
        if label.startswith("^") or label == "//" or address in ("", "#"):
            return True  # footnotes, and the definitions that people write as comments
        if self.words is None:
            self.gather()
        used = re.compile(re.escape(f"[{_folded(label)}]") + r"(?![(:])")
        return bool(used.search(self.words or "")) or address not in self.addresses

    def gather(self) -> None:
        """Collect what the outline says, once."""
        parts = [_DEFINITION_LINE.sub("", text) for text in texts(self.outline)]
        for item in self.outline.items():
            parts += [item.wording.lead, item.wording.label, item.wording.summary]
            self.addresses.add(item.wording.url)
        self.words = _folded("\n".join(parts))
        for part in parts:
            self.addresses.update(re.findall(r"\]\(<?([^\s)>]+)", part))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())

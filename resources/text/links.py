"""The links of rendered HTML, and which of them came and went."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass(frozen=True, slots=True)
class Link:
    """An address and the words that lead to it."""

    address: str
    words: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Link] = []
        self.address: str | None = None
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a" and given.get("href"):
            self.address, self.words = given["href"], []
        elif tag == "img" and self.address is not None:
            self.words.append(given.get("alt") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.address is not None:
            self.found.append(Link(self.address, " ".join("".join(self.words).split())))
            self.address = None

    def handle_data(self, data: str) -> None:
        if self.address is not None:
            self.words.append(data)


def links_of(html: str) -> list[Link]:
    """The links of a piece of HTML in order; those within its own page are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [link for link in reader.found if not link.address.startswith("#")]


@dataclass(frozen=True, slots=True)
class LinkChanges:
    """The links that only one side has, each as often as it has it more."""

    added: list[Link] = field(default_factory=list)
    removed: list[Link] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def link_changes(before: str, after: str) -> LinkChanges:
    """Which addresses came and went between two pieces of HTML; other words for the same address are no change."""
    old, new = links_of(before), links_of(after)
    return LinkChanges(_beyond(new, old), _beyond(old, new))


def _beyond(links: list[Link], others: list[Link]) -> list[Link]:
    left = Counter(link.address for link in others)
    beyond = []
    for link in links:
        if left[link.address]:
            left[link.address] -= 1
        else:
            beyond.append(link)
    return beyond

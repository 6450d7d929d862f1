"""The clean form of a README, which awesome-lint passes and which reads back and writes again to the same bytes."""

import re
from collections.abc import Callable, Iterator

from resources.readme.anchors import Anchors
from resources.readme.inline import escape
from resources.readme.items import read_item
from resources.readme.marks import with_one_mark
from resources.readme.outline import Item, Node, Outline, Passage, Seat
from resources.readme.prose import Keeps, holds_seats, is_one_paragraph, tidy
from resources.readme.repeated import Definitions, comment_for_repeated_links
from resources.readme.wording import clean_item

DEEPEST = 6
_UNLISTED = frozenset({"Contributing", "Footnotes", "Related Lists"})  # the sections that awesome-lint wants left out
_HTML_HEADING = re.compile(r"<h1\b", re.IGNORECASE)


def has_seats_in_prose(outline: Outline) -> bool:
    """Whether an introduction or a passage holds a list or a heading: written out and read again it would be seats."""
    return any(
        holds_seats(text)
        for node in outline.root.walk()
        for text in (node.introduction, *(seat.text for seat in node.seats if isinstance(seat, Passage)))
    )


class Classic:
    """One README in the making: chunks of text, each with its distance from the one before it.

    `written` gives a text as the file will have it, with its lists written out.
    """

    def __init__(self, outline: Outline, written: Callable[[str], str] = str) -> None:
        self.outline = outline
        self.written = written
        self.keeps = Definitions(outline).keeps
        self.anchors = Anchors()
        self.chunks: list[str] = []
        self.depth = -1  # of the item that is open, -1 for none
        self.within_list = False

    def text(self) -> str:
        root = self.outline.root
        comment, at_top = comment_for_repeated_links(self.outline, self.written)
        if comment and at_top:
            self.prose(comment, 0)
        for passage in self.outline.above:
            self.seat(passage)
        if self.names_the_list():
            self.heading(root, 1)
        self.prose(root.introduction, 0)
        contents = self.contents_place()
        for place, seat in enumerate(root.seats):
            if place == contents:
                self.contents(seat)
            else:
                self.seat(seat)
        if contents is None and root.children and not self.has_contents_section():
            self.contents(Passage(""))
        if comment and not at_top:
            self.prose(comment, 0)
        for child in root.children:
            self.section(child, 2)
        return "".join(self.chunks) + "\n"

    def names_the_list(self) -> bool:
        root = self.outline.root
        if not root.title and not root.heading:
            return False
        shown = [root.introduction, *(passage.text for passage in self.outline.above)]
        return bool(root.heading_source) or not any(_HTML_HEADING.search(text) for text in shown)

    def contents_place(self) -> int | None:
        for place, seat in enumerate(self.outline.root.seats):
            if isinstance(seat, Passage) and seat.form == "contents":
                return place
        return None

    def has_contents_section(self) -> bool:
        return any(node.title.casefold() == "contents" for node in self.outline.root.walk())

    def section(self, node: Node, level: int) -> None:
        self.heading(node, level)
        self.prose(node.introduction, 0)
        for seat in node.seats:
            self.seat(seat)
        for child in node.children:
            self.section(child, level + 1)

    def heading(self, node: Node, level: int) -> None:
        self.add(f"{'#' * min(level, DEEPEST)} {heading_markdown(node)}".rstrip())

    def seat(self, seat: Seat) -> None:
        if isinstance(seat, Item):
            self.item(clean_item(seat.wording), seat.depth)
        elif seat.form == "item":
            text = _item_text(seat.text, self.keeps)
            self.item(text, seat.depth, tight=not text.startswith("<"))  # only a blank line ends a block of HTML
        else:  # prose, or what stood in a further table of contents
            self.prose(seat.text, seat.depth)

    def item(self, text: str, depth: int, *, tight: bool = True) -> None:
        if not text:
            return
        self.depth = min(depth, self.depth + 1)
        indent = "  " * self.depth
        self.add(_indented(f"- {text}", indent, indent + "  "), in_list=True, tight=tight and "\n" not in text)

    def prose(self, text: str, depth: int) -> None:
        text = tidy(text, self.keeps)
        if not text:
            return
        inner = min(depth, self.depth + 1)
        self.add(_indented(text, "  " * inner, "  " * inner), in_list=inner > 0)
        self.depth = inner - 1

    def contents(self, seat: Seat) -> None:
        lines = list(self.contents_lines())
        if lines:
            self.add("## Contents")
        if isinstance(seat, Passage):
            self.prose(seat.text, 0)
        if lines:
            self.add("\n".join(lines), in_list=True, tight=True)

    def contents_lines(self) -> Iterator[str]:
        anchors = self.anchors.of(self.outline.root if self.names_the_list() else None, self.outline.root.children)
        for child in self.outline.root.children:
            if child.title in _UNLISTED or not child.title:
                continue
            yield f"- [{escape(child.title)}](#{anchors[id(child)]})"
            for inner in child.children:
                if inner.title:
                    yield f"  - [{escape(inner.title)}](#{anchors[id(inner)]})"

    def add(self, text: str, *, in_list: bool = False, tight: bool = False) -> None:
        """Append a chunk after a blank line, or right below where both are lines of one list."""
        if self.chunks:
            self.chunks.append("\n" if tight and self.within_list else "\n\n")
        self.chunks.append(text)
        self.within_list = tight
        if not in_list:
            self.depth = -1


def heading_markdown(node: Node) -> str:
    """A heading's inline Markdown."""
    return with_one_mark(node.heading) if node.heading else escape(node.title)


def _item_text(text: str, keeps: Keeps) -> str:
    """An item's text; a rule within it must not make one of the bullet too."""
    reading = read_item(text, {}) if is_one_paragraph(text) else None
    if reading and reading.wording:  # an address that its section has twice
        return clean_item(reading.wording)
    tidied = tidy(text, keeps)
    return "***" + tidied[3:] if tidied.startswith("---") else tidied


def _indented(text: str, first: str, others: str) -> str:
    head, *rest = text.split("\n")
    return "\n".join([first + head, *(others + line if line else "" for line in rest)])

"""A README as it was read, with what was edited or added since written like its neighbours."""

from collections.abc import Iterator
from dataclasses import dataclass

from resources.readme.blocks import split_lines
from resources.readme.contents_patching import patched_contents
from resources.readme.inline import Env, parse_blocks
from resources.readme.outline import Item, Node, Outline, Passage, Seat
from resources.readme.style import (
    Style,
    blank_lines,
    heading_line,
    item_line,
    reworded_line,
    section_style,
    title_markdown,
)


@dataclass(slots=True)
class _Line:
    """The piece written last: what it is, whether it was added, and the line of the file that followed it."""

    is_item: bool = False
    is_heading: bool = False
    is_new: bool = False
    ends: int = 0


class Faithful:
    """One README in the making."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self.out: list[str] = []
        self.last = _Line()
        self.env = _definitions(outline)
        self.habit = section_style((seat.source for seat in _items(outline) if seat.source), env=self.env)

    def text(self) -> str:
        for passage in self.outline.above:
            self.passage(passage, self.habit)
        for node in self.outline.root.walk():
            self.node(node)
        return "".join(self.out)

    def node(self, node: Node) -> None:
        markdown = title_markdown(node.title, node.heading)
        if node.heading_source and not node.heading_edited:
            self.keep(node.heading_source, node.line)
            self.last.is_heading = True
        elif node.heading_source or (markdown and not self.is_named_in_html(node)):
            line = heading_line(node.level, markdown, node.heading_source, self.habit.eol)
            self.write(line, node.heading_source)
        if node.introduction_source and not node.introduction_edited:
            self.keep(node.introduction_source)
        elif node.introduction:
            self.write(self.lines(node.introduction), node.introduction_source)
        style = None
        for seat in node.seats:
            if seat.source and not seat.edited and not (isinstance(seat, Passage) and seat.form == "contents"):
                self.keep(seat.source, seat.line, is_item=_is_item(seat))
                continue
            style = style or self.style_of(node)
            if isinstance(seat, Item):
                self.item(seat, style)
            else:
                self.passage(seat, style)

    def is_named_in_html(self, node: Node) -> bool:
        """Whether the node is the root of a file that names itself in HTML, or not at all."""
        return node is self.outline.root and any(source for source in self.outline.sources())

    def style_of(self, node: Node) -> Style:
        return section_style(
            (seat.source for seat in node.seats if _is_item(seat) and seat.source), self.habit, self.env
        )

    def item(self, item: Item, style: Style) -> None:
        if item.source:
            line = reworded_line(item.wording, item.depth, item.source, style, self.env)
            self.write(line.removesuffix(blank_lines(line)), item.source, is_item=True, loose=style.loose)
        else:
            self.write(item_line(item.wording, item.depth, style), "", is_item=True, loose=style.loose)

    def passage(self, passage: Passage, style: Style) -> None:
        if passage.form == "contents":
            source = patched_contents(self.outline, passage, self.habit.eol)
            self.keep(source, passage.line)
        elif passage.source and not passage.edited:
            self.keep(passage.source, passage.line, is_item=_is_item(passage))
        elif passage.form == "item" and passage.text:
            first = style.indent * passage.depth + style.bullet + style.gap
            text = self.lines(passage.text, first, " " * len(first.expandtabs(4)))
            self.write(text, passage.source, is_item=True, loose=style.loose)
        elif passage.text:
            indent = style.indent * passage.depth
            self.write(self.lines(passage.text, indent, indent), passage.source)

    def lines(self, text: str, first: str = "", others: str = "") -> str:
        eol = self.habit.eol
        head, *rest = text.split("\n")
        return eol.join([first + head, *(others + line if line else "" for line in rest)]) + eol

    def keep(self, source: str, line: int = 0, *, is_item: bool = False) -> None:
        """Write a piece as it was. After an addition, or where a piece was removed, see to the blank line between."""
        if not source:
            return
        after_removal = bool(line and self.last.ends and line != self.last.ends)
        if (self.last.is_new or after_removal) and not (is_item and self.last.is_item):
            self.see_to_blank_line()
        elif self.last.is_new:
            self.see_to_line_end()
        self.out.append(source)
        self.last = _Line(is_item, ends=line + len(split_lines(source.lstrip("\ufeff \t\r\n"))) if line else 0)

    def write(self, text: str, source: str, *, is_item: bool = False, loose: bool = False) -> None:
        """Write an edited piece with the blank lines that it had, or an added one with those its neighbours have."""
        if source:
            blanks = blank_lines(source)
            at_end = not source.endswith(("\n", "\r"))
            if self.last.is_new and not (is_item and self.last.is_item):
                self.see_to_blank_line()
            self.out.append((text.rstrip("\r\n") if at_end else text) + blanks)
            self.last = _Line(is_item)
            return
        self.see_to_line_end()
        held = ""
        if is_item and self.last.is_item and self.out:
            held = blank_lines(self.out[-1])
            self.out[-1] = self.out[-1].removesuffix(held)
            if loose:
                self.out.append(self.habit.eol)
        elif self.out and not (is_item and self.last.is_heading):
            self.see_to_blank_line()
        self.out += [text, held]
        self.last = _Line(is_item, is_new=True)

    def see_to_line_end(self) -> None:
        if self.out and self.out[-1] and not self.out[-1].endswith(("\n", "\r")):
            self.out[-1] += self.habit.eol

    def see_to_blank_line(self) -> None:
        self.see_to_line_end()
        if self.out and not blank_lines("".join(self.out[-3:])):
            self.out.append(self.habit.eol)


def _definitions(outline: Outline) -> Env:
    env: Env = {}
    for source in outline.sources():
        if "]:" in source:
            parse_blocks(source, env)
    return env


def _is_item(seat: Seat) -> bool:
    return isinstance(seat, Item) or seat.form == "item"


def _items(outline: Outline) -> Iterator[Seat]:
    return (seat for node in outline.root.walk() for seat in node.seats if _is_item(seat))

"""README text → Outline."""

import html
import re
from dataclasses import dataclass, field, replace

from resources.readme.blocks import read_blocks, split_lines
from resources.readme.contents import title_of
from resources.readme.inline import Env, parse_blocks, parse_inline
from resources.readme.lists import folded, line_in_file
from resources.readme.outline import Item, Node, Note, Outline, Passage, Seat, UnreadableReadme
from resources.readme.pieces import Piece, read_pieces
from resources.text.addresses import normalise

LARGEST_FILE = 10_000_000  # bytes; the largest awesome list known is a tenth of it

_HTML_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1\s*>", re.IGNORECASE | re.DOTALL)
_ALT = re.compile(r"<img\b[^>]*?\balt\s*=\s*[\"']([^\"']*)", re.IGNORECASE)


def parse_bytes(data: bytes, name: str = "README.md", *, largest: int = LARGEST_FILE) -> Outline:
    """The Outline of a file's content. Raises UnreadableReadme for what is no list in UTF-8 Markdown."""
    if len(data) > largest:
        raise UnreadableReadme(
            f"{name} is too large ({len(data):,} bytes). Import a README of at most {largest:,} bytes."
        )
    if b"\0" in data:
        raise UnreadableReadme(f"{name} is not a text file (it has NUL bytes). Import the list's README.md.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableReadme(
            f"{name} is not UTF-8 text (line {line}). Save it in UTF-8 and import it again."
        ) from None
    return parse(text, name)


def parse(text: str, name: str = "README.md") -> Outline:
    """The Outline of a README, lists of the site in their short form.

    Raises UnreadableReadme where there is neither a heading nor a list item.
    """
    text, shifts = folded(text)
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    lines = split_lines(text[len(bom) :])
    env: Env = {}
    blocks = read_blocks(parse_blocks(text[len(bom) :], env), lines)
    notes: list[Note] = []
    pieces = read_pieces(blocks, lines, env, notes)
    if not any(piece.kind == "heading" or (piece.kind == "item" and piece.text) for piece in pieces):
        raise UnreadableReadme(f"{name} is not a list (no heading, no list item). Import a README in Markdown.")
    _cut(pieces, lines, bom)
    outline = _Builder(pieces, notes).outline()
    return replace(
        outline, report=tuple(replace(note, line=line_in_file(note.line, shifts)) for note in outline.report)
    )


def _cut(pieces: list[Piece], lines: list[str], bom: str) -> None:
    """Give every piece the lines from its start to the next one's; the first begins where the file does."""
    starts = [0, *(piece.start for piece in pieces[1:]), len(lines)]
    for place, piece in enumerate(pieces):
        piece.source = "".join(lines[starts[place] : starts[place + 1]])
    pieces[0].source = bom + pieces[0].source


@dataclass(slots=True)
class _Section:
    """A Node in the making."""

    title: str
    level: int
    heading: str = ""
    source: str = ""
    line: int = 0
    introduction: Piece | None = None
    seats: list[Seat] = field(default_factory=list)
    children: list["_Section"] = field(default_factory=list)
    addresses: set[str] = field(default_factory=set)

    def node(self) -> Node:
        return Node(
            title=self.title,
            level=self.level,
            heading=self.heading,
            introduction=self.introduction.text if self.introduction else "",
            seats=tuple(self.seats),
            children=tuple(child.node() for child in self.children),
            heading_source=self.source,
            introduction_source=self.introduction.source if self.introduction else "",
            line=self.line,
        )


class _Builder:
    """Puts the pieces into sections."""

    def __init__(self, pieces: list[Piece], notes: list[Note]) -> None:
        self.pieces = pieces
        self.notes = notes

    def outline(self) -> Outline:
        first = self.main_heading()
        above = [_passage(piece) for piece in self.pieces[: max(first, 0)]]
        root = _Section(self.html_title(), 1) if first < 0 else _section(self.pieces[first])
        self.fill(root, self.pieces[first + 1 :])
        report = tuple(sorted(self.notes, key=lambda note: note.line))
        return Outline(root.node(), tuple(above), report)

    def main_heading(self) -> int:
        """The place of the heading that names the list, -1 where no Markdown heading does."""
        mains = [place for place, piece in enumerate(self.pieces) if piece.kind == "heading" and piece.level == 1]
        if not mains:
            return -1
        before = self.pieces[: mains[0]]
        if len(mains) > 1 and any(_HTML_HEADING.search(piece.text) for piece in before if piece.kind == "prose"):
            return -1
        opened = next((place for place, piece in enumerate(before) if piece.kind == "heading"), len(before))
        return -1 if any(piece.wording for piece in before[opened:]) else mains[0]

    def html_title(self) -> str:
        for piece in self.pieces:
            if piece.kind == "heading":
                break
            if match := _HTML_HEADING.search(piece.text):
                words = re.sub(r"<[^>]*>", " ", match[1]) if re.sub(r"<[^>]*>|\s", "", match[1]) else _alt(match[1])
                return " ".join(html.unescape(words).split())
        return ""

    def fill(self, root: _Section, pieces: list[Piece]) -> None:
        stack = [root]
        for piece in pieces:
            section = stack[-1]
            if piece.kind == "heading":
                while len(stack) > 1 and stack[-1].level >= piece.level:
                    stack.pop()
                section = _section(piece)
                stack[-1].children.append(section)
                stack.append(section)
            elif piece.kind == "prose" and not section.introduction and not section.seats:
                section.introduction = piece
            else:
                section.seats.append(self.seat(section, piece))

    def seat(self, section: _Section, piece: Piece) -> Seat:
        if piece.wording:
            address = normalise(piece.wording.url)
            if address not in section.addresses:
                section.addresses.add(address)
                return Item(piece.wording, piece.depth, piece.source, piece.start + 1)
            self.notes.append(Note(piece.start + 1, "list item kept as prose: its address is in this section already"))
        return _passage(piece)


def _alt(text: str) -> str:
    match = _ALT.search(text)
    return match[1] if match else ""


def _section(piece: Piece) -> _Section:
    title = title_of(piece.text, {})
    is_plain = all(token.type in ("text", "text_special") for token in parse_inline(piece.text))
    heading = "" if is_plain else piece.text
    return _Section(title, piece.level, heading, piece.source, piece.start + 1)


def _passage(piece: Piece) -> Passage:
    if piece.kind == "heading":  # one that stands before the main heading
        return Passage(f"{'#' * piece.level} {piece.text}", "prose", 0, piece.source, piece.start + 1)
    return Passage(piece.text, piece.kind, piece.depth, piece.source, piece.start + 1)

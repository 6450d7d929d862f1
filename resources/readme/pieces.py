"""The pieces of a README in the order of the file, before they are put into sections."""

from dataclasses import dataclass
from typing import Literal

from resources.readme.blocks import Block, ListItem, details_blocks, item_text, raw_text, without_blank_ends
from resources.readme.contents import (
    heading_extras,
    is_contents_list,
    is_contents_title,
    is_generated,
    title_of,
    words_of,
)
from resources.readme.inline import Env, block_references, inline_references
from resources.readme.items import read_item
from resources.readme.outline import Note, Wording


@dataclass(slots=True)
class Piece:
    """One heading, run of prose, list item or table of contents, from line `start` (counted from 0) to the next piece.

    `text` is a heading's inline Markdown, else what the passage would hold; an item with a `wording` names a resource.
    """

    kind: Literal["heading", "prose", "item", "contents"]
    start: int
    text: str
    level: int = 0
    depth: int = 0
    wording: Wording | None = None
    source: str = ""


def read_pieces(blocks: list[Block], lines: list[str], env: Env, notes: list[Note]) -> list[Piece]:
    """All pieces; what is kept as prose although it holds links, and what was repaired, is noted."""
    reader = _Reader(lines, env, notes)
    reader.read(blocks, details_blocks(blocks, lines))
    return reader.pieces


class _Reader:
    def __init__(self, lines: list[str], env: Env, notes: list[Note]) -> None:
        self.lines = lines
        self.env = env
        self.notes = notes
        self.pieces: list[Piece] = []
        self.prose: list[Block] = []
        self.headings = 0
        self.in_contents = False
        self.heading_words: set[str] = set()

    def read(self, blocks: list[Block], within_details: set[int]) -> None:
        headings = (text for block in blocks if block.kind == "heading" for text in block.inlines)
        self.heading_words.update(word for text in headings for word in words_of(text))
        skipped = 0
        for place, block in enumerate(blocks):
            if place < skipped:
                continue
            if block.kind == "heading" and place not in within_details and title_of("".join(block.inlines), self.env):
                self.flush()
                skipped = self.heading(blocks, place)
            elif block.kind == "list":
                self.flush()
                self.list(block)
            else:
                self.prose.append(block)
                self.note_prose(block)
        self.flush()

    def note(self, line: int, message: str) -> None:
        self.notes.append(Note(line + 1, message))

    def note_prose(self, block: Block) -> None:
        if block.kind == "table" and any("](" in text for text in block.inlines):
            self.note(block.start, "table with links kept as prose")
        elif block.kind == "heading":
            self.note(block.start, "heading within <details>, or without words, kept as prose")

    def flush(self, depth: int = 0, column: int = 0) -> None:
        """End a run of prose."""
        if self.prose:
            self.pieces.append(Piece("prose", self.prose[0].start, self.text_of(self.prose, column), depth=depth))
            self.prose = []

    def text_of(self, run: list[Block], column: int = 0) -> str:
        starts = [*(block.start for block in run), run[-1].end]
        texts = [raw_text(self.lines, starts[place], starts[place + 1], column) for place in range(len(run))]
        resolved = (block_references(text, block.inlines, self.env) for text, block in zip(texts, run, strict=True))
        return without_blank_ends("".join(resolved))

    def heading(self, blocks: list[Block], place: int) -> int:
        """Read a heading, or the table of contents that it announces. Gives the place of the next block to read."""
        block = blocks[place]
        content = inline_references(" ".join("".join(block.inlines).split("\n")), self.env)
        self.in_contents = False
        if is_contents_title(title_of(content, self.env)):
            after = place + 1
            while after < len(blocks) and blocks[after].kind in ("html_block", "paragraph", "gap"):
                after += 1
            found = after < len(blocks) and blocks[after].kind == "list"
            is_marker = after == place + 1 and (after == len(blocks) or blocks[after].kind == "heading")
            if is_marker or (found and is_contents_list(blocks[after], self.env, announced=True)):
                prose = blocks[place + 1 : after]
                text = "\n\n".join(filter(None, [heading_extras(content), self.text_of(prose) if prose else ""]))
                self.pieces.append(Piece("contents", block.start, text))
                self.in_contents = True
                return after
        self.headings += 1
        self.pieces.append(Piece("heading", block.start, content, level=block.level))
        return place + 1

    def list(self, block: Block) -> None:
        is_contents = (self.in_contents or self.headings <= 1) and is_contents_list(
            block, self.env, announced=self.in_contents
        )
        if is_contents and (not self.pieces or self.pieces[-1].kind != "contents"):
            self.pieces.append(Piece("contents", block.start, ""))
        for item in block.items:
            self.item(item, 0, is_contents=is_contents)

    def item(self, item: ListItem, depth: int, *, is_contents: bool) -> None:
        inner = [entry for block in item.blocks for entry in block.items]
        if inner and inner[0].start == item.start:
            self.note(item.start, "list within a list on one line kept as prose")
            text = item_text(self.lines, item.start, item.end, item.column)
            self.pieces.append(Piece("item", item.start, text, depth=depth))
            return
        if not (is_contents and is_generated(item, self.env, self.heading_words)):
            self.item_head(item, depth)
        elif self.pieces[-1].kind != "contents":
            self.pieces.append(Piece("contents", item.start, ""))
        for block in item.blocks[1:] if item.blocks and item.blocks[0].kind != "list" else item.blocks:
            if block.kind == "list":
                self.flush(depth + 1, item.column)
                for entry in block.items:
                    self.item(entry, depth + 1, is_contents=is_contents)
            else:
                self.prose.append(block)
                self.note_prose(block)
        self.flush(depth + 1, item.column)

    def item_head(self, item: ListItem, depth: int) -> None:
        head = item.blocks[0] if item.blocks else None
        if head is None or head.kind == "list":
            self.pieces.append(Piece("item", item.start, "", depth=depth))
            return
        text = item_text(self.lines, item.start, head.end, item.column)
        text = block_references(text, head.inlines, self.env)
        piece = Piece("item", item.start, text, depth=depth)
        self.pieces.append(piece)
        if head.kind != "paragraph" or head.start != item.start:
            self.note(item.start, "list item that does not begin with text kept as prose")
            return
        reading = read_item(head.inlines[0], self.env)
        piece.wording = reading.wording
        if reading.wording is None:
            self.note(item.start, f"list item kept as prose: it {reading.note}")
        elif reading.note:
            self.note(item.start, f"list item {reading.note}")

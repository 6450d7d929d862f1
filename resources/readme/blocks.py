"""The block structure of a README, by lines: what stands in the file, and in each list item, one after another."""

import re
from dataclasses import dataclass, field

from markdown_it.token import Token

_MARKER = re.compile(r"([ \t]*)([-+*]|\d{1,9}[.)])([ \t]*)(.*)")
_NEWLINE = re.compile(r"\r\n|\n|\r")
_LISTS = ("bullet_list_open", "ordered_list_open")


@dataclass(slots=True)
class Block:
    """Lines `start` to `end` (exclusive, counted from 0). `kind` is a token type without its "_open", or "list", or
    "gap" for lines without a token: reference definitions. `inlines` are the inline texts within."""

    kind: str
    start: int
    end: int
    level: int = 0
    inlines: list[str] = field(default_factory=list)
    items: list["ListItem"] = field(default_factory=list)


@dataclass(slots=True)
class ListItem:
    """One item of a list, with the blocks and the lists within it. `column` is where its text is indented to."""

    start: int
    end: int
    column: int
    blocks: list[Block]


def split_lines(text: str) -> list[str]:
    """The lines with their line ends, by Markdown's idea of a line end; joined they are `text`."""
    lines, position = [], 0
    for match in _NEWLINE.finditer(text):
        lines.append(text[position : match.end()])
        position = match.end()
    if position < len(text):
        lines.append(text[position:])
    return lines


def read_blocks(tokens: list[Token], lines: list[str]) -> list[Block]:
    """The blocks of a whole file."""
    return _with_gaps(_read(tokens, 0, len(tokens), lines), 0, len(lines), lines)


def _read(tokens: list[Token], index: int, stop: int, lines: list[str]) -> list[Block]:
    blocks: list[Block] = []
    while index < stop:
        token = tokens[index]
        after = _close(tokens, index) + 1 if token.nesting == 1 else index + 1
        start, end = token.map or (0, 0)
        while end > start and not lines[end - 1].strip():
            end -= 1
        block = Block(token.type.removesuffix("_open"), start, max(end, start + 1))
        if token.type in _LISTS:
            block.kind = "list"
            block.items = _read_items(tokens, index + 1, after - 1, lines)
        else:
            block.level = int(token.tag[1]) if block.kind == "heading" else 0
            block.inlines = [inner.content for inner in tokens[index:after] if inner.type == "inline"]
        blocks.append(block)
        index = after
    return blocks


def _read_items(tokens: list[Token], index: int, stop: int, lines: list[str]) -> list[ListItem]:
    items: list[ListItem] = []
    while index < stop:
        after = _close(tokens, index) + 1
        start, end = tokens[index].map or (0, 0)
        blocks = _with_gaps(_read(tokens, index + 1, after - 1, lines), start + 1, end, lines)
        items.append(ListItem(start, end, content_column(lines[start]), blocks))
        index = after
    return items


def _close(tokens: list[Token], index: int) -> int:
    level = tokens[index].level
    index += 1
    while tokens[index].level != level:
        index += 1
    return index


def _with_gaps(blocks: list[Block], start: int, end: int, lines: list[str]) -> list[Block]:
    whole: list[Block] = []
    for block in [*blocks, Block("end", end, end)]:
        while start < block.start and not lines[start].strip():
            start += 1
        if start < block.start:
            stop = block.start
            while not lines[stop - 1].strip():
                stop -= 1
            whole.append(Block("gap", start, stop))
        whole.append(block)
        start = max(start, block.end)
    return whole[:-1]


def content_column(line: str) -> int:
    """The column to which a list item that begins on `line` is indented."""
    match = _MARKER.match(line)
    if not match:
        return 0
    marked = _columns(line[: match.end(2)])
    if not match[4].strip():
        return marked + 1
    column = _columns(line[: match.end(3)])
    return column if column - marked <= 4 else marked + 1


def _columns(text: str) -> int:
    return len(text.expandtabs(4))


def unindented(line: str, column: int) -> str:
    """`line` without the white space before `column`; a line that is indented less begins with its text."""
    body = line.lstrip(" \t")
    rest = _columns(line[: len(line) - len(body)]) - column
    return " " * max(rest, 0) + body


def item_text(lines: list[str], start: int, end: int, column: int) -> str:
    """The text of a list item's first lines without its bullet and indentation."""
    match = _MARKER.match(lines[start])
    first = lines[start][match.end(2) :] if match else lines[start]
    if match and match[4].strip():
        first = " " * max(_columns(lines[start][: match.end(3)]) - column, 0) + match[4]
    return joined(
        [
            first.strip("\r\n") if match and match[4].strip() else first.strip(),
            *(unindented(line, column) for line in lines[start + 1 : end]),
        ]
    )


def raw_text(lines: list[str], start: int, end: int, column: int = 0) -> str:
    """Lines of the file with LF after each, without the indentation to `column`."""
    cut = lines[start:end] if not column else [unindented(line, column) for line in lines[start:end]]
    return "".join(line.rstrip("\r\n") + "\n" for line in cut)


def without_blank_ends(text: str) -> str:
    """`text` without blank lines before and after it, and without a final line end."""
    lines = text.split("\n")
    start, end = 0, len(lines)
    while start < end and not lines[start].strip(" \t"):
        start += 1
    while end > start and not lines[end - 1].strip(" \t"):
        end -= 1
    return "\n".join(lines[start:end])


def passage_text(lines: list[str], start: int, end: int) -> str:
    """Lines of the file as a Markdown text of their own."""
    return without_blank_ends(raw_text(lines, start, end))


def joined(lines: list[str]) -> str:
    """The lines with LF between them, without blank lines before and after them."""
    return without_blank_ends(raw_text(lines, 0, len(lines)))


def details_blocks(blocks: list[Block], lines: list[str]) -> set[int]:
    """The places of the blocks within `<details>`: what stands there belongs to its HTML."""
    opened: list[int] = []
    inside: set[int] = set()
    for place, block in enumerate(blocks):
        if block.kind != "html_block":
            continue
        for tag in re.findall(r"<(/?)details\b", "".join(lines[block.start : block.end]), re.IGNORECASE):
            if not tag:
                opened.append(place)
            elif opened:
                first = opened.pop()
                if not opened:
                    inside.update(range(first, place + 1))
    return inside

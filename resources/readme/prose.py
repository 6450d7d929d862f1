"""Prose in the clean form: one blank line between blocks, aligned tables, fenced code, `---` rules, no stray blanks."""

import re
from collections.abc import Callable

from resources.readme.blocks import Block, details_blocks, joined, passage_text, read_blocks, split_lines, unindented
from resources.readme.contents import title_of
from resources.readme.inline import Env, parse_blocks
from resources.readme.marks import with_escaped_brackets, with_one_mark
from resources.readme.tables import align_table

Keeps = Callable[[str, str], bool]  # whether a reference definition (its label and address) is still wanted

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*(.*)")
_DEEP_QUOTE = re.compile(r"^(?: {0,3}> ?){8}", re.MULTILINE)
_DEFINITION = re.compile(r" {0,3}\[((?:[^\[\]\\]|\\.)+)\]:[ \t]*<?([^\s>]*)")
_SIMPLE = re.compile(r"[^\W\d_][^\n*_`~<\\|]*\Z")


def keep_every_definition(_label: str, _address: str) -> bool:
    """For texts that are tidied on their own."""
    return True


def tidy(text: str, keeps: Keeps = keep_every_definition) -> str:
    """The clean form of a Markdown text; the same words, links and images in the same order."""
    if _SIMPLE.match(text):
        return text.rstrip()
    return "\n\n".join(filter(None, (_tidy_block(block, lines, keeps) for block, lines in _blocks(text))))


def is_one_paragraph(text: str) -> bool:
    """Whether a text is a single paragraph."""
    return [block.kind for block, _ in _blocks(text)] == ["paragraph"]


def holds_seats(text: str) -> bool:
    """Whether a text has a list or a heading of its own, which a file would not have within its prose."""
    if not re.search(r"^\s*(?:[-+*#]|\d+[.)])|^ {0,3}(?:=+|-+)\s*$", text, re.MULTILINE):
        return False
    blocks = [block for block, _ in _blocks(text)]
    inside = details_blocks(blocks, split_lines(text))
    return any(
        block.kind == "list" or (block.kind == "heading" and place not in inside and title_of(_one_line(block), {}))
        for place, block in enumerate(blocks)
    )


def _blocks(text: str) -> list[tuple[Block, list[str]]]:
    env: Env = {}
    lines = split_lines(text)
    return [(block, lines) for block in read_blocks(parse_blocks(text, env), lines)]


def _tidy_block(block: Block, lines: list[str], keeps: Keeps) -> str:
    text = passage_text(lines, block.start, block.end)
    match block.kind:
        case "hr":
            return "---"
        case "heading":
            words = with_one_mark(_one_line(block))
            return f"{'#' * block.level} {words}" if words else ""
        case "fence":
            return _fenced(text)
        case "code_block":
            return _fence("", [unindented(line, 4) for line in lines[block.start : block.end]])
        case "table":
            return with_one_mark(align_table(text))
        case "blockquote":
            return _trimmed(text) if _DEEP_QUOTE.search(text) else _quoted(tidy(_unquoted(text), keeps))
        case "gap":
            return _definitions(text, keeps)
        case "html_block":
            return _trimmed(text).lstrip(" ")
        case "paragraph":
            return with_escaped_brackets(with_one_mark(_paragraph(text)), only_around_links=True)
        case _:
            return _trimmed(text)


def _one_line(block: Block) -> str:
    return " ".join("".join(block.inlines).split())


def _paragraph(text: str) -> str:
    """The lines without blanks at their ends, but for the two spaces that break a line."""
    lines = text.lstrip().split("\n")
    ends = ["  " if line.endswith("  ") else "" for line in lines[:-1]]
    return "\n".join(line.rstrip() + end for line, end in zip(lines, [*ends, ""], strict=True))


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _fenced(text: str) -> str:
    first, *rest = text.split("\n")
    opening = _FENCE.match(first)
    if not opening:
        return text
    mark, info = opening[1], opening[2].strip()
    if rest and re.fullmatch(rf" {{0,3}}{mark[0]}{{{len(mark)},}}[ \t]*", rest[-1]):
        del rest[-1]
    indent = len(first) - len(first.lstrip(" "))
    return _fence(info, [re.sub(rf"\A {{0,{indent}}}", "", line) for line in rest])


def _fence(info: str, lines: list[str]) -> str:
    body = [line.rstrip("\r\n") for line in lines]
    sign = "~" if "`" in info else "`"
    runs = (len(run) for line in body for run in re.findall(rf"{sign}+", line))
    mark = sign * max(3, max(runs, default=0) + 1)
    return "\n".join([mark + info, *body, mark])


def _unquoted(text: str) -> str:
    return joined([re.sub(r"\A {0,3}> ?", "", line) for line in text.split("\n")])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n")) if text else ">"


def _definitions(text: str, keeps: Keeps) -> str:
    kept: list[str] = []
    wanted = True
    for line in text.split("\n"):
        if match := _DEFINITION.match(line):
            wanted = keeps(match[1], match[2])
        if wanted and line.strip():
            kept.append(line.strip())
    return "\n".join(kept)

"""Links, images and footnote marks of one inline text, found as CommonMark finds them, in one pass.

Python-Markdown looks for the matching bracket anew from every `[`, which is quadratic; here every bracket is visited
once and every opener is dropped when it is closed.
"""

import re
from dataclasses import dataclass
from typing import Protocol

from markdown_it.common.utils import normalizeReference

_BRACKET = re.compile(r"!?\[|\]")
_SPACE = re.compile(r"[ \t\n]*")
_ANGLE_DESTINATION = re.compile(r"<([^<>\n]*)>")
_PLAIN_DESTINATION = re.compile(r"[^\s()<\x00\x01\x04-\x1f\x7f][^\s()\x00\x01\x04-\x1f\x7f]*|[()]")
_BLANK = re.compile(r"[\x00-\x20\x7f]")
_TITLE = re.compile(r'"([^"]*)"|\'([^\']*)\'|\(([^()]*)\)')
_LABEL = re.compile(r"\[([^\[\]]{0,4000})\]")
_MAX_PARENTHESES = 32
_MAX_LABEL = 4000  # CommonMark's 999 characters, with room for the placeholders that stand in for markup


@dataclass(frozen=True, slots=True)
class Span:
    """One link, image or footnote mark: its place in the text, its label's place, where it leads.

    `kind` is "link", "image" or "footnote"; `address` is as written, escapes undone; for a
    footnote it is the normalised label.
    """

    kind: str
    start: int
    end: int
    label_start: int
    label_end: int
    address: str
    title: str


@dataclass(slots=True)
class _Opener:
    start: int
    label_start: int
    is_image: bool
    holds_bracket: bool = False


class Context(Protocol):
    """What the text around knows."""

    def reference(self, label: str) -> tuple[str, str] | None:
        """Address and title of the definition for a label as it stands in the text."""

    def footnote(self, label: str) -> tuple[str, str] | None:
        """A footnote's normal label and an empty title, None where it is not defined."""

    def written(self, text: str) -> str:
        """`text` without placeholders, as it was written."""


def find_spans(text: str, context: Context) -> list[Span]:
    """The outermost spans of `text` in order."""
    if "]" not in text:
        return []
    openers: list[_Opener] = []
    spans: list[Span] = []
    dead_links = 0  # openers below this index lie around a finished link: a link holds no link
    position = 0
    while match := _BRACKET.search(text, position):
        position = match.end()
        if match.group() != "]":
            if openers:
                openers[-1].holds_bracket = True
            openers.append(_Opener(match.start(), position, match.group() == "!["))
            continue
        if not openers:
            continue
        opener = openers.pop()
        dead = len(openers) < dead_links and not opener.is_image
        dead_links = min(dead_links, len(openers))
        span = None if dead else _close(text, opener, match.start(), context)
        if span is None:
            continue
        while spans and spans[-1].start > span.start:
            spans.pop()
        spans.append(span)
        position = span.end
        if span.kind == "link":
            dead_links = len(openers)
    return spans


def _close(text: str, opener: _Opener, label_end: int, context: Context) -> Span | None:
    """The span that ends with the bracket at `label_end`, if it is one."""
    kind = "image" if opener.is_image else "link"
    after = label_end + 1
    if text.startswith("(", after) and (target := _inline_target(text, after + 1, context)):
        address, title, end = target
        return Span(kind, opener.start, end, opener.label_start, label_end, address, title)
    own_label = text[opener.label_start : label_end] if label_end - opener.label_start <= _MAX_LABEL else ""
    if own_label.startswith("^") and not opener.is_image and (note := context.footnote(own_label[1:])):
        return Span("footnote", opener.start, after, opener.label_start, label_end, note[0], "")
    label, end = own_label, after
    if (full := _LABEL.match(text, after)) is not None:
        end = full.end()
        if full.group(1).strip():
            label = full.group(1)
        elif opener.holds_bracket:
            return None
    elif opener.holds_bracket:
        return None
    found = context.reference(label) if label.strip() else None
    if found is None:
        return None
    return Span(kind, opener.start, end, opener.label_start, label_end, found[0], found[1])


def _inline_target(text: str, start: int, context: Context) -> tuple[str, str, int] | None:
    """Address, title and end of `(address "title")`, read from behind its opening parenthesis."""
    position = _skip(text, start)
    written, position = _destination(text, position)
    address = _whole(context.written(written)) if position >= 0 else None
    if address is None:
        return None
    spaced = _skip(text, position)
    title = ""
    if spaced > position and (match := _TITLE.match(text, spaced)):
        title = next(group for group in match.groups() if group is not None)
        spaced = _skip(text, match.end())
    if not text.startswith(")", spaced):
        return None
    return address, title, spaced + 1


def _destination(text: str, start: int) -> tuple[str, int]:
    """The address at `start` and the place behind it; (-1) where there is none."""
    if text.startswith("<", start):
        match = _ANGLE_DESTINATION.match(text, start)
        return (match.group(), match.end()) if match else ("", -1)
    depth, position = 0, start
    while match := _PLAIN_DESTINATION.match(text, position):
        piece = match.group()
        if piece == "(":
            depth += 1
            if depth > _MAX_PARENTHESES:
                return "", -1
        elif piece == ")":
            if depth == 0:
                break
            depth -= 1
        position = match.end()
    return (text[start:position], position) if depth == 0 else ("", -1)


def _whole(address: str) -> str | None:
    """`address` with raw tags put back, if it still is one: without spaces, or all of it in angle brackets."""
    if address.startswith("<"):
        match = _ANGLE_DESTINATION.fullmatch(address)
        return match.group(1) if match else None
    return None if _BLANK.search(address) else address


def _skip(text: str, start: int) -> int:
    match = _SPACE.match(text, start)
    return match.end() if match else start


def normal_label(label: str) -> str:
    """A reference's label as definitions are kept: case folded, whitespace collapsed."""
    return normalizeReference(label)

"""The piece of a page that shows why it was found, with what was found marked. Texts and marks, no HTML: templates escape."""

import re
from collections.abc import Iterable

from resources.search.language import Question
from resources.search.words import fold, root

type Piece = tuple[tuple[str, bool], ...]
"""Texts in a row, each with whether it is marked."""

LENGTH = 220
BEFORE = 60
"""Signs of a piece, and of what stands in it before the first find."""

LOOKED_AT = 60_000
"""Signs of a text in which a piece is looked for."""

MOST_FINDS = 40

SHORT = 3
"""A word of so few letters is marked as it is; a longer one with all its endings."""

_CUT = "…"


class Pieces:
    """Makes pieces for one question."""

    def __init__(self, question: Question) -> None:
        words = {word for term in question.needed for word in term.words}
        parts = [_pattern(word) for word in sorted(words, key=len, reverse=True)]
        self.pattern = re.compile("|".join(parts)) if parts else None

    def finds(self, text: str) -> list[tuple[int, int, str]]:
        """Where the words stand: start, end, and which one."""
        if self.pattern is None:
            return []
        found = []
        for one in self.pattern.finditer(fold(text[:LOOKED_AT])):
            found.append((one.start(), one.end(), one.group()[:4]))
            if len(found) >= MOST_FINDS:
                break
        return found

    def marked(self, text: str) -> Piece:
        """The whole text, with the finds marked."""
        return tuple(_split(text, 0, len(text), self.finds(text)))

    def best(self, summary: str, text: str) -> Piece:
        """The summary where it has all that is in the text, else the part of the text that has the most."""
        own = self.finds(summary)
        if summary and (self.pattern is None or own):
            there = {word for _start, _end, word in own}
            if self.pattern is None or len(there) >= min(2, self.pattern.pattern.count("|") + 1):
                return self.marked(summary)
        found = self.finds(text)
        if not found:
            rest = summary or text
            return tuple(_split(rest, 0, min(len(rest), LENGTH), own if summary else []))
        start = max(0, max(found, key=lambda one: _worth(found, one[0]))[0] - BEFORE)
        if start:
            space = text.find(" ", start)
            start = space + 1 if 0 <= space < start + BEFORE else start
        return tuple(_split(text, start, min(len(text), start + LENGTH), found))


def _worth(found: list[tuple[int, int, str]], start: int) -> tuple[int, int]:
    near = [word for first, _end, word in found if start <= first < start + LENGTH - BEFORE]
    return len(set(near)), -start


def _pattern(word: str) -> str:
    """Where a word stands in folded text: with any ending, and at the beginning of a word unless it is CJK."""
    if not word.isascii():
        return re.escape(word)
    short = root(word)
    ending = r"[^\W_]*" if len(short) > SHORT else r"(?:e?s)?(?![^\W_])"
    return rf"(?<![^\W_]){re.escape(short)}{ending}"


def _split(text: str, start: int, end: int, found: Iterable[tuple[int, int, str]]) -> Iterable[tuple[str, bool]]:
    if end < len(text) and (space := text.rfind(" ", start, end)) > start:
        end = space
    place = start
    if start:
        yield _CUT, False
    for first, last, _word in found:
        if first < place or last > end:
            continue
        if first > place:
            yield text[place:first], False
        yield text[first:last], True
        place = last
    if place < end:
        yield text[place:end], False
    if end < len(text):
        yield _CUT, False

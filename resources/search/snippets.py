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

MOST_FINDS = 12
"""Places of one word that are looked at."""

SHORT = 3
"""A word of so few letters is marked as it is; a longer one with all its endings."""

_CUT = "…"
_REST = re.compile(r"[^\W_]*")
_PLURAL = ("", "s", "es")


class Pieces:
    """Makes pieces for one question."""

    def __init__(self, question: Question) -> None:
        words = {word for term in question.needed for word in term.words}
        self.words = [(word if not word.isascii() else root(word), word.isascii()) for word in sorted(words)]

    def finds(self, text: str) -> list[tuple[int, int, str]]:
        """Where the words stand, in order: start, end, and which one."""
        if not self.words:
            return []
        folded = fold(text[:LOOKED_AT])
        found = [one for word, ascii_ in self.words for one in _finds(folded, word, ascii_)]
        return sorted(found)

    def marked(self, text: str) -> Piece:
        """The whole text, with the finds marked."""
        return tuple(_split(text, 0, len(text), self.finds(text)))

    def best(self, summary: str, text: str) -> Piece:
        """The summary where it has all that is in the text, else the part of the text that has the most."""
        own = self.finds(summary)
        there = {word for _start, _end, word in own}
        if summary and len(there) >= min(2, len(self.words)):
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


def _finds(folded: str, word: str, ascii_: bool) -> Iterable[tuple[int, int, str]]:
    """Where a word stands in folded text: with its endings, and at the beginning of a word, unless it is CJK."""
    place, found = folded.find(word), 0
    while place >= 0 and found < MOST_FINDS:
        end = place + len(word)
        if not ascii_:
            yield place, end, word
            found += 1
        elif not place or not folded[place - 1].isalnum():
            whole = _REST.match(folded, end)
            end = whole.end() if whole else end
            if len(word) > SHORT or folded[place + len(word) : end] in _PLURAL:
                yield place, end, word
                found += 1
        place = folded.find(word, end)


def _worth(found: list[tuple[int, int, str]], start: int) -> tuple[int, int]:
    near = [word for first, _end, word in found if start <= first < start + LENGTH - BEFORE]
    return len(set(near)), -start


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

"""Texts as words and sentences, and how alike two of them are."""

import re
from collections.abc import Sequence

# Scripts that write without spaces: one character is one word.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNSPACED += "\U00020000-\U0003ffff"
_WORDS = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+|\s+|.", re.DOTALL)
# A sentence ends at its stop when space and something that can begin a sentence follow; CJK stops need no space.
_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"')\]*_”’»]))(?=[ \t]+[\"'(\[*_“‘«`]*[^\W_a-z])"
    r"|(?<=[。！？])(?=[^\s」』）”])|(?=\n)|(?<=\n)"
)
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|vs|cf|etc|al|approx|Dr|Mr|Mrs|Ms|No|St|Fig|Eq)|\b[A-Z])\.$")
# How much of a line counts when lines are compared: enough to know it by, and a bound on the work.
_COMPARED = 2_000
_ALIKE = 0.4
_PAIRED_CELLS = 1_000
_NEIGHBOURS = 6


def words(text: str) -> list[str]:
    """The text in pieces that join to it again: words, single signs, runs of space, single characters of CJK."""
    return _WORDS.findall(text)


def sentences(text: str) -> list[str]:
    """The text in pieces that join to it again: sentences with the space before them, and line ends."""
    pieces: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if pieces and _ABBREVIATION.search(pieces[-1]):
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
    return pieces


def similarity(one: str, other: str) -> float:
    """How alike two texts are, from 0 (no word in common) to 1 (the same words, in whatever order and however often)."""
    return _likeness(_vocabulary(one), _vocabulary(other))


def alike_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which of the old lines live on as which of the new ones, in order on both sides; only pairs that are alike."""
    known = {line: _vocabulary(line) for line in {*old, *new}}
    olds, news = [known[line] for line in old], [known[line] for line in new]
    if len(olds) == len(news) == 1:
        return [(0, 0)] if _likeness(olds[0], news[0]) >= _ALIKE else []
    if len(olds) * len(news) <= _PAIRED_CELLS:
        return _best_pairs(olds, news)
    return _near_pairs(olds, news)


def _vocabulary(text: str) -> set[str]:
    """The words of a text; its signs only where it has nothing else, for every sentence shares its full stop."""
    found = set(words(text[:_COMPARED]))
    worded = {word for word in found if word.isalnum()}
    return worded or {sign for sign in found if not sign.isspace()}


def _likeness(one: set[str], other: set[str]) -> float:
    if one is other or not (one or other):
        return 1.0
    return 0.0 if one.isdisjoint(other) else 2 * len(one & other) / (len(one) + len(other))


def _best_pairs(olds: list[set[str]], news: list[set[str]]) -> list[tuple[int, int]]:
    """The pairing with the greatest sum of likeness; squared, so that one good pair outweighs two poor ones."""
    likeness = [[value**2 if (value := _likeness(old, new)) >= _ALIKE else 0.0 for new in news] for old in olds]
    best = [[0.0] * (len(news) + 1) for _ in range(len(olds) + 1)]
    for i in range(len(olds) - 1, -1, -1):
        for j in range(len(news) - 1, -1, -1):
            value = likeness[i][j]
            best[i][j] = max(best[i + 1][j], best[i][j + 1], value and value + best[i + 1][j + 1])
    pairs = []
    i = j = 0
    while i < len(olds) and j < len(news):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _near_pairs(olds: list[set[str]], news: list[set[str]]) -> list[tuple[int, int]]:
    """For blocks too large for the best pairing: each line takes the likest of the next few that are free."""
    pairs = []
    start = 0
    for i, old in enumerate(olds):
        best, place = 0.0, start
        for j, new in enumerate(news[start : start + _NEIGHBOURS], start):
            value = _likeness(old, new)
            if value > best:
                best, place = value, j
            if value == 1:
                break
        if best >= _ALIKE:
            pairs.append((i, place))
            start = place + 1
    return pairs

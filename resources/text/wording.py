"""Texts as words and sentences, and how alike two of them are."""

import re
from collections import Counter
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
_PAIRED_CELLS = 2_500
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
    """How alike two texts are, from 0 (no word in common) to 1 (the same words, in whatever order)."""
    return _likeness(_signature(one), _signature(other))


def alike_pairs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which of the old lines live on as which of the new ones, in order on both sides; only pairs that are alike."""
    olds, news = [_signature(line) for line in old], [_signature(line) for line in new]
    if len(olds) * len(news) <= _PAIRED_CELLS:
        return _best_pairs(olds, news)
    return _near_pairs(olds, news)


type _Signature = tuple[Counter[str], int]


def _signature(text: str) -> _Signature:
    bag = Counter(word for word in words(text[:_COMPARED]) if not word.isspace())
    return bag, bag.total()


def _likeness(one: _Signature, other: _Signature) -> float:
    total = one[1] + other[1]
    if not total:
        return 1.0
    if len(one[0]) > len(other[0]):
        one, other = other, one
    counts = other[0]
    return 2 * sum(min(count, counts[word]) for word, count in one[0].items() if word in counts) / total


def _best_pairs(olds: list[_Signature], news: list[_Signature]) -> list[tuple[int, int]]:
    """The pairing with the greatest sum of likeness."""
    likeness = [[value if (value := _likeness(old, new)) >= _ALIKE else 0.0 for new in news] for old in olds]
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


def _near_pairs(olds: list[_Signature], news: list[_Signature]) -> list[tuple[int, int]]:
    """For blocks too large for the best pairing: each line takes the likest of the next few that are free."""
    pairs = []
    start = 0
    for i, old in enumerate(olds):
        near = range(start, min(start + _NEIGHBOURS, len(news)))
        value, place = max(((_likeness(old, news[j]), -j) for j in near), default=(0.0, 0))
        if value >= _ALIKE:
            pairs.append((i, -place))
            start = 1 - place
    return pairs

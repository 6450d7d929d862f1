"""What changed between two sequences: the shortest readable list of edits, in bounded time."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

# Steps of the inner loops that comparing two texts may take, about 0.06 s.
EFFORT = 140_000
# What one comparison costs before its first step.
_START = 120
# Differences that the exact search follows before it settles for pairing equal items in order.
DEEPEST = 200


@dataclass
class Effort:
    """The steps that are left to comparisons that belong together; past them, what is left counts as replaced."""

    left: int = EFFORT


class Edit(NamedTuple):
    """`old[start:end]` gives way to `new[new_start:new_end]`; never empty on both sides."""

    start: int
    end: int
    new_start: int
    new_end: int


class _Run(NamedTuple):
    """Equal items: `length` of them, from `old` on the one side and from `new` on the other."""

    old: int
    new: int
    length: int


class _Window(NamedTuple):
    old_start: int
    old_end: int
    new_start: int
    new_end: int


def edits(old: Sequence[Hashable], new: Sequence[Hashable], effort: Effort | None = None) -> list[Edit]:
    """The edits that turn `old` into `new`, in order, with at least one item kept between two of them.

    An addition or removal that could stand in several places (between equal items) stands in the last one, so that two
    people who did the same to one text are seen to have done the same. Spends of `effort`, or of its own.
    """
    numbers: dict[Hashable, int] = {}
    olds = [numbers.setdefault(item, len(numbers)) for item in old]
    news = [numbers.setdefault(item, len(numbers)) for item in new]
    return _slid(olds, news, _gaps(_Matcher(olds, news, effort or Effort()).runs(), len(olds), len(news)))


def longest_rising(values: Sequence[int]) -> list[int]:
    """The places of a longest strictly rising subsequence of distinct numbers."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        at = bisect_left(tails, value) if tails and value < tails[-1] else len(tails)
        before.append(places[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            places.append(place)
        else:
            tails[at], places[at] = value, place
    chain: list[int] = []
    place = places[-1] if places else -1
    while place >= 0:
        chain.append(place)
        place = before[place]
    return chain[::-1]


class _Matcher:
    """Pairs of equal items: ends first, then items that are unique on both sides, then the shortest edit script."""

    def __init__(self, old: list[int], new: list[int], effort: Effort) -> None:
        self.old = old
        self.new = new
        self.effort = effort
        self.effort.left -= _START
        self.found: list[_Run] = []

    def runs(self) -> list[_Run]:
        """What both sides have in common, in order."""
        windows = [_Window(0, len(self.old), 0, len(self.new))]
        while windows:
            window = self._trimmed(windows.pop())
            size = window.old_end - window.old_start + window.new_end - window.new_start
            if window.old_start == window.old_end or window.new_start == window.new_end or size > self.effort.left:
                continue
            self.effort.left -= size
            anchors = self._unique(window)
            if anchors:
                self.found += [_Run(place, new_place, 1) for place, new_place in anchors]
                windows += _between(window, anchors)
            else:
                self.found += [_Run(place, new_place, 1) for place, new_place in self._searched(window)]
        return sorted(self.found)

    def _trimmed(self, window: _Window) -> _Window:
        old, new = self.old, self.new
        start, end, new_start, new_end = window
        while start < end and new_start < new_end and old[start] == new[new_start]:
            start, new_start = start + 1, new_start + 1
        while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
            end, new_end = end - 1, new_end - 1
        head, tail = start - window.old_start, window.old_end - end
        self.found += [_Run(window.old_start, window.new_start, head)] if head else []
        self.found += [_Run(end, new_end, tail)] if tail else []
        return _Window(start, end, new_start, new_end)

    def _unique(self, window: _Window) -> list[tuple[int, int]]:
        """Items that stand once on each side, as many as keep their order."""
        old = self.old[window.old_start : window.old_end]
        new = self.new[window.new_start : window.new_end]
        once, once_new = Counter(old), Counter(new)
        places = {item: place for place, item in enumerate(new, window.new_start)}
        pairs = [
            (place, places[item])
            for place, item in enumerate(old, window.old_start)
            if once[item] == 1 and once_new.get(item) == 1
        ]
        return _in_order(pairs)

    def _searched(self, window: _Window) -> list[tuple[int, int]]:
        """The longest common subsequence of a window without unique items, or a good one where that would take long."""
        common = set(self.old[window.old_start : window.old_end]) & set(self.new[window.new_start : window.new_end])
        olds = [place for place in range(window.old_start, window.old_end) if self.old[place] in common]
        news = [place for place in range(window.new_start, window.new_end) if self.new[place] in common]
        old, new = [self.old[place] for place in olds], [self.new[place] for place in news]
        deepest = min(DEEPEST, int((2 * self.effort.left) ** 0.5))
        pairs, steps = _shortest(old, new, deepest)
        self.effort.left -= steps
        if pairs is None:
            pairs = _in_order(_ranked(old, new))
        return [(olds[place], news[new_place]) for place, new_place in pairs]


def _between(window: _Window, anchors: list[tuple[int, int]]) -> list[_Window]:
    fences = [(window.old_start - 1, window.new_start - 1), *anchors, (window.old_end, window.new_end)]
    return [
        _Window(old + 1, next_old, new + 1, next_new)
        for (old, new), (next_old, next_new) in pairwise(fences)
        if old + 1 < next_old and new + 1 < next_new
    ]


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [pairs[place] for place in longest_rising([new for _, new in pairs])]


def _ranked(old: list[int], new: list[int]) -> list[tuple[int, int]]:
    """The first occurrence of an item with its first one over there, the second with the second, and so on."""
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, item in enumerate(new):
        places[item].append(place)
    free = {item: iter(found) for item, found in places.items()}
    pairs = ((place, next(free[item], -1)) for place, item in enumerate(old) if item in free)
    return [pair for pair in pairs if pair[1] >= 0]


def _shortest(old: list[int], new: list[int], deepest: int) -> tuple[list[tuple[int, int]] | None, int]:
    """Myers' greedy search for a shortest edit script: its matches (None past `deepest` edits), and the steps taken."""
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    steps = 0
    for depth in range(deepest + 1):
        trace.append(furthest.copy())
        # Diagonals outside the table lead nowhere.
        for diagonal in range(-depth + 2 * max(0, depth - len(new)), depth - 2 * max(0, depth - len(old)) + 1, 2):
            down = furthest.get(diagonal + 1, -1)
            right = furthest.get(diagonal - 1, -2) + 1
            x = max(down, right)
            start = x
            while x < len(old) and x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            steps += 1 + x - start
            furthest[diagonal] = x
            if x >= len(old) and x - diagonal >= len(new):
                return _walked_back(trace, x, x - diagonal), steps
    return None, steps


def _walked_back(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    matches: list[tuple[int, int]] = []
    for furthest in reversed(trace):
        diagonal = x - y
        down, right = furthest.get(diagonal + 1, -1), furthest.get(diagonal - 1, -2) + 1
        start = max(down, right)
        while x > max(start, 0) and y > max(start - diagonal, 0):
            x, y = x - 1, y - 1
            matches.append((x, y))
        x, y = (x, y - 1) if down >= right else (x - 1, y)
    return matches[::-1]


def _gaps(runs: Iterable[_Run], old_length: int, new_length: int) -> list[Edit]:
    """What lies between the runs."""
    gaps = []
    old_end = new_end = 0
    for old, new, length in [*runs, _Run(old_length, new_length, 0)]:
        if old > old_end or new > new_end:
            gaps.append(Edit(old_end, old, new_end, new))
        old_end, new_end = old + length, new + length
    return gaps


def _slid(old: list[int], new: list[int], gaps: list[Edit]) -> list[Edit]:
    """Additions and removals moved down as far as equal items allow, joined with the edit that they reach."""
    slid: list[Edit] = []
    for gap in reversed(gaps):
        start, end, new_start, new_end = gap
        limit = slid[-1].start if slid else len(old)
        if start == end:
            while end < limit and new[new_start] == new[new_end]:
                start, end, new_start, new_end = start + 1, end + 1, new_start + 1, new_end + 1
        elif new_start == new_end:
            while end < limit and old[start] == old[end]:
                start, end, new_start, new_end = start + 1, end + 1, new_start + 1, new_end + 1
        if slid and end == slid[-1].start:
            below = slid.pop()
            end, new_end = below.end, below.new_end
        slid.append(Edit(start, end, new_start, new_end))
    return slid[::-1]

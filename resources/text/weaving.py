"""Three versions of a sequence woven into one: the core of every merge by lines, sentences or keys."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from resources.text.sequences import Edit, edits
from resources.text.wording import alike_pairs

type Origin = Literal["base", "mine", "theirs", "both"]


@dataclass(frozen=True)
class Strand:
    """Items that stand in the result, and which side they come from."""

    items: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class Clash:
    """A stretch that both sides changed differently, with what each of the three versions has there."""

    base: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def both_added(self) -> bool:
        return not self.base


class _SideEdit(NamedTuple):
    start: int
    end: int
    side: int  # 0 mine, 1 theirs
    items: tuple[str, ...]


def weave(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], *, is_gap: Callable[[str], bool]
) -> list[Strand | Clash]:
    """The parts of the merged sequence, in order.

    Edits clash only where they touch the same item of the base, or add different items at the same spot; neighbours do
    not, unless both hold the same addition, which would then stand there twice. `is_gap` tells items that only separate
    others (blank lines), which an addition takes along.
    """
    sides = sorted([*_fine_edits(base, mine, 0), *_fine_edits(base, theirs, 1)], key=lambda edit: edit[:3])
    parts: list[Strand | Clash] = []
    done = 0
    for group in _groups(sides, is_gap):
        start, end = group[0].start, max(edit.end for edit in group)
        parts.append(Strand(tuple(base[done:start]), "base"))
        parts += _settled(base, group, start, end, is_gap)
        done = end
    parts.append(Strand(tuple(base[done:]), "base"))
    return [part for part in parts if isinstance(part, Clash) or part.items]


def _fine_edits(base: Sequence[str], other: Sequence[str], side: int) -> list[_SideEdit]:
    """One side's edits, where a replacement of several items is taken apart into changed, added and removed ones."""
    fine: list[Edit] = []
    for edit in edits(base, other):
        start, _, new_start, _ = edit
        for old, new in alike_pairs(base[edit.start : edit.end], other[edit.new_start : edit.new_end]):
            place, new_place = edit.start + old, edit.new_start + new
            if place > start or new_place > new_start:
                fine.append(Edit(start, place, new_start, new_place))
            if base[place] != other[new_place]:
                fine.append(Edit(place, place + 1, new_place, new_place + 1))
            start, new_start = place + 1, new_place + 1
        if start < edit.end or new_start < edit.new_end:
            fine.append(Edit(start, edit.end, new_start, edit.new_end))
    return [_SideEdit(edit.start, edit.end, side, tuple(other[edit.new_start : edit.new_end])) for edit in fine]


def _groups(sides: list[_SideEdit], is_gap: Callable[[str], bool]) -> Iterator[list[_SideEdit]]:
    """Edits that touch each other, directly or through others, together."""
    group: list[_SideEdit] = []
    last: tuple[list[_SideEdit], list[_SideEdit]] = ([], [])
    for edit in sides:
        # Edits come in order, so nothing before the other side's last two reaches this far.
        if group and not any(_touch(earlier, edit, is_gap) for earlier in last[1 - edit.side][-2:]):
            yield group
            group, last = [], ([], [])
        group.append(edit)
        last[edit.side].append(edit)
    if group:
        yield group


def _touch(earlier: _SideEdit, later: _SideEdit, is_gap: Callable[[str], bool]) -> bool:
    if later.start < earlier.end or earlier.start == earlier.end == later.start == later.end:
        return True
    return later.start == earlier.end and any(not is_gap(item) for item in {*earlier.items} & {*later.items})


def _settled(
    base: Sequence[str], group: list[_SideEdit], start: int, end: int, is_gap: Callable[[str], bool]
) -> list[Strand | Clash]:
    mine, theirs = (_applied(base, [edit for edit in group if edit.side == side], start, end) for side in (0, 1))
    old = tuple(base[start:end])
    if mine == theirs:
        return [Strand(mine, "both")]
    if all(edit.side == 1 for edit in group):
        return [Strand(theirs, "theirs")]
    if all(edit.side == 0 for edit in group):
        return [Strand(mine, "mine")]
    return _both_changed(old, mine, theirs) if old else _both_added(mine, theirs, is_gap)


def _applied(base: Sequence[str], side: list[_SideEdit], start: int, end: int) -> tuple[str, ...]:
    items: list[str] = []
    for edit in side:
        items += base[start : edit.start]
        items += edit.items
        start = edit.end
    return (*items, *base[start:end])


def _both_changed(old: tuple[str, ...], mine: tuple[str, ...], theirs: tuple[str, ...]) -> list[Strand | Clash]:
    """A stretch that both changed: settled where, apart from an addition that both made, only one side did."""
    head, tail = _common_ends(mine, theirs)
    here, there = mine[head : len(mine) - tail], theirs[head : len(theirs) - tail]
    if old not in (here, there):
        return [Clash(old, mine, theirs)]
    middle = Strand(there, "theirs") if here == old else Strand(here, "mine")
    return [Strand(mine[:head], "both"), middle, Strand(mine[len(mine) - tail :], "both")]


def _both_added(mine: tuple[str, ...], theirs: tuple[str, ...], is_gap: Callable[[str], bool]) -> list[Strand | Clash]:
    """Two additions at one spot, without what both begin and end with."""
    head, tail = _common_ends(mine, theirs)
    if head + tail == min(len(mine), len(theirs)):
        return [Strand(max(mine, theirs, key=len), "mine" if len(mine) > len(theirs) else "theirs")]
    # A gap belongs to each of the additions, or the two would run together.
    while head and is_gap(mine[head - 1]):
        head -= 1
    while tail and is_gap(mine[-tail]):
        tail -= 1
    middle = Clash((), mine[head : len(mine) - tail], theirs[head : len(theirs) - tail])
    return [Strand(mine[:head], "both"), middle, Strand(mine[len(mine) - tail :], "both")]


def _common_ends(mine: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[int, int]:
    """How many items both begin with, and how many of the rest both end with."""
    shortest = min(len(mine), len(theirs))
    head = next((place for place in range(shortest) if mine[place] != theirs[place]), shortest)
    rest = shortest - head
    return head, next((place for place in range(rest) if mine[-1 - place] != theirs[-1 - place]), rest)

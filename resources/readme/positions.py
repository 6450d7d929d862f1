"""Positions for a list that was read from a file, moving as little as can be of what has a place already."""

from bisect import bisect_left
from collections.abc import Hashable, Sequence

from resources.entries.models import POSITION_STEP


def positions_for[K: Hashable](wanted: Sequence[K], present: dict[K, int]) -> dict[K, int]:
    """The position of every key of `wanted`, so that they stand in that order.

    `present` is what stands there now, also keys that are not wanted: those keep their places. A longest run of wanted
    keys that are in order already keeps its positions; each other key goes right behind its predecessor. Where there
    is no room left between two neighbours, everything is numbered anew, the unwanted keys included.
    """
    kept = _longest_in_order([key for key in wanted if key in present], present)
    fixed = {key: place for key, place in present.items() if key in kept or key not in set(wanted)}
    occupied = sorted(set(fixed.values()))
    placed: dict[K, int] = {}
    last: int | None = None
    for key in wanted:
        if key in kept:
            placed[key] = last = present[key]
            continue
        place = _behind(last, occupied)
        if place is None:
            return _anew(wanted, present)
        occupied.insert(bisect_left(occupied, place), place)
        placed[key] = last = place
    return placed


def _behind(last: int | None, occupied: list[int]) -> int | None:
    """A free position right behind `last` (None: before all), or None where there is no room."""
    following = bisect_left(occupied, last + 1) if last is not None else bisect_left(occupied, 0)
    low = last if last is not None else 0
    if following == len(occupied):
        return low + POSITION_STEP
    high = occupied[following]
    return (low + high) // 2 if high - low > 1 else None


def _longest_in_order[K: Hashable](keys: Sequence[K], place: dict[K, int]) -> set[K]:
    """A longest subsequence of `keys` whose places rise (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, key in enumerate(keys):
        slot = bisect_left(tails, place[key])
        before.append(ends[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(place[key])
            ends.append(index)
        else:
            tails[slot], ends[slot] = place[key], index
    chosen: set[K] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        chosen.add(keys[index])
        index = before[index]
    return chosen


def _anew[K: Hashable](wanted: Sequence[K], present: dict[K, int]) -> dict[K, int]:
    """Fresh positions: unwanted keys stay behind the key that they follow now."""
    order = list(wanted)
    others = sorted((place, str(key), key) for key, place in present.items() if key not in set(wanted))
    for place, _name, key in others:
        earlier = [index for index, known in enumerate(order) if known in present and present[known] <= place]
        order.insert(earlier[-1] + 1 if earlier else 0, key)
    return {key: (index + 1) * POSITION_STEP for index, key in enumerate(order)}

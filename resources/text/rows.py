"""Lists of rows, which are told apart by a key: merged row by row and field by field, and their order for itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from resources.text.conflicts import Conflict, Merged
from resources.text.sequences import longest_rising

type Row = Mapping[str, Any]

# A field that a row does not have, where None would be a value.
_ABSENT = object()


class Order(NamedTuple):
    """Keys in their merged order; `at_odds` when both sides moved the same key, each to a place of its own."""

    keys: tuple[Any, ...]
    at_odds: bool


@dataclass(frozen=True)
class RowsMerge(Merged[list[dict[str, Any]]]):
    """Rows as settled ones and conflicts.

    `rows` maps every key, in order, to its fields, each a value or a Conflict; a row that one side removed and the other
    changed is a Conflict itself (None on the side that removed it). `order` is the conflict of two orders (tuples of
    keys), the last one to be settled. `position` names the field that numbers the rows, "" for none.
    """

    rows: Mapping[Any, dict[str, Any] | Conflict[Any]]
    order: Conflict[Any] | None = None
    position: str = ""

    @property
    def conflicts(self) -> tuple[Conflict[Any], ...]:
        found: list[Conflict[Any]] = []
        for row in self.rows.values():
            cells = [row] if isinstance(row, Conflict) else row.values()
            found += [cell for cell in cells if isinstance(cell, Conflict)]
        return (*found, self.order) if self.order else tuple(found)

    def settled(self, choices: Sequence[Any]) -> list[dict[str, Any]]:
        chosen = iter(choices)
        rows: dict[Any, dict[str, Any]] = {}
        for name, row in self.rows.items():
            if not isinstance(row, Conflict):
                rows[name] = {
                    field: next(chosen) if isinstance(cell, Conflict) else cell for field, cell in row.items()
                }
            elif (whole := next(chosen)) is not None:
                rows[name] = dict(whole)
        order = _arranged(list(rows), next(chosen)) if self.order else list(rows)
        return _numbered([rows[name] for name in order], self.position)


def merge_rows(
    base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row], key: str = "key", position: str = ""
) -> RowsMerge:
    """Rows by `key`. What either side added stays, what either removed goes, what either moved is moved.

    Conflicts: a field that both changed (one that a side lacks reads as None), a row that one removed and the other
    changed, a row that both moved. Rows that both add at one spot stand side by side, mine first. Where `position` names
    a field, its numbers give the order and are counted anew where they collide; to the merge itself such a field is just
    the row's place. Raises ValueError where two rows of one side share a key.
    """
    for one, other, outcome in ((mine, base, theirs), (theirs, base, mine), (mine, theirs, mine)):
        if list(one) == list(other):
            return RowsMerge({place: dict(row) for place, row in enumerate(outcome)})
    sides = [_by_key(rows, key) for rows in (base, mine, theirs)]
    if not all(isinstance(row.get(position), int) for side in sides for row in side.values()):
        position = ""
    if position:
        sides = [dict(sorted(side.items(), key=lambda item: item[1][position])) for side in sides]
    merged: dict[Any, dict[str, Any] | Conflict[Any]] = {}
    for name in dict.fromkeys([*sides[0], *sides[1], *sides[2]]):
        row = _merge_row(name, *(side.get(name) for side in sides), position=position)
        if row is not None:
            merged[name] = row
    before, here, there = (tuple(name for name in side if name in merged) for side in sides)
    order = merge_order(before, here, there, merged)
    odds = Conflict(before, here, there, field="order") if order.at_odds else None
    return RowsMerge({name: merged[name] for name in order.keys}, odds, position)


def merge_order(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any], members: Collection[Any]) -> Order:
    """The order of `members`, each of which is in mine or theirs.

    What nobody moved is the frame. Everything else follows what it follows on the side that moved or added it; at one
    spot those of mine come first, and what both moved or added stands where mine has it.
    """
    sides = [list(dict.fromkeys(name for name in side if name in members)) for side in (mine, theirs)]
    shared = set(sides[0]) & set(sides[1])
    common = [name for name in dict.fromkeys(base) if name in shared]
    moved = [moved_keys(common, side) for side in sides]
    frame = set(common) - moved[0] - moved[1]
    settled_elsewhere = (moved[1] - moved[0], moved[0] | (shared - set(common)))
    followers: dict[Any, list[Any]] = {}
    anchors: list[dict[Any, Any]] = [{}, {}]
    for number, side in enumerate(sides):
        anchor = _ABSENT
        for name in side:
            anchors[number][name] = anchor
            if name in frame:
                anchor = name
            elif name not in settled_elsewhere[number]:
                followers.setdefault(anchor, []).append(name)
    keys = list(followers.get(_ABSENT, ()))
    for name in common:
        keys += [name, *followers.get(name, ())] if name in frame else []
    twice = moved[0] & moved[1]
    in_mine, in_theirs = (
        [(name, anchors[number][name]) for name in sides[number] if name in twice] for number in (0, 1)
    )
    return Order(tuple(keys), in_mine != in_theirs)


def moved_keys(old: Sequence[Any], new: Sequence[Any]) -> set[Any]:
    """The fewest keys whose move explains the other order of what both have; each stands once on either side."""
    places = {name: place for place, name in enumerate(old)}
    both = [name for name in new if name in places]
    return set(both) - {both[place] for place in longest_rising([places[name] for name in both])}


def _by_key(rows: Sequence[Row], key: str) -> dict[Any, dict[str, Any]]:
    named = {row[key]: dict(row) for row in rows}
    if len(named) < len(rows):
        raise ValueError(f"Two rows have the same {key}. Give each its own.")
    return named


def _merge_row(
    name: Any,
    base: dict[str, Any] | None,
    mine: dict[str, Any] | None,
    theirs: dict[str, Any] | None,
    *,
    position: str,
) -> dict[str, Any] | Conflict[Any] | None:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if mine is None or theirs is None:
        left, before = mine or theirs or {}, base or {}
        # A place that shifted because of other rows is no reason to keep a removed one.
        if {**left, position: None} == {**before, position: None}:
            return None
        return Conflict(base, mine, theirs, key=str(name))
    cells = {
        field: _merge_cell(name, field, base or {}, mine, theirs, settled=field == position)
        for field in dict.fromkeys([*theirs, *mine])
    }
    return {field: cell for field, cell in cells.items() if cell is not _ABSENT}


def _merge_cell(
    name: Any, field: str, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any], *, settled: bool
) -> Any:
    origin, here, there = (row.get(field, _ABSENT) for row in (base, mine, theirs))
    if here in (origin, there):
        return there
    if settled or there == origin:
        return here
    seen = [None if value is _ABSENT else value for value in (origin, here, there)]
    return Conflict(seen[0], seen[1], seen[2], key=str(name), field=field)


def _arranged(order: Sequence[Any], choice: Sequence[Any]) -> list[Any]:
    """The keys in the chosen order; those that it does not name stay behind the one that they followed."""
    followers: dict[Any, list[Any]] = {}
    anchor = _ABSENT
    for name in order:
        if name in choice:
            anchor = name
        else:
            followers.setdefault(anchor, []).append(name)
    keys = list(followers.get(_ABSENT, ()))
    for name in choice:
        keys += [name, *followers.get(name, ())] if name in order else []
    return keys


def _numbered(rows: list[dict[str, Any]], position: str) -> list[dict[str, Any]]:
    """The rows with numbers that rise: their own if these do, or else counted up from the lowest."""
    if position and any(after[position] <= before[position] for before, after in pairwise(rows)):
        lowest = min(row[position] for row in rows)
        return [{**row, position: number} for number, row in enumerate(rows, lowest)]
    return rows

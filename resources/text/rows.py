"""Three-way merges of rows: records told apart by a key, merged row by row and field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from resources.text.conflicts import Conflict, Merged

type Row = Mapping[str, Any]


class Order(NamedTuple):
    """Keys in their merged order; `at_odds` when both sides moved what was there, each in its own way."""

    keys: tuple[str, ...]
    at_odds: bool


def merge_order(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str], members: set[str]) -> Order:
    """The order of `members`: of the side that moved what was there, theirs where both did; the other's additions go
    behind what they follow there."""
    known = [key for key in base if key in members]
    of_mine = [key for key in mine if key in members and key in set(known)]
    of_theirs = [key for key in theirs if key in members and key in set(known)]
    leading, other = (mine, theirs) if of_theirs == [key for key in known if key in set(of_theirs)] else (theirs, mine)
    both_moved = of_mine != [key for key in known if key in set(of_mine)] and leading is theirs
    order = [key for key in leading if key in members]
    for place, key in enumerate(other):
        if key in members and key not in order:
            before = next((one for one in reversed(other[:place]) if one in order), None)
            order.insert(order.index(before) + 1 if before is not None else 0, key)
    return Order(tuple(order), both_moved and of_mine != of_theirs)


@dataclass(frozen=True)
class RowsMerge(Merged[list[dict[str, Any]]]):
    """Rows as settled ones and conflicts: `rows` maps every key, in order, to its fields, each a value or a Conflict; a
    row that one side removed and the other changed is a Conflict itself (None on the side that removed it)."""

    rows: Mapping[Any, dict[str, Any] | Conflict[Any]]

    @property
    def conflicts(self) -> tuple[Conflict[Any], ...]:
        found: list[Conflict[Any]] = []
        for row in self.rows.values():
            cells = [row] if isinstance(row, Conflict) else row.values()
            found += [cell for cell in cells if isinstance(cell, Conflict)]
        return tuple(found)

    def settled(self, choices: Sequence[Any]) -> list[dict[str, Any]]:
        chosen = iter(choices)
        rows = []
        for row in self.rows.values():
            if isinstance(row, Conflict):
                whole = next(chosen)
                rows += [dict(whole)] if whole is not None else []
            else:
                rows.append({name: next(chosen) if isinstance(cell, Conflict) else cell for name, cell in row.items()})
        return rows


def merge_rows(base: Sequence[Row], mine: Sequence[Row], theirs: Sequence[Row], key: str = "key") -> RowsMerge:
    """Rows by `key`, which every row has once. What either side added stays, what either removed goes; a row that one
    removed and the other changed, and a field that both changed, are conflicts."""
    sides = [{row[key]: dict(row) for row in rows} for rows in (base, mine, theirs)]
    merged: dict[Any, dict[str, Any] | Conflict[Any]] = {}
    for name in dict.fromkeys([*sides[0], *sides[1], *sides[2]]):
        row = _merge_row(name, *(side.get(name) for side in sides))
        if row is not None:
            merged[name] = row
    order = merge_order(list(sides[0]), list(sides[1]), list(sides[2]), set(merged))
    return RowsMerge({name: merged[name] for name in order.keys})


def _merge_row(
    name: Any, base: dict[str, Any] | None, mine: dict[str, Any] | None, theirs: dict[str, Any] | None
) -> dict[str, Any] | Conflict[Any] | None:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if mine is None or theirs is None:
        return Conflict(base, mine, theirs, key=str(name))
    return {field: _merge_cell(name, field, base or {}, mine, theirs) for field in dict.fromkeys([*theirs, *mine])}


def _merge_cell(name: Any, field: str, base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> Any:
    origin, here, there = base.get(field), mine.get(field), theirs.get(field)
    if here in (origin, there):
        return there
    return here if there == origin else Conflict(origin, here, there, key=str(name), field=field)

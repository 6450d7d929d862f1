"""What two versions of content differ in, for people to see.

Pure data: rows of a text with word-level marks, moved blocks and folded runs; members of sets; cells of rows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from resources.text.lines import Row, TextDiff, diff_text
from resources.text.marks import Span, WordDiff, diff_words
from resources.text.rows import moved_keys
from resources.text.wording import similarity

__all__ = [
    "FieldDiff",
    "Row",
    "RowDiff",
    "Span",
    "TextDiff",
    "WordDiff",
    "diff_fields",
    "diff_text",
    "diff_words",
    "similarity",
]


@dataclass(frozen=True, slots=True)
class RowDiff:
    """A record that was "added", "removed", "changed", or only "moved", with the fields that differ.

    The places count records from 1, and are None where it is not in the list.
    """

    kind: Literal["added", "removed", "changed", "moved"]
    key: str
    fields: tuple["FieldDiff", ...]
    old_place: int | None = None
    new_place: int | None = None


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field that differs. By kind: scalar → `words`; text → `text`; set → `added`, `removed`, `moved`; rows → `rows`."""

    name: str
    kind: str
    words: WordDiff | None = None
    text: TextDiff | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    rows: tuple[RowDiff, ...] = ()


def diff_fields(kinds: Mapping[str, str], old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[FieldDiff, ...]:
    """The fields that differ, in the order of `kinds`: "scalar", "text", "set", "rows", "rows:KEY" or "rows:KEY:POSITION".

    A field that is missing or None is an empty one. Raises ValueError for another kind.
    """
    found = (_diff_field(name, kind, old.get(name), new.get(name)) for name, kind in kinds.items())
    return tuple(field for field in found if field)


def _diff_field(name: str, kind: str, old: Any, new: Any) -> FieldDiff | None:
    word, *named = kind.split(":")
    if word == "scalar":
        return FieldDiff(name, word, words=diff_words(_text(old), _text(new))) if old != new else None
    if word == "text":
        return FieldDiff(name, word, text=diff_text(old or "", new or "")) if (old or "") != (new or "") else None
    if word not in {"set", "rows"}:
        raise ValueError(f"The field {name} has the unknown kind {kind}.")
    before, after = list(old or ()), list(new or ())
    if word == "set":
        added = tuple(member for member in after if member not in before)
        removed = tuple(member for member in before if member not in after)
        moved = moved_keys(before, after)
        kept = tuple(member for member in after if member in moved)
        return FieldDiff(name, word, added=added, removed=removed, moved=kept) if before != after else None
    rows = tuple(_diff_rows(before, after, *named))
    return FieldDiff(name, word, rows=rows) if rows else None


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _diff_rows(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], key: str = "key", position: str = ""
) -> Iterator[RowDiff]:
    before, after = _by_key(old, key, position), _by_key(new, key, position)
    moved = moved_keys(list(before), list(after))
    old_places, new_places = ({name: place for place, name in enumerate(side, 1)} for side in (before, after))
    for name in dict.fromkeys([*before, *after]):
        first, second = before.get(name), after.get(name)
        cells = dict.fromkeys([*(first or {}), *(second or {})])
        kinds = {one: _cell_kind(first, second, one) for one in cells if one not in (key, position)}
        fields = diff_fields(kinds, first or {}, second or {})
        places = old_places.get(name), new_places.get(name)
        if first is None or second is None:
            yield RowDiff("removed" if second is None else "added", str(name[0]), fields, *places)
        elif fields or name in moved:
            yield RowDiff("changed" if fields else "moved", str(name[0]), fields, *places)


def _by_key(rows: Sequence[Mapping[str, Any]], key: str, position: str) -> dict[tuple[Any, int], Mapping[str, Any]]:
    """Rows by key, and by its turn where several have the same (two sections may bear one name)."""
    if position and all(isinstance(row.get(position), int) for row in rows):
        rows = sorted(rows, key=lambda row: row[position])
    turns: Counter[Any] = Counter()
    named = {}
    for row in rows:
        named[row[key], turns[row[key]]] = row
        turns[row[key]] += 1
    return named


def _cell_kind(first: Mapping[str, Any] | None, second: Mapping[str, Any] | None, name: str) -> str:
    values = [str(row[name]) for row in (first, second) if row is not None and name in row]
    return "text" if any("\n" in value for value in values) else "scalar"

"""What two versions of content differ in, for people to see.

Pure data: rows of a text with word-level marks, moved blocks and folded runs; members of sets; cells of rows.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from resources.text.marks import Span, WordDiff, diff_words, whole
from resources.text.moves import moved_lines
from resources.text.rows import moved_keys
from resources.text.sequences import Edit, Effort, edits
from resources.text.wording import alike_pairs, similarity

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

CONTEXT = 3
"""Unchanged lines that are shown before and after a change."""

# The effort of finding the like of one line.
_PAIRING = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a difference.

    kind "same", "removed", "added", "changed" (both sides), "moved_from", "moved_to", or "fold" (`count` unchanged lines,
    which are in `folded`). Numbers count lines from 1 and are None on the side that has no such line.
    """

    kind: Literal["same", "removed", "added", "changed", "moved_from", "moved_to", "fold"]
    old_number: int | None = None
    new_number: int | None = None
    old: tuple[Span, ...] = ()
    new: tuple[Span, ...] = ()
    count: int = 0
    folded: tuple["Row", ...] = ()


@dataclass(frozen=True, slots=True)
class TextDiff:
    """The rows of a text's difference, and how many lines came and went."""

    rows: tuple[Row, ...]
    added: int
    removed: int


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


def diff_text(old: str, new: str, context: int = CONTEXT) -> TextDiff:
    """Two texts line by line: edited lines beside each other with their words marked, moved blocks told, the rest folded.

    Every line of both is in the rows (the folded ones included), in order. An empty text has no lines.
    """
    effort = Effort()
    olds, news = (text.split("\n") if text else [] for text in (old, new))
    changes = edits(olds, news, effort)
    moved_from, moved_to = moved_lines(olds, news, changes)
    rows: list[Row] = []
    place = new_place = 0
    for edit in [*changes, Edit(len(olds), len(olds), len(news), len(news))]:
        rows += [_same(olds[line], line, new_place + line - place) for line in range(place, edit.start)]
        rows += _edited(olds, news, edit, moved_from, moved_to, effort)
        place, new_place = edit.end, edit.new_end
    changed = [row for row in rows if row.kind != "same"]
    added = sum(row.new_number is not None for row in changed)
    removed = sum(row.old_number is not None for row in changed)
    return TextDiff(tuple(_folded(rows, context)), added, removed)


def _same(text: str, line: int, new_line: int) -> Row:
    spans = whole(text, changed=False)
    return Row("same", line + 1, new_line + 1, spans, spans)


def _edited(
    olds: list[str], news: list[str], edit: Edit, moved_from: set[int], moved_to: set[int], effort: Effort
) -> list[Row]:
    """The rows of one edit: pairs of alike lines in the order of both sides, removals before additions."""
    old_lines = [line for line in range(edit.start, edit.end) if line not in moved_from]
    new_lines = [line for line in range(edit.new_start, edit.new_end) if line not in moved_to]
    partner: dict[int, int] = {}
    if old_lines and new_lines and effort.left > 0:
        effort.left -= _PAIRING * (len(old_lines) + len(new_lines))
        pairs = alike_pairs([olds[line] for line in old_lines], [news[line] for line in new_lines])
        partner = {old_lines[first]: new_lines[second] for first, second in pairs}
    rows: list[Row] = []
    new_line = edit.new_start
    for line in range(edit.start, edit.end):
        if line in partner:
            rows += [_added(news, one, moved_to) for one in range(new_line, partner[line])]
            rows.append(_changed(olds[line], news[partner[line]], line, partner[line], effort))
            new_line = partner[line] + 1
        elif line in moved_from:
            rows.append(Row("moved_from", line + 1, None, whole(olds[line], changed=False)))
        else:
            rows.append(Row("removed", line + 1, None, whole(olds[line], changed=True)))
    return rows + [_added(news, one, moved_to) for one in range(new_line, edit.new_end)]


def _changed(old: str, new: str, line: int, new_line: int, effort: Effort) -> Row:
    # Equal lines stay unpaired where the comparison ran out of effort.
    if old == new:
        return _same(old, line, new_line)
    marks = diff_words(old, new, effort)
    return Row("changed", line + 1, new_line + 1, marks.old, marks.new)


def _added(news: list[str], line: int, moved_to: set[int]) -> Row:
    if line in moved_to:
        return Row("moved_to", None, line + 1, (), whole(news[line], changed=False))
    return Row("added", None, line + 1, (), whole(news[line], changed=True))


def _folded(rows: list[Row], context: int) -> Iterator[Row]:
    """The rows with every long run of unchanged lines as one fold."""
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and rows[end].kind == "same":
            end += 1
        if end == start:
            yield rows[start]
            start += 1
            continue
        head = context if start else 0
        tail = context if end < len(rows) else 0
        if end - start > head + tail + 1:
            yield from rows[start : start + head]
            hidden = tuple(rows[start + head : end - tail])
            yield Row("fold", count=len(hidden), folded=hidden)
            yield from rows[end - tail : end]
        else:
            yield from rows[start:end]
        start = end


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

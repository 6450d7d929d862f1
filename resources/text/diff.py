"""What two versions of content differ in, for people to see.

Pure data: rows of a text with word-level marks, moved blocks and folded runs; members of sets; cells of rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from resources.text.sequences import Edit, edits
from resources.text.wording import alike_pairs, words

CONTEXT = 3
"""Unchanged lines that are shown before and after a change."""

LONGEST_MARKED = 20_000
"""Characters of a line whose words are compared; a longer one is marked as a whole."""

MOVED_LEAST = 2
"""Lines that a block has at least to be called moved; a single line when it has MOVED_CHARACTERS."""

MOVED_CHARACTERS = 40


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line, and whether it is marked."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a difference.

    kind "same", "removed", "added", "changed" (both sides), "moved_from", "moved_to", or "fold" (`count` unchanged lines,
    which are in `folded`). Numbers count lines from 1 and are None on the side that has no such line.
    """

    kind: str
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
class WordDiff:
    """A value before and after, with the words marked that differ."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class RowDiff:
    """A record that was "added", "removed" or "changed", with the fields that tell it or that differ."""

    kind: str
    key: str
    fields: tuple["FieldDiff", ...]


@dataclass(frozen=True, slots=True)
class FieldDiff:
    """A field that differs. By kind: scalar → `words`; text → `text`; set → `added`, `removed`; rows → `rows`."""

    name: str
    kind: str
    words: WordDiff | None = None
    text: TextDiff | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    rows: tuple[RowDiff, ...] = field(default=())


def diff_words(old: str, new: str) -> WordDiff:
    """Two values with the words marked that differ; values over LONGEST_MARKED characters are marked whole."""
    if max(len(old), len(new)) > LONGEST_MARKED:
        return WordDiff(_whole(old, changed=old != new), _whole(new, changed=old != new))
    olds, news = words(old), words(new)
    changes = edits(olds, news)
    return WordDiff(
        tuple(_spans(olds, [(edit.start, edit.end) for edit in changes])),
        tuple(_spans(news, [(edit.new_start, edit.new_end) for edit in changes])),
    )


def _whole(text: str, *, changed: bool) -> tuple[Span, ...]:
    return (Span(text, changed),) if text else ()


def _spans(pieces: Sequence[str], marked: Sequence[tuple[int, int]]) -> Iterator[Span]:
    place = 0
    for start, end in marked:
        if start > place:
            yield Span("".join(pieces[place:start]), changed=False)
        if end > start:
            yield Span("".join(pieces[start:end]), changed=True)
        place = end
    if place < len(pieces):
        yield Span("".join(pieces[place:]), changed=False)


def diff_text(old: str, new: str, context: int = CONTEXT) -> TextDiff:
    """Two texts line by line: edited lines beside each other with their words marked, moved blocks told, the rest folded."""
    olds, news = (text.split("\n") if text else [] for text in (old, new))
    changes = edits(olds, news)
    moved_from, moved_to = _moved(olds, news, changes)
    rows: list[Row] = []
    place = new_place = 0
    for edit in [*changes, Edit(len(olds), len(olds), len(news), len(news))]:
        for line in range(place, edit.start):
            rows.append(_same(olds[line], line, new_place + line - place))
        rows += _edited(olds, news, edit, moved_from, moved_to)
        place, new_place = edit.end, edit.new_end
    added = sum(edit.new_end - edit.new_start for edit in changes)
    removed = sum(edit.end - edit.start for edit in changes)
    return TextDiff(tuple(_folded(rows, context)), added, removed)


def _same(text: str, line: int, new_line: int) -> Row:
    spans = _whole(text, changed=False)
    return Row("same", line + 1, new_line + 1, spans, spans)


def _edited(olds: list[str], news: list[str], edit: Edit, moved_from: set[int], moved_to: set[int]) -> list[Row]:
    """The rows of one edit: pairs of alike lines in the order of both sides, removals before additions."""
    old_lines = [line for line in range(edit.start, edit.end) if line not in moved_from]
    new_lines = [line for line in range(edit.new_start, edit.new_end) if line not in moved_to]
    pairs = alike_pairs([olds[line] for line in old_lines], [news[line] for line in new_lines])
    partner = {old_lines[first]: new_lines[second] for first, second in pairs}
    rows: list[Row] = []
    new_line = edit.new_start
    for line in range(edit.start, edit.end):
        if line in partner:
            rows += [_added(news, one, moved_to) for one in range(new_line, partner[line])]
            marks = diff_words(olds[line], news[partner[line]])
            rows.append(Row("changed", line + 1, partner[line] + 1, marks.old, marks.new))
            new_line = partner[line] + 1
        else:
            kind = "moved_from" if line in moved_from else "removed"
            rows.append(Row(kind, line + 1, None, _whole(olds[line], changed=kind == "removed")))
    return rows + [_added(news, one, moved_to) for one in range(new_line, edit.new_end)]


def _added(news: list[str], line: int, moved_to: set[int]) -> Row:
    kind = "moved_to" if line in moved_to else "added"
    return Row(kind, None, line + 1, (), _whole(news[line], changed=kind == "added"))


def _moved(olds: list[str], news: list[str], changes: list[Edit]) -> tuple[set[int], set[int]]:
    """The lines that were taken out in one place and put in in another, unchanged, as a block."""
    places: dict[str, list[int]] = {}
    gained = [line for edit in changes for line in range(edit.new_start, edit.new_end)]
    for line in gained:
        places.setdefault(news[line], []).append(line)
    free, lost = set(gained), {line for edit in changes for line in range(edit.start, edit.end)}
    moved_from: set[int] = set()
    moved_to: set[int] = set()
    for line in sorted(lost):
        if line in moved_from or not olds[line].strip():
            continue
        for target in places.get(olds[line], ())[:8]:
            length = _run(olds, news, line, target, lost, free)
            text = sum(len(olds[line + step]) for step in range(length))
            if length and (length >= MOVED_LEAST or text >= MOVED_CHARACTERS) and text > MOVED_LEAST:
                moved_from.update(range(line, line + length))
                moved_to.update(range(target, target + length))
                free -= moved_to
                break
    return moved_from, moved_to


def _run(olds: list[str], news: list[str], line: int, target: int, lost: set[int], free: set[int]) -> int:
    length = 0
    while line + length in lost and target + length in free and olds[line + length] == news[target + length]:
        length += 1
    return length


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
    """The fields that differ, in the order of `kinds`: "scalar", "text", "set", "rows" or "rows:KEY"."""
    found = []
    for name, kind in kinds.items():
        before, after = old.get(name), new.get(name)
        if before != after:
            word, _colon, key = kind.partition(":")
            found.append(_diff_field(name, word, key or "key", before, after))
    return tuple(found)


def _diff_field(name: str, kind: str, key: str, old: Any, new: Any) -> FieldDiff:
    if kind == "text":
        return FieldDiff(name, kind, text=diff_text(old or "", new or ""))
    if kind == "set":
        added = tuple(word for word in new or () if word not in (old or ()))
        removed = tuple(word for word in old or () if word not in (new or ()))
        return FieldDiff(name, kind, added=added, removed=removed)
    if kind == "rows":
        return FieldDiff(name, kind, rows=tuple(_diff_rows(key, old or [], new or [])))
    return FieldDiff(name, "scalar", words=diff_words(_text(old), _text(new)))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _diff_rows(key: str, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> Iterator[RowDiff]:
    before, after = {row[key]: row for row in old}, {row[key]: row for row in new}
    for name in dict.fromkeys([*before, *after]):
        first, second = before.get(name), after.get(name)
        if first == second:
            continue
        kind = "added" if first is None else "removed" if second is None else "changed"
        fields = dict.fromkeys([*(first or {}), *(second or {})])
        kinds = {one: _cell_kind(first, second, one) for one in fields if one != key}
        yield RowDiff(kind, str(name), diff_fields(kinds, first or {}, second or {}))


def _cell_kind(first: Mapping[str, Any] | None, second: Mapping[str, Any] | None, name: str) -> str:
    values = [str(row[name]) for row in (first, second) if row is not None and name in row]
    return "text" if any("\n" in value for value in values) else "scalar"

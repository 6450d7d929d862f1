"""Which proposals will meet an edit that is being written: by field, and in texts by paragraph. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from resources.text.sequences import Edit, edits

type Content = Mapping[str, Any]
type Spots = dict[str, frozenset[int] | None]
"""Field → the lines of the ground that are touched, whole paragraphs of them; None for a field without lines."""


def forecast(
    kinds: Mapping[str, str],
    ground: Content,
    mine: Content,
    others: Sequence[tuple[Content, Content]],
    *,
    field: str = "",
    line: int | None = None,
) -> list[tuple[str, ...]]:
    """For each of `others`, a (base, content) of its own, the fields in which it meets `mine`; both seen on `ground`, the
    content that mine started from.

    `field` is the one that the writer is in, and `line` the line of their text (from 0): that counts as touched too.
    """
    here = touched(kinds, ground, ground, mine)
    if field in kinds:
        here[field] = (
            (here.get(field) or frozenset()) | _at_line(ground, mine, field, line) if _is_text(kinds, field) else None
        )
    found = []
    for base, content in others:
        there = touched(kinds, ground, base, content)
        found.append(tuple(name for name in here if name in there and _meet(here[name], there[name])))
    return found


def touched(kinds: Mapping[str, str], ground: Content, base: Content, content: Content) -> Spots:
    """What `content`, written from `base`, changes on the ground."""
    spots: Spots = {}
    for name in kinds:
        old, new = base.get(name), content.get(name)
        if old != new:
            spots[name] = _lines(ground, name, old or "", new or "") if _is_text(kinds, name) else None
    return spots


def _is_text(kinds: Mapping[str, str], name: str) -> bool:
    return kinds[name] == "text"


def _meet(here: frozenset[int] | None, there: frozenset[int] | None) -> bool:
    return here is None or there is None or bool(here & there)


def _lines(ground: Content, name: str, old: str, new: str) -> frozenset[int]:
    base, text = old.split("\n"), str(ground.get(name) or "").split("\n")
    carried = edits(base, text)
    found: set[int] = set()
    for edit in edits(base, new.split("\n")):
        for place in range(edit.start, edit.end) if edit.end > edit.start else (edit.start - 1, edit.start):
            found |= _paragraph(text, _carried(place, carried))
    return frozenset(found)


def _at_line(ground: Content, mine: Content, name: str, line: int | None) -> frozenset[int]:
    """The paragraph of the ground in which the writer is."""
    if line is None:
        return frozenset()
    text = str(ground.get(name) or "").split("\n")
    return frozenset(_paragraph(text, _carried(line, edits(str(mine.get(name) or "").split("\n"), text))))


def _carried(line: int, changes: Sequence[Edit]) -> int:
    """Where a line stands after these edits; the beginning of what replaced it where it is gone."""
    shift = 0
    for change in changes:
        if change.start > line:
            break
        if line < change.end:
            return min(change.new_start + line - change.start, max(change.new_start, change.new_end - 1))
        shift = change.new_end - change.end
    return line + shift


def _paragraph(text: Sequence[str], line: int) -> set[int]:
    """The lines of the paragraph around a line; a blank line belongs to none."""
    if not 0 <= line < len(text) or not text[line].strip():
        return set()
    start = end = line
    while start > 0 and text[start - 1].strip():
        start -= 1
    while end + 1 < len(text) and text[end + 1].strip():
        end += 1
    return set(range(start, end + 1))

"""Two texts line by line, as rows for people to see."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from resources.text.marks import Span, diff_words, whole
from resources.text.moves import moved_lines
from resources.text.sequences import Edit, Effort, edits
from resources.text.wording import alike_pairs

CONTEXT = 3
"""Unchanged lines that are shown before and after a change."""

SHOWN = 2_000
"""Rows that a page shows of one text: more than anyone reads, and half a megabyte of HTML."""

# The effort of finding the like of one line.
_PAIRING = 12


class Row(NamedTuple):
    """One line of a difference, or a fold of many.

    kind "same", "removed", "added", "changed" (both sides), "moved_from", "moved_to", or "fold" (unchanged lines, whose
    text is in `folded`). Numbers count lines from 1 and are None on the side that has no such line; those of a fold are
    its first line's.
    """

    kind: Literal["same", "removed", "added", "changed", "moved_from", "moved_to", "fold"]
    old_number: int | None = None
    new_number: int | None = None
    old: tuple[Span, ...] = ()
    new: tuple[Span, ...] = ()
    folded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextDiff:
    """The rows of a text's difference, and how many lines came and went."""

    rows: tuple[Row, ...]
    added: int
    removed: int

    @property
    def shown(self) -> tuple[Row, ...]:
        """The rows for a page, from the first."""
        return self.rows[:SHOWN]

    @property
    def beyond(self) -> int:
        """How many rows a page leaves out."""
        return max(0, len(self.rows) - SHOWN)


def diff_text(old: str, new: str, context: int = CONTEXT) -> TextDiff:
    """Two texts line by line: edited lines beside each other with their words marked, moved blocks told, the rest folded.

    Every line of both is in the rows (the folded ones included), in order. An empty text has no lines. Texts that differ
    in very many places are compared more coarsely, never wrongly: when the effort of a comparison (`Effort`) is spent,
    equal lines pair in their order, edited ones stand below each other, and a line is marked from first to last change.
    """
    effort = Effort()
    olds, news = (text.split("\n") if text else [] for text in (old, new))
    changes = edits(olds, news, effort)
    drawing = _Drawing(olds, news, moved_lines(olds, news, changes), context, effort)
    place = new_place = 0
    for edit in changes:
        drawing.keep(place, new_place, edit.start - place)
        drawing.edit(edit)
        place, new_place = edit.end, edit.new_end
    drawing.keep(place, new_place, len(olds) - place)
    drawing.fold(below=0)
    return TextDiff(tuple(drawing.rows), len(news) - drawing.same, len(olds) - drawing.same)


class _Spans(dict[str, tuple[Span, ...]]):
    """Lines as one span each, made once for equal lines."""

    def __init__(self, *, changed: bool) -> None:
        self.changed = changed

    def __missing__(self, line: str) -> tuple[Span, ...]:
        spans = self[line] = whole(line, changed=self.changed)
        return spans


class _Drawing:
    """Rows in the making. Unchanged lines wait until it is known how many follow each other: most of them fold."""

    def __init__(
        self, olds: list[str], news: list[str], moved: tuple[set[int], set[int]], context: int, effort: Effort
    ) -> None:
        self.olds = olds
        self.news = news
        self.moved_from, self.moved_to = moved
        self.context = context
        self.effort = effort
        self.rows: list[Row] = []
        self.same = 0
        self.waiting = range(0)
        self.offset = 0
        self.plain, self.marked = _Spans(changed=False), _Spans(changed=True)

    def keep(self, line: int, new_line: int, length: int) -> None:
        """The next `length` lines are unchanged."""
        self.same += length
        self.waiting = range(self.waiting.start if self.waiting else line, line + length)
        self.offset = new_line - line

    def edit(self, edit: Edit) -> None:
        """The next lines are an edit's: pairs of alike lines in the order of both sides, removals before additions."""
        line, new_line = edit.start, edit.new_start
        for like, new_like in self._pairs(edit):
            self._removed(line, like)
            self._added(new_line, new_like)
            self._changed(like, new_like)
            line, new_line = like + 1, new_like + 1
        self._removed(line, edit.end)
        self._added(new_line, edit.new_end)

    def fold(self, below: int) -> None:
        """The unchanged lines end here: those far from a change become one row; `below` are kept before what follows."""
        start, end = self.waiting.start, self.waiting.stop
        if start == end:
            return
        self.waiting = range(0)
        head, tail = start + (self.context if self.rows else 0), end - below
        if tail - head > 1:
            self._unchanged(start, head)
            hidden = tuple(self.olds[head:tail])
            self.rows.append(Row("fold", head + 1, head + 1 + self.offset, folded=hidden))
            self._unchanged(tail, end)
        else:
            self._unchanged(start, end)

    def _pairs(self, edit: Edit) -> list[tuple[int, int]]:
        """The lines of an edit that live on, and as which."""
        if edit.start == edit.end or edit.new_start == edit.new_end or self.effort.left <= 0:
            return []
        lines = [line for line in range(edit.start, edit.end) if line not in self.moved_from]
        new_lines = [line for line in range(edit.new_start, edit.new_end) if line not in self.moved_to]
        self.effort.left -= _PAIRING * (len(lines) + len(new_lines))
        pairs = alike_pairs([self.olds[line] for line in lines], [self.news[line] for line in new_lines])
        return [(lines[first], new_lines[second]) for first, second in pairs]

    def _unchanged(self, start: int, end: int) -> None:
        offset, spans = self.offset + 1, self.plain
        lines = enumerate(self.olds[start:end], start)
        self.rows += [Row("same", line + 1, line + offset, spans[text], spans[text]) for line, text in lines]

    def _changed(self, line: int, new_line: int) -> None:
        old, new = self.olds[line], self.news[new_line]
        # Equal lines are left in an edit where the comparison ran out of effort.
        if old == new:
            self.keep(line, new_line, 1)
        else:
            self.fold(self.context)
            marks = diff_words(old, new, self.effort)
            self.rows.append(Row("changed", line + 1, new_line + 1, marks.old, marks.new))

    def _removed(self, start: int, end: int) -> None:
        if start < end:
            self.fold(self.context)
            moved, plain, marked = self.moved_from, self.plain, self.marked
            self.rows += [
                Row("moved_from", line, None, plain[text])
                if line - 1 in moved
                else Row("removed", line, None, marked[text])
                for line, text in enumerate(self.olds[start:end], start + 1)
            ]

    def _added(self, start: int, end: int) -> None:
        if start < end:
            self.fold(self.context)
            moved, plain, marked = self.moved_to, self.plain, self.marked
            self.rows += [
                Row("moved_to", None, line, (), plain[text])
                if line - 1 in moved
                else Row("added", None, line, (), marked[text])
                for line, text in enumerate(self.news[start:end], start + 1)
            ]

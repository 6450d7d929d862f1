"""Two values with the words marked that differ."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from resources.text.sequences import Edit, Effort, edits
from resources.text.wording import words

# Where less than this share of the letters stayed, single kept words only confuse: the whole stretch is marked.
_KEPT_LEAST = 0.2
# Stretches of more words, or with more single changes, are marked as a whole: nobody reads such marks.
_MOST_WORDS = 8_000
_MOST_CHANGES = 500


class Span(NamedTuple):
    """A piece of a line, and whether it is marked."""

    text: str
    changed: bool


class WordDiff(NamedTuple):
    """A value before and after, with the words marked that differ. Without the marked ones both read the same."""

    old: tuple[Span, ...]
    new: tuple[Span, ...]


def diff_words(old: str, new: str, effort: Effort | None = None) -> WordDiff:
    """Compares two values word by word (Chinese and Japanese sign by sign).

    Everything between the first and the last difference is marked where it is very long or hardly a word stayed, and where
    `effort`, which the comparison spends of, runs out.
    """
    olds, news = words(old), words(new)
    head, tail = _common_ends(olds, news)
    middle = Edit(head, len(olds) - tail, head, len(news) - tail)
    effort = effort or Effort()
    changes = [middle]
    if effort.left > 0 and 1 < middle.end - head <= _MOST_WORDS and 1 < middle.new_end - head <= _MOST_WORDS:
        changes = _fine_changes(olds, news, middle, effort)
    if changes == [middle]:
        before, after = whole("".join(olds[:head]), changed=False), whole("".join(olds[middle.end :]), changed=False)
        gone, come = "".join(olds[head : middle.end]), "".join(news[head : middle.new_end])
        return WordDiff(
            (*before, *whole(gone, changed=True), *after),
            (*before, *whole(come, changed=True), *after),
        )
    return WordDiff(
        tuple(_spans(olds, [(change.start, change.end) for change in changes])),
        tuple(_spans(news, [(change.new_start, change.new_end) for change in changes])),
    )


def whole(text: str, *, changed: bool) -> tuple[Span, ...]:
    """One span of all the text; none for an empty one."""
    return (Span(text, changed),) if text else ()


def _common_ends(olds: list[str], news: list[str]) -> tuple[int, int]:
    shortest = min(len(olds), len(news))
    head = next((place for place in range(shortest) if olds[place] != news[place]), shortest)
    rest = shortest - head
    return head, next((place for place in range(rest) if olds[-1 - place] != news[-1 - place]), rest)


def _fine_changes(olds: list[str], news: list[str], middle: Edit, effort: Effort) -> list[Edit]:
    """The changes inside a stretch; those with only space between them as one."""
    start, end, new_start, new_end = middle
    joined: list[Edit] = []
    kept = 0
    for edit in edits(olds[start:end], news[new_start:new_end], effort):
        change = Edit(edit.start + start, edit.end + start, edit.new_start + new_start, edit.new_end + new_start)
        between = "".join(olds[joined[-1].end if joined else start : change.start])
        kept += len(between.strip())
        if joined and between.isspace():
            last = joined.pop()
            change = Edit(last.start, change.end, last.new_start, change.new_end)
        joined.append(change)
    longest = max(len("".join(olds[start:end])), len("".join(news[new_start:new_end])))
    return joined if kept >= _KEPT_LEAST * longest and len(joined) <= _MOST_CHANGES else [middle]


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

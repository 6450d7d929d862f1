"""What a notice tells of, as differences: on the page, and in a mail as lines of words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from resources.entries.content import MODELS, Content
from resources.history.comparing import Compared, compare_revisions, section_titles
from resources.history.models import Revision
from resources.notices.models import Notice
from resources.text.diff import FieldDiff, Row
from resources.text.marks import Span, WordDiff

LARGEST = 40_000
"""Characters of content from which on a difference is left to its own page."""

LINES = 30
"""Lines of one field's difference in a mail."""

type Piece = tuple[str, str]
"""("same", "del" or "ins", text)"""


@dataclass(frozen=True, slots=True)
class Side:
    """One comparison of a notice: what it shows, field by field."""

    label: str
    fields: list[Compared]


@dataclass(frozen=True, slots=True)
class Lines:
    """A field's difference for a mail."""

    label: Any
    lines: list[list[Piece]]
    more: int


def sides_of(notices: Iterable[Notice]) -> dict[int, list[Side]]:
    """Notices, by their keys, to what they tell of; in a fixed number of queries."""
    told = [notice for notice in notices if notice.revision_id and notice.entry_id and notice.since is not None]
    wanted = Q(pk=None)
    for notice in told:
        numbers = {notice.since, notice.revision.number if notice.revision else 0}
        if notice.proposal is not None and notice.act == "proposal_needs_you":
            numbers.add(notice.proposal.base)
        wanted |= Q(entry=notice.entry_id, number__in=numbers)
    small = Revision.objects.filter(wanted, size__lt=LARGEST) if told else Revision.objects.none()
    contents = {(one.entry_id, one.number): one.content for one in small.only("entry_id", "number", "content")}
    titles = section_titles([*contents.values(), *(one.proposal.content for one in told if one.proposal)])
    return {notice.pk: sides for notice in told if (sides := list(_sides(notice, contents, titles)))}


def _sides(notice: Notice, contents: dict[tuple[int, int], Content], titles: dict[int, str]) -> Iterator[Side]:
    entry, revision = notice.entry, notice.revision
    assert entry is not None and revision is not None  # noqa: S101, PT018  # sides_of() looked
    model = MODELS[entry.type]
    before, after = contents.get((entry.pk, notice.since or 0)), contents.get((entry.pk, revision.number))
    if after is not None and (before is not None or notice.since == 0):
        yield Side(_("What changed"), compare_revisions(model, before or {}, after, titles))
    if notice.act == "proposal_needs_you" and notice.proposal is not None:
        base = contents.get((entry.pk, notice.proposal.base or 0))
        if base is not None:
            yield Side(_("What you propose"), compare_revisions(model, base, notice.proposal.content, titles))


def in_lines(compared: Compared) -> Lines:
    """A field's difference as lines of pieces, the first of them."""
    lines = list(_lines(compared.diff))
    return Lines(compared.label, lines[:LINES], max(len(lines) - LINES, 0))


def _lines(diff: FieldDiff) -> Iterator[list[Piece]]:
    if diff.text is not None:
        for row in diff.text.rows:
            yield from _row(row)
    elif diff.words is not None:
        yield _cut(unified(diff.words))
    yield from ([("del", word)] for word in diff.removed)
    yield from ([("ins", word)] for word in diff.added)
    for item in diff.rows:
        mark = {"added": "ins", "removed": "del"}.get(item.kind, "same")
        yield [(mark, item.key)]
        if mark == "same":
            for cell in item.fields:
                yield from ([("same", f"{cell.name}: "), *line] for line in _lines(cell))


def _row(row: Row) -> Iterator[list[Piece]]:
    if row.kind == "fold":
        yield [("same", "…")]
    elif row.kind == "changed":
        yield _cut(unified(WordDiff(row.old, row.new)))
    else:
        spans = row.old or row.new
        mark = {"removed": "del", "moved_from": "del", "added": "ins", "moved_to": "ins"}.get(row.kind, "same")
        yield _cut([(mark, "".join(span.text for span in spans))])


def _cut(pieces: list[Piece]) -> list[Piece]:
    return [(mark, Truncator(text).chars(400)) for mark, text in pieces]


def unified(words: WordDiff) -> list[Piece]:
    """Both sides of a difference in one line: what stays once, what went before what came."""
    pieces: list[Piece] = []
    old, new = list(words.old), list(words.new)
    while old or new:
        if old and old[0].changed:
            pieces.append(("del", old.pop(0).text))
        elif new and new[0].changed:
            pieces.append(("ins", new.pop(0).text))
        elif old and new and (common := _common(old[0].text, new[0].text)):
            pieces.append(("same", common))
            for side in (old, new):
                rest = side.pop(0).text[len(common) :]
                if rest:
                    side.insert(0, Span(rest, changed=False))
        else:
            pieces += [("del", span.text) for span in old] + [("ins", span.text) for span in new]
            break
    return pieces


def _common(one: str, other: str) -> str:
    shorter, longer = sorted((one, other), key=len)
    return shorter if longer.startswith(shorter) else ""

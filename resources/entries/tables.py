"""A comparison as a table to be drawn: its heads, lines and cells, narrowed to what a reader asked for."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from resources.entries.knowledge import Comparison
from resources.entries.models import Resource
from resources.text.addresses import host_of, is_web_address

type Row = Mapping[str, Any]


@dataclass(slots=True)
class Head:
    """A subject or a criterion. `help` is what a criterion asks; `resource` is what a subject leads to, if anything.

    `counts` says how often a subject has each verdict, as (word, label, number), the words that it never has left out.
    """

    key: str
    name: str
    help: str = ""
    resource: Resource | None = None
    is_subject: bool = False
    counts: list[tuple[str, str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """What is said of one subject by one criterion. `text` and `note` are HTML, made of the Markdown in
    `text_written` and `note_written`; `beside` is the head of the cell's column.
    """

    key: str
    subject: Head
    criterion: Head
    beside: Head
    verdict: str = ""
    text: str = ""
    note: str = ""
    source: str = ""
    text_written: str = ""
    note_written: str = ""

    @property
    def verdict_label(self) -> str:
        """The verdict for people."""
        return str(Comparison.Verdict(self.verdict).label) if self.verdict in Comparison.Verdict.values else ""

    @property
    def host(self) -> str:
        """The host of the source; "" while what is typed there is no address of the web."""
        return host_of(self.source) if is_web_address(self.source) else ""

    @property
    def is_empty(self) -> bool:
        """Whether nobody has filled it in."""
        return not (self.verdict or self.text or self.note or self.source)


@dataclass(slots=True)
class Line:
    """A row of the table as it is drawn."""

    head: Head
    cells: list[Cell]


@dataclass(slots=True)
class Table:
    """`heads` stand above the columns, and each line has a head of its own; `turned` puts the subjects into the lines.

    `subjects` are all that could be shown, `shown` the keys of those that are; `alike` counts the criteria that the
    filter to differences left out, or would.
    """

    heads: list[Head]
    lines: list[Line]
    subjects: list[Head]
    shown: list[str]
    turned: bool = False
    only_differences: bool = False
    alike: int = 0

    @property
    def is_narrowed(self) -> bool:
        """Whether some subject or criterion is left out."""
        return len(self.shown) < len(self.subjects) or (self.only_differences and self.alike > 0)

    @property
    def columns(self) -> list[Head]:
        """The subjects that are shown."""
        return [subject for subject in self.subjects if subject.key in self.shown]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for: the keys of subjects and criteria (all where none is known), differences only, axes swapped."""

    subjects: Collection[str] = ()
    criteria: Collection[str] = ()
    differences: bool = False
    turn: bool = False


def table_of(comparison: Comparison, wish: Wish | None = None) -> Table:
    """The table of a comparison, with one query for the resources of its subjects."""
    wish = wish or Wish()
    subjects = _subjects(comparison)
    criteria = [Head(row["key"], row["name"], row.get("help", "")) for row in _in_order(comparison.criteria)]
    criteria = [one for one in criteria if one.key in wish.criteria] or criteria
    shown = [one for one in subjects if one.key in wish.subjects] or subjects
    rows = {row["key"]: row for row in comparison.cells}
    different = [one for one in criteria if len(shown) < 2 or _differs(one, shown, rows)]
    kept = different if wish.differences else criteria
    heads, sides = (kept, shown) if wish.turn else (shown, kept)
    lines = [Line(side, [_cell(side, head, rows, comparison.cells_html) for head in heads]) for side in sides]
    _count(shown, [cell for line in lines for cell in line.cells])
    keys = [one.key for one in shown]
    return Table(heads, lines, subjects, keys, wish.turn, wish.differences, len(criteria) - len(different))


def _subjects(comparison: Comparison) -> list[Head]:
    rows = _in_order(comparison.subjects)
    wanted = {row["resource"] for row in rows if row.get("resource")}
    resources = Resource.objects.live().with_health().in_bulk(wanted) if wanted else {}
    return [
        Head(row["key"], row["name"], resource=resources.get(row.get("resource") or 0), is_subject=True) for row in rows
    ]


def _in_order(rows: Sequence[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["position"])


def _differs(criterion: Head, subjects: Sequence[Head], rows: Mapping[str, Row]) -> bool:
    """Whether the verdicts or texts of a criterion are not all the same."""
    found = (rows.get(f"{subject.key}/{criterion.key}", {}) for subject in subjects)
    said = {(row.get("verdict", ""), " ".join(row.get("text", "").split())) for row in found}
    return len(said) > 1


def _cell(side: Head, head: Head, rows: Mapping[str, Row], html: Mapping[str, Any]) -> Cell:
    subject, criterion = (side, head) if side.is_subject else (head, side)
    key = f"{subject.key}/{criterion.key}"
    row, drawn = rows.get(key, {}), html.get(key, {})
    texts = (drawn.get("text", ""), drawn.get("note", ""), row.get("source", ""), row.get("text", ""))
    return Cell(key, subject, criterion, head, row.get("verdict", ""), *texts, row.get("note", ""))


def _count(subjects: Sequence[Head], cells: Sequence[Cell]) -> None:
    """Counts the verdicts of each subject in the cells that are shown; the unknown ones are those that say so."""
    for subject in subjects:
        found = Counter(cell.verdict for cell in cells if cell.subject is subject)
        subject.counts = [(word, str(label), found[word]) for word, label in Comparison.Verdict.choices if found[word]]


@dataclass(frozen=True, slots=True)
class Gaps:
    """How much there is to do: cells in all, empty ones, filled ones without a source, and those that say unknown."""

    cells: int
    empty: int
    unsourced: int
    unknown: int


def gaps_of(comparison: Comparison) -> Gaps:
    """The gaps of a comparison, from its own columns alone."""
    keys = [f"{subject['key']}/{one['key']}" for subject in comparison.subjects for one in comparison.criteria]
    rows = {row["key"]: row for row in comparison.cells}
    filled = [rows[key] for key in keys if key in rows and any(rows[key].get(name) for name in ("text", "verdict"))]
    unknown = sum(row.get("verdict") == Comparison.Verdict.UNKNOWN for row in filled)
    unsourced = sum(not row.get("source") and row.get("verdict") != Comparison.Verdict.UNKNOWN for row in filled)
    return Gaps(len(keys), len(keys) - len(filled), unsourced, unknown)

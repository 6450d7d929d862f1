"""One entry as a file: Markdown with YAML front matter.

The front matter holds `id`, the fields that are filled in, and what is known beside them; the body is the "text" field of
kinds that have one. Entries that it points to are named by their slugs, so that a file reads alone and means the same in
another database. docs/content-files.md describes the form.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from resources.content_files.front_matter import join_file
from resources.entries.content import Content, ContentField, content_fields, empty_content, with_pointed
from resources.entries.models import Entry

CHECKED_BY, CHECKED_ON = "checked_by", "checked_on"
"""Columns of a claim that only its file has: who gave it its state, and on which day."""

LOOSE_ROWS: Mapping[str, Mapping[str, Any]] = {"passages": {"position": 0, "depth": 0, "form": "prose", "text": ""}}
"""Rows of no fixed form, and what they hold beside their key, with its empty values."""


class Check(NamedTuple):
    """Who checked a claim, and on which day (as 2026-11-02)."""

    by: str
    on: str


class Point(NamedTuple):
    """A file names an entry of this type by its slug, on this line; `field` is the content field it stands in."""

    field: str
    type: str
    slug: str
    line: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What a file tells of an entry beside its content: earlier addresses, checks of claims by their keys, verifications."""

    aliases: Sequence[str] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    verified: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class ContentFile:
    """A file that was read. In `content` slugs stand for the entries that it points to; `lines` says where fields begin."""

    name: str
    type: str
    key: str
    content: Content
    beside: Beside
    lines: Mapping[str, int]
    points: Sequence[Point]

    @property
    def slug(self) -> str:
        """The address that the entry gets."""
        return str(self.content["slug"])

    def trouble(self, reason: str, name: str = "") -> str:
        """A sentence about this file, with the line of that field where there is one."""
        return trouble(self.name, self.lines.get(name), f"{row_name(name)}: {reason}" if name else reason)

    def trouble_at(self, line: int, reason: str) -> str:
        """A sentence about a line of this file."""
        return trouble(self.name, line, reason)


class BadFile(ValueError):
    """Content files that cannot be read or loaded: one sentence for each trouble, with file, line and reason."""

    MOST_SHOWN = 20

    def __init__(self, *troubles: str) -> None:
        more = len(troubles) - self.MOST_SHOWN
        shown = [*troubles[: self.MOST_SHOWN], *([f"… and {more} more."] if more > 0 else [])]
        super().__init__("\n".join(shown))
        self.troubles = troubles


def trouble(name: str, line: int | None, reason: str) -> str:
    """What is wrong with a file, and where."""
    return f"{name}, line {line}: {reason}" if line else f"{name}: {reason}"


def to_file(entry: Entry, content: Content, slugs: Mapping[int, str], beside: Beside) -> str:
    """The file of an entry. `slugs` maps the keys of entries to their slugs; what points to another is left out."""
    model = type(entry)
    blank = empty_content(model)
    front: dict[str, Any] = {"id": entry.key}
    body = ""
    content = seen(model, content, slugs)
    content = with_pointed(model, content, lambda _type, number: slugs[number])
    for item in content_fields(model):
        value = content[item.name]
        if item.kind == "text":
            body = value
        elif value != blank[item.name]:
            front[row_name(item.name)] = _to_front(item, value, beside)
        if item.name == "slug" and beside.aliases:
            front["aliases"] = list(beside.aliases)
    if beside.verified:
        front["verified"] = [dict(row) for row in beside.verified]
    return join_file(front, body)


def seen(model: type[Entry], content: Content, known: Mapping[int, Any]) -> Content:
    """The content without what points to an entry that is not `known`: the seat, the parent, the link of a subject."""
    shown = dict(content)
    for item in content_fields(model):
        for column in item.pointers:
            value = content[item.name]
            if not column:
                shown[item.name] = value if value in known else None
            elif column == item.row_key:
                shown[item.name] = [row for row in value if row[column] in known]
            else:
                shown[item.name] = [row if row.get(column) in known else row | {column: None} for row in value]
    return shown


def row_name(name: str) -> str:
    """Readers of files see a resource's seats under "sections"."""
    return "sections" if name == "placements" else name


def _to_front(item: ContentField, value: Any, beside: Beside) -> Any:
    if item.name in LOOSE_ROWS:
        names = (item.row_key, *LOOSE_ROWS[item.name])
        return [{name: row[name] for name in names if name in row} for row in value]
    if not item.columns:
        return value
    # Rows as a reader expects them: by their numbers where these are theirs alone.
    order = item.row_position
    rows = sorted(value, key=lambda row: (row[order], row[item.row_key])) if order else value
    return [dict(_to_row(item, row, beside)) for row in rows]


def _to_row(item: ContentField, row: dict[str, Any], beside: Beside) -> Iterator[tuple[str, Any]]:
    """A row without the columns that are empty, its key first."""
    for name in (item.row_key, *item.columns):
        if name in {item.row_key, "position"} or row[name] != item.columns[name][1]:
            yield name, row[name]
    if item.name == "claims" and (check := beside.checks.get(row[item.row_key])):
        yield CHECKED_BY, check.by
        yield CHECKED_ON, check.on

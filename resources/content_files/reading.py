"""From the text of a content file to typed fields; every trouble is gathered with its line."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_date

from resources.content_files.form import (
    CHECKED_BY,
    CHECKED_ON,
    LOOSE_ROWS,
    BadFile,
    Beside,
    Check,
    ContentFile,
    Point,
    row_name,
    trouble,
)
from resources.content_files.front_matter import BadYaml, Node, read_front, split_file
from resources.entries.content import MODELS, ContentField, content_fields
from resources.entries.fields import WordsField
from resources.entries.knowledge import CaseStudy
from resources.text.addresses import BadAddress, check_address

LARGEST_SMALL = 2**15 - 1
"""The largest number that every database keeps in a column for small ones."""
PASSAGE_FORMS = ("prose", "item", "contents")
_INTEGER = re.compile(r"-?[0-9]{1,18}\Z")
_ALIAS = re.compile(r"[-\w]{1,120}\Z")
_KEY = re.compile(r"[^\s]{1,160}\Z")


def read_file(name: str, text: str, type_: str) -> ContentFile:
    """The entry that a file describes. Raises BadFile with everything that is wrong with it."""
    try:
        head, body = split_file(text)
        front = read_front(head)
    except BadYaml as error:
        raise BadFile(trouble(name, error.line, str(error))) from error
    return _Reading(name, type_).read(front, body)


class _Reading:
    """One file being read."""

    def __init__(self, name: str, type_: str) -> None:
        self.name, self.type, self.model = name, type_, MODELS[type_]
        self.troubles: list[str] = []
        self.points: list[Point] = []
        self.checks: dict[str, Check] = {}

    def read(self, front: dict[str, Node], body: str) -> ContentFile:
        lines = {("placements" if word == "sections" else word): node.line for word, node in front.items()}
        given = dict(front)
        for word in ("title", "slug"):
            if word not in given or given[word].empty:
                self.wrong(None, f"give at least title and slug; there is no {word}.")
        key = self.word("id", given.pop("id", None), _KEY, "a name without spaces, 160 characters at most")
        aliases = self.aliases(given.pop("aliases", None))
        verified = self.verified(given.pop("verified", None))
        content: dict[str, Any] = {}
        for item in content_fields(self.model):
            node = given.pop(row_name(item.name), None)
            if item.kind == "text":
                content[item.name] = body
            elif node is not None:
                content[item.name] = self.value(item, node)
        for word, node in given.items():
            self.wrong(node.line, f"{word}: no such field of a {self.model._meta.verbose_name}.")
        self.check_body(body)
        if self.troubles:
            raise BadFile(*self.troubles)
        beside = Beside(aliases, self.checks, verified)
        return ContentFile(self.name, self.type, key, content, beside, lines, self.points)

    def wrong(self, line: int | None, reason: str) -> None:
        self.troubles.append(trouble(self.name, line, reason))

    def check_body(self, body: str) -> None:
        if "\x00" in body:
            self.wrong(None, "there is a zero byte in the text. Take it out.")
        elif body.strip() and not any(item.kind == "text" for item in content_fields(self.model)):
            self.wrong(None, f"a {self.model._meta.verbose_name} has no text below its fields.")

    def value(self, item: ContentField, node: Node) -> Any:
        """The value of one field, read by what the model says of it."""
        if item.row_model is not None or item.name in LOOSE_ROWS or item.columns:
            return [row for place in self.list_of(item.name, node) if (row := self.row(item, place)) is not None]
        if "" in item.pointers:
            return self.pointer(item, "", node)
        column = self.model._meta.get_field(item.name)
        if item.kind == "set":
            words = [self.text(item.name, word) for word in self.list_of(item.name, node)]
            return self.cleaned(item.name, column, words, node.line) if isinstance(column, WordsField) else words
        return self.column(item.name, column, node)

    def row(self, item: ContentField, node: Node) -> dict[str, Any] | None:
        """One row of a table or of a field of rows; None where it is none."""
        if not isinstance(node.value, dict):
            self.wrong(node.line, f"{row_name(item.name)}: write each as a record with its {item.row_key}.")
            return None
        empty = {name: blank for name, (_label, blank) in item.columns.items()} or dict(LOOSE_ROWS.get(item.name, {}))
        cells = dict(node.value)
        if item.row_key not in cells:
            self.wrong(node.line, f"{row_name(item.name)}: there is no {item.row_key}.")
            return None
        row: dict[str, Any] = {} if item.columns else dict(empty)
        if self.model is CaseStudy:
            self.check(cells)
        for name, cell in cells.items():
            if name not in empty and name != item.row_key:
                self.wrong(cell.line, f"{row_name(item.name)}: {name}: there is no such column.")
            else:
                row[name] = self.cell(item, name, cell, empty.get(name, ""))
        if item.name == "passages" and row["form"] not in PASSAGE_FORMS:
            self.wrong(cells["form"].line, f"passages: form: use one of {', '.join(PASSAGE_FORMS)}.")
        return row

    def cell(self, item: ContentField, name: str, node: Node, blank: Any) -> Any:
        if name in item.pointers:
            return self.pointer(item, name, node)
        label = f"{row_name(item.name)}: {name}"
        if item.row_model is not None:
            return self.column(label, item.row_model._meta.get_field(name), node)
        return self.number(label, node, blank) if isinstance(blank, int) else self.text(label, node)

    def column(self, label: str, column: Any, node: Node) -> Any:
        """A value that the model's own column accepts."""
        if isinstance(column, models.IntegerField):
            value: Any = self.number(label, node, None if column.null else column.get_default())
            if isinstance(column, models.PositiveSmallIntegerField) and (value or 0) > LARGEST_SMALL:
                self.wrong(node.line, f"{label}: write {LARGEST_SMALL:,} at most.")
        else:
            value = self.text(label, node)
        if isinstance(column, models.URLField):
            return self.address(label, value, node.line)
        return self.cleaned(label, column, value, node.line)

    def cleaned(self, label: str, column: Any, value: Any, line: int) -> Any:
        try:
            column.clean(value, None)
        except ValidationError as error:
            self.wrong(line, f"{label}: {' '.join(error.messages)}")
        return value

    def address(self, label: str, value: str, line: int) -> str:
        try:
            return check_address(value)
        except BadAddress as error:
            self.wrong(line, f"{label}: {error}")
            return value

    def text(self, label: str, node: Node) -> str:
        """A text as it is written, whether YAML would take it for a number, a date or a truth."""
        if not isinstance(node.value, str):
            self.wrong(node.line, f"{label}: write one text here, not a list.")
            return ""
        return "" if node.empty else node.value

    def number(self, label: str, node: Node, blank: int | None) -> int | None:
        if node.empty:
            return blank
        if not isinstance(node.value, str) or not _INTEGER.match(node.value):
            self.wrong(node.line, f"{label}: write a whole number here.")
            return blank
        return int(node.value)

    def list_of(self, label: str, node: Node) -> list[Node]:
        if node.empty:
            return []
        if not isinstance(node.value, list):
            self.wrong(node.line, f"{row_name(label)}: write a list here, as [one, two].")
            return []
        return node.value

    def pointer(self, item: ContentField, column: str, node: Node) -> str | None:
        slug = self.text(row_name(item.name), node)
        if slug:
            self.points.append(Point(item.name, item.pointers[column], slug, node.line))
        return slug or None

    def word(self, label: str, node: Node | None, form: re.Pattern[str], words: str) -> str:
        """A word of this form; "" where there is none."""
        if node is None or node.empty:
            return ""
        if not isinstance(node.value, str) or not form.match(node.value):
            self.wrong(node.line, f"{label}: write {words}.")
            return ""
        return node.value

    def aliases(self, node: Node | None) -> tuple[str, ...]:
        found = self.list_of("aliases", node) if node else []
        words = "addresses of letters, digits and hyphens"
        return tuple(self.word("aliases", one, _ALIAS, words) for one in found)

    def check(self, cells: dict[str, Node]) -> None:
        """Takes who checked a claim out of its row."""
        by, on = cells.pop(CHECKED_BY, None), cells.pop(CHECKED_ON, None)
        if by is None and on is None:
            return
        if by is None or on is None:
            self.wrong((by or on or cells["key"]).line, f"claims: give {CHECKED_BY} and {CHECKED_ON} together.")
            return
        who, day = self.text(f"claims: {CHECKED_BY}", by), self.text(f"claims: {CHECKED_ON}", on)
        if not who.strip() or len(who) > 100:
            self.wrong(by.line, f"claims: {CHECKED_BY}: write the name of an account, 100 characters at most.")
        if not _is_day(day):
            self.wrong(on.line, f"claims: {CHECKED_ON}: write the day as 2026-11-02.")
        self.checks[str(cells["key"].value)] = Check(who, day)

    def verified(self, node: Node | None) -> tuple[Mapping[str, Any], ...]:
        """Verifications as they are written: the package of verifications knows what they mean."""
        found: list[dict[str, Any]] = []
        for row in self.list_of("verified", node) if node else ():
            if not isinstance(row.value, dict):
                self.wrong(row.line, "verified: write each as a record, as {ray: 2.60.0, on: 2026-11-12, by: ada}.")
                continue
            record: dict[str, Any] = {name: self.text(f"verified: {name}", cell) for name, cell in row.value.items()}
            if _is_day(record.get("on", "")):
                record["on"] = parse_date(record["on"])
            if "revision" in record:
                record["revision"] = self.number("verified: revision", row.value["revision"], None)
            found.append(record)
        return tuple(found)


def _is_day(words: str) -> bool:
    try:
        return len(words) == 10 and parse_date(words) is not None
    except ValueError:
        return False

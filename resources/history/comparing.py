"""Content in words for people: one revision's fields, and what two revisions differ in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from resources.entries.content import Content, ContentField, content_fields, content_kinds
from resources.entries.models import Entry, Placement, Section
from resources.entries.rendering import render_text
from resources.text.diff import FieldDiff, diff_fields


@dataclass(frozen=True, slots=True)
class Described:
    """A field of a revision for people: its name, its value in words, and the HTML of Markdown."""

    label: Any
    kind: str
    value: Any
    html: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What two revisions differ in, in one field."""

    label: Any
    diff: FieldDiff


def describe(model: type[Entry], content: Content, titles: dict[int, str] | None = None) -> list[Described]:
    """The filled-in fields of a revision. `titles` are its sections', where they are known."""
    # The number that orders seats says nothing by itself.
    seats = [
        {name: value for name, value in row.items() if name != "position"} for row in content.get("placements", [])
    ]
    readable = _in_words(model, [{**content, "placements": seats} if seats else content], titles)[0]
    described = []
    for field in content_fields(model):
        value = readable.get(field.name)
        if value in (None, "", []):
            continue
        html = render_text(value).html if field.kind == "text" else ""
        described.append(Described(field.label, field.kind, value, html))
    return described


def compare_revisions(
    model: type[Entry], old: Content, new: Content, titles: dict[int, str] | None = None
) -> list[Compared]:
    """The fields that differ, in the order of the form. Many comparisons share the section_titles() of them all."""
    fields = {field.name: field for field in content_fields(model)}
    before, after = _in_words(model, [old, new], titles)
    return [Compared(fields[diff.name].label, diff) for diff in diff_fields(content_kinds(model), before, after)]


def _in_words(model: type[Entry], contents: list[Content], titles: dict[int, str] | None = None) -> list[Content]:
    """The contents with sections named instead of numbered and choices by their labels."""
    titles = section_titles(contents) if titles is None else titles
    fields = content_fields(model)
    return [
        {field.name: _word(model, field, content.get(field.name), titles) for field in fields} for content in contents
    ]


def section_titles(contents: Iterable[Content]) -> dict[int, str]:
    """The titles of every section that the contents name by its key; one query."""
    contents = list(contents)
    wanted = {row["section"] for content in contents for row in content.get("placements", [])}
    wanted |= {content["parent"] for content in contents if content.get("parent")}
    return dict(Section.objects.filter(pk__in=wanted).values_list("pk", "title"))


def _word(model: type[Entry], field: ContentField, value: Any, titles: dict[int, str]) -> Any:
    if field.name == "placements":
        return [_seat_in_words(row, titles) for row in value or []]
    if field.name == "parent":
        return titles.get(value, "")
    if field.kind == "set" and field.name != "tags":
        known = dict(getattr(model._meta.get_field(field.name), "words", ()))
        return [str(known.get(word, word)) for word in value or []]
    if field.kind == "scalar":
        column = model._meta.get_field(field.name)
        choices = dict(column.flatchoices) if isinstance(column, models.Field) and column.choices else {}
        return str(choices.get(value, value)) if value is not None else ""
    return value if value is not None else []


def _seat_in_words(row: dict[str, Any], titles: dict[int, str]) -> dict[str, Any]:
    """A seat with its section's title and its filled-in columns by their names for people."""
    columns = {field.name: field for field in Placement._meta.concrete_fields}
    said = {str(columns[name].verbose_name): value for name, value in row.items() if name != "section" and value}
    return {"section": titles.get(row["section"], f"#{row['section']}")} | said

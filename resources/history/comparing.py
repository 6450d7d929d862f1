"""Content in words for people: one revision's fields, and what two revisions differ in."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import Truncator

from resources.entries.content import MODELS, Content, ContentField, content_fields, content_kinds, pointed
from resources.entries.knowledge import Claim, Comparison
from resources.entries.models import Entry
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
    """The filled-in fields of a revision. `titles` are those of the entries that it points to, where they are known."""
    readable = _in_words(model, [content], titles)[0]
    described = []
    for field in content_fields(model):
        value = readable.get(field.name)
        if field.columns:
            # The number that orders rows says nothing by itself.
            value = [_shown(row, field.row_key) for row in _in_order(value or [])]
        if value in (None, "", []):
            continue
        html = render_text(value).html if field.kind == "text" else ""
        described.append(Described(field.label, field.kind, value, html))
    return described


def _shown(row: dict[str, Any], key: str) -> dict[str, Any]:
    """A row in words without its number, and without its name where that only begins one of its columns."""
    cells = {name: cell for name, cell in row.items() if name not in {POSITION, key}}
    start = str(row[key]).removesuffix("…")
    return cells if any(str(cell).startswith(start) for cell in cells.values()) else {key: row[key]} | cells


def compare_revisions(
    model: type[Entry], old: Content, new: Content, titles: dict[int, str] | None = None
) -> list[Compared]:
    """The fields that differ, in the order of the form. Many comparisons share the section_titles() of them all."""
    fields = {field.name: field for field in content_fields(model)}
    before, after = _in_words(model, [old, new], titles)
    return [Compared(fields[diff.name].label, diff) for diff in diff_fields(content_kinds(model), before, after)]


def _in_words(model: type[Entry], contents: list[Content], titles: dict[int, str] | None = None) -> list[Content]:
    """The contents with entries named instead of numbered and choices by their labels."""
    titles = section_titles(contents, model) if titles is None else titles
    fields = content_fields(model)
    named = {field.name: row_names(field, contents, titles) for field in fields if field.columns}
    return [
        {
            field.name: [_row_in_words(field, row, named[field.name], titles) for row in content.get(field.name) or []]
            if field.columns
            else _word(model, field, content.get(field.name), titles)
            for field in fields
        }
        for content in contents
    ]


def section_titles(contents: Iterable[Content], model: type[Entry] | None = None) -> dict[int, str]:
    """The titles of every entry that the contents name by its key; one query. Without a model: of any kind."""
    contents = list(contents)
    kinds = [model] if model else list(MODELS.values())
    wanted = {number for kind in kinds for number in pointed(kind, contents)}
    return dict(Entry.objects.filter(pk__in=wanted).values_list("pk", "title")) if wanted else {}


def _word(model: type[Entry], field: ContentField, value: Any, titles: dict[int, str]) -> Any:
    if field.pointers:
        return titles.get(value, "")
    if field.kind == "set" and field.name != "tags":
        known = dict(getattr(model._meta.get_field(field.name), "words", ()))
        return [str(known.get(word, word)) for word in value or []]
    if field.kind == "scalar":
        column = model._meta.get_field(field.name)
        choices = dict(column.flatchoices) if isinstance(column, models.Field) and column.choices else {}
        return str(choices.get(value, value)) if value is not None else ""
    return value if value is not None else []


POSITION = "position"
"""The column that numbers rows, which keeps its own name in rows that are in words."""

LONGEST_NAME = 80


def row_names(field: ContentField, contents: list[Content], titles: dict[int, str]) -> dict[Any, str]:
    """Row's key → what people call the row: as the last content that has it says."""
    rows = {row[field.row_key]: row for content in contents for row in content.get(field.name) or ()}
    if field.row_key in field.pointers:
        return {key: titles.get(key, f"#{key}") for key in rows}
    if field.name == "cells":
        subjects, criteria = (_names_of(contents, name) for name in ("subjects", "criteria"))
        parts = {key: str(key).partition("/") for key in rows}
        return {key: f"{subjects.get(s, s)} · {criteria.get(c, c)}" for key, (s, _slash, c) in parts.items()}
    named = {
        key: Truncator(str(row.get("name") or row.get("statement") or key)).chars(LONGEST_NAME)
        for key, row in rows.items()
    }
    twice = {name for name, count in Counter(named.values()).items() if count > 1}
    return {key: f"{name} ({key})" if name in twice else name for key, name in named.items()}


def _names_of(contents: list[Content], field: str) -> dict[str, str]:
    return {row["key"]: row["name"] for content in contents for row in content.get(field) or () if row.get("name")}


def _row_in_words(
    field: ContentField, row: dict[str, Any], names: dict[Any, str], titles: dict[int, str]
) -> dict[str, Any]:
    """A row by its name, and its filled-in columns by theirs."""
    said: dict[str, Any] = {field.row_key: names[row[field.row_key]]}
    for column, (label, _empty) in field.columns.items():
        value = row.get(column)
        if column == POSITION:
            said[POSITION] = value
        elif value:
            words = titles.get(value, f"#{value}") if column in field.pointers else column_word(column, value)
            said[str(label)] = words
    return said


WORDS_OF: Mapping[str, type[models.TextChoices]] = {"verdict": Comparison.Verdict, "state": Claim.State}
"""The columns of rows that have choices."""


def column_word(column: str, value: Any) -> Any:
    """What a row has in a column: a choice by its label, all else as it is written."""
    choices = WORDS_OF.get(column)
    return str(choices(value).label) if choices and value in choices.values else value


def _in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: row.get(POSITION) or 0)

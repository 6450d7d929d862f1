"""Content: the editable fields of an entry as plain data, derived from the model's own fields.

Content is a dict of JSON values, one per content field. By content kind: "scalar" → str, int or None (a ForeignKey
gives the key); "text" → str; "set" → list of str; "rows" → list of dicts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models
from taggit.managers import TaggableManager

from resources.entries.models import ContentRow, Entry, Resource, Section

type Content = dict[str, Any]

MODELS: Mapping[str, type[Entry]] = {Entry.Type.RESOURCE: Resource, Entry.Type.SECTION: Section}
"""The model of every kind of entry."""


@dataclass(frozen=True, slots=True)
class ContentField:
    """One editable field: its name, how it merges, its name for people, and for rows what tells them apart."""

    name: str
    kind: str
    label: Any
    row_key: str = ""
    row_model: type[ContentRow] | None = None

    @property
    def row_fields(self) -> tuple[str, ...]:
        """The columns of one row, where rows live in a table of their own."""
        if self.row_model is None:
            return ()
        return tuple(
            field.name
            for field in self.row_model._meta.concrete_fields
            if field.editable and not field.primary_key and field.name != self.row_model.row_owner
        )


@cache
def content_fields(model: type[Entry]) -> tuple[ContentField, ...]:
    """The content fields of a kind, in the order of its definition."""
    found = [
        ContentField(field.name, getattr(field, "content_kind", "scalar"), field.verbose_name, _row_key(field))
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and not isinstance(field, models.OneToOneField)
    ]
    found += [
        ContentField(field.name, "set", field.verbose_name)
        for field in model._meta.get_fields()
        if isinstance(field, TaggableManager)
    ]
    for relation in model._meta.related_objects:
        row_model = relation.related_model
        if (
            isinstance(row_model, type)
            and issubclass(row_model, ContentRow)
            and relation.field.name == row_model.row_owner
        ):
            name = relation.get_accessor_name() or ""
            label = row_model._meta.verbose_name_plural
            found.append(ContentField(name, "rows", label, row_model.row_key, row_model))
    return tuple(found)


def _row_key(field: Any) -> str:
    return str(getattr(field, "row_key", ""))


def content_kinds(model: type[Entry]) -> dict[str, str]:
    """Field name → content kind as merges and differences want it: rows with their key, as "rows:section"."""
    return {
        field.name: f"rows:{field.row_key}" if field.kind == "rows" else field.kind for field in content_fields(model)
    }


def empty_content(model: type[Entry]) -> Content:
    """The content of an entry that nobody has filled in."""
    blank = model()
    return {field.name: _value(blank, field) if not _apart(field) else [] for field in content_fields(model)}


def read_content(entry: Entry) -> Content:
    """The content of a live entry; prefetch `taggings__tag` and the rows where many are read."""
    return {field.name: _value(entry, field) for field in content_fields(type(entry))}


def _apart(field: ContentField) -> bool:
    """Whether the value lives in another table than the entry's."""
    return field.row_model is not None or field.name == "tags"


def _value(entry: Entry, field: ContentField) -> Any:
    if field.name == "tags":
        return entry.tag_names
    if field.row_model is not None:
        rows = [
            {name: row.serializable_value(name) for name in field.row_fields}
            for row in getattr(entry, field.name).all()
        ]
        return sorted(rows, key=lambda row: row[field.row_key])
    value = entry.serializable_value(field.name)
    return list(value) if isinstance(value, list | tuple) else value


def fill(entry: Entry, content: Content) -> None:
    """Sets the entry's own columns from content, saving nothing. Rows and tags are not columns: publishing keeps them."""
    for field in content_fields(type(entry)):
        if not _apart(field) and field.name in content:
            column = entry._meta.get_field(field.name)
            attribute = getattr(column, "attname", field.name)
            setattr(entry, attribute, content[field.name])


def _default(model: type[models.Model], name: str) -> Any:
    column = model._meta.get_field(name)
    return column.get_default() if isinstance(column, models.Field) else None


def complete(model: type[Entry], content: Content) -> Content:
    """The content with every field that it leaves out at its empty value, and rows with all their columns."""
    # A merged set is a tuple, and would differ from the same one read from the entry.
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in content.items()}
    full = empty_content(model) | given
    for field in content_fields(model):
        if field.row_model is not None:
            blank = {name: _default(field.row_model, name) for name in field.row_fields}
            full[field.name] = sorted((blank | row for row in full[field.name]), key=lambda row: row[field.row_key])
        elif field.name == "tags":
            full["tags"] = sorted(set(full["tags"]))
    unknown = set(full) - {field.name for field in content_fields(model)}
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: no such field of a {model._meta.verbose_name}.")
    return full

"""Content: the editable fields of an entry as plain data, derived from the model's own fields.

Content is a dict of JSON values, one per content field. By content kind: "scalar" → str, int or None (a ForeignKey
gives the key); "text" → str; "set" → list of str; "rows" → list of dicts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from django.db import models
from taggit.managers import TaggableManager

from resources.entries.fields import RowsField
from resources.entries.knowledge import CaseStudy, Comparison, WikiPage
from resources.entries.models import ContentRow, Entry, Resource, Section

type Content = dict[str, Any]

MODELS: Mapping[str, type[Entry]] = {
    Entry.Type.RESOURCE: Resource,
    Entry.Type.SECTION: Section,
    Entry.Type.WIKIPAGE: WikiPage,
    Entry.Type.CASESTUDY: CaseStudy,
    Entry.Type.COMPARISON: Comparison,
}
"""The model of every kind of entry."""


@dataclass(frozen=True, slots=True)
class ContentField:
    """One editable field: its name, how it merges, its name for people; and of rows what tells them apart and orders them.

    Rows live in a table (`row_model`) or in the field itself. `columns` maps what a row has, beside its key, to (name for
    people, empty value), in the order of the form; it is empty for rows of no fixed form. `pointers` maps the columns that
    hold the key of another entry to its type; for a field that is itself such a key the column is "".
    """

    name: str
    kind: str
    label: Any
    row_key: str = ""
    row_position: str = ""
    row_model: type[ContentRow] | None = None
    columns: Mapping[str, tuple[Any, Any]] = MappingProxyType({})
    pointers: Mapping[str, str] = MappingProxyType({})

    @property
    def row_fields(self) -> tuple[str, ...]:
        """The columns of one row, its key included, where rows live in a table of their own."""
        return (self.row_key, *self.columns) if self.row_model else ()

    @property
    def merge_kind(self) -> str:
        """How it merges and differs, as text/merge.py and text/diff.py call it."""
        if self.kind != "rows":
            return self.kind
        return f"rows:{self.row_key}:{self.row_position}" if self.row_position else f"rows:{self.row_key}"


@cache
def content_fields(model: type[Entry]) -> tuple[ContentField, ...]:
    """The content fields of a kind, in the order of its definition."""
    found = [
        _column_field(field)
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
            found.append(_table_field(relation.get_accessor_name() or "", row_model))
    return tuple(found)


def _column_field(field: Any) -> ContentField:
    if isinstance(field, RowsField):
        given = (
            field.row_key,
            field.row_position,
            None,
            MappingProxyType(field.columns),
            MappingProxyType(field.pointers),
        )
        return ContentField(field.name, "rows", field.verbose_name, *given)
    pointers = {"": _type_of(field)} if isinstance(field, models.ForeignKey) else {}
    return ContentField(field.name, getattr(field, "content_kind", "scalar"), field.verbose_name, pointers=pointers)


def _type_of(field: "models.ForeignKey[Any, Any]") -> str:
    """The type of entry that a ForeignKey points to."""
    return str(field.remote_field.model._meta.model_name)


def _table_field(name: str, row_model: type[ContentRow]) -> ContentField:
    """The rows of a table: their columns in its order, without the key of the entry that they belong to."""
    fields = [
        field
        for field in row_model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name != row_model.row_owner
    ]
    columns = {
        field.name: (field.verbose_name, field.get_default()) for field in fields if field.name != row_model.row_key
    }
    pointers = {field.name: _type_of(field) for field in fields if isinstance(field, models.ForeignKey)}
    label = row_model._meta.verbose_name_plural
    given = (row_model.row_key, row_model.row_position, row_model, MappingProxyType(columns), pointers)
    return ContentField(name, "rows", label, *given)


@cache
def content_kinds(model: type[Entry]) -> Mapping[str, str]:
    """Field name → content kind as merges and differences want it: rows with their key, as "rows:section"."""
    return MappingProxyType({field.name: field.merge_kind for field in content_fields(model)})


def empty_content(model: type[Entry]) -> Content:
    """The content of an entry that nobody has filled in."""
    blank = model()
    return {field.name: _value(blank, field) if not _apart(field) else [] for field in content_fields(model)}


def read_content(entry: Entry, fields: Iterable[ContentField] | None = None) -> Content:
    """The content of a live entry, or only these fields of it; prefetch `taggings__tag` and the rows where many are read."""
    return {field.name: _value(entry, field) for field in fields or content_fields(type(entry))}


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


def complete(model: type[Entry], content: Content) -> Content:
    """The content with every field that it leaves out at its empty value, and rows with all their columns."""
    # A merged set is a tuple, and would differ from the same one read from the entry.
    given = {name: list(value) if isinstance(value, tuple) else value for name, value in content.items()}
    full = empty_content(model) | given
    for field in content_fields(model):
        if field.columns:
            blank = {name: empty for name, (_label, empty) in field.columns.items()}
            full[field.name] = sorted((blank | row for row in full[field.name]), key=lambda row: row[field.row_key])
        elif field.name == "tags":
            full["tags"] = sorted(set(full["tags"]))
    unknown = set(full) - {field.name for field in content_fields(model)}
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: no such field of a {model._meta.verbose_name}.")
    return full


def pointed(model: type[Entry], contents: Iterable[Content]) -> set[int]:
    """The keys of all entries that contents point to by number: parents, sections of seats, subjects' resources."""
    return {number for content in contents for number in _numbers(model, content) if number}


def _numbers(model: type[Entry], content: Content) -> Iterator[int | None]:
    for field in content_fields(model):
        for column in field.pointers:
            if not column:
                yield content.get(field.name)
            else:
                yield from (row.get(column) for row in content.get(field.name) or ())


def with_pointed(model: type[Entry], content: Content, change: Callable[[str, Any], Any]) -> Content:
    """The content with `change(type, number)` in place of every number that points to an entry of that type."""
    changed = dict(content)
    for field in content_fields(model):
        for column, type_ in field.pointers.items():
            value = content.get(field.name)
            if not column and value:
                changed[field.name] = change(type_, value)
            elif column and value:
                changed[field.name] = [
                    {**row, column: change(type_, row[column])} if row.get(column) else row
                    for row in changed[field.name]
                ]
    return changed

"""The types of content as programs see it, made from the models' own fields: a field is defined in one place alone."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from django.core.validators import MaxLengthValidator
from django.db import models
from pydantic import BaseModel, ConfigDict, Field, create_model
from taggit.managers import TaggableManager

from resources.content_files.form import LOOSE_ROWS
from resources.content_files.reading import PASSAGE_FORMS
from resources.entries.content import ContentField, content_fields
from resources.entries.fields import RowsField, WordsField
from resources.entries.models import Entry

SLUG = r"^[-a-zA-Z0-9_]+$"

Slug = Annotated[
    str, Field(pattern=SLUG, max_length=120, description="The last part of its page's address.", examples=["raydp"])
]

BOUNDS: Mapping[str, tuple[int, int]] = {
    "PositiveSmallIntegerField": (0, 32_767),
    "PositiveIntegerField": (0, 2_147_483_647),
    "BigIntegerField": (-(2**53), 2**53),
}
"""What columns hold on every database, and what JavaScript can count to."""

KEY = Annotated[int, Field(ge=-(2**31), lt=2**31, strict=True)]
"""The number of an entry; below zero that of a proposal for one."""


class Loose(BaseModel):
    """What we say ourselves."""


class Strict(BaseModel):
    """What others send: a field that is not ours is named in the refusal."""

    model_config = ConfigDict(extra="forbid")


@cache
def content_model(model: type[Entry], *, form: Literal["read", "new", "changed"]) -> type[BaseModel]:
    """The content of a kind: as it is read (all fields), as a new one needs it, or as an edit changes it (any of them)."""
    base = Loose if form == "read" else Strict
    name = {"read": "Content", "new": "Of a new", "changed": "Changed"}[form]
    found = {item.name: _field(model, item, form) for item in content_fields(model)}
    made: type[BaseModel] = create_model(f"{model.__name__}{name.replace(' ', '')}", __base__=base, **found)
    return made


@cache
def facts_model(model: type[Entry]) -> type[BaseModel]:
    """The short fields of a kind: single values and sets of words."""
    short = {item.name: _field(model, item, "read") for item in short_fields(model)}
    made: type[BaseModel] = create_model(f"{model.__name__}Facts", __base__=Loose, **short)
    return made


def short_fields(model: type[Entry]) -> list[ContentField]:
    """What a row of a list shows of content: no texts of several paragraphs, no rows."""
    return [item for item in content_fields(model) if item.kind in {"scalar", "set"}]


def _field(model: type[Entry], item: ContentField, form: str) -> Any:
    column = None if item.row_model else _column(model, item.name)
    found = _rows(item, column, form) if item.kind == "rows" else _type(column, sent=form != "read")
    words = str(item.label)
    help_text = str(getattr(column, "help_text", "") or "")
    said = Field(description=f"{words[:1].upper()}{words[1:]}. {help_text}".strip())
    if form == "read":
        return Annotated[found, said], ...
    if form == "new" and _is_needed(column):
        return Annotated[found, said], ...
    # What is left out stays as it is; a default of our own would only be noise in the document.
    return Annotated[found, Field(description=said.description, default=None, validate_default=False)], None


def _column(model: type[Entry], name: str) -> Any:
    return next((one for one in model._meta.get_fields() if one.name == name), None)


def _is_needed(column: Any) -> bool:
    return isinstance(column, models.Field) and not column.blank and not column.has_default() and column.name != "slug"


def _type(column: Any, *, sent: bool) -> Any:
    """The type of a column's value."""
    if isinstance(column, TaggableManager):
        return list[Annotated[str, Field(min_length=1, max_length=100)]] if sent else list[str]
    if isinstance(column, WordsField):
        words = tuple(word for word, _label in column.words)
        return list[Literal[words]] if words and sent else list[str]  # type: ignore[valid-type]  # made as the code runs
    if isinstance(column, models.ForeignKey):
        return KEY | None if column.null else KEY
    if isinstance(column, models.IntegerField):
        least, most = BOUNDS[column.get_internal_type()]
        number: Any = Annotated[int, Field(ge=least, le=most, strict=True)]
        return number | None if column.null else number
    if column.choices:
        return Literal[tuple(column.values if hasattr(column, "values") else [word for word, _l in column.choices])]
    return _text(column, sent=sent)


def _text(column: Any, *, sent: bool) -> Any:
    if not sent:
        return str
    limits: dict[str, Any] = {}
    most = [one.limit_value for one in column.validators if isinstance(one, MaxLengthValidator)]
    if most or column.max_length:
        limits["max_length"] = min([*most, *([column.max_length] if column.max_length else [])])
    if not column.blank:
        limits["min_length"] = 1
    if isinstance(column, models.SlugField):
        limits["pattern"] = SLUG
    return Annotated[str, Field(**limits)]


def _rows(item: ContentField, column: Any, form: str) -> Any:
    """A list of records."""
    sent = form != "read"
    if item.row_model is not None:
        found = {name: item.row_model._meta.get_field(name) for name in item.row_fields}
        types = {name: _type(one, sent=sent) for name, one in found.items()}
        empty = {name: blank for name, (_label, blank) in item.columns.items()}
    else:
        assert isinstance(column, RowsField)  # noqa: S101  # rows live in a table or in such a field
        empty = {name: blank for name, (_label, blank) in item.columns.items()} or dict(LOOSE_ROWS[item.name])
        key = Annotated[str, Field(pattern=r"^\S{1,160}$")] if sent else str
        types = {item.row_key: key} | {name: _type_of(item, name, blank) for name, blank in empty.items()}
    columns: dict[str, Any] = {
        name: (type_, ...) if name not in empty or form == "read" else (type_, Field(default=empty[name]))
        for name, type_ in types.items()
    }
    row = create_model(f"{item.name.title()}Row{'Sent' if sent else ''}", __base__=Strict if sent else Loose, **columns)
    return list[row]  # type: ignore[valid-type]  # made as the code runs


def _type_of(item: ContentField, name: str, blank: Any) -> Any:
    """The type of a column that lives in the field itself: that of its empty value."""
    if name in item.pointers:
        return KEY | None
    if item.name == "passages" and name == "form":
        return Literal[tuple(sorted(PASSAGE_FORMS))]
    if isinstance(blank, int):
        return Annotated[int, Field(ge=-(2**53), le=2**53, strict=True)]
    return str

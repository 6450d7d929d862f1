"""Form fields for content: words with commas, sections as a tree, and a field for each column of a kind."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.entries.content import ContentField
from resources.entries.fields import WordsField
from resources.entries.models import Entry, Section
from resources.text.cleaning import clean_source

LONGEST_WORD = 100


class Words(forms.CharField):
    """Words with commas between them; in Python a list, each word once."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        words = (word.strip(" #") for word in clean_source(value or "").replace("\n", ",").split(","))
        found = list(dict.fromkeys(word for word in words if word))
        if any(len(word) > LONGEST_WORD or "|" in word for word in found):
            raise forms.ValidationError(
                _("Each may have %(most)s letters and no bar. Put commas between them."), params={"most": LONGEST_WORD}
            )
        return found


class Markdown(forms.CharField):
    """A text of several paragraphs. Its spaces are the writer's; browsers send CR LF for the ends of lines."""

    widget = forms.Textarea(attrs={"rows": 14, "spellcheck": "true", "data-markdown": ""})

    def __init__(self, **given: Any) -> None:
        super().__init__(strip=False, **given)

    def to_python(self, value: Any) -> str:
        return clean_source(super().to_python(value) or "").removesuffix("\n")


class Line(forms.CharField):
    """A text of one line, without what nobody sees."""

    def to_python(self, value: Any) -> str:
        return " ".join(clean_source(super().to_python(value) or "").split("\n"))


def form_field(model: type[Entry], field: ContentField) -> forms.Field | None:
    """The form field of a content field; None for rows, places and other entries, which have forms of their own."""
    if field.kind == "rows" or field.pointers or field.name == "position":
        return None
    if field.name == "tags":
        return Words(label=field.label, required=False, max_length=1000, help_text=_("With commas between them."))
    column = model._meta.get_field(field.name)
    assert isinstance(column, models.Field)  # noqa: S101  # rows and tags were answered above
    about: dict[str, Any] = {"label": field.label, "required": not column.blank, "help_text": column.help_text}
    if field.kind == "text":
        return Markdown(**about)
    if isinstance(column, WordsField) and column.words:
        return forms.MultipleChoiceField(choices=column.words, widget=forms.CheckboxSelectMultiple, **about)
    if isinstance(column, WordsField):
        return Words(**about | {"help_text": _("With commas between them.")})
    if isinstance(column, models.URLField):
        return forms.CharField(max_length=column.max_length, widget=forms.URLInput, **about)
    if isinstance(column, models.TextField):
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "data-markdown": "line"}), **about)
    if field.name == "slug":
        return forms.SlugField(max_length=column.max_length, **about | {"required": False})
    if field.name == "title":
        return Line(max_length=column.max_length, **about)
    found: forms.Field | None = column.formfield()
    return found


def section_choices() -> list[tuple[str, str]]:
    """The live sections as a tree, with dashes for depth; those whose parent was removed stand at the end."""
    rows = list(Section.objects.live().in_order().values_list("pk", "title", "parent"))
    below: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
    known = {pk for pk, _title, _parent in rows}
    for pk, title, parent in rows:
        below[parent if parent in known else None].append((pk, title))
    return list(_indented(below, None, 0))


def _indented(
    below: dict[int | None, list[tuple[int, str]]], parent: int | None, depth: int
) -> Iterable[tuple[str, str]]:
    for pk, title in below[parent]:
        yield str(pk), f"{'— ' * depth}{title}"
        yield from _indented(below, pk, depth + 1)

"""The form of an entry, made from its content fields. Forms read and check; they never save."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.editing.fields import form_field
from resources.editing.rows import Rows
from resources.entries.content import Content, content_fields
from resources.entries.models import Alias, Entry
from resources.entries.slugs import RESERVED, free_slug
from resources.text.parts import Part

LONGEST_TITLE = 300
"""Characters of a title that an address fills in."""


class EntryForm(forms.Form):
    """The fields of one kind of entry. `content` is what the edit starts from; what no field shows stays as it is there.

    `asked` is the query of a form that is opened, which is what was sent (`data`) of one that was.
    """

    model: type[Entry]
    text_name = ""
    row_classes: Mapping[str, type[Rows]] = {}

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        content: Content,
        entry: Entry | None,
        part: Part | None = None,
        asked: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=content | ({self.text_name: part.text} if part else {}))
        self.content, self.entry, self.part = content, entry, part
        self.asked: Mapping[str, Any] = data if data is not None else asked or {}
        for item in content_fields(self.model):
            field = form_field(self.model, item)
            if field is not None:
                self.fields[item.name] = field
        if data is None and entry is None:
            self.initial["title"] = str(self.asked.get("title", ""))[:LONGEST_TITLE]
        self.fields["title"].widget.attrs |= {"autofocus": not entry, "autocomplete": "off"}
        self.fields["tags"].widget.attrs |= {"list": "all-tags", "data-words": "", "autocomplete": "off"}
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill this in, please: it is needed.")
        self.row_sets = {name: rows(name, data, content, entry) for name, rows in self.row_classes.items()}

    @property
    def rows(self) -> Rows:
        """The rows of a form that has one kind of them."""
        return next(iter(self.row_sets.values()))

    def is_valid(self) -> bool:
        """The form and each of its rows, so that all that is wrong is said at once."""
        return all([super().is_valid(), *(rows.is_valid() for rows in self.row_sets.values())])

    def clean_slug(self) -> str:
        """The address of the page, free to be taken."""
        slug = str(self.cleaned_data.get("slug") or "")
        other = self.model.objects.filter(type=self.type, slug=slug).exclude(pk=self.entry.pk if self.entry else 0)
        if slug in RESERVED or (slug and other.exists()):
            raise forms.ValidationError(_("Another page has this address. Choose another one."))
        return slug

    @property
    def type(self) -> str:
        """The kind of entry, as Entry.Type has it."""
        return self.model._meta.model_name or ""

    def as_content(self) -> Content:
        """All the content, after is_valid(): what was typed, laid over what the edit started from."""
        content = self.content | self._shown() | {name: rows.value() for name, rows in self.row_sets.items()}
        if self.part is not None:
            content[self.text_name] = self.part.put_back(content[self.text_name])
        content["slug"] = content["slug"] or self.content["slug"] or self._new_slug(content["title"])
        return {name: "" if value is None and self.content[name] == "" else value for name, value in content.items()}

    def as_far_as_valid(self) -> Content:
        """The content with those fields that are in order: for a preview. Checks the form."""
        valid = self.is_valid()
        rows = {name: one.value() for name, one in self.row_sets.items() if valid or one.is_valid()}
        return self.content | self._shown() | rows

    def _shown(self) -> Content:
        """The fields in order; ticked boxes keep the order that the words had."""
        shown = {name: value for name, value in self.cleaned_data.items() if name in self.content}
        for name, value in shown.items():
            if isinstance(self.fields.get(name), forms.MultipleChoiceField):
                before = self.content[name]
                shown[name] = [word for word in before if word in value] + [
                    word for word in value if word not in before
                ]
        return shown

    def _new_slug(self, title: str) -> str:
        taken = set(self.model.objects.values_list("slug", flat=True))
        taken |= set(Alias.objects.filter(type=self.type).values_list("slug", flat=True))
        return free_slug(title, self.type, taken)

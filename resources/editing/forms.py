"""One form for each kind of entry, made from its content fields. Forms read and check; they never save."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.editing.fields import form_field, section_choices
from resources.editing.places import END, KEEP, Gone, choices, place, siblings
from resources.editing.rows import Passages, Rows, Seats
from resources.entries.content import Content, content_fields
from resources.entries.models import Alias, Entry, Resource, Section
from resources.entries.slugs import RESERVED, free_slug
from resources.history.models import Revision
from resources.text.addresses import BadAddress, check_address, normalise
from resources.text.parts import Part


class EntryForm(forms.Form):
    """The fields of one kind of entry. `content` is what the edit starts from; what no field shows stays as it is there."""

    model: type[Entry]
    rows_class: type[Rows]
    rows_name: str

    def __init__(
        self, data: Mapping[str, Any] | None, *, content: Content, entry: Entry | None, part: Part | None = None
    ) -> None:
        super().__init__(data, initial=content | ({"introduction": part.text} if part else {}))
        self.content, self.entry, self.part = content, entry, part
        for item in content_fields(self.model):
            field = form_field(self.model, item)
            if field is not None:
                self.fields[item.name] = field
        self.fields["title"].widget.attrs |= {"autofocus": not entry, "autocomplete": "off"}
        self.fields["tags"].widget.attrs |= {"list": "all-tags", "data-words": "", "autocomplete": "off"}
        for field in self.fields.values():
            field.error_messages["required"] = _("Fill this in, please: it is needed.")
        self.rows = self.rows_class(self.rows_name, data, content, entry)

    def is_valid(self) -> bool:
        """The form and each of its rows, so that all that is wrong is said at once."""
        return all([super().is_valid(), self.rows.is_valid()])

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
        content = self.content | self._shown() | {self.rows_name: self.rows.value()}
        if self.part is not None:
            content["introduction"] = self.part.put_back(content["introduction"])
        content["slug"] = content["slug"] or self.content["slug"] or self._new_slug(content["title"])
        return {name: "" if value is None and self.content[name] == "" else value for name, value in content.items()}

    def as_far_as_valid(self) -> Content:
        """The content with those fields that are in order: for a preview. Checks the form."""
        rows = self.rows.value() if self.is_valid() or self.rows.is_valid() else self.content[self.rows_name]
        return self.content | self._shown() | {self.rows_name: rows}

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


class ResourceForm(EntryForm):
    """A resource, and the sections that it sits in."""

    model, rows_class, rows_name = Resource, Seats, "placements"

    def __init__(self, data: Mapping[str, Any] | None, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["url"].widget.attrs["placeholder"] = "https://"

    def clean_url(self) -> str:
        """An address that can be opened, and that no other entry has."""
        try:
            url = check_address(self.cleaned_data["url"])
        except BadAddress as error:
            raise forms.ValidationError(str(error)) from error
        other = Resource.objects.filter(address=normalise(url)).exclude(pk=self.entry.pk if self.entry else 0)
        if (twin := other.first()) is not None:
            raise forms.ValidationError(
                _("This link is listed already, as “%(title)s”. Edit that entry: %(address)s"),
                params={"title": twin.title, "address": twin.get_absolute_url()},
            )
        return url


class SectionForm(EntryForm):
    """A section: where it hangs, its introduction and its passages."""

    model, rows_class, rows_name = Section, Passages, "passages"

    parent = forms.ChoiceField(label=_("parent"), required=False)
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    where = forms.CharField(label=_("place among the others"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, **given: Any) -> None:
        super().__init__(data, **given)
        content, entry = self.content, self.entry
        within = _below(entry.pk) if entry else set()
        self.is_root = entry is not None and content["parent"] is None
        offered = [(value, title) for value, title in section_choices() if int(value) not in within]
        self.fields["parent"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]  # a ChoiceField
        self.initial["was"], self.initial["where"] = str(content["parent"] or ""), KEEP if entry else END
        if not entry and offered:
            self.initial["parent"] = self.initial["parent"] or offered[0][0]
        named = str(self["parent"].value() or "")
        self.spots = siblings(int(named)) if named.isdecimal() and len(named) < 18 else siblings(None)
        self.own = f"section-{entry.pk}" if entry else ""
        places = choices(self.spots, self.own, keep=entry is not None and named == str(content["parent"] or ""))
        self.fields["where"].widget = forms.Select(choices=places)
        self.fields["heading"].widget.attrs["rows"] = 2

    def clean(self) -> dict[str, Any]:
        """The parent as its key, and the position that the chosen place means."""
        given: dict[str, Any] = super().clean() or {}
        named, where = given.get("parent") or "", given.get("where") or KEEP
        if not named and not self.is_root and Section.objects.live().filter(parent=None).exists():
            self.add_error("parent", _("Choose the section that this one stands under."))
        moved = named != str(self.content["parent"] or "")
        if moved and given.get("was", named) != named and where not in {"start", END}:
            where = END
        if moved or where != KEEP:
            try:
                given["position"] = place(self.spots, self.own, END if where == KEEP else where)[0]
            except Gone as error:
                self.add_error("where", str(error))
        return given | {"parent": int(named) if named else None}


def _below(pk: int) -> set[int]:
    """A section and everything under it: none of them can be its parent."""
    parents = dict(Section.objects.values_list("pk", "parent"))
    found = {pk}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


FORMS: Mapping[str, type[EntryForm]] = {Entry.Type.RESOURCE: ResourceForm, Entry.Type.SECTION: SectionForm}
"""The form of every kind of entry."""


class ChangeForm(forms.Form):
    """What is said of a change, and what the form remembers of itself: its base, when it was opened, its name."""

    why = forms.CharField(
        label=_("What did you change, and why?"), required=False, max_length=500,
        widget=forms.TextInput(attrs={"list": "whys", "autocomplete": "off"}),
    )  # fmt: skip
    significance = forms.ChoiceField(
        label=_("How much does it change?"), required=False, initial=Revision.Significance.CONTENT,
        choices=Revision.Significance, widget=forms.RadioSelect,
    )  # fmt: skip
    ask_review = forms.BooleanField(label=_("Ask for a review first"), required=False)
    base = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    opened = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sheet = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    draft_version = forms.IntegerField(required=False, initial=0, widget=forms.HiddenInput)

    def clean_significance(self) -> str:
        """The usual one where none is chosen."""
        return self.cleaned_data["significance"] or Revision.Significance.CONTENT

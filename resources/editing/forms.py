"""One form for each kind of entry, and the form of what is said of a change."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.editing.entry_form import EntryForm
from resources.editing.fields import section_choices
from resources.editing.guide_form import WikiPageForm
from resources.editing.knowledge_forms import CaseStudyForm, ComparisonForm
from resources.editing.places import END, KEEP, Gone, choices, place, siblings
from resources.editing.rows import Passages, Seats
from resources.entries.models import Entry, Resource, Section
from resources.history.models import Revision
from resources.text.addresses import BadAddress, check_address, normalise


class ResourceForm(EntryForm):
    """A resource, and the sections that it sits in."""

    model, row_classes = Resource, {"placements": Seats}

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

    model, text_name, row_classes = Section, "introduction", {"passages": Passages}

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


FORMS: Mapping[str, type[EntryForm]] = {
    Entry.Type.RESOURCE: ResourceForm,
    Entry.Type.SECTION: SectionForm,
    Entry.Type.WIKIPAGE: WikiPageForm,
    Entry.Type.CASESTUDY: CaseStudyForm,
    Entry.Type.COMPARISON: ComparisonForm,
}
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

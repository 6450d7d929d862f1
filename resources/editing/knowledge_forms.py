"""The forms of guides, case studies and comparisons."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.editing.entry_form import EntryForm
from resources.entries.knowledge import CaseStudy, Comparison, WikiPage


class WikiPageForm(EntryForm):
    """A guide, and the one that it stands under."""

    model, text_name = WikiPage, "body"

    parent = forms.ChoiceField(label=_("guide above"), required=False)

    def __init__(self, data: Mapping[str, Any] | None, **given: Any) -> None:
        super().__init__(data, **given)
        others = WikiPage.objects.pages().exclude(pk=self.entry.pk if self.entry else 0).order_by("title", "pk")
        offered = [(str(pk), title) for pk, title in others.values_list("pk", "title")]
        self.fields["parent"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_parent(self) -> int | None:
        """The guide's key."""
        return int(self.cleaned_data["parent"]) if self.cleaned_data["parent"] else None


class CaseStudyForm(EntryForm):
    """A case study with its claims."""

    model, text_name = CaseStudy, "body"


class ComparisonForm(EntryForm):
    """A comparison: its subjects, its criteria and the cells between them."""

    model, text_name = Comparison, "body"

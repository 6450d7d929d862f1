"""What is typed to lead a guide on, and to merge two. Forms check, and never save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from resources.editing.fields import Markdown, Words
from resources.editing.redirecting import guide_named
from resources.entries.knowledge import WikiPage

MOST_TITLES = 2_000
"""Titles that a field offers to choose from."""


class ReasonForm(forms.Form):
    """Why, and the revision that was live when the page was opened."""

    why = forms.CharField(
        label=_("Why?"), max_length=400, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say in a few words why. It stands in the history.")},
    )  # fmt: skip
    seen = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class GuideField(forms.CharField):
    """A guide by its title or its address; the page brings a list `all-guides`."""

    widget = forms.TextInput(attrs={"list": "all-guides", "autocomplete": "off"})

    def clean(self, value: Any) -> WikiPage:
        """The live guide."""
        found = guide_named(str(super().clean(value)).replace("\0", ""))
        if found is None:
            raise forms.ValidationError(_("There is no guide with this title or address. Choose one from the list."))
        return found


class RedirectForm(ReasonForm):
    """Where a guide leads on to."""

    target = GuideField(label=_("The guide that it leads on to"), max_length=300)
    field_order = ("target", "why")


class ChooseForm(forms.Form):
    """The other guide of a merge."""

    other = GuideField(label=_("The guide that goes up in this one"), max_length=300)


class MergeForm(ReasonForm):
    """Two guides as one text; `seen` and `seen_other` are the revisions that it was made of."""

    other = GuideField(widget=forms.HiddenInput)
    seen_other = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    summary = forms.CharField(label=_("Summary"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    body = Markdown(label=_("Text of both"), required=False)
    tags = Words(label=_("Tags"), required=False, max_length=1000, help_text=_("With commas between them."))
    field_order = ("summary", "body", "tags", "why")

    @property
    def fields_given(self) -> dict[str, Any]:
        """What the merged page shall say."""
        return {name: self.cleaned_data[name] for name in ("summary", "body", "tags") if name in self.cleaned_data}


def all_titles(besides: int) -> list[str]:
    """The titles of guides to choose from."""
    found = WikiPage.objects.pages().exclude(pk=besides).order_by("title").values_list("title", flat=True)
    return list(found[:MOST_TITLES])

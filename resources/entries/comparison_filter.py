"""What a reader may narrow the list of comparisons by."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from resources.entries.knowledge import Comparison


class ComparisonFilter(forms.Form):
    """The query of /compare/. An unknown value is an error that the page shows; the list is then not narrowed by it."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    subject = forms.ChoiceField(label=_("Subject"), required=False)
    tag = forms.ModelChoiceField(
        label=_("Tag"), required=False, queryset=Tag.objects.none(), to_field_name="slug", empty_label=_("Any")
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        # Names stand in the rows of each comparison; there are few of them, so one query reads those of all.
        self.named = {
            pk: {" ".join(row["name"].split()) for row in rows}
            for pk, rows in Comparison.objects.live().values_list("pk", "subjects")
        }
        names = sorted({name for found in self.named.values() for name in found}, key=str.casefold)
        subject, tag = self.fields["subject"], self.fields["tag"]
        subject.choices = [("", _("Any")), *((name, name) for name in names)]  # type: ignore[attr-defined]  # a ChoiceField
        used = Tag.objects.filter(resources_tagging_items__content_object__comparison__removed_at=None)
        used = used.filter(resources_tagging_items__content_object__type="comparison").distinct().order_by("name")
        tag.queryset = used  # type: ignore[attr-defined]  # a ModelChoiceField

    def results(self) -> Any:
        """The live comparisons that match, by title."""
        self.is_valid()
        wanted = self.cleaned_data
        found = Comparison.objects.live().order_by("title", "pk").defer("body", "html", "cells_html")
        if wanted.get("subject"):
            found = found.filter(pk__in=[pk for pk, names in self.named.items() if wanted["subject"] in names])
        if wanted.get("tag"):
            found = found.tagged(wanted["tag"].slug)
        for word in wanted.get("q", "").split()[:10]:
            folded = word.casefold()
            compares = [pk for pk, names in self.named.items() if any(folded in name.casefold() for name in names)]
            found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(pk__in=compares))
        return found.prefetch_related("taggings__tag")

    @property
    def active(self) -> list[tuple[str, str, str]]:
        """The filters in force, as (name, label, value in words), for the chips that take them away."""
        self.is_valid()
        given = ((name, str(field.label), self.cleaned_data.get(name)) for name, field in self.fields.items())
        return [(name, label, str(value)) for name, label, value in given if value]

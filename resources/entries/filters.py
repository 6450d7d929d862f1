"""What a reader may narrow and sort the resource list by."""

from typing import Any

from django import forms
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from resources.entries.health import ACTIVITIES, Health, of_activity, of_health
from resources.entries.models import Entry, Resource
from resources.entries.naming import Found
from resources.entries.narrowing_forms import NarrowingForm

TEXTS = 8
"""Guides, case studies and comparisons that a search names above the resources."""

SORTS = {
    "title": (_("Title"), ("title", "pk")),
    "changed": (_("Last changed"), ("-changed_at", "-pk")),
    "added": (_("Newest"), ("-created_at", "-pk")),
    "year": (_("Year"), (F("year").desc(nulls_last=True), "title", "pk")),
}


class ResourceFilter(NarrowingForm):
    """The query of /resources/. An unknown value is an error that the page shows; the list is then not narrowed by it."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    library = forms.ChoiceField(label=_("Ray library"), required=False)
    tag = forms.ModelChoiceField(
        label=_("Tag"),
        required=False,
        queryset=Tag.objects.order_by("name"),
        to_field_name="slug",
        empty_label=_("Any"),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    activity = forms.ChoiceField(label=_("Project"), required=False)
    health = forms.ChoiceField(label=_("Link"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        any_of = ("", _("Any"))
        languages = Resource.objects.live().exclude(language="").order_by("language").values_list("language", flat=True)
        self.offer(
            {
                "kind": [any_of, *Resource.Kind.choices],
                "library": [any_of, *Resource.LIBRARIES],
                "language": [any_of, *((name, name) for name in languages.distinct())],
                "state": [any_of, *Resource.State.choices],
                "activity": [any_of, *ACTIVITIES],
                "health": [any_of, *Health.choices],
                "sort": [(word, label) for word, (label, _order) in SORTS.items()],
            }
        )

    def results(self) -> Any:
        """The live resources that match, sorted."""
        self.is_valid()
        wanted = self.cleaned_data
        found = Resource.objects.live()
        for name in ("kind", "language", "state"):
            if wanted.get(name):
                found = found.filter(**{name: wanted[name]})
        if wanted.get("health"):
            found = found.filter(of_health(wanted["health"], "link__"))
        if wanted.get("activity"):
            found = found.filter(of_activity(wanted["activity"], "link__project__"))
        if wanted.get("library"):
            found = found.for_library(wanted["library"])
        if wanted.get("tag"):
            found = found.tagged(wanted["tag"].slug)
        for word in wanted.get("q", "").split()[:10]:
            found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(url__icontains=word))
        return found.order_by(*SORTS[wanted.get("sort") or "title"][1])

    def texts(self) -> list[Found]:
        """The guides, case studies and comparisons that a search means too: by title, address and summary."""
        self.is_valid()
        words = self.cleaned_data.get("q", "").split()[:10]
        found = Entry.objects.speaking().exclude(type__in=(Entry.Type.RESOURCE, Entry.Type.SECTION))
        for word in words:
            found = found.filter(
                Q(title__icontains=word) | Q(slug__contains=word.lower()) | Q(wikipage__summary__icontains=word)
                | Q(casestudy__organisation__icontains=word) | Q(casestudy__use_case__icontains=word)
                | Q(comparison__summary__icontains=word)
            )  # fmt: skip
        if not words:
            return []
        order = Case(When(title__icontains=" ".join(words), then=0), default=1)
        rows = found.order_by(order, "title", "pk").values_list("pk", "type", "slug", "title")
        return [Found(*row) for row in rows[:TEXTS]]

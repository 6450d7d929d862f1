"""What a reader may narrow and sort the list of links by."""

from typing import Any

from django import forms
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext_lazy as _

from resources.entries.health import Health, health_column, of_health, rank_column
from resources.entries.models import Entry, Section
from resources.entries.narrowing_forms import NarrowingForm
from resources.links.models import Check, Link, Use
from resources.links.wording import CAUSES

SORTS = {
    "need": (_("What needs help first"), ("rank", "failing_since", "address", "pk")),
    "checked": (_("Last visited"), (F("checked_at").desc(nulls_last=True), "pk")),
    "since": (_("Longest in trouble"), (F("failing_since").asc(nulls_last=True), "rank", "pk")),
    "uses": (_("Most used"), ("-use_count", "rank", "pk")),
    "due": (_("Tested next"), ("due_at", "pk")),
    "address": (_("Address"), ("key", "pk")),
}

PLACES = {
    "own": (_("the address of a resource"), Q(field="url")),
    "text": (_("inside a text"), ~Q(field__in=("url", "claims", "cells"))),
    "source": (_("the source of a claim"), Q(field__in=("claims", "cells"))),
}
"""In which part of an entry a link stands."""


class LinkFilter(NarrowingForm):
    """The query of /links/. An unknown value is an error that the page shows; the list is then not narrowed by it."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(label=_("State"), required=False)
    cause = forms.ChoiceField(label=_("Why"), required=False)
    host = forms.CharField(label=_("Site"), required=False, max_length=260)
    section = forms.ModelChoiceField(
        label=_("Section"),
        required=False,
        queryset=Section.objects.live().order_by("title").only("type", "slug", "title"),
        to_field_name="slug",
        empty_label=_("Any"),
    )
    kind = forms.ChoiceField(label=_("Stands in"), required=False)
    place = forms.ChoiceField(label=_("As"), required=False)
    sort = forms.ChoiceField(label=_("Sort by"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        any_of = ("", _("Any"))
        self.offer(
            {
                "state": [any_of, ("trouble", _("in trouble")), *Health.choices],
                "cause": [any_of, *((cause, name) for cause, (name, _words) in CAUSES.items() if cause != "void")],
                "kind": [any_of, *Entry.Type.choices],
                "place": [any_of, *((word, label) for word, (label, _fields) in PLACES.items())],
                "sort": [(word, label) for word, (label, _order) in SORTS.items()],
            }
        )

    def results(self) -> Any:
        """The links in use that match, sorted."""
        self.is_valid()
        wanted = self.cleaned_data
        found = Link.objects.in_use()
        if wanted.get("state") == "trouble":
            found = found.filter(in_trouble())
        elif wanted.get("state"):
            found = found.filter(of_health(wanted["state"]))
        if wanted.get("cause"):
            found = found.filter(cause=wanted["cause"])
        if wanted.get("host"):
            found = found.filter(host__name=wanted["host"].strip().lower().removeprefix("www."))
        if uses := self._uses(wanted):
            found = found.filter(Exists(Use.objects.filter(*uses, link=OuterRef("pk"))))
        for word in wanted.get("q", "").split()[:10]:
            found = found.filter(Q(address__icontains=word) | Q(title__icontains=word))
        sort = wanted.get("sort") or "need"
        if sort in ("need", "since", "uses"):
            found = ranked(found)
        if sort == "uses":
            found = found.alias(use_count=Count("uses__entry", distinct=True))
        return found.order_by(*SORTS[sort][1])

    def _uses(self, wanted: dict[str, Any]) -> list[Q]:
        """What is asked of one place where the link stands."""
        uses = []
        if section := wanted.get("section"):
            here = [section.pk, *Section.objects.filter(parent=section).values_list("pk", flat=True)]
            uses.append(Q(entry__in=here) | Q(entry__resource__placements__section__in=here))
        if wanted.get("kind"):
            uses.append(Q(entry__type=wanted["kind"]))
        if wanted.get("place"):
            uses.append(PLACES[wanted["place"]][1])
        return uses


def ranked(links: Any) -> Any:
    """Links with `rank` to sort by: what needs help most has the lowest."""
    return links.alias(word=health_column()).alias(rank=rank_column("word"))


def by_need(links: Any) -> Any:
    """Links with what needs help first."""
    return ranked(links).order_by(*SORTS["need"][1])


def in_trouble() -> Q:
    """What needs somebody: it does not work, or not as it did."""
    return of_health("broken") | of_health("failing") | of_health("drifted") | of_health("moved")


def for_rows(links: Any) -> Any:
    """Links with all that a row shows, in a fixed number of queries: where they stand, and since when they say the same."""
    newest = Check.objects.filter(link=OuterRef("pk")).order_by("-last_at", "-pk").values("first_at")[:1]
    uses = Use.objects.select_related("entry").only(
        "link", "field", "written", "entry__type", "entry__slug", "entry__title"
    )
    return (
        links.select_related("host")
        .annotate(said_since=Subquery(newest))
        .prefetch_related(Prefetch("uses", uses.order_by("entry__title", "pk"), to_attr="places"))
    )

"""Entries in the field's words: what lists and pages ask for."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from resources.entries.health import UNSHOWN

if TYPE_CHECKING:
    from resources.entries.models import Entry


HEAVY = ("introduction", "passages", "passages_html", "body", "headings", "cells_html")
"""Columns that no row of a list shows."""


class EntryQuerySet[E: "Entry"](models.QuerySet[E]):
    """Entries in the field's words."""

    def live(self) -> Self:
        """What readers see."""
        return self.filter(removed_at__isnull=True)

    def speaking(self) -> Self:
        """What readers see, without guides that only lead on to another."""
        return self.live().exclude(wikipage__redirect__isnull=False)

    def removed(self) -> Self:
        """What was taken away and can be restored."""
        return self.filter(removed_at__isnull=False)

    def tagged(self, slug: str) -> Self:
        """With this tag."""
        return self.filter(taggings__tag__slug=slug)

    def for_rows(self) -> Self:
        """With all that a row of a list shows, in a fixed number of queries."""
        return self.defer("html", *(name for name in HEAVY if name in {one.name for one in self.model._meta.fields}))

    def newest(self) -> Self:
        """What changed last comes first."""
        return self.order_by("-changed_at", "-pk")


class ResourceQuerySet[R: "Entry"](EntryQuerySet[R]):
    """Resources in the field's words."""

    def in_section(self, section: "Entry") -> Self:
        """With a seat in this section."""
        return self.filter(placements__section=section)

    def for_library(self, library: str) -> Self:
        """Concerning this Ray library."""
        return self.filter(libraries__contains=f"|{library}|")

    def with_health(self) -> Self:
        """With what marks need to know of each one's link, in the same query."""
        return self.select_related("link__project").defer(*(f"link__{name}" for name in UNSHOWN))

    def for_rows(self) -> Self:
        """With all that a row of a list shows, in a fixed number of queries."""
        return self.with_health().prefetch_related("taggings__tag")


class SectionQuerySet[S: "Entry"](EntryQuerySet[S]):
    """Sections in the field's words."""

    def in_order(self) -> Self:
        """As they stand beside one another."""
        return self.order_by("position", "pk")

    def with_counts(self) -> Self:
        """With `seat_count`, the live resources that sit right in each."""
        return self.annotate(
            seat_count=Count("placements", filter=Q(placements__resource__removed_at__isnull=True), distinct=True)
        )

"""Draws every entry again that the present renderer did not draw, or that has to be drawn for what came or went."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from resources.entries.models import Entry, Placement
from resources.entries.rendering import render_placement
from resources.links.drawing import draw
from resources.links.mentioning import Mentioning, keep_own
from resources.text.markdown import RENDERER_VERSION

AT_ONCE = 50
"""Entries that are drawn in one transaction: publishing waits for no more than these."""


@dataclass(slots=True)
class Redrawn:
    """How many entries were drawn, and the addresses of those that could not be."""

    drawn: int = 0
    left: list[str] = field(default_factory=list)


def redraw(*, everything: bool = False, progress: Callable[[int, int], None] | None = None) -> Redrawn:
    """Draws outdated entries, or all, a few at a time; what they mention is kept anew as well."""
    wanted = Entry.objects.order_by("pk")
    pks = list((wanted if everything else wanted.exclude(renderer=RENDERER_VERSION)).values_list("pk", flat=True))
    found, left = Redrawn(), []
    for start in range(0, len(pks), AT_ONCE):
        some = pks[start : start + AT_ONCE]
        with transaction.atomic():
            drawn = draw(some)
            keep_own([Mentioning(entry, vars(entry), targets, appeared=False) for entry, targets in drawn])
            seats = Placement.objects.filter(resource__in=some).exclude(summary="")
            for seat in seats:
                render_placement(seat)
            Placement.objects.bulk_update(seats, ["html"])
        found.drawn += len(drawn)
        left += sorted(set(some) - {entry.pk for entry, _targets in drawn})
        if progress is not None:
            progress(start + len(some), len(pks))
    found.left = [entry.get_absolute_url() for entry in Entry.objects.filter(pk__in=left).order_by("pk")]
    return found

"""Where a line stands in a section, or a section among its siblings: "at the end", "after …", as choices and positions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from resources.entries.models import POSITION_STEP, Section
from resources.entries.seats import seats_of_all
from resources.text.markdown import plain

KEEP, START, END = "keep", "start", "end"


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that stands in a row of things: its name in the form, its words for people, its position and depth."""

    name: str
    words: str
    position: int
    depth: int = 0


class Gone(ValueError):
    """The neighbour that was chosen does not stand there any more."""


def lines_of(sections: Sequence[Section]) -> dict[int, list[Spot]]:
    """Section id → its resources and passages in order."""
    return {
        section: [
            Spot(f"resource-{seat.placement.resource_id}", seat.placement.resource.title, seat.position, seat.depth)
            if seat.placement
            else Spot(f"passage-{(seat.passage or {})['key']}", excerpt((seat.passage or {})["text"]), seat.position)
            for seat in seats
        ]
        for section, seats in seats_of_all(sections).items()
    }


def siblings(parent: int | None) -> list[Spot]:
    """The live sections below a parent, in order."""
    found = Section.objects.live().filter(parent=parent).in_order()
    return [Spot(f"section-{section.pk}", section.title, section.position) for section in found]


def choices(spots: Sequence[Spot], own: str, *, keep: bool) -> list[tuple[str, Any]]:
    """The places that somebody can choose. `own` is the name of the thing itself, `keep` whether it has a place now."""
    places: list[tuple[str, Any]] = [(KEEP, _("where it is now"))] if keep else []
    places += [(END, _("at the end")), (START, _("at the beginning"))]
    return places + [
        (f"after {spot.name}", _("after “%(name)s”") % {"name": Truncator(spot.words).chars(60)})
        for spot in spots
        if spot.name != own
    ]


def place(spots: Sequence[Spot], own: str, where: str) -> tuple[int, int]:
    """(position, depth) of a chosen place. Raises Gone."""
    others = [spot for spot in spots if spot.name != own]
    if where == START and others:
        first = others[0].position
        return (first // 2 if first > 1 else first - POSITION_STEP), 0
    if where in {START, END}:
        return (others[-1].position if others else 0) + POSITION_STEP, 0
    number = next((number for number, spot in enumerate(others) if f"after {spot.name}" == where), None)
    if number is None:
        raise Gone(_("What you chose to stand behind is not there any more. Choose the place again."))
    before = others[number]
    after = others[number + 1].position if number + 1 < len(others) else before.position + 2 * POSITION_STEP
    return (before.position + after) // 2, before.depth


def excerpt(text: str) -> str:
    """The first words of a passage."""
    return Truncator(plain(text[:500])).chars(60) or _("(no words)")

"""The seats of sections in order: resources with their wording, and the passages between them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from resources.entries.health import UNSHOWN
from resources.entries.models import Placement, Section


@dataclass(frozen=True, slots=True)
class Seat:
    """One line of a section: a placement with its resource, or a passage with its HTML."""

    position: int
    depth: int
    placement: Placement | None = None
    passage: dict[str, str] | None = None
    html: str = ""


def seats_of_all(sections: Iterable[Section]) -> dict[int, list[Seat]]:
    """Section id → its seats in order, in three queries however many sections there are."""
    sections = list(sections)
    seats: dict[int, list[Seat]] = defaultdict(list)
    placements = (
        Placement.objects.filter(section__in=sections, resource__removed_at__isnull=True)
        .select_related("resource__link__project")
        .defer(*(f"resource__link__{name}" for name in UNSHOWN))
        .prefetch_related("resource__taggings__tag")
        .order_by("position", "pk")
    )
    for placement in placements:
        html = placement.html or placement.resource.html
        seats[placement.section_id].append(Seat(placement.position, placement.depth, placement=placement, html=html))
    for section in sections:
        for row in section.passages:
            if row["form"] != "contents" and row["position"] >= 0:
                html = section.passages_html.get(row["key"], "")
                seats[section.pk].append(Seat(row["position"], row["depth"], passage=row, html=html))
        seats[section.pk].sort(key=lambda seat: seat.position)
    return seats


def breadcrumbs(section: Section) -> list[Section]:
    """The sections from the one under the root down to this one."""
    trail, seen = [section], {section.pk}
    # Two moves at the same instant could close a ring, and its pages shall still be shown.
    while trail[0].parent_id is not None and trail[0].parent_id not in seen:
        seen.add(trail[0].parent_id)
        parent = trail[0].parent
        assert parent is not None  # noqa: S101  # the id above says so
        trail.insert(0, parent)
    return trail[1:] or trail

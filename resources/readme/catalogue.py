"""The live knowledge base as an import and an export see it: sections by tree, resources by address, source pieces."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from resources.entries.models import Placement, Resource, Section
from resources.readme.models import SourcePiece
from resources.readme.outline import Wording
from resources.text.addresses import normalise

UNTITLED = "(untitled)"
"""What a section is called here whose heading in the README has no words: a list without a heading, a mere picture."""

type PieceKey = tuple[int, str, str]


@dataclass(slots=True)
class Catalogue:
    """Everything that an import compares with, read in a fixed number of queries."""

    sections: dict[int, Section] = field(default_factory=dict)
    resources: dict[int, Resource] = field(default_factory=dict)
    by_address: dict[str, Resource] = field(default_factory=dict)
    children: dict[int | None, list[Section]] = field(default_factory=lambda: defaultdict(list))
    seats: dict[int, list[Placement]] = field(default_factory=lambda: defaultdict(list))
    pieces: dict[PieceKey, SourcePiece] = field(default_factory=dict)

    @property
    def root(self) -> Section | None:
        """The list itself."""
        return next((section for section in self.children[None] if section.live), None)

    def imported(self, section: int, form: str, key: str = "") -> dict[str, Any] | None:
        """What the last imported file said of a piece."""
        piece = self.pieces.get((section, form, key))
        return piece.imported if piece else None


def read_catalogue() -> Catalogue:
    """The sections, resources, seats and source pieces of this moment; removed ones too, so that they can return."""
    catalogue = Catalogue()
    for section in Section.objects.in_order().prefetch_related("taggings__tag"):
        catalogue.sections[section.pk] = section
        catalogue.children[section.parent_id].append(section)
    for resource in Resource.objects.order_by("pk").prefetch_related("taggings__tag", "placements"):
        catalogue.resources[resource.pk] = resource
        catalogue.by_address[resource.address] = resource
        for placement in resource.placements.all():
            catalogue.seats[placement.section_id].append(placement)
    for piece in SourcePiece.objects.all():
        catalogue.pieces[piece.section_id, piece.form, piece.key] = piece
    return catalogue


def readme_title(section: Section) -> str:
    """The words of a section's heading in the README."""
    return "" if section.title == UNTITLED else section.title


def wording_of(resource: Resource, placement: Placement) -> Wording:
    """How a seat words its resource: its own words where it has any, the resource's else."""
    return Wording(
        title=resource.title,
        url=placement.url or resource.url,
        summary=placement.summary or resource.summary,
        lead=placement.lead,
        label=placement.label,
        hint=placement.hint,
    )


def same_address(one: str, other: str) -> bool:
    """Whether two spellings lead to one resource."""
    return one == other or normalise(one) == normalise(other)

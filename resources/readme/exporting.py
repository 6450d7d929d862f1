"""The live knowledge base as a README, and as data."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from resources.entries.knowledge import CaseStudy, Comparison, WikiPage
from resources.entries.models import Placement, Section
from resources.readme.catalogue import Catalogue, read_catalogue, readme_title, wording_of
from resources.readme.lists import address_of, unfolded, written_list
from resources.readme.models import SourcePiece
from resources.readme.outline import Item, Node, Outline, Passage, Seat
from resources.readme.rendering import render_classic, render_faithful

FORM = SourcePiece.Form
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins like this would be run by a spreadsheet."""


class NothingToExport(Exception):
    """The knowledge base has no list yet."""


def export_classic() -> str:
    """The README in the clean form: the same content gives the same bytes. Empty while there is no list."""
    catalogue = read_catalogue()
    return render_classic(build_outline(catalogue), _written()) if catalogue.root else ""


def export_faithful() -> str:
    """The README as it was imported, with what was edited since in the style of its neighbours."""
    catalogue = read_catalogue()
    return _written()(render_faithful(build_outline(catalogue))) if catalogue.root else ""


def _written() -> Callable[[str], str]:
    """Writes the lists of a text out; one that is wanted twice is read once."""
    return partial(unfolded, write=cache(written_list))


def build_outline(catalogue: Catalogue) -> Outline:
    """The live list as an outline; every piece carries its source, and says whether it was edited since."""
    root = catalogue.root
    if root is None:
        raise NothingToExport("There is no list yet. Run: manage.py import_readme PATH")
    seats = _seats(catalogue, root)
    above = tuple(seat for position, seat in seats if position < 0 and isinstance(seat, Passage))
    return Outline(root=_node(catalogue, root, 1), above=above)


def _node(catalogue: Catalogue, section: Section, level: int) -> Node:
    heading = catalogue.pieces.get((section.pk, FORM.HEADING, ""))
    introduction = catalogue.pieces.get((section.pk, FORM.INTRODUCTION, ""))
    if heading is not None:
        level = heading.imported["level"]
    children = [child for child in catalogue.children[section.pk] if child.live]
    return Node(
        title=readme_title(section),
        level=level,
        heading=section.heading,
        introduction=section.introduction,
        seats=tuple(seat for position, seat in _seats(catalogue, section) if position >= 0),
        children=tuple(_node(catalogue, child, level + 1) for child in children),
        heading_source=heading.source if heading else "",
        introduction_source=introduction.source if introduction else "",
        heading_edited=_edited(heading, {"title": readme_title(section), "heading": section.heading}),
        introduction_edited=_edited(introduction, {"text": section.introduction}),
    )


def _edited(piece: SourcePiece | None, live: Mapping[str, Any]) -> bool:
    return piece is not None and piece.imported["live"] != live


def _seats(catalogue: Catalogue, section: Section) -> list[tuple[int, Seat]]:
    """The seats of a section with their positions, in order."""
    seats: list[tuple[int, int, Seat]] = []
    for placement in catalogue.seats[section.pk]:
        if catalogue.resources[placement.resource_id].live:
            seats.append((placement.position, placement.pk, _item(catalogue, placement)))
    for order, row in enumerate(section.passages):
        seats.append((row["position"], order, _passage(catalogue, section, row)))
    seats.sort(key=lambda seat: seat[:2])
    return [(position, seat) for position, _order, seat in seats]


def _item(catalogue: Catalogue, placement: Placement) -> Item:
    wording = wording_of(catalogue.resources[placement.resource_id], placement)
    piece = catalogue.pieces.get((placement.section_id, FORM.ITEM, str(placement.resource_id)))
    live = {name: getattr(wording, name) for name in wording.__dataclass_fields__} | {"depth": placement.depth}
    return Item(wording, placement.depth, piece.source if piece else "", edited=_edited(piece, live))


def _passage(catalogue: Catalogue, section: Section, row: dict[str, Any]) -> Passage:
    piece = catalogue.pieces.get((section.pk, FORM.PASSAGE, row["key"]))
    edited = _edited(piece, {"text": row["text"], "depth": row["depth"]})
    return Passage(row["text"], row["form"], row["depth"], piece.source if piece else "", edited=edited)


def export_json() -> str:
    """The list as JSON: sections nested, each with its resources in order; beside them guides, case studies, comparisons."""
    catalogue = read_catalogue()
    data = _section_data(catalogue, catalogue.root) | _pages_data() if catalogue.root else None
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _section_data(catalogue: Catalogue, section: Section) -> dict[str, Any]:
    children = [child for child in catalogue.children[section.pk] if child.live]
    seats = sorted(catalogue.seats[section.pk], key=lambda seat: (seat.position, seat.pk))
    return {
        "title": section.title,
        "slug": section.slug,
        "introduction": section.introduction,
        "resources": [_resource_data(catalogue, seat) for seat in seats if catalogue.resources[seat.resource_id].live],
        "sections": [_section_data(catalogue, child) for child in children],
    }


def _pages_data() -> dict[str, Any]:
    """What is written rather than linked, each with its page's address."""
    written: dict[str, tuple[Any, tuple[str, ...]]] = {
        "guides": (WikiPage.objects.pages(), ("summary",)),
        "case_studies": (
            CaseStudy.objects.live(),
            ("organisation", "industry", "use_case", "libraries", "scale", "benefit", "since"),
        ),
        "comparisons": (Comparison.objects.live(), ("summary",)),
    }
    return {
        name: [
            {"title": entry.title, "slug": entry.slug, "url": address_of(entry)}
            | {field: getattr(entry, field) for field in fields}
            | {"tags": entry.tag_names}
            for entry in entries.order_by("title", "pk").prefetch_related("taggings__tag")
        ]
        for name, (entries, fields) in written.items()
    }


def _resource_data(catalogue: Catalogue, placement: Placement) -> dict[str, Any]:
    resource = catalogue.resources[placement.resource_id]
    wording = wording_of(resource, placement)
    return {
        "title": wording.title,
        "slug": resource.slug,
        "url": wording.url,
        "summary": wording.summary,
        "kind": resource.kind,
        "libraries": resource.libraries,
        "language": resource.language,
        "licence": resource.licence,
        "authors": resource.authors,
        "year": resource.year,
        "state": resource.state,
        "tags": resource.tag_names,
    }


def export_csv() -> str:
    """The list as a table, one line per seat, the section as a path; cells that look like formulas are made text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    catalogue = read_catalogue()
    head = [
        "section",
        "title",
        "url",
        "summary",
        "kind",
        "libraries",
        "language",
        "licence",
        "authors",
        "year",
        "state",
    ]
    writer.writerow([*head, "tags"])
    if catalogue.root:
        _write_rows(writer, _section_data(catalogue, catalogue.root), ())
    return out.getvalue()


def _write_rows(writer: Any, section: dict[str, Any], path: tuple[str, ...]) -> None:
    for row in section["resources"]:
        cells = [" / ".join(path), *(value for name, value in row.items() if name != "slug")]
        writer.writerow([_cell(", ".join(value) if isinstance(value, list) else value) for value in cells])
    for child in section["sections"]:
        _write_rows(writer, child, (*path, child["title"]))


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text

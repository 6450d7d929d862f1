"""The items of an outline into resources and their seats."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from resources.entries.content import Content, read_content
from resources.entries.models import Entry, Placement, Resource
from resources.entries.slugs import free_slug
from resources.history.models import Revision
from resources.publishing import Change
from resources.readme.catalogue import wording_of
from resources.readme.guessing import guess_kind
from resources.readme.importing_sections import SectionImport
from resources.readme.inline import escape
from resources.readme.models import SourcePiece
from resources.readme.outline import Item, Outline, Wording
from resources.readme.run import Occurrence, Run
from resources.readme.settling import piece_of_item, settle_wording
from resources.text.addresses import BadAddress, normalise

BATCH = 200
FORM = SourcePiece.Form.ITEM


@dataclass(slots=True)
class Found:
    """A resource of the file: where it is listed, and the live resource that it means, if there is one."""

    address: str
    resource: Resource | None
    occurrences: list[Occurrence] = field(default_factory=list)


class ResourceImport:
    """The resources of one import. `found` has them in the order of the file."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.found = self._find()
        self.slugs = {resource.slug for resource in run.catalogue.resources.values()}

    def name_of(self, item: Item) -> str:
        """What a seat is called before it is stored: the live resource's id, else its address."""
        found = self.found[address_of(item)]
        return str(found.resource.pk) if found.resource else found.address

    def _find(self) -> dict[str, Found]:
        """By normalised address; then by name and section, for a resource whose address was mended."""
        catalogue = self.run.catalogue
        found: dict[str, Found] = {}
        for node in self.run.outline.root.walk():
            for index, seat in enumerate(node.seats):
                if isinstance(seat, Item):
                    address = address_of(seat)
                    one = found.setdefault(address, Found(address, catalogue.by_address.get(address)))
                    one.occurrences.append(Occurrence(node, seat, index))
        for one in found.values():
            if one.resource is None:
                one.resource = self._by_name(one.occurrences[0], found)
        return found

    def _by_name(self, occurrence: Occurrence, found: dict[str, Found]) -> Resource | None:
        section = self.run.sections[id(occurrence.node)]
        taken = {one.resource.pk for one in found.values() if one.resource}
        for placement in self.run.catalogue.seats[section.pk] if section else []:
            resource = self.run.catalogue.resources[placement.resource_id]
            same = resource.title.casefold() == occurrence.item.wording.title.casefold()
            if same and resource.live and resource.address not in found and resource.pk not in taken:
                return resource
        return None

    def publish(self, sections: SectionImport, progress: Callable[[int], None]) -> None:
        """Publishes what is new or changed, in batches, and keeps the source of every line."""
        waiting: list[tuple[Found, Change]] = []
        for count, one in enumerate(self.found.values(), 1):
            if one.resource and not one.resource.live and not self.run.replayed:
                self.run.report.kept_removed.append(one.resource.title)
                continue
            change = self._change(one, sections)
            if change is not None:
                waiting.append((one, change))
            if len(waiting) >= BATCH:
                self._flush(waiting)
                progress(count)
        self._flush(waiting)
        self._keep_pieces()

    def _flush(self, waiting: list[tuple[Found, Change]]) -> None:
        ids = self.run.publish([change for _one, change in waiting])
        made = [pk for (one, _change), pk in zip(waiting, ids, strict=True) if one.resource is None]
        fresh = Resource.objects.in_bulk(made)
        for (one, _change), pk in zip(waiting, ids, strict=True):
            one.resource = one.resource or fresh[pk]
        waiting.clear()

    def _change(self, one: Found, sections: SectionImport) -> Change | None:
        """The content that the file asks for; None where the resource has it."""
        resource = one.resource
        before = read_content(resource) if resource else None
        seats = {row["section"]: dict(row) for row in before["placements"]} if before else {}
        wordings = self._wordings(one, seats)
        content: Content = dict(before) if before else self._blank(one)
        if wordings:
            first = next(iter(wordings.values()))
            content["title"], content["url"] = first.title[:300], first.url
            content["summary"] = next((wording.summary for wording in wordings.values() if wording.summary), "")
        for section, wording in wordings.items():
            name = ("item", str(resource.pk) if resource else one.address)
            occurrence = self._at(one, section)
            place = {"section": section, "position": sections.positions[section][name], "depth": occurrence.item.depth}
            seats[section] = seats.get(section, {}) | place | _own_words(wording, content)
        content["placements"] = sorted(seats.values(), key=lambda row: row["section"])
        if resource is not None and content == before and resource.live:
            return None
        if resource is None:
            self.run.report.added.append(content["title"])
        elif content["title"] not in self.run.report.moved:
            self.run.report.changed.append(content["title"])
        return Change(content, resource, Entry.Type.RESOURCE, Revision.Act.IMPORTED)

    def _at(self, one: Found, section: int) -> Occurrence:
        return next(seat for seat in one.occurrences if self.run.section_of(seat.node).pk == section)

    def _wordings(self, one: Found, seats: dict[int, dict[str, Any]]) -> dict[int, Wording]:
        """Section → how the resource is worded there, for the seats of the file; moves seats that the file moved."""
        wordings: dict[int, Wording] = {}
        listed = {self.run.section_of(seat.node).pk for seat in one.occurrences}
        left = [section for section in seats if section not in listed and self._left(one, section)]
        for seat in one.occurrences:
            section, new = self.run.section_of(seat.node).pk, seat.item.wording
            resource = one.resource
            piece = self.run.catalogue.imported(section, FORM, str(resource.pk)) if resource else None
            if resource is None:
                wordings[section] = new
                continue
            if section not in seats:
                if piece is not None and resource.live:
                    continue  # the site has moved or removed this seat since
                moved_from = left.pop(0) if left and self.run.own_list else None
                seats[section] = seats.pop(moved_from) if moved_from else {}
                if moved_from:
                    self.run.left_behind.add((moved_from, FORM, str(resource.pk)))
                self.run.report.moved.append(resource.title)
            live = wording_of(resource, _placement(seats[section]))
            wordings[section], odd = settle_wording(piece, live, new)
            if odd:
                self.run.report.at_odds.append(f"{resource.title}: {', '.join(odd)}")
        if self.run.replayed and one.resource is not None:
            for section in left:
                if self.run.catalogue.imported(section, FORM, str(one.resource.pk)) is not None:
                    del seats[section]
                    self.run.left_behind.add((section, FORM, str(one.resource.pk)))
        return wordings

    def _left(self, one: Found, section: int) -> bool:
        """Whether a seat that the file lacks is one that a file gave, so that it may have moved elsewhere in it."""
        if section in {live.pk for live in self.run.sections.values() if live is not None}:
            return True
        return one.resource is not None and self.run.catalogue.imported(section, FORM, str(one.resource.pk)) is not None

    def _blank(self, one: Found) -> Content:
        item, node = one.occurrences[0].item, one.occurrences[0].node
        slug = free_slug(item.wording.title, one.address, self.slugs)
        self.slugs.add(slug)
        return {"slug": slug, "kind": guess_kind(item.wording.url, node.title), "tags": []}

    def _keep_pieces(self) -> None:
        """Keeps the lines of the file beside the seats that they became."""
        listed = [one for one in self.found.values() if one.resource is not None and one.resource.live]
        rows = Placement.objects.filter(resource__in=[one.resource for one in listed])
        seats = {(row.resource_id, row.section_id): row for row in rows}
        for one in listed:
            assert one.resource is not None  # noqa: S101  # filtered above
            summaries = {seat.item.wording.summary for seat in one.occurrences}
            for seat in one.occurrences:
                section = self.run.section_of(seat.node).pk
                row = seats.get((one.resource.pk, section))
                if row is not None:
                    live = wording_of(one.resource, row)
                    imported = piece_of_item(seat.item.wording, live, row.depth, seat.index, summaries)
                    self.run.keep_piece(section, FORM, str(one.resource.pk), seat.item.source, imported)

    def remove_dropped(self, previous: Outline) -> None:
        """Takes away the seats that the commit before had and this one has not; a resource with no seat left goes too."""
        still = set(self.found)
        before = dict.fromkeys(address_of(item) for item in previous.items())
        gone = [self.run.catalogue.by_address.get(address) for address in before if address not in still]
        kept = {one.resource.pk for one in self.found.values() if one.resource}
        changes = []
        for resource in gone:
            if resource is not None and resource.live and resource.pk not in kept:
                self.run.report.removed.append(resource.title)
                content = read_content(resource)
                changes.append(Change(content, resource, act=Revision.Act.REMOVED, removed=True))
        self.run.publish(changes)

    def report_kept(self) -> None:
        """Names what the site has in the sections of the file and the file has not."""
        listed = {one.resource.pk for one in self.found.values() if one.resource}
        for section in {section.pk for section in self.run.sections.values() if section}:
            for placement in self.run.catalogue.seats[section]:
                resource = self.run.catalogue.resources[placement.resource_id]
                if resource.live and resource.pk not in listed:
                    self.run.report.kept.append(resource.title)


def address_of(item: Item) -> str:
    """The normalised address of a line; the parser reads what has none as prose."""
    try:
        return normalise(item.wording.url)
    except BadAddress:
        return item.wording.url


def _placement(row: dict[str, Any]) -> Placement:
    return Placement(**{name: value for name, value in row.items() if name != "section"})


def _own_words(wording: Wording, content: Content) -> dict[str, str]:
    """What a seat says otherwise than its resource."""
    label = wording.label or (escape(wording.title) if wording.title != content["title"] else "")
    return {
        "lead": wording.lead,
        "label": label,
        "url": wording.url if wording.url != content["url"] else "",
        "hint": wording.hint,
        "summary": wording.summary if wording.summary != content["summary"] else "",
    }

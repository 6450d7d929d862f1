"""The headings of an outline into sections, with the prose between their seats."""

from collections.abc import Callable
from typing import Any

from resources.entries.content import Content, read_content
from resources.entries.models import POSITION_STEP, Entry, Placement, Section
from resources.entries.slugs import free_slug
from resources.history.models import Revision
from resources.publishing import Change
from resources.readme.catalogue import UNTITLED, readme_title
from resources.readme.inline import escape
from resources.readme.matching import match_passages, passage_key
from resources.readme.models import SourcePiece
from resources.readme.outline import Item, Node, Passage
from resources.readme.positions import positions_for
from resources.readme.run import Run
from resources.readme.settling import Piece, piece_of, settle_text, settle_value

type SeatName = tuple[str, str]
"""What a seat is called while positions are found: ("item", resource id or address) or ("passage", key)."""

FORM = SourcePiece.Form
LONGEST_TITLE = 300


class SectionImport:
    """The sections of one import; `positions` maps a section's id and a seat's name to its position."""

    def __init__(self, run: Run, name_of: Callable[[Item], str]) -> None:
        self.run = run
        self.name_of = name_of
        self.positions: dict[int, dict[SeatName, int]] = {}
        self.slugs = {section.slug for section in run.catalogue.sections.values()}
        parents = list(run.outline.root.walk())
        self.places = {id(child): place for parent in parents for place, child in enumerate(parent.children)}

    def publish_tree(self, progress: Callable[[int], None]) -> int:
        """Publishes the sections level by level, parents first; returns how many there are."""
        level: list[tuple[Node, int | None]] = [(self.run.outline.root, None)]
        done = 0
        while level:
            self._publish_level(level)
            done += len(level)
            progress(done)
            level = [(child, self.run.section_of(node).pk) for node, _parent in level for child in node.children]
        return done

    def _publish_level(self, level: list[tuple[Node, int | None]]) -> None:
        siblings = self._sibling_positions(level)
        changes: list[Change] = []
        of: list[Node] = []
        rest: list[tuple[Node, dict[SeatName, int], dict[str, Passage]]] = []
        for node, parent in level:
            section = self.run.sections[id(node)]
            content, positions, passages = self._content(node, section)
            content["parent"], content["position"] = parent, siblings[id(node)]
            rest.append((node, positions, passages))
            if section is None or not section.live or content != read_content(section):
                self._report(node, section)
                changes.append(Change(content, section, Entry.Type.SECTION, Revision.Act.IMPORTED))
                of.append(node)
        ids = self.run.publish(changes)
        fresh = Section.objects.in_bulk(
            [pk for node, pk in zip(of, ids, strict=True) if not self.run.sections[id(node)]]
        )
        for node, pk in zip(of, ids, strict=True):
            self.run.sections[id(node)] = self.run.sections[id(node)] or fresh[pk]
        for node, positions, passages in rest:
            self.positions[self.run.section_of(node).pk] = positions
            self._keep_pieces(node, passages)

    def _report(self, node: Node, section: Section | None) -> None:
        if section is None:
            self.run.report.added.append(f"section {node.title}")
        else:
            self.run.report.changed.append(f"section {section.title}")

    def _sibling_positions(self, level: list[tuple[Node, int | None]]) -> dict[int, int]:
        """id(node) → its position among its parent's children."""
        families: dict[int | None, list[Node]] = {}
        for node, parent in level:
            families.setdefault(parent, []).append(node)
        placed: dict[int, int] = {}
        for parent, nodes in families.items():
            live = {str(one.pk): one.position for one in self.run.catalogue.children[parent]}
            names = [
                str(section.pk) if (section := self.run.sections[id(node)]) else f"new {id(node)}" for node in nodes
            ]
            said = [self._said_at(FORM.HEADING, node) for node in nodes]
            positions = positions_for(_unmoved(names, said, live), live)
            placed |= {id(node): positions[name] for node, name in zip(nodes, names, strict=True)}
        return placed

    def _said_at(self, form: str, node: Node) -> int | None:
        section = self.run.sections[id(node)]
        piece = self.run.catalogue.imported(section.pk, form) if section else None
        return piece.get("at") if piece else None

    def _content(self, node: Node, section: Section | None) -> tuple[Content, dict[SeatName, int], dict[str, Passage]]:
        """The section's content without its parent, the positions of its seats, and its passages by key."""
        rows = [dict(row) for row in section.passages] if section else []
        above = list(self.run.outline.above) if node is self.run.outline.root else []
        if self._is_foreign_root(node):
            passages: list[Passage] = []
        else:
            passages = [*above, *(seat for seat in node.seats if isinstance(seat, Passage))]
        if not self.run.own_list:
            passages = [passage for passage in passages if passage.form != "contents"]
        keys = self._passage_keys(passages, rows, section)
        by_key = dict(zip(keys, passages, strict=True))
        positions = self._seat_positions(node, section, rows, {id(passage): key for key, passage in by_key.items()})
        content = read_content(section) if section else self._blank(node)
        self._settle_heading(node, section, content)
        piece = self._piece(section, FORM.INTRODUCTION)
        if not self._is_foreign_root(node):
            content["introduction"], odd = settle_text(piece, content["introduction"], node.introduction)
            self._at_odds(node, odd, "introduction")
        for place in range(len(above) if passages else 0):
            positions["passage", keys[place]] = (place - len(above)) * POSITION_STEP
        content["passages"] = self._rows(node, section, rows, by_key, positions)
        return content, positions, by_key

    def _is_foreign_root(self, node: Node) -> bool:
        return node is self.run.outline.root and not self.run.own_list

    def _blank(self, node: Node) -> Content:
        slug = free_slug(node.title, "section", self.slugs)
        self.slugs.add(slug)
        title, heading = _heading(node)
        return {
            "title": title or UNTITLED,
            "slug": slug,
            "tags": [],
            "heading": heading,
            "introduction": "",
        }

    def _piece(self, section: Section | None, form: str, key: str = "") -> Piece | None:
        return self.run.catalogue.imported(section.pk, form, key) if section else None

    def _at_odds(self, node: Node, odd: bool, what: str) -> None:
        if odd:
            self.run.report.at_odds.append(f"section {node.title}: {what}")

    def _settle_heading(self, node: Node, section: Section | None, content: Content) -> None:
        if section is None or self._is_foreign_root(node):
            return
        piece = self._piece(section, FORM.HEADING)
        title, heading = _heading(node)
        for name, new in (("title", title or UNTITLED), ("heading", heading)):
            content[name], odd = settle_value(piece, name, content[name], new)
            self._at_odds(node, odd, name)

    def _passage_keys(self, passages: list[Passage], rows: list[dict[str, Any]], section: Section | None) -> list[str]:
        matched = match_passages(passages, rows, lambda key: self._piece(section, FORM.PASSAGE, key))
        taken = {row["key"] for row in rows}
        keys: list[str] = []
        for passage, key in zip(passages, matched, strict=True):
            name = key or passage_key(passage, taken)
            taken.add(name)
            keys.append(name)
        return keys

    def _seat_positions(
        self, node: Node, section: Section | None, rows: list[dict[str, Any]], keys: dict[int, str]
    ) -> dict[SeatName, int]:
        """The position of every seat of the file in this section."""
        names: list[SeatName] = []
        for seat in node.seats:
            if isinstance(seat, Item):
                names.append(("item", self.name_of(seat)))
            elif id(seat) in keys:
                names.append(("passage", keys[id(seat)]))
        live: dict[SeatName, int] = {("passage", row["key"]): row["position"] for row in rows if row["position"] >= 0}
        if section:
            seats = self.run.catalogue.seats[section.pk]
            live |= {("item", str(seat.resource_id)): seat.position for seat in seats}
        said = [piece.get("at") if (piece := self._piece(section, *name)) else None for name in names]
        return positions_for(_unmoved(names, said, live), live)

    def _rows(
        self,
        node: Node,
        section: Section | None,
        rows: list[dict[str, Any]],
        passages: dict[str, Passage],
        positions: dict[SeatName, int],
    ) -> list[dict[str, Any]]:
        """The section's passages: the live ones with what the file changed, and the new ones."""
        by_key = {row["key"]: row for row in rows if row["key"] in passages or not self._dropped(section, row)}
        for key, passage in passages.items():
            place = {"position": positions["passage", key], "depth": passage.depth}
            if key in by_key:
                text, odd = settle_text(self._piece(section, FORM.PASSAGE, key), by_key[key]["text"], passage.text)
                self._at_odds(node, odd, "passage")
                by_key[key] |= place | {"text": text}
            else:
                by_key[key] = {"key": key, "form": passage.form, "text": passage.text} | place
        return sorted(by_key.values(), key=lambda row: (row["position"], row["key"]))

    def _dropped(self, section: Section | None, row: dict[str, Any]) -> bool:
        """Whether an unmatched passage came from an earlier file of this list and is as that left it."""
        piece = self._piece(section, FORM.PASSAGE, row["key"])
        return (self.run.own_list or self.run.replayed) and piece is not None and piece["said"]["text"] == row["text"]

    def remove_dropped(self) -> None:
        """Takes away the sections that an earlier commit brought, this one has not, and nothing sits in any more."""
        meant = {section.pk for section in self.run.sections.values() if section}
        full = set(Placement.objects.filter(resource__removed_at__isnull=True).values_list("section_id", flat=True))
        gone = [
            section
            for section in self.run.catalogue.sections.values()
            if section.live and section.pk not in meant | full and self._piece(section, FORM.HEADING)
        ]
        parents = {section.parent_id for section in self.run.catalogue.sections.values() if section not in gone}
        for section in gone:
            if section.pk not in parents:
                self.run.report.removed.append(f"section {section.title}")
                content = read_content(section)
                self.run.publish([Change(content, section, act=Revision.Act.REMOVED, removed=True)])

    def _keep_pieces(self, node: Node, passages: dict[str, Passage]) -> None:
        if self._is_foreign_root(node):
            return
        section = self.run.section_of(node)
        title, words = _heading(node)
        said = {"title": title, "heading": words}
        live = {"title": readme_title(section), "heading": section.heading}
        heading = piece_of(said, live, level=node.level, at=self.places.get(id(node), 0))
        self.run.keep_piece(section.pk, FORM.HEADING, "", node.heading_source, heading)
        introduction = piece_of({"text": node.introduction}, {"text": section.introduction})
        self.run.keep_piece(section.pk, FORM.INTRODUCTION, "", node.introduction_source, introduction)
        rows = {row["key"]: row for row in section.passages}
        seats = {id(seat): index for index, seat in enumerate(node.seats)}
        for key, passage in passages.items():
            spoken = {"text": passage.text, "depth": passage.depth}
            shown = {"text": rows[key]["text"], "depth": rows[key]["depth"]}
            imported = piece_of(spoken, shown, at=seats.get(id(passage)))
            self.run.keep_piece(section.pk, FORM.PASSAGE, key, passage.source, imported)


def _heading(node: Node) -> tuple[str, str]:
    """A heading's title and Markdown; a title that is too long for a page is cut, and whole in the Markdown."""
    long = len(node.title) > LONGEST_TITLE
    return node.title[:LONGEST_TITLE].strip(), node.heading or (escape(node.title) if long else "")


def _unmoved[K](names: list[K], said: list[int | None], live: dict[K, int]) -> list[K]:
    """The order that is wanted: the file's; but where the file has not changed the order of what was there, the site's."""
    known = [(at, name) for name, at in zip(names, said, strict=True) if at is not None and name in live]
    if [at for at, _name in known] != sorted(at for at, _name in known):
        return names
    site_order = iter(sorted((name for _at, name in known), key=lambda name: live[name]))
    settled = {name for _at, name in known}
    return [next(site_order) if name in settled else name for name in names]

"""One import on its way: what is read, what is compared with, what is written."""

from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import User
from resources.entries.models import Section
from resources.publishing import Change, publish_many
from resources.readme.catalogue import Catalogue
from resources.readme.models import SourcePiece
from resources.readme.outline import Item, Node, Outline
from resources.readme.report import Report


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where the file lists a resource: the heading, the line, its place among the heading's seats."""

    node: Node
    item: Item
    index: int


@dataclass(slots=True)
class Run:
    """One import. `sections` maps id(node) to the live section that the heading means, None until there is one.

    `own_list` says whether the file is the list that the site has its title and preamble from; `replayed` whether it is a
    commit of a history: then what an earlier commit brought and this one has not goes, and what was removed returns.
    """

    outline: Outline
    author: User
    message: str
    at: datetime
    catalogue: Catalogue
    own_list: bool
    replayed: bool = False
    report: Report = field(default_factory=Report)
    sections: dict[int, Section | None] = field(default_factory=dict)
    pieces: dict[tuple[int, str, str], SourcePiece] = field(default_factory=dict)
    left_behind: set[tuple[int, str, str]] = field(default_factory=set)

    def store_pieces(self) -> None:
        """Writes the pieces of this file over those of the last one, and forgets those of seats that it moved or dropped."""
        for key in self.left_behind - self.pieces.keys():
            if key in self.catalogue.pieces:
                self.catalogue.pieces[key].delete()
        SourcePiece.objects.bulk_create(
            self.pieces.values(),
            batch_size=500,
            update_conflicts=True,
            unique_fields=["section", "form", "key"],
            update_fields=["source", "imported"],
        )

    def publish(self, changes: list[Change]) -> list[int]:
        """Publishes a batch and gives the ids of its entries."""
        revisions = publish_many(changes, author=self.author, summary=self.message, at=self.at)
        self.report.revisions += len(revisions)
        return [revision.entry_id for revision in revisions]

    def section_of(self, node: Node) -> Section:
        """The live section of a heading; every heading has one once the sections are published."""
        section = self.sections[id(node)]
        if section is None:
            raise LookupError(f"“{node.title}” has no section yet.")
        return section

    def keep_piece(self, section: int, form: str, key: str, source: str, imported: dict[str, object]) -> None:
        """Remembers a piece of the file, to be stored at the end."""
        piece = SourcePiece(section_id=section, form=form, key=key, source=source, imported=imported)
        self.pieces[section, form, key] = piece

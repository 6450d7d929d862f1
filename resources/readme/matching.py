"""Which live section or passage a piece of a README means."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from resources.entries.models import Section
from resources.readme.catalogue import Catalogue
from resources.readme.outline import Item, Node, Passage
from resources.text.addresses import normalise

SHARED = 0.5
"""A heading of another name is a renamed section when this share of the live section's resources sits under it."""

ALIKE = 0.5
"""A passage is an edit of another one when this share of their words is the same."""


def heading_key(title: str) -> tuple[str, ...]:
    """What headings are compared by: words without case, punctuation and plural, so that "books " finds "Books"."""
    words = re.findall(r"\w+", title.casefold())
    return tuple(word.removesuffix("s") if len(word) > 3 else word for word in words) or (title.strip(),)


class SectionMatch:
    """Which live section every heading of a file means; each section is meant once.

    By title along the path from the root; then, for a heading that is new at its place, a section of that title from
    elsewhere (it was moved) or of another title (it was renamed), when its resources sit under the heading now.
    """

    def __init__(self, root: Node, catalogue: Catalogue, *, own_list: bool) -> None:
        self.catalogue = catalogue
        self.own_list = own_list
        self.found: dict[int, Section] = {}
        self.free = {section.pk: section for section in catalogue.sections.values()}
        if catalogue.root is not None:
            self._take(root, catalogue.root)
        for node in root.walk():
            if id(node) not in self.found:
                section = self._moved_or_renamed(node)
                if section is not None:
                    self._take(node, section)

    def _take(self, node: Node, section: Section) -> None:
        """Notes a match, and matches what is below both by title; sections that were removed come last."""
        self.found[id(node)] = section
        del self.free[section.pk]
        below = [child for child in self.catalogue.children[section.pk] if child.pk in self.free]
        below.sort(key=lambda child: not child.live)
        for child in node.children:
            same = next((one for one in below if heading_key(one.title) == heading_key(child.title)), None)
            same = same or next((one for one in below if self._was_called(one, child.title)), None)
            if same is not None and id(child) not in self.found:
                below.remove(same)
                self._take(child, same)

    def _was_called(self, section: Section, title: str) -> bool:
        """Whether the last file had this title where the site has another one since."""
        piece = self.catalogue.imported(section.pk, "heading")
        return piece is not None and heading_key(piece["said"]["title"]) == heading_key(title)

    def _moved_or_renamed(self, node: Node) -> Section | None:
        inside = {normalise(seat.wording.url) for seat in node.seats if isinstance(seat, Item)}
        live = [section for section in self.free.values() if section.live]
        for section in sorted(live, key=lambda one: heading_key(one.title) != heading_key(node.title)):
            seats = self.catalogue.seats[section.pk]
            shared = sum(self.catalogue.resources[seat.resource_id].address in inside for seat in seats)
            same_title = heading_key(section.title) == heading_key(node.title)
            if shared >= SHARED * len(seats) and (seats or (same_title and self.own_list)):
                return section
        return None


def passage_key(passage: Passage, taken: Iterable[str]) -> str:
    """A short name for a new passage, made from its text, that no other one in the section has."""
    digest = sha256(f"{passage.form}\n{passage.text}".encode()).hexdigest()
    taken = set(taken)
    for length in range(8, 64):
        if digest[:length] not in taken:
            return digest[:length]
    return passage_key(Passage(passage.text + "\n", passage.form), taken)


def match_passages(
    passages: Sequence[Passage], rows: Sequence[dict[str, Any]], imported: Callable[[str], Mapping[str, Any] | None]
) -> list[str | None]:
    """For each passage of a section in the file the key of the live row that it means, or None for a new one.

    `imported` gives what the last file said of a row. A row is meant by a passage with the text of either; then a
    passage left over means a row left over of the same form whose words are alike: it was edited.
    """
    free = list(rows)
    found: list[str | None] = []
    for passage in passages:
        row = next((row for row in free if _says(row, passage, imported(row["key"]))), None)
        if row is not None:
            free.remove(row)
        found.append(row["key"] if row else None)
    for index, passage in enumerate(passages):
        if found[index] is None:
            row = next((row for row in free if row["form"] == passage.form and _alike(row["text"], passage.text)), None)
            if row is not None:
                free.remove(row)
                found[index] = row["key"]
    return found


def _says(row: Mapping[str, Any], passage: Passage, imported: Mapping[str, Any] | None) -> bool:
    if row["form"] != passage.form:
        return False
    if passage.form == "contents" or row["text"] == passage.text:
        return True
    return imported is not None and imported.get("text") == passage.text


def _alike(one: str, other: str) -> bool:
    first, second = set(re.findall(r"\w+", one)), set(re.findall(r"\w+", other))
    return bool(first and second) and len(first & second) >= ALIKE * max(len(first), len(second))

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


def match_sections(nodes: Sequence[Node], live: Sequence[Section], catalogue: Catalogue) -> list[Section | None]:
    """For each heading under one parent the section that it means, or None for a new one. Each is meant once.

    First by title, in the order of the file; then, for a heading whose title is new, a section whose title the file
    does not have and whose resources sit under the heading now: it was renamed. Sections that were removed come last.
    """
    free = sorted(live, key=lambda section: not section.live)
    found: list[Section | None] = []
    for node in nodes:
        section = next((one for one in free if heading_key(one.title) == heading_key(node.title)), None)
        if section is not None:
            free.remove(section)
        found.append(section)
    for index, node in enumerate(nodes):
        if found[index] is None:
            section = _renamed(node, free, catalogue)
            if section is not None:
                free.remove(section)
                found[index] = section
    return found


def _renamed(node: Node, free: Sequence[Section], catalogue: Catalogue) -> Section | None:
    inside = {normalise(seat.wording.url) for seat in node.seats if isinstance(seat, Item)}
    for section in free:
        seats = catalogue.seats[section.pk]
        shared = sum(catalogue.resources[seat.resource_id].address in inside for seat in seats)
        if section.live and seats and shared >= SHARED * len(seats):
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

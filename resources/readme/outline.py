"""A README as data: sections, the resources they list, and the prose between them.

Every piece carries its `source`: the lines of the file it was read from, with the blank lines that follow them. In
walk order (`Outline.above`; then, for each section, heading, introduction, seats, children) the sources put together
are the file again, character for character. A piece without a source was added by hand. A piece that was changed
after it was read keeps its source and says `edited`, so that it can be written the way it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

Form = Literal["prose", "item", "contents"]


class UnreadableReadme(ValueError):
    """A file that is not an awesome list in Markdown; its message is one line: what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How one list item words its resource. All texts are one line.

    `lead` is Markdown before the link ("⭐ "), `title` the plain text of its label, `label` the label's Markdown where
    it is more than `title` ("`code`"), `url` the address as spelled, without Markdown's escapes, `summary` inline
    Markdown after the link and its separator, `hint` the link's own title (tooltip).
    """

    title: str
    url: str
    summary: str = ""
    lead: str = ""
    label: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A list item that names a resource. `depth` is 0 in a list of its own and one more in each list within."""

    wording: Wording
    depth: int = 0
    source: str = ""
    line: int = 0
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """What is no resource, kept where it stood.

    form "prose": blocks of Markdown; with `depth` n they belong to the item of depth n - 1 above them.
    form "item": one list item, without its bullet, that cannot be read as a resource.
    form "contents": the table of contents stands here; `text` is what else stood between its heading and its list.
    """

    text: str
    form: Form = "prose"
    depth: int = 0
    source: str = ""
    line: int = 0
    edited: bool = False


Seat = Item | Passage


@dataclass(frozen=True, slots=True)
class Node:
    """A section. `level` is the heading's in the file (1 to 6), `title` its plain text.

    `heading` is the heading's inline Markdown where it is more than `title` (badges, links); `introduction` is the
    Markdown between the heading and the first seat.
    """

    title: str
    level: int = 2
    heading: str = ""
    introduction: str = ""
    seats: tuple[Seat, ...] = ()
    children: tuple["Node", ...] = ()
    heading_source: str = ""
    introduction_source: str = ""
    line: int = 0
    heading_edited: bool = False
    introduction_edited: bool = False

    def walk(self) -> Iterator["Node"]:
        """This section and all below it, in the order of the file."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the import report: what was kept as prose or repaired, and where (1 is the file's first line)."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole README. `root` is its main heading, from which every section descends; `above` stands before it.

    A file without a main heading has a root without `heading_source`; its title is that of an HTML heading, or "".
    """

    root: Node
    above: tuple[Passage, ...] = ()
    report: tuple[Note, ...] = ()

    def items(self) -> Iterator[Item]:
        """Every resource's place, in the order of the file."""
        for node in self.root.walk():
            for seat in node.seats:
                if isinstance(seat, Item):
                    yield seat

    def sources(self) -> Iterator[str]:
        """The sources of all pieces in walk order; joined they are the file."""
        for passage in self.above:
            yield passage.source
        for node in self.root.walk():
            yield node.heading_source
            yield node.introduction_source
            for seat in node.seats:
                yield seat.source


def reworded(item: Item, wording: Wording) -> Item:
    """The item with another wording, to be written in the style of its old line. The same wording changes nothing."""
    return item if wording == item.wording else replace(item, wording=wording, edited=True)

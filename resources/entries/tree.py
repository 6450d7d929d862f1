"""The sections as a tree, with the counts that the frame and the home page show."""

from collections import defaultdict
from dataclasses import dataclass, field

from resources.entries.models import Section


@dataclass(slots=True)
class Branch:
    """A section with its children; `count` is the number of live resources in it and below."""

    section: Section
    children: list["Branch"] = field(default_factory=list)
    count: int = 0


def section_tree() -> list[Branch]:
    """The live sections as branches: the children of the root where there is one list, in one query."""
    sections = (
        Section.objects.live().in_order().with_counts().defer("html", "introduction", "passages", "passages_html")
    )
    below: dict[int | None, list[Section]] = defaultdict(list)
    for section in sections:
        below[section.parent_id].append(section)
    roots = [_branch(section, below) for section in below[None]]
    return roots[0].children if len(roots) == 1 else roots


def _branch(section: Section, below: dict[int | None, list[Section]]) -> Branch:
    children = [_branch(child, below) for child in below[section.pk]]
    return Branch(section, children, section.seat_count + sum(child.count for child in children))

"""The sections as a tree, with the counts that the frame and the home page show."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import BooleanField, ExpressionWrapper, Q

from resources.entries.models import Section


@dataclass(slots=True)
class Branch:
    """A section with its children; `count` is the number of live resources in it and below.

    `lists_others` says whether its introduction lists entries by itself, as `{{guides}}` does: it is not empty then.
    """

    section: Section
    children: list["Branch"] = field(default_factory=list)
    count: int = 0
    lists_others: bool = False


def section_tree() -> list[Branch]:
    """The live sections as branches: the children of the root where there is one list, in one query."""
    sections = (
        Section.objects.live().in_order().with_counts().defer("html", "introduction", "passages", "passages_html")
    )
    listing = ExpressionWrapper(Q(html__contains="<p>{{"), BooleanField())
    below: dict[int | None, list[Section]] = defaultdict(list)
    for section in sections.annotate(lists_others=listing):
        below[section.parent_id].append(section)
    roots = [_branch(section, below) for section in below[None]]
    return roots[0].children if len(roots) == 1 else roots


def _branch(section: Section, below: dict[int | None, list[Section]]) -> Branch:
    children = [_branch(child, below) for child in below[section.pk]]
    count = section.seat_count + sum(child.count for child in children)
    return Branch(section, children, count, bool(vars(section).get("lists_others")))

"""Content that names a section which is itself only proposed.

A section's number below zero, as a seat's section or a section's parent, is the number of the proposal that asks for it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from resources.entries.content import Content
from resources.entries.models import Entry, Section
from resources.entries.refusals import PublishRefused
from resources.proposals.models import Proposal


class SectionUndecided(PublishRefused):
    """The section in which an entry is to sit is itself waiting for a decision."""


class SectionGone(PublishRefused):
    """The section in which an entry is to stand was removed."""

    def __init__(self) -> None:
        super().__init__(
            _("The section where this is to stand was removed. Accept it with changes: choose another one.")
        )


def need_sections(content: Content, live: Entry | None) -> None:
    """Raises SectionGone where nobody would find the entry: under a removed section that it does not stand under already."""
    removed = Section.objects.filter(removed_at__isnull=False)
    parent = content.get("parent")
    if parent and parent != getattr(live, "parent_id", None) and removed.filter(pk=parent).exists():
        raise SectionGone
    seats = {row["section"] for row in content.get("placements", ())}
    if live is None and seats and removed.filter(pk__in=seats).count() == len(seats):
        raise SectionGone


def referred(content: Content) -> set[int]:
    """The proposals that a content refers to."""
    numbers = {row["section"] for row in content.get("placements", ())} | {content.get("parent") or 0}
    return {-number for number in numbers if number < 0}


def resolve(content: Content) -> Content:
    """The content with the sections that were made meanwhile in place of their proposals.

    A seat in a section that was refused is left out. Raises SectionUndecided where a section still waits, and where a
    section's parent was refused.
    """
    wanted = referred(content)
    if not wanted:
        return content
    found = {-one.pk: one for one in Proposal.objects.filter(pk__in=wanted).only("state", "entry", "title", "type")}
    for one in found.values():
        if one.state in {Proposal.State.OPEN, Proposal.State.CHANGES_REQUESTED}:
            raise SectionUndecided(_("This belongs into the proposed section “%s”. Decide that one first.") % one.title)
    made = {number: one.entry_id for number, one in found.items() if one.state == Proposal.State.ACCEPTED}
    return _with_numbers(content, {number: made.get(number) for number in (-pk for pk in wanted)})


def reference_titles(contents: Iterable[Content]) -> dict[int, str]:
    """Number below zero → the title of the proposed section, for people who look at a difference."""
    wanted: set[int] = set().union(*(referred(content) for content in contents))
    return {-pk: title for pk, title in Proposal.objects.filter(pk__in=wanted).values_list("pk", "title")}


def renumbered(content: Content, numbers: Mapping[int, int]) -> Content:
    """The content with other numbers for sections; those that `numbers` does not name stay."""
    rows = [row["section"] for row in content.get("placements", ())]
    mentioned = {*rows, content.get("parent") or 0}
    return _with_numbers(content, {number: numbers[number] for number in mentioned if number in numbers})


def _with_numbers(content: Content, numbers: Mapping[int, int | None]) -> Content:
    changed: dict[str, Any] = dict(content)
    if "placements" in content:
        rows = [row | {"section": numbers.get(row["section"], row["section"])} for row in content["placements"]]
        taken = [row["section"] for row in rows]
        changed["placements"] = sorted(
            (row for place, row in enumerate(rows) if row["section"] and row["section"] not in taken[:place]),
            key=lambda row: row["section"],
        )
    parent = content.get("parent") or 0
    if parent in numbers:
        changed["parent"] = numbers[parent]
        if changed["parent"] is None:
            root = Section.objects.live().in_order().filter(parent=None).first()
            changed["parent"] = root.pk if root else None
    return changed

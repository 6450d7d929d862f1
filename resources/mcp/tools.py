"""The tools: each takes a typed question and gives a typed, bounded answer, in which everything has its address."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from resources.api.finding import present_entry
from resources.api.refusing import Refusal
from resources.entries.models import ADDRESSES, Entry, Section
from resources.entries.tree import Branch
from resources.history.models import Revision
from resources.home.context import kept_tree
from resources.llms.reading import FORM, reading_of
from resources.search.query import Hit, Query
from resources.search.query import search as found_for

LONGEST = 20_000
"""Signs of a text that one answer holds."""

Kind = Literal["resource", "section", "wikipage", "casestudy", "comparison"]


class Refused(Exception):
    """A question that cannot be answered; the words say what to ask instead."""


class _Asked(BaseModel):
    """A question: what it has beside its fields is refused, so that a misspelled name does not pass for no wish."""

    model_config = ConfigDict(extra="forbid")


class Search(_Asked):
    """What to look for."""

    query: str = Field(
        min_length=1, max_length=200,
        description='Words, "phrases", -excluded words, and operators such as kind:paper, tag:llm, library:serve, in:title.',
    )  # fmt: skip
    limit: int = Field(10, ge=1, le=30, description="How many results at most.")
    offset: int = Field(0, ge=0, le=2_000, description="How many results to leave out at the beginning.")


class ReadEntry(_Asked):
    """Which entry to read."""

    address: str = Field(
        min_length=1, max_length=400,
        description="Its page, as other answers have it: https://…/wiki/ray-data/, or only /wiki/ray-data/.",
    )  # fmt: skip
    offset: int = Field(0, ge=0, le=10_000_000, description="Where to read on, as the answer before said.")


class ListSection(_Asked):
    """Which section to list."""

    section: str = Field("", max_length=120, description="The last part of its address; empty for all sections.")
    limit: int = Field(50, ge=1, le=100, description="How many resources at most.")
    offset: int = Field(0, ge=0, le=100_000, description="How many resources to leave out at the beginning.")


class RecentChanges(_Asked):
    """Which changes to list."""

    kind: Kind | None = Field(None, description="Only changes of this kind of entry; a wikipage is a guide.")
    limit: int = Field(20, ge=1, le=50, description="How many changes at most, the newest first.")


class Source(BaseModel):
    """An entry: what it is called, its page, and its text as Markdown."""

    title: str
    kind: str
    page: str
    markdown: str


class FoundEntry(Source):
    """A result of a search."""

    piece: str = Field(description="A piece of its text around the words that were looked for.")
    tags: list[str]
    changed: str


class FoundEntries(BaseModel):
    """What a search found."""

    results: list[FoundEntry]
    total: int
    looked_for: str = Field(description="What was looked for, where nothing has what was asked for.")
    problems: list[str] = Field(description="Operators that were not understood and narrow nothing.")


class EntryText(Source):
    """A part of an entry's text."""

    text: str
    next_offset: int | None = Field(description="Where to read on; null at the end.")


class SectionLine(Source):
    """A section in the list of all."""

    depth: int
    resources: int = Field(description="How many stand in it and below.")


class ResourceLine(Source):
    """A resource of a section, with the address of what it is about."""

    url: str
    summary: str
    state: str


class SectionList(BaseModel):
    """All sections, or the resources of one with the sections right below it."""

    sections: list[SectionLine]
    resources: list[ResourceLine]
    total: int = Field(description="How many resources the section has.")


class ChangeLine(Source):
    """A change that went live."""

    act: str
    by: str
    at: str
    summary: str
    change: str = Field(description="The page of the revision.")


class Changes(BaseModel):
    """Changes, the newest first."""

    changes: list[ChangeLine]


def search(asked: Search) -> FoundEntries:
    """Looks for entries."""
    found = found_for(Query(asked.query, start=asked.offset, most=asked.limit, facets=False))
    hits = found.hits if asked.offset < max(1, found.total) else ()
    return FoundEntries(
        results=[_found(hit) for hit in hits],
        total=found.total,
        looked_for=found.instead,
        problems=[str(one) for one in found.problems],
    )


def _found(hit: Hit) -> FoundEntry:
    return FoundEntry(
        **_source(hit.type, hit.address, hit.plain_title),
        piece="".join(text for text, _marked in hit.piece),
        tags=list(hit.tags),
        changed=hit.changed_at.isoformat(timespec="seconds"),
    )


def read_entry(asked: ReadEntry) -> EntryText:
    """Reads an entry as Markdown."""
    entry = _entry_at(asked.address)
    text = reading_of(entry)
    end = asked.offset + LONGEST
    return EntryText(**_source_of(entry), text=text[asked.offset : end], next_offset=end if end < len(text) else None)


def _entry_at(address: str) -> Entry:
    """The live entry of an address, also of one that it once had. Raises Refused."""
    path = address.removeprefix(settings.SITE_URL).partition("?")[0].partition("#")[0]
    path = "/" + path.strip("/").removesuffix(".md")
    for type_, prefix in ADDRESSES.items():
        slug = path.removeprefix(prefix)
        if slug != path and slug and "/" not in slug:
            try:
                entry: Entry = present_entry(type_, slug)
            except Http404:
                break
            except Refusal as refusal:
                raise Refused(refusal.detail) from None
            return entry
    raise Refused(_("There is no entry at this address. Look for it with search, whose results have addresses."))


def list_section(asked: ListSection) -> SectionList:
    """Lists the sections, or what stands in one."""
    if not asked.section:
        return SectionList(sections=_branches(kept_tree(), 0), resources=[], total=0)
    section = _entry_at(f"{ADDRESSES[Entry.Type.SECTION]}{asked.section}/")
    seats = section.placements.filter(resource__removed_at=None).select_related("resource").order_by("position", "pk")  # type: ignore[attr-defined]  # an entry at the address of a section
    shown = seats.defer("resource__html")[asked.offset : asked.offset + asked.limit]
    below = Section.objects.live().filter(parent=section.pk).in_order().with_counts()
    return SectionList(
        sections=[SectionLine(**_source_of(one), depth=0, resources=one.seat_count) for one in below],
        resources=[
            ResourceLine(
                **_source_of(seat.resource),
                url=seat.resource.url,
                summary=seat.summary or seat.resource.summary,
                state=seat.resource.state,
            )
            for seat in shown
        ],
        total=seats.count(),
    )


def _branches(tree: list[Branch], depth: int) -> list[SectionLine]:
    lines = []
    for branch in tree:
        lines.append(SectionLine(**_source_of(branch.section), depth=depth, resources=branch.count))
        lines += _branches(branch.children, depth + 1)
    return lines


def recent_changes(asked: RecentChanges) -> Changes:
    """Lists what went live last."""
    found = Revision.objects.newest().for_rows()
    if asked.kind:
        found = found.filter(entry__type=asked.kind)
    return Changes(changes=[_change(one) for one in found[: asked.limit]])


def _change(revision: Any) -> ChangeLine:
    return ChangeLine(
        **_source_of(revision.entry),
        act=str(revision.get_act_display()),
        by=str(revision.author),
        at=revision.created_at.isoformat(timespec="seconds"),
        summary=revision.summary,
        change=f"{settings.SITE_URL}{revision.entry.get_absolute_url()}history/{revision.number}/",
    )


def _source_of(entry: Entry) -> dict[str, str]:
    return _source(entry.type, entry.get_absolute_url(), entry.title)


def _source(type_: str, address: str, title: str) -> dict[str, str]:
    page = f"{settings.SITE_URL}{address}"
    return {"title": title, "kind": type_, "page": page, "markdown": f"{page[:-1]}.md{FORM}"}


class Tool(NamedTuple):
    """What does it, what it is asked by and answers with, and what assistants are told of it."""

    do: Callable[[Any], BaseModel]
    asked: type[BaseModel]
    answer: type[BaseModel]
    title: str
    words: str


TOOLS: Mapping[str, Tool] = {
    "search": Tool(
        search, Search, FoundEntries, "Search",
        "Searches the knowledge base around Ray: resources (libraries, projects, papers, talks), guides, case studies, "
        "comparisons and sections. Results are ranked and have the address of their page and of their Markdown.",
    ),
    "read_entry": Tool(
        read_entry, ReadEntry, EntryText, "Read an entry",
        "Reads one entry as Markdown with its facts; case studies with their claims, sources and how far they are "
        "verified, comparisons with their table. Long texts come in parts: go on at next_offset.",
    ),
    "list_section": Tool(
        list_section, ListSection, SectionList, "List a section",
        "Lists all sections of the catalogue, or the resources of one with the sections right below it.",
    ),
    "recent_changes": Tool(
        recent_changes, RecentChanges, Changes, "Recent changes",
        "Lists what was added and edited last, with who did it, when and why.",
    ),
}  # fmt: skip

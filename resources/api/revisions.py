"""Revisions of an entry: all of them, one with its content, and what two differ in."""

from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from resources.api.app import answer
from resources.api.cursors import Order, cut
from resources.api.entries import Paged
from resources.api.fields import Loose, Slug
from resources.api.finding import entry_or_404
from resources.api.shapes import NAMES, Plain, Someone, page_model, page_of, someone
from resources.entries.content import content_fields, empty_content
from resources.entries.models import Entry
from resources.history.models import Revision
from resources.history.views import revision_or_404

router = Router(tags=["Revisions"])

Kind = Annotated[
    str,
    Field(description="The kind of entry.", json_schema_extra={"enum": list(NAMES)}, examples=["resources"]),
]
Number = Annotated[int, Field(ge=1, lt=2**31, description="Counted per entry, from 1.", examples=[1])]


class RevisionRow(Loose):
    """Content that was once live: who made it so, when and why."""

    number: int
    act: str = Field(json_schema_extra={"enum": list(Revision.Act.values)})
    author: Someone
    accepted_by: Someone | None = Field(description="The moderator who accepted the proposal behind it.")
    summary: str
    significance: str
    size: int = Field(description="How long its content is, in characters.")
    created_at: str = Field(json_schema_extra={"format": "date-time"})
    page: str


class RevisionRead(RevisionRow):
    """A revision with its content."""

    content: dict[str, Any] = Field(description="As that of the entry. Entries it names by number may be gone.")


class FieldChange(Loose):
    """A field that differs."""

    field: str
    kind: Literal["scalar", "text", "set", "rows"]
    before: Any
    after: Any


class Difference(Loose):
    """What two revisions differ in, field by field."""

    old: int
    new: int
    changed: list[FieldChange]
    page: str


class Pair(BaseModel):
    """Two revisions."""

    old: Number
    new: Number


def revision_row(revision: Revision, entry: Entry) -> Plain:
    """A revision without its content."""
    return {
        "number": revision.number,
        "act": revision.act,
        "author": someone(revision.author),
        "accepted_by": someone(revision.accepted_by) if revision.accepted_by else None,
        "summary": revision.summary,
        "significance": revision.significance,
        "size": revision.size,
        "created_at": revision.created_at,
        "page": page_of(f"{entry.get_absolute_url()}history/{revision.number}/"),
    }


@router.get(
    "/{kind}/{slug:slug}/revisions/", response=page_model(RevisionRow), url_name="revisions",
    operation_id="list_revisions", summary="List the revisions of an entry",
)  # fmt: skip
def revisions(request: HttpRequest, kind: Path[Kind], slug: Path[Slug], asked: Query[Paged]) -> HttpResponse:
    """The newest first; also of a removed entry."""
    entry = entry_or_404(kind, slug, also_removed=True)
    found = Revision.objects.filter(entry=entry.pk).select_related("author", "accepted_by").defer("content")
    page = cut(found, Order("number", descending=True), limit=asked.limit, cursor=asked.cursor)
    rows = [revision_row(one, entry) for one in page.items]
    return answer(page.body(request, rows), headers=page.headers(request), modified=entry.changed_at)


@router.get(
    "/{kind}/{slug:slug}/revisions/{int:number}/", response=RevisionRead, url_name="revision",
    operation_id="read_revision", summary="Read a revision",
)  # fmt: skip
def revision(request: HttpRequest, kind: Path[Kind], slug: Path[Slug], number: Path[Number]) -> HttpResponse:
    """The entry as it was."""
    entry = entry_or_404(kind, slug, also_removed=True)
    found = revision_or_404(entry, number)
    content = empty_content(type(entry)) | found.content
    return answer(revision_row(found, entry) | {"content": content})


@router.get(
    "/{kind}/{slug:slug}/compare/", response=Difference, url_name="compare",
    operation_id="compare_revisions", summary="Compare two revisions",
)  # fmt: skip
def compare(request: HttpRequest, kind: Path[Kind], slug: Path[Slug], asked: Query[Pair]) -> HttpResponse:
    """The fields that differ, with both values."""
    entry: Entry = entry_or_404(kind, slug, also_removed=True)
    blank = empty_content(type(entry))
    before, after = (blank | revision_or_404(entry, number).content for number in (asked.old, asked.new))
    changed = [
        {"field": item.name, "kind": item.kind, "before": before[item.name], "after": after[item.name]}
        for item in content_fields(type(entry))
        if before[item.name] != after[item.name]
    ]
    page = page_of(f"{entry.get_absolute_url()}history/{asked.old}..{asked.new}/")
    return answer({"old": asked.old, "new": asked.new, "changed": changed, "page": page})

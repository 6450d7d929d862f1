"""What stands around entries: the tree of sections, recent changes, people, tags, releases."""

from datetime import UTC, datetime
from typing import Annotated, Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from ninja import Path, Query, Router
from pydantic import Field
from taggit.models import Tag

from accounts.models import User
from accounts.roles import Role, role_of
from resources.api.app import answer
from resources.api.cursors import Order, cut
from resources.api.entries import Paged, one_of
from resources.api.fields import Loose
from resources.api.revisions import RevisionRow, revision_row
from resources.api.shapes import Mentioned, Plain, Someone, mentioned, page_model, page_of, someone
from resources.entries.models import Entry
from resources.entries.tree import Branch, section_tree
from resources.history.freshness import kept
from resources.history.models import Revision
from resources.moderation.guards import person_or_404
from resources.verifying.models import RayRelease

router = Router(tags=["Around"])

MOMENT: Any = {"format": "date-time"}

DAY, TIME = "[0-9]{4}-[01][0-9]-[0-3][0-9]", "[0-2][0-9]:[0-5][0-9]:[0-5][0-9]"


class BranchRead(Mentioned):
    """A section with those below it."""

    resources: int = Field(description="Live resources in it and below.")
    children: list["BranchRead"]


class Tree(Loose):
    """The sections of the list."""

    sections: list[BranchRead]


class ChangeRead(RevisionRow):
    """A revision, and the entry that it made so."""

    entry: Mentioned


class ChangeQuery(Paged):
    """What changes can be narrowed by."""

    since: str | None = Field(
        None,
        pattern=rf"^{DAY}T{TIME}(\.[0-9]{{1,6}})?(Z|[+-][01][0-9]:[0-5][0-9])$",
        description="Only those after this moment, with its offset from UTC.",
        json_schema_extra={"example": "2026-11-01T00:00:00Z"},
    )
    type: str | None = one_of(Entry.Type.values, said="The kind of entry.")
    act: str | None = one_of(Revision.Act.values)


class PersonRow(Someone):
    """A person who wrote what is here."""

    revisions: int
    joined_at: str = Field(json_schema_extra=MOMENT)


class PersonRead(PersonRow):
    """What everybody may know of a person."""

    role: str = Field(json_schema_extra={"enum": list(Role.values)})
    bio: str
    links: list[str]
    entries: int = Field(description="Entries they worked on.")
    begun: int = Field(description="Entries they began.")


class TagRead(Loose):
    """A word that entries have in common."""

    name: str
    slug: str
    entries: int
    page: str


class ReleaseRead(Loose):
    """A release of Ray that pages can be tried with."""

    version: str
    released_on: str = Field(json_schema_extra={"format": "date"})


@router.get("/tree/", response=Tree, url_name="tree", operation_id="read_tree", summary="Read the tree of sections")
def tree(request: HttpRequest) -> HttpResponse:
    """The live sections in their order, with the number of resources in each."""
    return answer({"sections": [_branch(one) for one in kept("section-tree", section_tree)]})


def _branch(branch: Branch) -> Plain:
    below = [_branch(child) for child in branch.children]
    return mentioned(branch.section) | {"resources": branch.count, "children": below}


@router.get(
    "/changes/", response=page_model(ChangeRead), url_name="changes", operation_id="list_changes", summary="List changes"
)  # fmt: skip
def changes(request: HttpRequest, asked: Query[ChangeQuery]) -> HttpResponse:
    """What was published, the newest first."""
    found = Revision.objects.select_related("entry", "author", "accepted_by").defer("content", "entry__html")
    if asked.since:
        found = found.filter(created_at__gt=_moment(asked.since))
    if asked.type:
        found = found.filter(entry__type=asked.type)
    if asked.act:
        found = found.filter(act=asked.act)
    page = cut(found, Order("created_at", descending=True), limit=asked.limit, cursor=asked.cursor)
    rows = [revision_row(one, one.entry) | {"entry": mentioned(one.entry)} for one in page.items]
    return answer(page.body(request, rows), headers=page.headers(request))


def _moment(said: str) -> datetime:
    """A moment, or the end of time that is nearest to what no calendar has."""
    try:
        found = parse_datetime(said)
        if found is not None:
            return found.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    return datetime.min.replace(tzinfo=UTC) if said < "1900" else datetime.max.replace(tzinfo=UTC)


@router.get(
    "/people/", response=page_model(PersonRow), url_name="people", operation_id="list_people", summary="List people"
)  # fmt: skip
def people(request: HttpRequest, asked: Query[Paged]) -> HttpResponse:
    """Who wrote what is here, by name."""
    busy = User.objects.annotate(made=Count("revisions")).filter(made__gt=0)
    page = cut(busy, Order("name"), limit=asked.limit, cursor=asked.cursor)
    rows = [_person(one, vars(one)["made"]) for one in page.items]
    return answer(page.body(request, rows), headers=page.headers(request))


def _person(person: User, made: int) -> Plain:
    return someone(person) | {"revisions": made, "joined_at": person.joined_at}


@router.get(
    "/people/{name}/", response=PersonRead, url_name="person", operation_id="read_person", summary="Read about a person"
)  # fmt: skip
def person(
    request: HttpRequest, name: Path[Annotated[str, Field(pattern=r"^[\w.-]+$", max_length=60, examples=["ada"])]]
) -> HttpResponse:
    """What everybody may know of them."""
    found = person_or_404(name)
    counts = Revision.objects.filter(author=found).aggregate(
        entries=Count("entry", distinct=True), begun=Count("pk", filter=Q(number=1)), made=Count("pk")
    )
    about = {"role": role_of(found), "bio": found.bio, "links": found.links}
    return answer(_person(found, counts.pop("made")) | about | counts)


@router.get("/tags/", response=page_model(TagRead), url_name="tags", operation_id="list_tags", summary="List tags")
def tags(request: HttpRequest, asked: Query[Paged]) -> HttpResponse:
    """Every tag in use, by its slug."""
    live = Count("resources_tagging_items", filter=Q(resources_tagging_items__content_object__removed_at__isnull=True))
    page = cut(
        Tag.objects.annotate(uses=live).filter(uses__gt=0), Order("slug"), limit=asked.limit, cursor=asked.cursor
    )
    rows = [
        {"name": tag.name, "slug": tag.slug, "entries": tag.uses, "page": page_of(f"/tags/{tag.slug}/")}
        for tag in page.items
    ]
    return answer(page.body(request, rows), headers=page.headers(request))


@router.get(
    "/releases/", response=page_model(ReleaseRead), url_name="releases", operation_id="list_releases",
    summary="List releases of Ray",
)  # fmt: skip
def releases(request: HttpRequest, asked: Query[Paged]) -> HttpResponse:
    """By their numbers, the highest first."""
    page = cut(RayRelease.objects.all(), Order("order", descending=True), limit=asked.limit, cursor=asked.cursor)
    rows = [{"version": one.version, "released_on": one.released_on} for one in page.items]
    return answer(page.body(request, rows), headers=page.headers(request))

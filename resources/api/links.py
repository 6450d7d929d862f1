"""How links stand: all of them, and those of one entry."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from resources.api.app import answer
from resources.api.cursors import Order, cut
from resources.api.entries import Paged, one_of, words_of
from resources.api.fields import Loose, Slug
from resources.api.finding import entry_or_404
from resources.api.revisions import Kind
from resources.api.shapes import Mentioned, Plain, mentioned, page_model, page_of
from resources.entries.health import Health, health_of, of_health
from resources.links.filters import for_rows
from resources.links.models import Link, Use
from resources.links.wording import sentence_of

router = Router(tags=["Links"])

MOMENT: Any = {"format": "date-time"}


class Place(Mentioned):
    """Where a link stands."""

    field: str = Field(description="The field of the entry's content.")
    written: str = Field(description="How it is spelled there.")


class LinkRead(Loose):
    """An address in live content, and how it stands."""

    id: int
    address: str
    host: str
    health: str = Field(description="What readers are told.", json_schema_extra={"enum": list(Health.values)})
    state: str = Field(description="What the visits say, whether or not somebody ignores it for now.")
    cause: str = Field(description="Why, in a word.")
    status: int = Field(description="The HTTP status of the last visit; 0 for none.")
    detail: str = Field(description="Why, in a sentence.")
    final: str = Field(description="Where it led in the end.")
    title: str = Field(description="The title of the page that was found.")
    checked_at: str | None = Field(json_schema_extra=MOMENT)
    worked_at: str | None = Field(json_schema_extra=MOMENT)
    failing_since: str | None = Field(json_schema_extra=MOMENT)
    ignored_until: str | None = Field(json_schema_extra=MOMENT)
    page: str
    places: list[Place]


class LinkQuery(Paged):
    """What links can be narrowed by."""

    health: str | None = one_of(Health.values)
    host: str | None = words_of(260, "The site, as it is written in the answers.")
    q: str | None = words_of(200, "A part of the address.")


def link_data(link: Link) -> Plain:
    """A link that for_rows() gave, as plain data."""
    return {
        "id": link.pk,
        "address": link.address,
        "host": link.host.name,
        "health": health_of(link),
        "state": link.state,
        "cause": link.cause,
        "status": link.status,
        "detail": sentence_of(link),
        "final": link.final,
        "title": link.title,
        "checked_at": link.checked_at,
        "worked_at": link.worked_at,
        "failing_since": link.failing_since,
        "ignored_until": link.ignored_until,
        "page": page_of(link.get_absolute_url()),
        "places": [mentioned(use.entry) | {"field": use.field, "written": use.written} for use in link.places],
    }


def _page(request: HttpRequest, found: Any, asked: Paged) -> HttpResponse:
    page = cut(for_rows(found), Order("key"), limit=asked.limit, cursor=asked.cursor)
    return answer(page.body(request, [link_data(link) for link in page.items]), headers=page.headers(request))


@router.get(
    "/links/", response=page_model(LinkRead), url_name="links", operation_id="list_links", summary="List links"
)  # fmt: skip
def links(request: HttpRequest, asked: Query[LinkQuery]) -> HttpResponse:
    """Every address in live content, by its spelling."""
    found = Link.objects.in_use()
    if asked.health:
        found = found.filter(of_health(asked.health))
    if asked.host:
        found = found.filter(host__name=asked.host.lower().removeprefix("www."))
    if asked.q:
        found = found.filter(address__icontains=asked.q)
    return _page(request, found, asked)


@router.get(
    "/{kind}/{slug:slug}/links/", response=page_model(LinkRead), url_name="entry_links",
    operation_id="list_entry_links", summary="List the links of an entry",
)  # fmt: skip
def entry_links(request: HttpRequest, kind: Path[Kind], slug: Path[Slug], asked: Query[Paged]) -> HttpResponse:
    """Where an entry leads, and how that stands."""
    entry = entry_or_404(kind, slug)
    here = Use.objects.filter(link=OuterRef("pk"), entry=entry.pk)
    return _page(request, Link.objects.in_use().filter(Exists(here)), asked)

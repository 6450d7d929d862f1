"""Search, as people have it: the same words and operators, the same order."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from resources.api.app import answer
from resources.api.entries import FREE, one_of
from resources.api.fields import Loose
from resources.api.shapes import page_of
from resources.search.language import LONGEST
from resources.search.query import MOST, SORTS, Hit, search
from resources.search.query import Query as Asked

router = Router(tags=["Search"])


class Found(Loose):
    """A result."""

    id: int
    type: str
    kind: str = Field(description="The word that narrows a search to its kind, as kind:paper.")
    title: str
    page: str
    snippet: str = Field(description="Where it was found, as plain text.")
    tags: list[str]
    health: str
    changed_at: str = Field(json_schema_extra={"format": "date-time"})


class FacetValue(Loose):
    """What narrows a search further."""

    operator: str
    name: str
    entries: int


class FacetRead(Loose):
    """What results differ by."""

    name: str
    values: list[FacetValue]


class Results(Loose):
    """What was found, the best first."""

    items: list[Found]
    total: int = Field(description=f"How many match; {MOST} at most are counted.")
    next: str | None = Field(description="The address of the next page; null on the last.")
    instead: str = Field(description="What was looked for because nothing has what was asked for.")
    suggestion: str = Field(description="What may have been meant.")
    problems: list[str] = Field(description="Operators that were not understood, and narrow nothing.")
    facets: list[FacetRead]


class SearchQuery(BaseModel):
    """What is looked for."""

    q: str = Field(
        pattern=FREE, max_length=LONGEST, description="Words, “phrases in quotes”, and operators, as on the page.",
        json_schema_extra={"example": "ray serve kind:guide"},
    )  # fmt: skip
    sort: str = one_of(SORTS, "best")
    limit: int = Field(20, ge=1, le=50, description="How many at most.")
    start: int = Field(0, ge=0, le=MOST, description="How many to leave out.")


@router.get("/search/", response=Results, url_name="search", operation_id="search", summary="Search")
def search_all(request: HttpRequest, asked: Query[SearchQuery]) -> HttpResponse:
    """Every kind of entry, ranked as on the page. Results have places rather than cursors: what is best can change."""
    found = search(Asked(asked.q, sort=asked.sort, start=asked.start, most=asked.limit))
    total = min(found.total, MOST)
    # A start beyond the end shows the last ones to people; programs are told that nothing is there.
    hits = found.hits if asked.start < max(total, 1) else ()
    facets = [
        {
            "name": facet.word,
            "values": [{"operator": one.operator, "name": str(one.name), "entries": one.pages} for one in facet.values],
        }
        for facet in found.facets
    ]
    about = {"instead": found.instead, "suggestion": found.suggestion, "problems": [str(one) for one in found.problems]}
    items = [_hit(hit) for hit in hits]
    return answer({"items": items, "total": total, "next": _next(request, asked, total), "facets": facets, **about})


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "id": hit.entry,
        "type": hit.type,
        "kind": hit.kind,
        "title": hit.plain_title,
        "page": page_of(hit.address),
        "snippet": "".join(text for text, _marked in hit.piece),
        "tags": [tag for tag in hit.tags if tag],
        "health": hit.health,
        "changed_at": hit.changed_at,
    }


def _next(request: HttpRequest, asked: SearchQuery, total: int) -> str | None:
    start = asked.start + asked.limit
    if start >= total:
        return None
    query = request.GET.copy()
    query["start"] = str(start)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

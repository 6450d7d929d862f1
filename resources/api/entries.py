"""Entries of every kind: lists that can be narrowed and sorted, and one entry."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from resources.api.app import answer, takes
from resources.api.cursors import PATTERN, Order, cut
from resources.api.fields import SLUG, Slug
from resources.api.finding import entry_or_404
from resources.api.shapes import (
    FIELDS,
    HEAVY_FIELDS,
    IN_FULL,
    IN_LISTS,
    NAMES,
    entries_as_data,
    entry_model,
    page_model,
    wanted_fields,
    with_fields,
)
from resources.entries.content import MODELS
from resources.entries.knowledge import CaseStudy
from resources.entries.models import Entry, Resource

router = Router(tags=["Entries"])

FREE = r"^[^\u0000]*$"
"""Everything but the zero byte, which no database can look for."""

MOST, USUAL = 100, 50
"""Entries of a page."""


def _words(names: tuple[str, ...]) -> str:
    """The pattern of some of these words, with commas between them."""
    one = "|".join(names)
    return f"^({one})(,({one}))*$"


class Sparse(BaseModel):
    """Which fields an answer has."""

    fields: str | None = Field(
        None, pattern=_words(FIELDS), max_length=300, description=f"Only these, with commas between them: {', '.join(FIELDS)}.",
        json_schema_extra={"example": "title,page"},
    )  # fmt: skip
    include: str | None = Field(
        None, pattern=_words(HEAVY_FIELDS), max_length=60, description=f"Beside the usual fields: {', '.join(HEAVY_FIELDS)}.",
        json_schema_extra={"example": "html"},
    )  # fmt: skip


class Paged(BaseModel):
    """Which page of a list."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at most.")
    cursor: str | None = Field(
        None, pattern=PATTERN, description="Where the page begins, as `next` of the one before says."
    )


def words_of(most: int, said: str) -> Any:
    """A parameter of free words."""
    return Field(None, max_length=most, pattern=FREE, description=said)


def one_of(words: Iterable[str], usual: str | None = None, said: str | None = None) -> Any:
    """A parameter that is one of these words."""
    known = list(words)
    extra: dict[str, Any] = {"enum": known}
    return Field(usual, pattern=f"^({'|'.join(known)})$", description=said, json_schema_extra=extra)


LIBRARIES = [word for word, _name in Resource.LIBRARIES]
SORTS = ("title", "changed", "added")


class EntryQuery(Paged, Sparse):
    """What every list of entries can be narrowed by."""

    q: str | None = words_of(200, "Words in the title.")
    tag: str | None = words_of(100, "The slug of a tag.")
    sort: str = one_of(SORTS, "title", "Dates: the latest first.")


class ResourceQuery(EntryQuery):
    """What the list of resources can be narrowed by."""

    sort: str = one_of((*SORTS, "year"), "title", "Dates and years: the latest first.")
    kind: str | None = one_of(Resource.Kind.values)
    library: str | None = one_of(LIBRARIES, said="A Ray library.")
    language: str | None = words_of(40, "A programming language, as it is written there.")
    state: str | None = one_of(Resource.State.values)
    section: str | None = Field(None, pattern=SLUG, max_length=120, description="The slug of a section it sits in.")


class StudyQuery(EntryQuery):
    """What the list of case studies can be narrowed by."""

    industry: str | None = one_of(CaseStudy.Industry.values)
    library: str | None = one_of(LIBRARIES, said="A Ray library.")


class BelowQuery(EntryQuery):
    """What lists of entries that stand in a tree can be narrowed by."""

    parent: str | None = Field(None, pattern=SLUG, max_length=120, description="The slug of the entry right above.")


IN_QUERY: Any = Query
"""Where the type is made as the code runs, which no type checker reads."""

QUERIES: Mapping[str, type[EntryQuery]] = {
    Entry.Type.RESOURCE: ResourceQuery,
    Entry.Type.CASESTUDY: StudyQuery,
    Entry.Type.SECTION: BelowQuery,
    Entry.Type.WIKIPAGE: BelowQuery,
}

ORDERS: Mapping[str, Order] = {
    "title": Order("title"),
    "changed": Order("changed_at", descending=True),
    "added": Order("created_at", descending=True),
    "year": Order("year_or_none", descending=True),
}

NARROWING: Mapping[str, Callable[[Any, str], Any]] = {
    "q": lambda found, said: _with_words(found, said),
    "tag": lambda found, slug: found.tagged(slug),
    "kind": lambda found, word: found.filter(kind=word),
    "library": lambda found, word: found.filter(libraries__contains=f"|{word}|"),
    "language": lambda found, word: found.filter(language=word),
    "state": lambda found, word: found.filter(state=word),
    "industry": lambda found, word: found.filter(industry=word),
    "section": lambda found, slug: found.filter(placements__section__slug=slug),
    "parent": lambda found, slug: found.filter(parent__slug=slug),
}


def _with_words(found: Any, said: str) -> Any:
    for word in said.split()[:10]:
        found = found.filter(title__icontains=word)
    return found


def listed(type_: str, asked: EntryQuery) -> Any:
    """The live entries of a kind that a query means."""
    found: Any = MODELS[type_].objects.live()
    for name, narrow in NARROWING.items():
        if value := getattr(asked, name, None):
            found = narrow(found, value)
    return found.annotate(year_or_none=Coalesce(F("year"), Value(-1))) if asked.sort == "year" else found


def _add(name: str, type_: str) -> None:
    """The two operations of a kind."""
    model, query = entry_model(type_), QUERIES.get(type_, EntryQuery)
    plural = name.replace("-", " ") if name != "wiki" else "guides"

    @takes(asked=IN_QUERY[query])
    def entry_list(request: HttpRequest, asked: Any) -> HttpResponse:
        wanted = wanted_fields(asked.fields, asked.include, IN_LISTS)
        found = with_fields(listed(type_, asked), wanted)
        page = cut(found, ORDERS[asked.sort], limit=asked.limit, cursor=asked.cursor)
        return answer(page.body(request, entries_as_data(page.items, wanted)), headers=page.headers(request))

    def entry(
        request: HttpRequest,
        slug: Path[Slug],
        asked: Query[Sparse],
    ) -> HttpResponse:
        wanted = wanted_fields(asked.fields, asked.include, IN_FULL)
        found = entry_or_404(name, slug, among=with_fields(MODELS[type_].objects.all(), wanted))
        # Its HTML is drawn again when a mentioned entry is renamed, and tags can be renamed: no revision says so.
        return answer(entries_as_data([found], wanted)[0])

    router.get(
        f"/{name}/", response=page_model(model), operation_id=f"list_{type_}", url_name=f"{type_}_list",
        summary=f"List {plural}", description=f"Live {plural}, narrowed and sorted, in pages.",
    )(entry_list)  # fmt: skip
    router.get(
        f"/{name}/{{slug:slug}}/", response=model, operation_id=f"read_{type_}", url_name=type_,
        summary=f"Read one of the {plural}", description="An address that it once had answers 301; a removed one, 410.",
    )(entry)  # fmt: skip


for _name, _type in NAMES.items():
    _add(_name, _type)

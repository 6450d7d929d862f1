"""How entries look to programs: the typed model of each answer, and the plain data that fits it."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, Literal

from django.conf import settings
from pydantic import BaseModel, Field, create_model

from accounts.models import User
from resources.api.fields import Loose, content_model, facts_model, short_fields
from resources.content_files.beside import read_beside
from resources.content_files.folders import FOLDERS
from resources.content_files.form import to_file
from resources.entries.content import MODELS, content_fields, pointed, read_content
from resources.entries.models import ADDRESSES, Entry
from resources.entries.querysets import HEAVY

NAMES: Mapping[str, str] = {name: str(type_) for name, type_ in FOLDERS.items()}
"""The first word of an address under /api/v1/ → the kind of entry; content files are in folders of these names."""

WORDS = {type_: name for name, type_ in NAMES.items()}

HEAVY_FIELDS = ("content", "html", "source")
"""Fields that a list shows only to those who ask."""

FIELDS = (
    "id", "type", "slug", "title", "page", "revision", "created_at", "changed_at", "words", "protection", "facts",
    *HEAVY_FIELDS,
)  # fmt: skip
ALWAYS = frozenset({"id", "type", "slug"})
IN_LISTS = frozenset(FIELDS) - set(HEAVY_FIELDS)
IN_FULL = IN_LISTS - {"facts"} | {"content"}

type Plain = dict[str, Any]


class Someone(Loose):
    """A person: the name of their account, the name to show, and their page."""

    name: str
    display_name: str
    page: str


def someone(person: User) -> Plain:
    """A person as plain data."""
    return {"name": person.name, "display_name": str(person), "page": page_of(person.get_absolute_url())}


def page_of(path: str) -> str:
    """The public address of a page."""
    return f"{settings.SITE_URL}{path}"


def entry_page(type_: str, slug: str) -> str:
    """The public address of an entry's page."""
    return page_of(f"{ADDRESSES[type_]}{slug}/")


class Mentioned(Loose):
    """An entry, shortly."""

    id: int
    type: str
    slug: str
    title: str
    page: str


def mentioned(entry: Any) -> Plain:
    """An entry, shortly, as plain data."""
    return {
        "id": entry.pk, "type": entry.type, "slug": entry.slug, "title": entry.title,
        "page": entry_page(entry.type, entry.slug),
    }  # fmt: skip


@cache
def entry_model(type_: str) -> type[BaseModel]:
    """The typed model of an entry of a kind; `fields` may leave out all but what tells entries apart."""
    model = MODELS[type_]
    optional: dict[str, tuple[Any, str]] = {
        "title": (str, ""),
        "page": (str, "The address of its page."),
        "revision": (int, "The number of the live revision: send it as `base` with an edit."),
        "created_at": (str, ""),
        "changed_at": (str, ""),
        "words": (int, "How many words its text has."),
        "protection": (Literal["", "editors", "moderators"], "Who alone may change it now; empty for everybody."),
        "facts": (facts_model(model), "The short fields of its content."),
        "content": (content_model(model, form="read"), "All that can be edited."),
        "html": (str, "Its text as safe HTML. Lists such as {{guides}} stand there as they are written."),
        "source": (str, "Markdown with front matter, as in the content folder."),
    }
    found: dict[str, Any] = {"id": (int, ...), "type": (Literal[str(type_)], ...), "slug": (str, ...)}
    for name, (kind, words) in optional.items():
        extra: Any = {"format": "date-time"} if name.endswith("_at") else None
        found[name] = (kind, Field(default=None, description=words or None, json_schema_extra=extra))
    return create_model(model.__name__, __base__=Loose, __doc__=f"An entry of the kind “{type_}”.", **found)


@cache
def page_model(item: type[BaseModel]) -> type[BaseModel]:
    """A page of a list of these."""
    return create_model(
        f"{item.__name__}Page",
        __base__=Loose,
        __doc__="A page of a list.",
        items=(list[item], ...),  # type: ignore[valid-type]  # made as the code runs
        next=(str | None, Field(description="The address of the next page; null on the last.")),
    )


def wanted_fields(fields: str | None, include: str | None, usual: Collection[str]) -> frozenset[str]:
    """Which fields an answer has: the usual ones or those that were named, and what was asked for beside them."""
    named = set(fields.split(",")) if fields else set(usual)
    return frozenset(named | ALWAYS | (set(include.split(",")) if include else set()))


def with_fields(found: Any, wanted: Collection[str]) -> Any:
    """The queryset with what these fields need, in a fixed number of queries."""
    model = found.model
    heavy = {"content", "source"} & set(wanted)
    if not heavy:
        columns = {one.name for one in model._meta.fields}
        keep = {item.name for item in short_fields(model)}
        found = found.defer(*(name for name in HEAVY if name in columns and name not in keep))
    if "html" not in wanted:
        found = found.defer("html")
    if heavy or "facts" in wanted:
        found = found.prefetch_related("taggings__tag")
    if heavy:
        found = found.prefetch_related(*(item.name for item in content_fields(model) if item.row_model))
    return found.select_related("protection") if "protection" in wanted else found


def entries_as_data(entries: Collection[Any], wanted: Collection[str]) -> list[Plain]:
    """Entries of one kind as plain data."""
    sources = _sources(entries) if "source" in wanted else {}
    return [_entry(entry, wanted, sources) for entry in entries]


def _entry(entry: Entry, wanted: Collection[str], sources: Mapping[int, str]) -> Plain:
    data: Plain = {"id": entry.pk, "type": entry.type, "slug": entry.slug}
    for name in FIELDS:
        if name in wanted and name not in data:
            data[name] = sources[entry.pk] if name == "source" else _READ[name](entry)
    return data


_READ: Mapping[str, Any] = {
    "title": lambda entry: entry.title,
    "page": lambda entry: entry_page(entry.type, entry.slug),
    "revision": lambda entry: entry.revision_number,
    "created_at": lambda entry: entry.created_at,
    "changed_at": lambda entry: entry.changed_at,
    "words": lambda entry: entry.words,
    "protection": lambda entry: entry.protection_level,
    "facts": lambda entry: read_content(entry, short_fields(type(entry))),
    "content": read_content,
    "html": lambda entry: entry.html,
}


def _sources(entries: Collection[Any]) -> dict[int, str]:
    """The content files of many entries, in a fixed number of queries."""
    contents = {entry.pk: read_content(entry) for entry in entries}
    pks = {pk for entry in entries for pk in pointed(type(entry), [contents[entry.pk]])}
    slugs = dict(Entry.objects.live().filter(pk__in=pks).values_list("pk", "slug")) if pks else {}
    beside = read_beside(entries)
    return {entry.pk: to_file(entry, contents[entry.pk], slugs, beside[entry.pk]) for entry in entries}

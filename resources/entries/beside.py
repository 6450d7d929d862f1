"""What stands beside a guide: who wrote it, its tags, and what mentions it; one query for all three."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, QuerySet, Value
from taggit.models import Tag

from accounts.models import User
from rayhub.prepared import Prepared
from resources.entries.guides import Writers
from resources.entries.models import Entry
from resources.entries.naming import Found

MENTIONS = 5
"""Pages that mention a guide which its own page names."""

_WRITER, _TAG, _MENTION = "writer", "tag", "mention"


class TagName(NamedTuple):
    """What a page shows of a tag."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The people of its history, its tags by name, and some pages that mention it, the latest first; `mentioning` are the
    keys of all that were looked at.
    """

    writers: Writers
    tags: list[TagName]
    mentioned_by: list[Found]
    many_mention_it: bool
    mentioning: set[int]


def beside(pk: int) -> Beside:
    """What stands beside the guide with this key."""
    rows: dict[str, list[Any]] = {_WRITER: [], _TAG: [], _MENTION: []}
    for what, *row in _rows(pk):
        rows[what].append(row)
    people = [_person(*row) for row in sorted(rows[_WRITER], key=lambda row: (-row[4], row[5]))]
    tags = sorted((TagName(slug, name) for _pk, slug, name, *_rest in rows[_TAG]), key=lambda tag: tag.name)
    latest = sorted(rows[_MENTION], key=lambda row: -row[6])
    found = list(dict.fromkeys(Found(key, type_, slug, title) for key, slug, title, type_, *_rest in latest))
    mentioning = {one.pk for one in found}
    return Beside(Writers(people), tags, found[:MENTIONS], len(found) > MENTIONS, mentioning)


def _person(pk: int, name: str, display_name: str, _type: str, _edits: int, _first: int, last: int) -> User:
    person = User.from_db(None, ["id", "name", "display_name"], [pk, name, display_name])
    vars(person)["last"] = last
    return person


def _all_three(pk: int) -> QuerySet[Any, Any]:
    """What a row is, a key, two texts, a kind, and for writers how many edits, the first and the last of them."""
    nothing = Value(0)
    people = User.objects.filter(revisions__entry=pk).values("pk", "name", "display_name")
    people = people.annotate(edits=Count("pk"), first=Min("revisions__number"), latest=Max("revisions__number"))
    tags = Tag.objects.filter(resources_tagging_items__content_object=pk).order_by()
    # A union's part may have no order and no limit of its own.
    latest = Entry.objects.live().filter(mentions__target=pk).exclude(pk=pk).order_by("-mentions__pk")
    mentions = Entry.objects.filter(mentions__pk__in=latest.values("mentions__pk")[: MENTIONS + 1]).order_by()
    rows: QuerySet[Any, Any] = people.order_by().values_list(
        Value(_WRITER), "pk", "name", "display_name", Value(""), "edits", "first", "latest"
    )
    return rows.union(
        tags.values_list(Value(_TAG), "pk", "slug", "name", Value(""), nothing, nothing, nothing),
        mentions.values_list(Value(_MENTION), "pk", "slug", "title", "type", nothing, nothing, "mentions__pk"),
        all=True,
    )


_rows = Prepared(_all_three)

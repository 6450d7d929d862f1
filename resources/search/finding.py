"""From pages that match to what results need of them: many rows at once, so in SQL that is made once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import batched

from django.db import connection
from taggit.models import Tag

from rayhub.prepared import Prepared
from resources.search.engine import NONE, Scores
from resources.search.models import SearchPage
from resources.search.ranking import Found

AT_ONCE = 20
"""Results that one query reads: as many as a page of results has."""

type Shown = tuple[int, str, str, str, str, int | None, datetime]
"""The entry's key, type and address; the page's title, summary, the key of the guide above, when it changed."""

_LINKS = """LEFT JOIN resources_resource resource ON resource.entry_ptr_id = page.entry_id
    LEFT JOIN resources_link link ON link.id = resource.link_id"""

_KNOWN = f"""SELECT page.number, page.folded, page.facets, link.state FROM resources_searchpage page {_LINKS}
    WHERE page.number = ANY(%s::bigint[])"""

_shown = Prepared(
    lambda *numbers: SearchPage.objects.filter(number__in=numbers).values_list(
        "number", "entry", "entry__type", "entry__slug", "title", "summary", "place", "changed_at"
    )
)
_names = Prepared(lambda *slugs: Tag.objects.filter(slug__in=slugs).values_list("slug", "name"))


def pages_of(scores: Scores) -> list[Found]:
    """The pages with what they are ranked and counted by."""
    with connection.cursor() as cursor:
        if scores.sql:
            # Materialized: a planner that knows too little of the tables would look for the words again for every page.
            cursor.execute(
                f"""WITH found AS MATERIALIZED ({scores.sql})
                SELECT found.number, found.score, page.folded, page.facets, link.state
                FROM found JOIN resources_searchpage page ON page.number = found.number {_LINKS}""",
                scores.values,
            )
            rows: list[Found] = cursor.fetchall()
            return rows
        if scores.numbers == NONE:
            return []
        cursor.execute(_KNOWN, [scores.numbers])
        score = scores.known.get
        return [(number, score(number, 0.0), *rest) for number, *rest in cursor.fetchall()]


def shown_of(numbers: Sequence[int]) -> dict[int, Shown]:
    """What results show of these pages, by number."""
    return {row[0]: row[1:] for row in _in_parts(_shown, numbers)}


def names_of(slugs: Sequence[str]) -> dict[str, str]:
    """The names of tags."""
    return dict(_in_parts(_names, slugs))


def _in_parts[Row](query: Prepared[Row], values: Sequence[int | str]) -> Iterable[Row]:
    """A prepared query has a fixed number of values: the last one stands in for those that are missing."""
    for part in batched(values, AT_ONCE, strict=False):
        yield from query(*part, *[part[-1]] * (AT_ONCE - len(part)))

"""Where somebody may want to go who types a few letters: pages by their titles first, and people."""

from typing import Any

from django.db.models import Q

from accounts.models import User
from resources.search.facets import KINDS
from resources.search.query import Hit, Query, search

MOST = 8
MOST_PEOPLE = 4
RANKED = 300
"""Pages that are ranked while somebody types: of titles that many are enough."""

LONGEST = 100


def pages_for(typed: str) -> list[Hit]:
    """The pages that begin to fit: those with the words in their title, then those with them elsewhere."""
    asked = Query(f"in:title {typed[:LONGEST]}", typing=True, most=MOST, facets=False, ranked_at_most=RANKED)
    hits = list(search(asked).hits)
    if len(hits) < MOST:
        known = {hit.entry for hit in hits}
        more = search(Query(typed[:LONGEST], typing=True, most=MOST, facets=False, ranked_at_most=RANKED))
        hits += [hit for hit in more.hits if hit.entry not in known]
    return hits[:MOST]


def people_for(typed: str) -> list[User]:
    """People who wrote something and whose name begins so."""
    name = typed.strip().lstrip("@")[:LONGEST]
    if len(name) < 2 or "\0" in name:
        return []
    called = Q(name__istartswith=name) | Q(display_name__istartswith=name) | Q(display_name__icontains=f" {name}")
    found = User.objects.filter(called, revisions__isnull=False).distinct().order_by("name")
    return list(found[:MOST_PEOPLE])


def row(hit: Hit) -> dict[str, Any]:
    """A page for scripts."""
    place = f" · {hit.places[0].title}" if hit.places else ""
    return {"title": hit.plain_title, "url": hit.address, "kind": f"{KINDS.get(hit.kind, '')}{place}"}

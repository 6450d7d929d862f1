"""Where a guide stands: the guides above it, beside it and below it, and who wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet

from accounts.models import User
from rayhub.prepared import Prepared
from resources.entries.knowledge import WikiPage, minutes_for
from resources.entries.models import ADDRESSES, Entry

HIGHEST = 5
"""Guides above one another that are looked up at once; more cost a query for each further five."""

MOST_ABOVE = 20
"""Guides above one another that a page names."""

MOST_BELOW = 50
"""Guides below one that its page shows."""

FACES = 5
"""People whose faces a page shows."""


class Near(NamedTuple):
    """What a page shows of a guide around it, and what says where it stands."""

    pk: int
    slug: str
    title: str
    summary: str
    words: int
    parent_id: int | None
    rank: int
    name: str
    removed_at: datetime | None
    redirect_id: int | None

    def get_absolute_url(self) -> str:
        """The address of its page."""
        return f"{ADDRESSES[Entry.Type.WIKIPAGE]}{self.slug}/"

    @property
    def minutes(self) -> int:
        """How long it takes to read."""
        return minutes_for(self.words)

    @property
    def shown(self) -> bool:
        """Whether readers see it, as a guide of its own."""
        return self.removed_at is None and self.redirect_id is None


_COLUMNS = ("pk", "slug", "title", "summary", "words", "parent", "rank", "name", "removed_at", "redirect")


@dataclass(slots=True)
class Place:
    """Where a guide stands. `above` begins at the top; what was removed or leads on elsewhere is left out.

    `known` are the keys of all guides that were looked at, also of those left out.
    """

    above: list[Near] = field(default_factory=list)
    below: list[Near] = field(default_factory=list)
    previous: Near | None = None
    next: Near | None = None
    known: set[int] = field(default_factory=set)

    @property
    def below_is_long(self) -> bool:
        """Whether there may be more below than are shown."""
        return len(self.below) >= MOST_BELOW


def place_of(guide: WikiPage) -> Place:
    """Where a guide stands: one query, whatever the size of the wiki."""
    here = (guide.rank, guide.name, guide.pk)
    near = _at_the_top(*here) if guide.parent_id is None else _under(*here, guide.parent_id)
    found = {row[0]: Near(*row) for row in near if row[0] != guide.pk}
    live = sorted((one for one in found.values() if one.shown), key=lambda one: (one.rank, one.name, one.pk))
    rows = [one for one in live if one.parent_id == guide.parent_id]
    place = Place(_trail(guide, found), [one for one in live if one.parent_id == guide.pk], known=set(found))
    place.previous = next((one for one in reversed(rows) if (one.rank, one.name, one.pk) < here), None)
    place.next = next((one for one in rows if (one.rank, one.name, one.pk) > here), None)
    return place


def _near(rank: int, name: str, pk: int, parent: int | None = None) -> QuerySet[Any, Any]:
    """The guides before and after one with this rank and name, those below it, and some of those above it."""
    shown = WikiPage.objects.pages().order_by()
    beside = shown.filter(parent=parent)
    near = [
        beside.filter(rank=rank, name=name, pk__lt=pk).order_by("-pk")[:1],
        beside.filter(rank=rank, name__lt=name).order_by("-name", "-pk")[:1],
        beside.filter(rank__lt=rank).order_by("-rank", "-name", "-pk")[:1],
        beside.filter(rank=rank, name=name, pk__gt=pk).order_by("pk")[:1],
        beside.filter(rank=rank, name__gt=name).order_by("name", "pk")[:1],
        beside.filter(rank__gt=rank).in_order()[:1],
        shown.filter(parent=pk).in_order()[:MOST_BELOW],
        *_above(parent),
    ]
    any_of = Q()
    for one in near:
        any_of |= Q(pk__in=one.values("pk"))
    rows: QuerySet[Any, Any] = WikiPage.objects.filter(any_of).values_list(*_COLUMNS)
    return rows


_at_the_top, _under = Prepared(_near), Prepared(_near)
"""The same for guides without and with one above: other SQL."""


def _above(parent: int | None) -> Iterable[QuerySet[Any]]:
    """The guide with this key, the one above it, and so on."""
    if parent is None:
        return
    one = WikiPage.objects.filter(pk=parent)
    for _turn in range(HIGHEST):
        yield one
        one = WikiPage.objects.filter(pk__in=one.values("parent"))


def _trail(guide: WikiPage, known: dict[int, Near]) -> list[Near]:
    """The guides above, the topmost first. Two moves at the same instant could close a ring: each is named once."""
    trail: list[Near] = []
    above, seen = guide.parent_id, {guide.pk}
    while above is not None and above not in seen and len(seen) <= MOST_ABOVE:
        if above not in known:
            any_of = Q()
            for one in _above(above):
                any_of |= Q(pk__in=one.values("pk"))
            known |= {row[0]: Near(*row) for row in WikiPage.objects.filter(any_of).values_list(*_COLUMNS)}
        seen.add(above)
        trail.append(known[above])
        above = known[above].parent_id
    return [one for one in reversed(trail) if one.shown]


@dataclass(slots=True)
class Writers:
    """The people of an entry's history: all of them by number of edits, and who wrote first and last."""

    people: list[User]

    @property
    def faces(self) -> list[User]:
        """Those whose faces are shown."""
        return self.people[:FACES]

    @property
    def others(self) -> int:
        """How many more there are."""
        return len(self.people) - len(self.faces)

    @property
    def last(self) -> User | None:
        """Who changed it last."""
        return max(self.people, key=lambda person: vars(person)["last"], default=None)


def writers_of(entry: Entry) -> Writers:
    """Everybody whose edits went into an entry: one query."""
    return Writers(_writers(entry.pk))


def _people_of(entry: int) -> QuerySet[User]:
    people = User.objects.filter(revisions__entry=entry).only("name", "display_name")
    counted = people.annotate(edits=Count("pk"), first=Min("revisions__number"), last=Max("revisions__number"))
    return counted.order_by("-edits", "first")


_writers = Prepared(_people_of)

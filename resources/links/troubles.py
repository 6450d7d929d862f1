"""The links of one entry that do not work as they should."""

from typing import Any, NamedTuple

from django.db.models import QuerySet

from resources.entries.health import IN_DOUBT, Health, health_column
from resources.links.models import Use
from resources.text.addresses import BadAddress, normalise

MOST = 500
"""Links in trouble of one entry that are looked at."""


class Trouble(NamedTuple):
    """A link in trouble: its number, its address in its one spelling, and its health."""

    link: int
    key: str
    health: Health


class Troubles:
    """The links in trouble of one entry, found by any spelling of their addresses."""

    def __init__(self, found: list[Trouble]) -> None:
        self.by_key = {one.key: one for one in found}

    def __bool__(self) -> bool:
        return bool(self.by_key)

    def of(self, address: str) -> Trouble | None:
        """What is wrong with this address, as it is written in the entry."""
        if not self.by_key or not address:
            return None
        try:
            return self.by_key.get(normalise(address))
        except BadAddress:
            return None

    def counted(self) -> list[tuple[Health, int]]:
        """How many there are of each health, what needs help most first."""
        words = [one.health for one in self.by_key.values()]
        return [(word, words.count(word)) for word in IN_DOUBT if word in words]


def troubles_of(entry: int) -> Troubles:
    """The links of an entry that are in doubt; one query."""
    rows: QuerySet[Any, Any] = (
        Use.objects.filter(entry=entry)
        .annotate(word=health_column("link__"))
        .filter(word__in=IN_DOUBT)
        .values_list("link", "link__key", "word")
        .distinct()
    )
    return Troubles([Trouble(link, key, Health(word)) for link, key, word in rows[:MOST]])

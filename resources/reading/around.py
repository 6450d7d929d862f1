"""What a guide's page shows around its text: as texts, ready to be drawn, and as one text that is kept."""

import json
from typing import NamedTuple

from accounts.models import User, address_of
from resources.entries.beside import beside
from resources.entries.guides import Near, place_of
from resources.entries.knowledge import WikiPage

VERSION = 1
"""Of the form of what is kept: whatever another version kept is gathered anew."""

type Titled = tuple[str, str]
"""An address and a title."""

type Line = tuple[str, str, str, int]
"""An address, a title, a summary, and minutes to read."""


class Writer(NamedTuple):
    """A person as pages show them."""

    name: str
    shown: str
    initials: str

    def __str__(self) -> str:
        return self.shown

    def get_absolute_url(self) -> str:
        """The person's page."""
        return address_of(self.name)


class Around(NamedTuple):
    """What stands around a guide.

    `above` begins at the top; `writers` are those whose faces are shown, of whom `others` are more, and `last` changed it
    last; `related` has for each language what is related, and why in words, or is None where nobody has looked.
    """

    above: list[Titled]
    below: list[Line]
    below_is_long: bool
    previous: Titled | None
    next: Titled | None
    writers: list[Writer]
    others: int
    last: str
    tags: list[Titled]
    mentioned_by: list[Titled]
    many_mention_it: bool
    related: dict[str, list[tuple[str, str, str]]] | None = None


def read(kept: str) -> Around:
    """From the text that is kept."""
    around = Around(*json.loads(kept))
    return around._replace(writers=[Writer(*one) for one in around.writers])


def write(around: Around) -> str:
    """The text that is kept."""
    return json.dumps(around, ensure_ascii=False, separators=(",", ":"))


def look_around(guide: WikiPage) -> tuple[Around, set[int]]:
    """What stands around a guide at this moment, in two queries, without what is related; and the keys of the entries."""
    place, near = place_of(guide), beside(guide.pk)
    writers = near.writers
    around = Around(
        above=[_titled(one) for one in place.above],
        below=[(one.get_absolute_url(), one.title, one.summary, one.minutes) for one in place.below],
        below_is_long=place.below_is_long,
        previous=_titled(place.previous) if place.previous else None,
        next=_titled(place.next) if place.next else None,
        writers=[_writer(one) for one in writers.faces],
        others=writers.others,
        last=str(writers.last or ""),
        tags=[(tag.slug, tag.name) for tag in near.tags],
        mentioned_by=[(one.get_absolute_url(), one.title) for one in near.mentioned_by],
        many_mention_it=near.many_mention_it,
    )
    return around, place.known | near.mentioning


def _titled(guide: Near) -> Titled:
    return guide.get_absolute_url(), guide.title


def _writer(person: User) -> Writer:
    return Writer(person.name, str(person), person.initials)

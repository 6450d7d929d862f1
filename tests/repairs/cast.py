"""Links that moved, as visits tell."""

from datetime import UTC, datetime, timedelta
from random import Random

from resources.fetching.visits import Cause, Hop, Verdict, Visit
from resources.links.models import Link
from resources.links.recording import record
from resources.text.addresses import normalise

START = datetime(2026, 1, 1, tzinfo=UTC)
OLD = "https://old.example.org/guide"
NEW = "https://new.example.org/guide"


def link_of(address: str = OLD) -> Link:
    return Link.objects.get(key=normalise(address))


def visited(address: str = OLD, *days: float, **told) -> Link:
    """Visits on these days that all tell the same; a good one unless said otherwise."""
    for day in days or (0,):
        told.setdefault("verdict", Verdict.OK)
        told.setdefault("cause", Cause.FOUND)
        visit = Visit(address, at=START + timedelta(days=day), **({"status": 200} | told))
        record({link_of(address).pk: visit}, chance=Random(1))
    return link_of(address)


def moved(
    address: str = OLD, new: str = NEW, days: tuple[float, ...] = (0, 7), statuses: tuple[int, ...] = (301,), **told
):
    """A link that led on to another address at each of these visits."""
    hops = tuple(Hop(status, new) for status in statuses)
    return visited(address, *days, verdict=Verdict.MOVED, cause=Cause.MOVED, final=new, hops=hops, **told)


def broken(address: str = OLD, *days: float) -> Link:
    """A link whose page is gone."""
    return visited(address, *(days or (0, 1)), verdict=Verdict.BROKEN, cause=Cause.NOT_FOUND, status=404)

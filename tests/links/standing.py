"""Links that stand in every way, for the tests of what is shown of them."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from resources.entries.models import Resource
from resources.fetching.visits import Cause, Verdict, Visit
from resources.links.models import Link
from resources.links.recording import record

BROKEN: dict[str, Any] = {"verdict": Verdict.BROKEN, "cause": Cause.NOT_FOUND, "status": 404}


def link_of(entry: Resource) -> Link:
    """The link of a resource's own address."""
    return Link.objects.get(resources=entry)


def visited(link: Link, *, days_ago: float = 0, **told: Any) -> Link:
    """The link after a visit that found this; a good one, unless it says otherwise."""
    at: datetime = timezone.now() - timedelta(days=days_ago)
    told = dict[str, Any](verdict=Verdict.OK, cause=Cause.FOUND, status=200) | told
    record({link.pk: Visit(link.address, told.pop("verdict"), told.pop("cause"), at=at, **told)}, chance=Random(1))
    link.refresh_from_db()
    return link


def broken(link: Link) -> Link:
    """The link after the site said twice that there is no such page."""
    visited(link, days_ago=2, **BROKEN)
    return visited(link, days_ago=1, **BROKEN)

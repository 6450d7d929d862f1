"""What is derived from everything that is live, kept until something is published."""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Any, NamedTuple, cast

from django.db.models import QuerySet, Subquery
from django.http import HttpRequest

from rayhub.prepared import Prepared
from resources.entries.models import Entry
from resources.history.models import Revision

SECONDS = 60
"""How long a derived value is kept at most: two publications that end out of order can share a sign."""

MOST_KEPT = 4_000
"""Values that a process keeps; when there are more, it begins anew."""


class _Kept(NamedTuple):
    """A value, the sign of life that it belongs to, and how long it is kept."""

    sign: str
    until: float
    value: Any


_kept: dict[str, _Kept] = {}

_latest = Prepared(lambda: Revision.objects.order_by("-pk").values_list("pk", "created_at")[:1])


def sign_of_life() -> str:
    """Changes whenever something is published; one cheap query."""
    return _sign(*(_latest.first() or (None, None)))


def _sign(latest: int | None, at: datetime | None) -> str:
    return f"{latest}-{at.timestamp()}" if at else "empty"


def with_sign(entries: QuerySet[Any]) -> Any:
    """The same entries; each comes with the sign of life too, for `know_sign`."""
    latest = Revision.objects.order_by("-pk")
    return entries.annotate(
        latest=Subquery(latest.values("pk")[:1]), latest_at=Subquery(latest.values("created_at")[:1])
    )


def know_sign(request: HttpRequest, entry: Entry) -> None:
    """Spares the request the query for the sign of life, which came with this entry."""
    found = vars(entry)
    request.__dict__["sign_of_life"] = _sign(found["latest"], found["latest_at"])


def sign_for(request: HttpRequest) -> str:
    """The sign of life of this moment, asked once for each request."""
    known = request.__dict__
    if "sign_of_life" not in known:
        known["sign_of_life"] = sign_of_life()
    return str(known["sign_of_life"])


def kept[T](name: str, make: Callable[[], T], request: HttpRequest | None = None) -> T:
    """The value that `make` gives, made again only after a publication or after a minute. Many share it, and none may
    change it.
    """
    sign = sign_for(request) if request else sign_of_life()
    found = _kept.get(name)
    if found is None or found.sign != sign or found.until < monotonic():
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[name] = _Kept(sign, monotonic() + SECONDS, make())
    return cast("T", found.value)

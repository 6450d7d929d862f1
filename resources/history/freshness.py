"""What is derived from everything that is live, kept until something is published."""

from collections.abc import Callable
from typing import cast

from django.core.cache import caches

from rayhub.prepared import Prepared
from resources.history.models import Revision

SECONDS = 60
"""How long a derived value is kept at most: two publications that end out of order can share a sign."""


_latest = Prepared(lambda: Revision.objects.order_by("-pk").values_list("pk", "created_at")[:1])


def sign_of_life() -> str:
    """Changes whenever something is published; one cheap query."""
    latest = _latest.first()
    return f"{latest[0]}-{latest[1].timestamp()}" if latest else "empty"


def kept[T](name: str, make: Callable[[], T]) -> T:
    """The value that `make` gives, made again only after a publication or after a minute."""
    key = f"{name}:{sign_of_life()}"
    value = caches["pages"].get(key)
    if value is None:
        value = make()
        caches["pages"].set(key, value, SECONDS)
    return cast("T", value)

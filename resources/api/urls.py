"""The addresses under /api/v1/."""

from typing import Any

from django.urls import path

from resources.api import around, entries, links, own, proposing, revisions, searching
from resources.api.app import api
from resources.api.doors import door
from resources.api.views import no_such_operation
from resources.api.views import router as documents

app_name = "api"

for _routes in (documents, *(one.router for one in (entries, searching, around, proposing, own, revisions, links))):
    api.add_router("", _routes)


def _operations() -> list[Any]:
    """Ninja's patterns behind our door, without its page at the root."""
    made: list[Any] = api.urls[0]
    patterns = [one for one in made if one.name != "api-root"]
    for pattern in patterns:
        pattern.callback = door(pattern.callback)
    return patterns


urlpatterns = [
    *_operations(),
    path("<path:rest>", door(no_such_operation), name="none"),
]

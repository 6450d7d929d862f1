"""What the page of every entry shows beside its own words."""

from typing import Any

from django.http import HttpRequest

from resources.entries.models import Entry
from resources.permissions import may_review


def beside(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    """Who wrote it first and last, and whether this person may protect it."""
    revisions = entry.revisions.select_related("author").defer("content")
    return {
        "entry": entry,
        "latest": revisions.order_by("-number").first(),
        "first": revisions.order_by("number").first(),
        "may_protect": may_review(request.user),
    }

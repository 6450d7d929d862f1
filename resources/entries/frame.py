"""What the page of every entry shows beside its own words."""

from typing import Any

from django.http import HttpRequest

from resources.entries.models import Entry
from resources.permissions import may_review


def beside(request: HttpRequest, entry: Entry) -> dict[str, Any]:
    """Who wrote it first and last, and whether this person may protect it."""
    ends = entry.revisions.select_related("author").defer("content").filter(number__in={1, entry.revision_number})
    revisions = {revision.number: revision for revision in ends}
    return {
        "entry": entry,
        "latest": revisions.get(entry.revision_number),
        "first": revisions.get(1),
        "may_protect": may_review(request.user),
    }

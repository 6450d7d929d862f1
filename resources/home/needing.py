"""What needs help, in numbers, for the front page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resources.entries.claims import unsourced_claims
from resources.history.freshness import kept
from resources.links.models import Link
from resources.links.wanting import orphans, wanted_names

ASKS = (
    ("broken", _("Broken links"), "link_list", "?state=broken"),
    ("wanted", _("Pages that are mentioned and not written"), "wanted", ""),
    ("orphans", _("Guides that no page mentions"), "orphans", ""),
    ("claims", _("Claims without a source"), "claim_list", ""),
)
"""What is counted: its word, what it is called, the name of its page, and the query there."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Work of one sort: what it is, how much there is, where it is listed."""

    words: Any
    count: int
    url: str


def asks() -> list[Ask]:
    """The work that there is; counted again only after a publication, or after a minute."""
    counts = kept("asks", _count)
    return [Ask(words, counts[word], reverse(page) + query) for word, words, page, query in ASKS if counts.get(word)]


def _count() -> dict[str, int]:
    rows = {"broken": Link.objects.broken(), "claims": unsourced_claims()}
    return {"wanted": wanted_names().count(), "orphans": len(orphans())} | _counted(rows)


def _counted(rows: Mapping[str, Any]) -> dict[str, int]:
    """How many rows each of these querysets has; one query."""
    first, *others = (
        found.order_by()
        .annotate(ask=Value(word))
        .values("ask")
        .annotate(number=Count("pk"))
        .values_list("ask", "number")
        for word, found in rows.items()
    )
    return dict(first.union(*others, all=True))

"""What needs help, in numbers, for the front page."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from resources.entries.claims import count_unsourced
from resources.history.freshness import kept
from resources.links.wanting import orphans, wanted_names

ASKS = (
    ("wanted", _("Pages that are mentioned and not written"), "wanted", lambda: wanted_names().count()),
    ("orphans", _("Guides that no page mentions"), "orphans", lambda: len(orphans())),
    ("claims", _("Claims without a source"), "claim_list", count_unsourced),
)
"""What is counted: its word, what it is called, the name of its page, and how it is counted."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Work of one sort: what it is, how much there is, where it is listed."""

    words: Any
    count: int
    url: str


def asks() -> list[Ask]:
    """The work that there is; counted again only after a publication."""
    counts = kept("asks", lambda: {word: count() for word, _words, _page, count in ASKS})
    return [Ask(words, counts[word], reverse(page)) for word, words, page, _count in ASKS if counts[word]]

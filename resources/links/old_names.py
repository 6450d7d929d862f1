"""Who still calls an entry by a name that it once had."""

from typing import Any

from django.db.models import QuerySet

from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.naming import LONGEST_NAME
from resources.links.models import Mention


def old_mentions(entry: Entry) -> QuerySet[Mention]:
    """The mentions on live pages that lead to an entry by another name than it has now.

    A comparison's subject points to its resource by number: what is only that is none.
    """
    present = {entry.slug[:LONGEST_NAME]} | ({entry.name} if isinstance(entry, WikiPage) else set())
    found: Any = Mention.objects.live().filter(target=entry.pk).exclude(name__in=present).exclude(source=entry.pk)
    rows: QuerySet[Mention] = found
    return rows


def old_callers(entry: Entry) -> tuple[int, str]:
    """How many pages do that, and the name that most of them write; one query."""
    titles: dict[str, set[int]] = {}
    sources: set[int] = set()
    for source, title in old_mentions(entry).values_list("source", "title"):
        titles.setdefault(title, set()).add(source)
        sources.add(source)
    most = max(titles, key=lambda title: len(titles[title]), default="")
    return len(sources), most.partition(":")[2].strip() if ":" in most and not isinstance(entry, WikiPage) else most

"""Who still calls an entry by a name that it once had."""

from django.db.models import Q, QuerySet

from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.naming import LONGEST_NAME, title_name
from resources.links.models import Mention


def old_mentions(entry: Entry) -> QuerySet[Mention]:
    """The mentions on live pages that lead to an entry by another name than it has now.

    A guide's address is no old name, unless it was once made of its title, and somebody writes that title.
    """
    found: QuerySet[Mention] = Mention.objects.live().filter(target=entry.pk).exclude(source=entry.pk)
    slug = entry.slug[:LONGEST_NAME]
    if not isinstance(entry, WikiPage):
        return found.exclude(name=slug)
    found = found.exclude(name=entry.name)
    address = Q(name=slug) & (Q(title=slug) | Q(title__startswith=f"{slug}#"))
    titled = found.filter(name=slug).exclude(address).exists() and _was_called(entry, slug)
    return found.exclude(address if titled else Q(name=slug))


def _was_called(entry: Entry, name: str) -> bool:
    """Whether a guide once had a title of this name."""
    titles = entry.revisions.order_by().values_list("content__title", flat=True).distinct()
    return any(title_name(str(title)) == name for title in titles)


def old_callers(entry: Entry) -> tuple[int, str]:
    """How many pages do that, and the name that most of them write."""
    titles: dict[str, set[int]] = {}
    sources: set[int] = set()
    for source, title in old_mentions(entry).values_list("source", "title"):
        titles.setdefault(title.partition("#")[0], set()).add(source)
        sources.add(source)
    most = max(titles, key=lambda title: len(titles[title]), default="")
    return len(sources), most.partition(":")[2].strip() if ":" in most and not isinstance(entry, WikiPage) else most

"""What is wanted and not there, what nothing leads to, and what leads nowhere: work that the wiki shows by itself."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.naming import WORDS, title_name
from resources.links.models import Mention
from resources.text.gfm_inlines import PREFIXES

SOURCES = 5
"""Pages that mention a wanted one which a row names."""

SIMILAR = 5
"""Titles that are offered in place of one that is not there."""

NEAR = 0.65
"""How much of a title must be alike for that, from 0 to 1."""

MOST_COMPARED = 300


@dataclass(slots=True)
class Wanted:
    """Something that is mentioned and not there. `sources` are some of the pages that mention it, `number` counts them."""

    type: str
    name: str
    number: int = 0
    title: str = ""
    sources: list[Entry] = field(default_factory=list)
    similar: list[Entry] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind of entry, in words."""
        return str(Entry.Type(self.type).label)

    @property
    def address(self) -> str:
        """Where it would be."""
        return f"{PREFIXES[WORDS[self.type]]}{self.name}/"

    @property
    def form(self) -> str:
        """Where it can be written, its title filled in."""
        return f"{reverse(f'{self.type}_new')}?{urlencode({'title': self.title})}"


def wanted_names() -> Any:
    """What live pages mention and nobody wrote, or somebody removed: rows {type, name, number}, most wanted first."""
    found = Mention.objects.wanted().values("type", "name").annotate(number=Count("pk"))
    return found.order_by("-number", "type", "name")


def with_sources(rows: Iterable[dict[str, Any]]) -> list[Wanted]:
    """Rows of wanted_names() with their titles and some of the pages that mention them, in one query."""
    found = {(row["type"], row["name"]): Wanted(**row) for row in rows}
    names = Q()
    for type_, name in found:
        names |= Q(type=type_, name=name)
    mentions = (
        Mention.objects.wanted()
        .filter(names)
        .annotate(turn=Window(RowNumber(), partition_by=[F("type"), F("name")], order_by="pk"))
    )
    columns = ("type", "name", "title", "source__type", "source__slug", "source__title")
    shown = mentions.filter(turn__lte=SOURCES).order_by("turn") if found else Mention.objects.none()
    for type_, name, title, *source in shown.values_list(*columns):
        one = found[type_, name]
        one.title = one.title or title_of(title, name)
        one.sources.append(Entry(**dict(zip(("type", "slug", "title"), source, strict=True))))
    return list(found.values())


def title_of(mention: str, name: str) -> str:
    """What a wanted page would be called: as it was mentioned, or its name in words."""
    words, _hash, _heading = mention.partition("#")
    kind, colon, rest = words.partition(":")
    if colon and kind.strip().lower() in PREFIXES:
        words = rest.strip()
    if words and title_name(words) != words:
        return words
    plain = name.replace("-", " ").strip()
    return plain[:1].upper() + plain[1:]


def missing(type_: str, slug: str) -> Wanted:
    """What the page of something that is not there says: who mentions it, and what is called alike."""
    name = title_name(slug)
    found = Wanted(type_, name, Mention.objects.live().filter(type=type_, name=name).count())
    if found.number:
        found = with_sources([{"type": type_, "name": name, "number": found.number}])[0]
    found.title = found.title or title_of("", name)
    found.similar = similar(type_, name)
    return found


def similar(type_: str, name: str) -> list[Entry]:
    """Live entries whose title is much like a name; of the same kind first."""
    words = sorted((word for word in name.split("-") if len(word) > 2), key=len, reverse=True)[:4]
    alike = Q()
    for word in words:
        alike |= Q(title__icontains=word[:6])
    if not words:
        return []
    entries = Entry.objects.live().filter(alike).only("type", "slug", "title")[:MOST_COMPARED]
    by_likeness: dict[float, list[Entry]] = defaultdict(list)
    for entry in entries:
        likeness = SequenceMatcher(None, name, title_name(entry.title)).ratio() + 0.1 * (entry.type == type_)
        by_likeness[likeness].append(entry)
    return [entry for value in sorted(by_likeness, reverse=True) if value >= NEAR for entry in by_likeness[value]][
        :SIMILAR
    ]


def orphans() -> list[int]:
    """The keys, by title, of live guides under no other that no other live page mentions, also not by an address that
    leads on to them.

    Put together here from two plain readings: in one query, a database that has no statistics of the tables yet can take
    minutes.
    """
    live = WikiPage.objects.live().order_by("title", "pk").values_list("pk", "parent", "redirect")
    pages = {pk: (parent, onward) for pk, parent, onward in live}
    mentions = Mention.objects.live().filter(type=Entry.Type.WIKIPAGE).exclude(target=None)
    reached: set[int | None] = set()
    for source, target in mentions.values_list("source", "target").iterator(chunk_size=5_000):
        _parent, onward = pages.get(target, (None, None))
        reached |= {end for end in (target, onward) if end != source}
    return [
        pk for pk, (parent, onward) in pages.items() if onward is None and parent not in pages and pk not in reached
    ]


def dead_ends() -> Any:
    """Live guides that lead to no other page: by no mention, and by no list."""
    onward = Mention.objects.filter(source=OuterRef("pk"))
    return WikiPage.objects.pages().filter(embeds=False).exclude(Exists(onward)).for_rows().order_by("title", "pk")

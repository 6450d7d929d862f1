"""Entries that have much in common with one, and what that is: tags, sections, libraries, mentions, words. What few share
weighs more.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log2
from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.entries.models import ADDRESSES, Entry
from resources.search.asking import Match
from resources.search.facets import KINDS
from resources.search.fulltext import fulltext
from resources.search.gathering import mark
from resources.search.language import SMALL
from resources.search.models import SearchPage, Traits
from resources.search.standing import Sections
from resources.search.words import clean, runs

MOST = 6
LOOKED_AT = 60
"""Entries with one thing that are looked at, the latest: what more have tells next to nothing."""

MOST_OF_EACH = 12
"""Tags, mentions and words of an entry that are compared."""

WEIGHTS = {"tag": 1.0, "section": 0.8, "library": 0.4, "mention": 1.2, "link": 0.8, "word": 0.5}
ENOUGH = 0.25
"""What two entries must have in common to be called related."""


class Shared(NamedTuple):
    """One thing that entries can share: its kind as in WEIGHTS, which one, and its name for people."""

    kind: str
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Related:
    """An entry that has something in common with another; `note` says what it is, and what they share."""

    entry: int
    type: str
    address: str
    title: str
    summary: str
    note: str


def related(entry: Entry) -> list[Related]:
    """The entries nearest to a live one, the nearest first: six queries, however many entries there are."""
    return [in_words(page, common) for page, common in nearest(entry)]


def nearest(entry: Entry) -> list[tuple[SearchPage, list[Shared]]]:
    """The same as rows of the search, with what each has in common with the entry."""
    own = SearchPage.objects.filter(entry=entry.pk, leads_to=None).first()
    if own is None:
        return []
    having = _having(own, [*_traits(entry, own), *_words(own)], _mentions(entry.pk))
    worth: dict[int, float] = defaultdict(float)
    common: dict[int, list[Shared]] = defaultdict(list)
    for shared, numbers in having.items():
        for number in numbers:
            worth[number] += WEIGHTS[shared.kind] / log2(1 + len(numbers)) * (0.2 if len(numbers) >= LOOKED_AT else 1.0)
            common[number].append(shared)
    best = sorted((number for number in worth if worth[number] >= ENOUGH), key=lambda one: (-worth[one], -one))[:MOST]
    rows = SearchPage.objects.filter(number__in=best, leads_to=None).select_related("entry").only(
        "title", "summary", "facets", "entry__type", "entry__slug"
    )  # fmt: skip
    pages = {page.number: page for page in rows}
    return [(pages[number], common[number]) for number in best if number in pages]


def in_words(page: SearchPage, common: list[Shared]) -> Related:
    """One of them as readers see it, in their language."""
    traits = Traits.of(page.facets)
    address = f"{ADDRESSES[page.entry.type]}{page.entry.slug}/"
    note = f"{KINDS.get(traits.kind, '')} · {'; '.join(_reasons(common))}"
    return Related(page.entry_id, page.entry.type, address, page.title, page.summary, note)


def _traits(entry: Entry, own: SearchPage) -> list[Shared]:
    traits = Traits.of(own.facets)
    tags = entry.taggings.order_by("tag__name").values_list("tag", "tag__name")[:MOST_OF_EACH]
    rows = Sections().rows if traits.sections else {}
    return [
        *(Shared("tag", mark("t", pk), name) for pk, name in tags),
        *(Shared("section", mark("s", pk), rows[int(pk)][2]) for pk in traits.sections if int(pk) in rows),
        *(Shared("library", mark("l", word), word) for word in traits.libraries),
    ]


def _words(own: SearchPage) -> list[Shared]:
    """The long words of its title, then of its summary."""
    words = dict.fromkeys(
        word for text in (own.title, own.summary) for word, cjk in runs(clean(text)) if len(word) > 3 or cjk
    )
    return [Shared("word", word, word) for word in words if word.isascii() and word not in SMALL][:MOST_OF_EACH]


def _mentions(pk: int) -> list[Shared]:
    """What it mentions."""
    found = Entry.objects.live().filter(mentioned_by__source=pk).order_by("pk").values_list("pk", "title")
    return [Shared("mention", str(target), title) for target, title in found.distinct()[:MOST_OF_EACH]]


def _having(own: SearchPage, traits: list[Shared], mentions: list[Shared]) -> dict[Shared, list[int]]:
    """For each thing the numbers of other pages that have it, in one query."""
    parts: list[str] = []
    values: list[str | int] = []
    for place, shared in enumerate(traits):
        columns = ("title", "names", "summary") if shared.kind == "word" else ("marks",)
        sql, given = fulltext().matching(Match((shared.value,), columns=columns), (), LOOKED_AT)
        parts.append(f"SELECT {place} AS place, number FROM ({sql}) found{place}")
        values += given
    for place, shared in enumerate(mentions, len(traits)):
        parts += [_MENTIONING.format(place=place), _MENTIONED.format(place=place)]
        values += [int(shared.value), LOOKED_AT, int(shared.value)]
    if not parts:
        return {}
    found: dict[Shared, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        for place, number in cursor.fetchall():
            if number != own.number:
                every = [*traits, *mentions]
                found[every[place] if place >= 0 else every[-1 - place]._replace(kind="link")].append(number)
    return found


_MENTIONING = """SELECT {place} AS place, number FROM (SELECT page.number FROM resources_mention mention
    JOIN resources_searchpage page ON page.entry_id = mention.source_id
    WHERE mention.target_id = %s ORDER BY mention.id DESC LIMIT %s) mentioning{place}"""

_MENTIONED = "SELECT -1 - {place} AS place, number FROM resources_searchpage WHERE entry_id = %s"


def _reasons(common: Iterable[Shared]) -> list[str]:
    """In words, the strongest first, two at most."""
    names: dict[str, list[str]] = defaultdict(list)
    for one in common:
        names[one.kind].append(one.name)
    told = []
    if tags := names["tag"]:
        told.append(ngettext("shares the tag %(name)s", "shares %(number)s tags", len(tags)) % _of(tags))
    if mentions := names["mention"]:
        words = ngettext("both mention %(name)s", "both mention %(name)s and %(others)s more", len(mentions))
        told.append(words % _of(mentions))
    if sections := names["section"]:
        told.append(_("stands in %(name)s too") % _of(sections))
    if names["link"]:
        told.append(_("is mentioned here"))
    if not told and (words_ := names["word"]):
        told.append(_("both are about %(name)s") % {"name": ", ".join(words_[:3])})
    if not told:
        told.append(_("about the same Ray library"))
    return told[:2]


def _of(names: list[str]) -> dict[str, str | int]:
    return {"name": names[0], "number": len(names), "others": len(names) - 1}

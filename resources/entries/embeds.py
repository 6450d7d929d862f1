"""Lists of entries in a text: `{{resources tag=security limit=5}}`, a paragraph of its own.

The stored HTML keeps that paragraph; a page, a preview or a README puts the list there when it is shown. `parse` reads
what stands between the braces, `entries_of` gives the entries in one query, `fill` puts lists into a page's HTML.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from resources.entries.knowledge import CaseStudy, Comparison, WikiPage
from resources.entries.models import Entry, Placement, Resource
from resources.entries.rendering import EMBED

USUAL = 20
"""Entries that a list shows where no limit is given."""

MOST = 100
"""Entries that a list can show."""

MOST_ON_A_PAGE = 10
"""Lists that one page fills; the others stay as they were written."""

TYPES: Mapping[str, str] = {
    "resources": Entry.Type.RESOURCE,
    "guides": Entry.Type.WIKIPAGE,
    "case-studies": Entry.Type.CASESTUDY,
    "comparisons": Entry.Type.COMPARISON,
}
"""The name of a list → the kind of entry that it shows."""

NARROWED_BY: Mapping[str, tuple[str, ...]] = {
    "resources": ("section", "tag", "library", "kind"),
    "guides": ("tag", "parent"),
    "case-studies": ("industry", "library"),
    "comparisons": ("tag",),
}
"""What each list can be narrowed by; every one takes `limit` too."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "library": tuple(word for word, _name in Resource.LIBRARIES),
    "kind": tuple(Resource.Kind.values),
    "industry": tuple(CaseStudy.Industry.values),
}
"""Arguments that are one of a few words; all others name something by its address."""

_ARGUMENT = re.compile(r'([a-z-]+)=("[^"]*"|[^\s"]+)(?:\s+|$)')


@dataclass(frozen=True, slots=True)
class Embed:
    """A list that was asked for: its name, what it is narrowed by (in the order of NARROWED_BY), and how long it may be."""

    name: str
    wanted: tuple[tuple[str, str], ...] = ()
    limit: int = USUAL

    @property
    def type(self) -> str:
        """The kind of entry, as Entry.Type has it."""
        return TYPES[self.name]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why no list stands there, in words that name the remedy. `known`: the name is that of a list."""

    words: str
    known: bool = True


def parse(words: str) -> Embed | Problem:
    """What stands between the braces, as `resources section=libraries tag=security limit=5`. Reads no database."""
    name, _space, rest = words.strip().partition(" ")
    if name not in TYPES:
        given = {"name": name, "names": ", ".join(TYPES)}
        return Problem(_("There is no list called “%(name)s”. There are: %(names)s.") % given, known=False)
    arguments, place = {}, 0
    rest = rest.strip()
    # Only where the last one ended: to search on from each letter of a long word takes minutes.
    while found := _ARGUMENT.match(rest, place):
        arguments[found[1]], place = found[2].strip('"').strip(), found.end()
    if place != len(rest):
        given = {"words": rest[place:]}
        return Problem(_("“%(words)s” cannot be read. Write word=value, with spaces between them.") % given)
    return _checked(name, arguments)


def _checked(name: str, arguments: dict[str, str]) -> Embed | Problem:
    limit = arguments.pop("limit", str(USUAL))
    if not limit.isdecimal() or len(limit) > 6 or not 1 <= int(limit) <= MOST:
        return Problem(_("The limit is a number from 1 to %(most)s.") % {"most": MOST})
    allowed = NARROWED_BY[name]
    for word, value in arguments.items():
        if word not in allowed:
            given = {"word": word, "words": ", ".join((*allowed, "limit"))}
            return Problem(_("This list knows no “%(word)s”. It knows: %(words)s.") % given)
        if word in WORDS and value not in WORDS[word]:
            given = {"word": word, "value": value, "words": ", ".join(WORDS[word])}
            return Problem(_("“%(value)s” is no %(word)s. There are: %(words)s.") % given)
    wanted = tuple((word, arguments[word]) for word in allowed if word in arguments)
    return Embed(name, wanted, int(limit))


def entries_of(embed: Embed) -> list[Entry]:
    """The live entries of a list by title, guides by their order beside one another; one query."""
    wanted = dict(embed.wanted)
    found = _BASES[embed.name]()
    for word, value in wanted.items():
        found = _NARROWING[word](found, value if word in WORDS else slugify(value, allow_unicode=True))
    order = ("rank", "title", "pk") if "parent" in wanted else ("title", "pk")
    return list(found.order_by(*order)[: embed.limit])


_BASES: Mapping[str, Callable[[], Any]] = {
    "resources": lambda: Resource.objects.live().with_health(),
    "guides": lambda: WikiPage.objects.pages().for_rows(),
    "case-studies": lambda: CaseStudy.objects.live().defer("body", "html", "headings"),
    "comparisons": lambda: Comparison.objects.live().only("type", "slug", "title", "summary"),
}


def _in_section(found: Any, slug: str) -> Any:
    """Seated in the section or in one of the two levels below it."""
    here = Q(section__slug=slug) | Q(section__parent__slug=slug) | Q(section__parent__parent__slug=slug)
    return found.filter(pk__in=Placement.objects.filter(here, section__removed_at=None).values("resource"))


_NARROWING: Mapping[str, Callable[[Any, str], Any]] = {
    "section": _in_section,
    "tag": lambda found, slug: found.tagged(slug),
    "library": lambda found, word: found.filter(libraries__contains=f"|{word}|"),
    "kind": lambda found, word: found.filter(kind=word),
    "industry": lambda found, word: found.filter(industry=word),
    "parent": lambda found, slug: found.filter(parent__slug=slug),
}


def fill(html: str, draw: Callable[[Embed | Problem, str], str | None]) -> str:
    """A page's HTML with `draw(embed or problem, paragraph)` in place of every list's paragraph; None leaves it alone."""

    def drawn(found: re.Match[str]) -> str:
        answer = draw(parse(unescape(f"{found[1]}{found[2]}")), found[0])
        return found[0] if answer is None else answer

    return EMBED.sub(drawn, html) if "<p>{{" in html else html

"""What `[[…]]` means: from the words of a mention to the entry that it names.

`[[Title]]` names a guide by its title, by its address, or by one that it once had; `[[resource:slug]]` and so on name an
entry of that kind by its address. A mention of something that nobody has written yet is a wanted one.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from django.utils.text import slugify

from resources.entries.models import ADDRESSES, Alias, Entry
from resources.text.gfm_inlines import PREFIXES, Target

LONGEST_NAME = 120

LONGEST_READ = 400
"""Signs of a mention that are looked at, more than any title has: what strangers ask for is remembered, but not all of it."""

TYPES: Mapping[str, str] = {
    "resource": Entry.Type.RESOURCE,
    "section": Entry.Type.SECTION,
    "guide": Entry.Type.WIKIPAGE,
    "case-study": Entry.Type.CASESTUDY,
    "comparison": Entry.Type.COMPARISON,
}
"""The word before the colon of a mention → the kind of entry; the same words as text/gfm_inlines.py has addresses for."""

WORDS = {type_: word for word, type_ in TYPES.items()}
"""The kind of entry → the word before the colon."""

assert TYPES.keys() == PREFIXES.keys()  # noqa: S101  # one table of words in the pure text package, one here


class Name(NamedTuple):
    """What a mention is looked up by: the kind of entry, and its address or the slug of its title."""

    type: str
    key: str


_MENTION = re.compile(r"\[\[([^\[\]|\n]{1,300})(?:\|[^\[\]\n]{1,300})?\]\]")


def targets_in(source: str) -> list[str]:
    """Whatever a text may mention, in order: a quick look, which also finds what stands in code."""
    if "[[" not in source:
        return []
    return list(dict.fromkeys(" ".join(found.partition("#")[0].split()) for found in _MENTION.findall(source)))


def name_of(target: str) -> Name:
    """The name that a mention's target has, its heading left out."""
    return _name_of(target[:LONGEST_READ])


@lru_cache(maxsize=10_000)
def _name_of(target: str) -> Name:
    title = target.partition("#")[0]
    word, colon, rest = title.partition(":")
    kind = TYPES.get(word.strip().lower()) if colon else None
    if kind:
        return Name(kind, slugify(rest.strip(), allow_unicode=True)[:LONGEST_NAME])
    return Name(Entry.Type.WIKIPAGE, title_name(title))


def title_name(title: str) -> str:
    """The name of a guide with this title: lower case, words joined by hyphens, in any script."""
    return _title_name(title[:LONGEST_READ])


@lru_cache(maxsize=10_000)
def _title_name(title: str) -> str:
    return slugify(title, allow_unicode=True)[:LONGEST_NAME]


_NO_TARGET = re.compile(r"[\[\]|#:\\`*_<>&^!\n]")
"""What makes a title more than words in a mention."""


class Found(NamedTuple):
    """The live entry behind a name."""

    pk: int
    type: str
    slug: str
    title: str

    def get_absolute_url(self) -> str:
        """Where its page is."""
        return f"{ADDRESSES[self.type]}{self.slug}/"


class Names:
    """Finds entries by mentions, many at once: `learn` reads the database, and calling it answers from what was learned."""

    def __init__(self) -> None:
        self._found: dict[Name, Found | None] = {}

    def __call__(self, target: str) -> Target | None:
        """The address and title behind a mention, as the Markdown renderer asks for them; None for a wanted page."""
        found = self.entry(name_of(target))
        return Target(f"{PREFIXES[WORDS[found.type]]}{found.slug}/", found.title) if found else None

    def entry(self, name: Name) -> Found | None:
        """The live entry of a name."""
        if name not in self._found:
            self.learn([name])
        return self._found[name]

    def mention_of(self, entry: Entry) -> str:
        """How a text mentions an entry: a guide by its title where that means this one, all others by their address."""
        if entry.type == Entry.Type.WIKIPAGE and not _NO_TARGET.search(entry.title):
            found = self.entry(name_of(entry.title))
            if found is not None and found.pk == entry.pk:
                return f"[[{entry.title}]]"
        words = " ".join(entry.title.replace("[", "(").replace("]", ")").split())[:300]
        return f"[[{WORDS[entry.type]}:{entry.slug}|{words}]]"

    def learn(self, names: Iterable[Name]) -> None:
        """Reads what these names stand for now, in a fixed number of queries for each kind."""
        wanted = {name for name in names if name not in self._found}
        # A title of signs only has no name, and a mention of signs only means nothing.
        self._found |= {name: None for name in wanted if not name.key}
        wanted = {name for name in wanted if name.key}
        for type_ in {name.type for name in wanted}:
            keys = {name.key for name in wanted if name.type == type_}
            found = _live(type_, keys)
            for key in keys:
                self._found[Name(type_, key)] = found.get(key)

    def expect(self, name: Name, found: Found) -> None:
        """Takes a name as given that is about to be published with others."""
        if name.key:
            self._found[name] = found


def _live(type_: str, keys: set[str]) -> dict[str, Found]:
    """Key → entry: its title's name comes before its address, and its address before one that it once had."""
    columns = ("pk", "type", "slug", "title")
    live = Entry.objects.live().filter(type=type_)
    aliases = Alias.objects.filter(type=type_, slug__in=keys, entry__removed_at__isnull=True)
    rows = aliases.values_list("slug", "entry__pk", "entry__type", "entry__slug", "entry__title")
    found = {row[0]: Found(*row[1:]) for row in rows}
    found |= {one.slug: one for one in (Found(*row) for row in live.filter(slug__in=keys).values_list(*columns))}
    if type_ == Entry.Type.WIKIPAGE:
        titled = live.filter(wikipage__name__in=keys).order_by("-pk").values_list("wikipage__name", *columns)
        found |= {row[0]: Found(*row[1:]) for row in titled}
    return found

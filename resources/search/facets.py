"""What results have in common, with counts: each a way to narrow them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Entry, Resource
from resources.entries.naming import TYPES
from resources.search.finding import names_of
from resources.search.language import Question
from resources.search.models import Traits
from resources.search.narrowing import HEALTH
from resources.search.ranking import Found
from resources.search.standing import Sections

MOST_VALUES = 8
"""Values of one facet that are shown."""

KINDS: Mapping[str, str | Promise] = {
    **{word: Entry.Type(type_).label for word, type_ in TYPES.items()},
    **dict(Resource.Kind.choices),
}
"""The word of a kind → its name."""

HEALTH_WORDS: Mapping[str, str | Promise] = {
    "works": _("link works"), "moved": _("link moved"), "broken": _("link broken"), "failing": _("link failed lately"),
    "untested": _("link not tested yet"), "blocked": _("link cannot be tested"),
}  # fmt: skip

VERIFIED_WORDS: Mapping[str, str | Promise] = {
    "verified": _("verified"), "unverified": _("not verified"), "disputed": _("disputed"),
}  # fmt: skip

HEALTH_OF: Mapping[str, str] = {
    state: word for word, states in HEALTH.items() if word != "works" for state in states
} | {"ok": "works"}


class Value(NamedTuple):
    """One value of a facet: the operator that asks for it, its name, how many results have it."""

    operator: str
    name: str
    pages: int


class Facet(NamedTuple):
    """What results differ by: "kind", "section", "tag", "library", "health", "verified"."""

    word: str
    label: str | Promise
    values: tuple[Value, ...]


def count_facets(found: Sequence[Found], question: Question) -> tuple[Facet, ...]:
    """The facets of these results; one that all results share tells nothing, and is left out, as are those asked for."""
    if not found:
        return ()
    asked = {str(one) for one in question.wanted}
    traits = [Traits.of(one[3]) for one in found]
    kinds, verified = Counter(one.kind for one in traits), Counter(one.verified for one in traits)
    tags = Counter(chain.from_iterable(one.tags for one in traits))
    sections = Counter(chain.from_iterable(one.sections for one in traits))
    libraries = Counter(chain.from_iterable(one.libraries for one in traits))
    health = Counter(HEALTH_OF.get(one[4] or "", "") for one in found)
    rows = Sections().rows if sections else {}
    shown = [tag for tag, _count in tags.most_common(MOST_VALUES + len(asked))]
    names = names_of(shown)
    titles = {str(pk): (slug, title) for pk, (_above, slug, title) in rows.items()}
    facets = [
        Facet("kind", _("Kind"), _values("kind", kinds, KINDS)),
        Facet("section", _("Section"), _values_of_sections(sections, titles)),
        Facet("tag", _("Tag"), _values("tag", tags, names)),
        Facet("library", _("Ray library"), _values("library", libraries, dict(Resource.LIBRARIES))),
        Facet("health", _("Link"), _values("is", health, HEALTH_WORDS)),
        Facet("verified", _("Verified"), _values("is", verified, VERIFIED_WORDS)),
    ]
    telling = [
        facet._replace(values=tuple(one for one in facet.values if one.operator not in asked)[:MOST_VALUES])
        for facet in facets
    ]
    return tuple(
        facet for facet in telling if len(facet.values) > 1 or (facet.values and facet.values[0].pages < len(found))
    )


def _values(
    operator: str, counts: "Counter[str]", names: "Mapping[str, str | Promise] | Mapping[str, str]"
) -> tuple[Value, ...]:
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return tuple(Value(f"{operator}:{word}", str(names[word]), count) for word, count in rows if word in names)


def _values_of_sections(counts: "Counter[str]", titles: dict[str, tuple[str, str]]) -> tuple[Value, ...]:
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return tuple(Value(f"section:{titles[pk][0]}", titles[pk][1], count) for pk, count in rows if pk in titles)

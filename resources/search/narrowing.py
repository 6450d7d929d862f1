"""The operators: from kind:paper to what the full text is asked, and what readers are told where a value is not known."""

from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _
from taggit.models import Tag

from accounts.models import User
from resources.entries.models import Resource
from resources.entries.naming import TYPES
from resources.search.asking import Any, Ask, Match
from resources.search.engine import Only
from resources.search.gathering import DISPUTED, UNVERIFIED, VERIFIED, mark
from resources.search.language import Wanted
from resources.search.standing import Sections

HEALTH = {
    "works": ("ok", "moved"), "moved": ("moved",), "broken": ("broken",), "failing": ("failing",), "untested": ("untested",),
    "blocked": ("blocked", "skipped"),
}  # fmt: skip
"""Words for how the link of a resource does → the states that the link checks give it."""

IS = {
    **{word: mark("v", word) for word in (VERIFIED, UNVERIFIED, DISPUTED)},
    **{word: mark("a", word) for word in Resource.State.values},
}
"""Words that is: knows, beside those of HEALTH."""

_LINKED = """SELECT found.number FROM resources_searchpage found
    JOIN resources_resource resource ON resource.entry_ptr_id = found.entry_id
    JOIN resources_link link ON link.id = resource.link_id
    WHERE link.unused_since IS NULL AND link.state IN ({})"""


@dataclass(slots=True)
class Narrowing:
    """What results must have and must not have; `health` are states of links, and `problems` what was not understood."""

    must: list[Ask] = field(default_factory=list)
    must_not: list[Ask] = field(default_factory=list)
    health: list[tuple[bool, tuple[str, ...]]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def only(self) -> Only:
        """The pages whose links stand as wanted."""
        return tuple((without, _linked(states)) for without, states in self.health)


def _linked(states: tuple[str, ...]) -> str:
    return _LINKED.format(", ".join(f"'{state}'" for state in states))


def narrow(wanted: tuple[Wanted, ...]) -> Narrowing:
    """What the operators ask for."""
    found = Narrowing()
    for one in wanted:
        word = slugify(one.value, allow_unicode=True)
        if one.name == "is" and word in HEALTH:
            found.health.append((one.without, HEALTH[word]))
            continue
        marks, problem = _MARKS[one.name](one.value, word)
        if problem:
            found.problems.append(problem)
            continue
        asked = [Match((name,), columns=("marks",)) for name in marks]
        (found.must_not if one.without else found.must).append(asked[0] if len(asked) == 1 else Any(tuple(asked)))
    return found


type _Marks = tuple[list[str], str]


def _kind(value: str, word: str) -> _Marks:
    known = [*TYPES, *Resource.Kind.values]
    if word == "resource":
        return [mark("k", kind) for kind in Resource.Kind.values], ""
    if word in known:
        return [mark("k", word)], ""
    return [], _("There is no kind “%(value)s”. Kinds are: %(known)s.") % {
        "value": value,
        "known": ", ".join(dict.fromkeys(known)),
    }


def _tag(value: str, word: str) -> _Marks:
    pks = Tag.objects.filter(slug=word).values_list("pk", flat=True)[:1]
    return [mark("t", pk) for pk in pks], "" if pks else _("No page has the tag “%s”.") % value


def _library(value: str, word: str) -> _Marks:
    words = dict(Resource.LIBRARIES)
    names = {slugify(name): known for known, name in Resource.LIBRARIES}
    found = word if word in words else names.get(word)
    if found:
        return [mark("l", found)], ""
    return [], _("There is no Ray library “%(value)s” here. There are: %(known)s.") % {
        "value": value,
        "known": ", ".join(words),
    }


def _section(value: str, word: str) -> _Marks:
    sections = Sections()
    found = sections.named(value, word)
    if not found:
        return [], _("There is no section “%s”.") % value
    return [mark("s", pk) for pk in sections.within(found)], ""


def _person(value: str, word: str) -> _Marks:
    pks = User.objects.filter(name__iexact=value).values_list("pk", flat=True)[:1]
    return [mark("b", pk) for pk in pks], "" if pks else _("Nobody here is called “%s”.") % value


def _is(value: str, word: str) -> _Marks:
    if word in IS:
        return [IS[word]], ""
    return [], _("“is:%(value)s” is not known. There are: %(known)s.") % {
        "value": value,
        "known": ", ".join([*HEALTH, *IS]),
    }


_MARKS = {"kind": _kind, "tag": _tag, "library": _library, "section": _section, "by": _person, "is": _is}

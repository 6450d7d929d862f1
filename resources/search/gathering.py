"""What search takes in of an entry: its words by weight, its text, and what it is narrowed by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from django.db import connection

from resources.entries.content import Content
from resources.entries.knowledge import CaseStudy, Comparison
from resources.entries.models import Entry, Resource, Section
from resources.entries.naming import WORDS
from resources.search.engine import Row
from resources.search.models import SearchPage, Traits
from resources.search.words import clean, fold, indexed

VERSION = 3
"""Grows with every change of what is indexed: pages of an older one are indexed anew by prepare_site."""

LONGEST_TEXT = 200_000
"""Signs of a page's text that are indexed."""

LONGEST_SUMMARY = 300

VERIFIED, UNVERIFIED, DISPUTED = "verified", "unverified", "disputed"

TRIED = (Entry.Type.WIKIPAGE, Entry.Type.COMPARISON)
"""What people try with a release of Ray."""

_INLINE = re.compile(
    r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|u|var)(?:\s[^>]*)?>"
)
_TAG = re.compile(r"<[^>]*>")
_EMBED = re.compile(r"\{\{[a-z-]+[^{}]*\}\}")


class Given(NamedTuple):
    """An entry that went live or out of sight, and its content."""

    entry: Entry
    content: Content


@dataclass(slots=True)
class Around:
    """What the database knows of entries beside their content, by their keys."""

    tags: dict[int, list[tuple[int, str, str]]] = field(default_factory=lambda: defaultdict(list))
    people: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    verified: set[int] = field(default_factory=set)


_LOOK_AROUND = """
SELECT 'tag', link.content_object_id, tag.id, tag.slug, tag.name
    FROM resources_tagging link JOIN taggit_tag tag ON tag.id = link.tag_id WHERE link.content_object_id IN ({keys})
UNION ALL SELECT DISTINCT 'person', entry_id, author_id, '', '' FROM resources_revision WHERE entry_id IN ({keys})
UNION ALL SELECT 'name', entry_id, 0, '', REPLACE(slug, '-', ' ') FROM resources_alias WHERE entry_id IN ({keys})
UNION ALL SELECT 'name', page.redirect_id, 0, '', entry.title FROM resources_wikipage page
    JOIN resources_entry entry ON entry.id = page.entry_ptr_id
    WHERE entry.removed_at IS NULL AND page.redirect_id IN ({keys})
UNION ALL SELECT 'tried', entry_id, revision_number, '', '' FROM resources_verification WHERE entry_id IN ({keys})
"""


def look_around(entries: Sequence[Entry]) -> Around:
    """Reads it in one query: every save waits for it."""
    numbers = {entry.pk: entry.revision_number for entry in entries}
    around = Around()
    if not numbers:
        return around
    sql = _LOOK_AROUND.format(keys=", ".join(["%s"] * len(numbers)))
    with connection.cursor() as cursor:
        cursor.execute(sql, [*numbers] * 5)
        rows = cursor.fetchall()
    for what, pk, number, slug, name in rows:
        if what == "tag":
            around.tags[pk].append((number, slug, name))
        elif what == "person":
            around.people[pk].add(number)
        elif what == "name":
            around.names[pk].append(name)
        elif number == numbers[pk]:
            around.verified.add(pk)
    for tags in around.tags.values():
        tags.sort(key=lambda tag: tag[2])
    return around


def traits_of(one: Given, around: Around) -> Traits:
    """What results are counted by."""
    entry, content = one
    return Traits(
        kind=kind_of(entry),
        tags=tuple(slug for _pk, slug, _name in around.tags[entry.pk]),
        sections=tuple(str(pk) for pk in _sections(entry, content)),
        libraries=tuple(content.get("libraries") or ()),
        state=content.get("state") or "",
        verified=_verified(entry, content, around),
    )


def page_of(one: Given, traits: Traits) -> SearchPage:
    """The row of SearchPage, not saved."""
    entry, content = one
    title = clean(entry.title)
    return SearchPage(
        entry_id=entry.pk,
        title=title,
        folded=fold(title),
        summary=clean(_visible(summary_of(entry, content)))[:LONGEST_SUMMARY],
        facets=str(traits),
        place=content.get("parent") if entry.type == Entry.Type.WIKIPAGE else None,
        leads_to=content.get("redirect"),
        changed_at=entry.changed_at,
        made_by=VERSION,
    )


def row_of(one: Given, page: SearchPage, traits: Traits, around: Around) -> Row:
    """The row of the full text."""
    entry, content = one
    names = [*around.names[entry.pk], *(name for _pk, _slug, name in around.tags[entry.pk])]
    names += [dict(Resource.LIBRARIES).get(word, word) for word in traits.libraries]
    if isinstance(entry, Resource):
        names += [*content["authors"], re.sub(r"https?://(www\.)?", "", content["url"]), content["language"]]
    elif isinstance(entry, CaseStudy):
        names += [content["organisation"]]
    text = clean(_visible(" ".join(text_of(entry, content))))[:LONGEST_TEXT]
    summary = page.summary if len(page.summary) < LONGEST_SUMMARY else clean(_visible(summary_of(entry, content)))
    words = (page.title, clean(" . ".join(names)), summary, text)
    marks = " ".join(marks_of(page, traits, around))
    return Row(page.number, (*(indexed(part) for part in words), marks), text)  # type: ignore[arg-type]  # four and one


def kind_of(entry: Entry) -> str:
    """The word for what it is: a resource's kind, or "guide", "section" and so on."""
    return entry.kind if isinstance(entry, Resource) else WORDS[entry.type]


def mark(letter: str, value: object) -> str:
    """A word of the column `marks`: what it is about and its value, with an end that no stemmer touches."""
    return f"m{letter}{str(value).replace('-', '')}0"


def marks_of(page: SearchPage, traits: Traits, around: Around) -> Iterable[str]:
    """All that a page is narrowed by, but for the health of its link, which changes by itself."""
    yield "mall0"
    yield mark("k", traits.kind)
    yield from (mark("t", pk) for pk, _slug, _name in around.tags[page.entry_id])
    yield from (mark("s", pk) for pk in traits.sections)
    yield from (mark("l", word) for word in traits.libraries)
    yield from (mark("b", pk) for pk in sorted(around.people[page.entry_id]))
    if traits.state:
        yield mark("a", traits.state)
    if traits.verified:
        yield mark("v", traits.verified)


def _sections(entry: Entry, content: Content) -> list[int]:
    if isinstance(entry, Resource):
        return sorted(row["section"] for row in content["placements"])
    return [content["parent"]] if isinstance(entry, Section) and content["parent"] else []


def _verified(entry: Entry, content: Content, around: Around) -> str:
    if isinstance(entry, CaseStudy):
        states = {row["state"] for row in content["claims"]}
        if DISPUTED in states:
            return DISPUTED
        return VERIFIED if states == {VERIFIED} else UNVERIFIED
    if entry.type in TRIED:
        return VERIFIED if entry.pk in around.verified else UNVERIFIED
    return ""


def summary_of(entry: Entry, content: Content) -> str:
    """What it is, in a sentence; HTML where the site draws it."""
    if isinstance(entry, Resource):
        return entry.html
    if isinstance(entry, CaseStudy):
        return ". ".join(str(content[name]).rstrip(".") for name in ("use_case", "benefit") if content[name])
    return "" if isinstance(entry, Section) else str(content["summary"])


def text_of(entry: Entry, content: Content) -> Iterable[str]:
    """What readers see below that; HTML where the site draws it."""
    if isinstance(entry, Resource):
        yield from (row["summary"] for row in content["placements"] if row["summary"])
        return
    yield _EMBED.sub(" ", entry.html)
    if isinstance(entry, Section):
        yield from entry.passages_html.values()
    elif isinstance(entry, CaseStudy):
        yield str(content["scale"])
        yield from (f"{row['statement']} {row['figure']} {row['unit']}" for row in content["claims"])
    elif isinstance(entry, Comparison):
        yield from (row["name"] for row in content["subjects"])
        yield from (f"{row['name']} {row['help']}" for row in content["criteria"])
        yield from (f"{row['text']} {row['note']}" for row in content["cells"])


def _visible(markup: str) -> str:
    """HTML without its tags. What the site drew is well-formed; plain text with a "<" loses little."""
    return unescape(_TAG.sub(" ", _INLINE.sub("", markup))) if "<" in markup or "&" in markup else markup

"""What a page tells machines of itself: its card for other sites, and what it is about as JSON-LD.

JSON-LD stands in a block of data that browsers do not run, so that the content security policy has nothing against it; what
could end the block is escaped.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from resources.entries.knowledge import CaseStudy, Comparison
from resources.entries.models import Entry, Resource
from resources.templatetags.face import Seen
from resources.text.addresses import is_web_address

register = template.Library()

MOST = 100
"""Rows of a list that are named."""

_ENDING = "<>&\u2028\u2029"
_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in _ENDING})
_escaped_signs = re.compile(f"[{_ENDING}]").search
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

type Thing = Mapping[str, Any]

KINDS: Mapping[str, str] = {
    **dict.fromkeys(("library", "project", "tool", "integration"), "SoftwareSourceCode"),
    "article": "Article",
    "paper": "ScholarlyArticle",
    "book": "Book",
    "course": "Course",
    "dataset": "Dataset",
    **dict.fromkeys(("documentation", "tutorial"), "TechArticle"),
}
"""What schema.org calls a kind of resource; others are a CreativeWork."""


def data_block(*things: Thing) -> SafeString:
    """Things as one block of data, what is empty left out."""
    graph = [{name: value for name, value in thing.items() if value} for thing in things]
    text = _json({"@context": "https://schema.org", "@graph": graph})
    # Most have none of these signs, and looking for them is quicker than translating.
    safe = text.translate(_ESCAPES) if _escaped_signs(text) else text
    return SafeString(f'<script type="application/ld+json">{safe}</script>')


def _at(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _card_address(entry: Entry) -> str:
    return f"{settings.SITE_URL}/cards/{entry.type}/{entry.slug}.png?r={entry.revision_number}"


@register.simple_tag
def entry_card(entry: Entry) -> SafeString:
    """The address of an entry's card."""
    return SafeString(f'<meta property="og:image" content="{escape(_card_address(entry))}">')


@register.simple_tag
def site_card() -> SafeString:
    """The address of the card of all other pages."""
    return SafeString(f'<meta property="og:image" content="{escape(_at("/cards/site.png"))}">')


def _written(entry: Entry, type_: str, **more: Any) -> Thing:
    """A page of ours that somebody wrote."""
    page = _at(entry.get_absolute_url())
    return {
        "@type": type_, "@id": f"{page}#text", "url": page, "mainEntityOfPage": page, "headline": entry.title[:110],
        "name": entry.title, "datePublished": entry.created_at.isoformat(timespec="seconds"),
        "dateModified": entry.changed_at.isoformat(timespec="seconds"), "inLanguage": get_language(),
        "isAccessibleForFree": True, "image": _card_address(entry), "publisher": _us(),
        "encoding": {"@type": "MediaObject", "encodingFormat": "text/markdown", "contentUrl": _at(entry.source_address)},
        **more,
    }  # fmt: skip


def _us() -> Thing:
    return {"@type": "Organization", "name": "RayHub", "url": _at("/")}


def _people(people: Iterable[Seen | None]) -> list[Thing]:
    return [{"@type": "Person", "name": str(one), "url": _at(one.get_absolute_url())} for one in people if one]


def _crumbs(*above: tuple[str, str]) -> Thing:
    """Where a page sits, from the front page down to itself, as (title, path)."""
    rows = [
        {"@type": "ListItem", "position": place, "name": name, "item": _at(path)}
        for place, (name, path) in enumerate((("RayHub", "/"), *above), 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": rows}


def _titled(entries: Iterable[Any]) -> list[tuple[str, str]]:
    return [(entry.title, entry.get_absolute_url()) for entry in entries]


def _items(rows: Iterable[tuple[str, str]], total: int) -> Thing:
    found = [
        {"@type": "ListItem", "position": place, "name": name, "url": _at(path)}
        for place, (name, path) in enumerate(rows, 1)
    ]
    return {"@type": "ItemList", "numberOfItems": total, "itemListElement": found}


@register.simple_tag(takes_context=True)
def guide_data(context: template.Context) -> SafeString:
    """A guide, from what its page shows."""
    entry, around = context["entry"], context["around"]
    text = _written(
        entry,
        "TechArticle",
        description=entry.summary,
        author=_people(around.writers),
        keywords=", ".join([name for _slug, name in around.tags]),
        wordCount=entry.words,
    )
    above = [(title, address) for address, title in around.above]
    return data_block(text, _crumbs((_("Guides"), "/wiki/"), *above, *_titled([entry])))


@register.simple_tag(takes_context=True)
def study_data(context: template.Context) -> SafeString:
    """A case study with the sources of its claims."""
    entry: CaseStudy = context["entry"]
    sources = dict.fromkeys(claim.source for claim in context["claims"] if is_web_address(claim.source))
    writers = {one.author for one in (context["first"], context["latest"]) if one}
    text = _written(
        entry, "Article", description=entry.use_case, author=_people(sorted(writers, key=str)), wordCount=entry.words,
        about={"@type": "Organization", "name": entry.organisation}, citation=list(sources),
    )  # fmt: skip
    return data_block(text, _crumbs((_("Case studies"), "/case-studies/"), *_titled([entry])))


@register.simple_tag(takes_context=True)
def comparison_data(context: template.Context) -> SafeString:
    """A comparison with what it compares."""
    entry: Comparison = context["entry"]
    about = [{"@type": "Thing", "name": one.name} for one in context["table"].subjects]
    authors = _people(context["writers"].faces)
    text = _written(entry, "TechArticle", description=entry.summary, author=authors, about=about)
    return data_block(text, _crumbs((_("Comparisons"), "/compare/"), *_titled([entry])))


@register.simple_tag(takes_context=True)
def resource_data(context: template.Context) -> SafeString:
    """What a resource is, elsewhere, and our page about it."""
    entry: Resource = context["entry"]
    type_ = KINDS.get(entry.kind, "CreativeWork")
    is_code = type_ == "SoftwareSourceCode"
    work: Thing = {
        "@type": type_, "@id": f"{_at(entry.get_absolute_url())}#work", "name": entry.title, "url": entry.url,
        "description": entry.summary, "mainEntityOfPage": _at(entry.get_absolute_url()), "license": entry.licence,
        "author": [{"@type": "Person", "name": name} for name in entry.authors],
        "datePublished": str(entry.year or ""), "programmingLanguage": entry.language if is_code else "",
        "codeRepository": entry.url if is_code and entry.host == "github.com" else "",
    }  # fmt: skip
    return data_block(work, _crumbs((_("Resources"), "/resources/"), *_titled([*context["trail"], entry])))


@register.simple_tag(takes_context=True)
def section_data(context: template.Context) -> SafeString:
    """A section as a list of what sits right in it."""
    entry = context["entry"]
    seated = [seat.placement.resource for seat in context["seats"] if seat.placement]
    page = {
        "@type": "CollectionPage",
        "url": _at(entry.get_absolute_url()),
        "name": entry.title,
        "dateModified": entry.changed_at.isoformat(timespec="seconds"),
        "mainEntity": _items(_titled(seated[:MOST]), len(seated)),
    }
    return data_block(page, _crumbs(*_titled([*context["trail"], entry])))


@register.simple_tag(takes_context=True)
def list_data(context: template.Context, name: str, path: str, rows: Iterable[Any] | None = None) -> SafeString:
    """A page of a list: of `rows`, or of what the page itself has."""
    page = context["page"]
    shown = _titled(page if rows is None else rows)[:MOST]
    return _list_block(get_language(), tuple(shown), page.paginator.count, name, path)


@register.simple_tag
def tags_data(name: str, path: str, tags: Iterable[Any]) -> SafeString:
    """All tags."""
    rows = [(tag.name, f"/tags/{quote(tag.slug)}/") for tag in tags]
    return _list_block(get_language(), tuple(rows[:MOST]), len(rows), name, path)


@lru_cache(maxsize=500)
def _list_block(_language: str, rows: tuple[tuple[str, str], ...], total: int, name: str, path: str) -> SafeString:
    return data_block(_items(rows, total), _crumbs((name, path)))


@register.simple_tag
def site_data() -> SafeString:
    """The site with its search, and the knowledge base as a data set with the forms that it can be taken in."""
    site = {
        "@type": "WebSite", "@id": _at("/#site"), "url": _at("/"), "name": "RayHub", "inLanguage": get_language(),
        "potentialAction": {"@type": "SearchAction", "target": _at("/search/?q={words}"), "query-input": "required name=words"},
    }  # fmt: skip
    forms = (
        ("README.md", "text/markdown", "/README.md"),
        ("JSON", "application/json", "/api/v1/resources/"),
        ("CSV", "text/csv", "/case-studies.csv"),
        (_("Texts as Markdown"), "text/plain", "/llms-full.txt"),
    )
    data = {
        "@type": "Dataset", "@id": _at("/#data"), "url": _at("/"), "name": _("RayHub: what there is around Ray"),
        "description": _(
            "Libraries, projects, papers and talks around the distributed computing framework Ray, with guides, case "
            "studies whose claims have sources, and comparisons; kept by its readers, with every change."
        ),
        "creator": _us(), "isAccessibleForFree": True, "keywords": "Ray, distributed computing, machine learning",
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": _at(path)}
            for name, kind, path in forms
        ],
    }  # fmt: skip
    return data_block(site, data, _us())

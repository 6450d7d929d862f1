"""What the pages of the search need."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from django import template
from django.template.loader import render_to_string
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rayhub.escaping import escaped
from resources.entries.models import Entry, Resource
from resources.history.freshness import kept
from resources.search.facets import HEALTH_OF, HEALTH_WORDS, KINDS
from resources.search.query import Hit, Results
from resources.search.related import related
from resources.search.snippets import Piece
from resources.templatetags.face import noted_links
from resources.templatetags.once import part

register = template.Library()

TROUBLE = {"broken": "red", "failing": "amber", "gone": "red", "archived": "amber"}


@register.simple_tag
def question(words: str) -> str:
    """The address of a search for these words."""
    return f"/search/?{urlencode({'q': words})}"


@register.simple_tag
def facet_boxes(found: Results) -> SafeString:
    """What results differ by: each value a link to the same search with one more operator. Put together here, since there are
    dozens.
    """
    same = "".join(f"{quote_plus(piece)}+" for piece in found.question.pieces)
    boxes = []
    for facet in found.facets:
        rows = "".join(
            f'<li><a href="/search/?q={same}{quote_plus(value.operator)}" rel="nofollow"><span>{escaped(value.name)}</span> '
            f'<span class="count">{value.pages}</span></a></li>'
            for value in facet.values
        )
        heading = f'<h2 id="facet-{facet.word}">{escaped(facet.label)}</h2>'
        boxes.append(
            f'<section aria-labelledby="facet-{facet.word}">{heading}\n    <ul role="list">{rows}</ul>\n  </section>'
        )
    return SafeString("".join(boxes))


@register.filter
def piece(found: Piece) -> SafeString:
    """A text with what was found marked: everything is escaped, and only the marks are ours."""
    return SafeString("".join([f"<mark>{escaped(text)}</mark>" if marked else escaped(text) for text, marked in found]))


@register.simple_tag(takes_context=True)
def related_entries(
    context: template.Context, entry: Entry, form: str = "aside", others: Iterable[Entry] = ()
) -> SafeString:
    """What is related to an entry and why, kept until something is published, a minute at most: "rows" for the column of the
    text, "aside" for beside it. `others` are left out: the page shows them elsewhere.
    """
    name = f"related:{entry.pk}:{get_language()}:{form}"
    return kept(name, lambda: _related(entry, form, {one.pk for one in others}), context["request"])


def _related(entry: Entry, form: str, others: set[int]) -> SafeString:
    found = [one for one in related(entry) if one.entry not in others]
    if not found:
        return SafeString("")
    if form == "aside":
        return related_box((one.address, one.title, one.note) for one in found)
    resources = Resource.objects.with_health().in_bulk([one.entry for one in found])
    rows = [(one, resources.get(one.entry)) for one in found]
    return render_to_string("components/related.html", {"related": rows})


def related_box(rows: Iterable[tuple[str, str, str]]) -> SafeString:
    """What is related, as (address, title, note), for beside a text."""
    return part("components/related_box.html", {}, rows=noted_links(rows))


@register.simple_tag
def result(hit: Hit) -> SafeString:
    """One result as a row."""
    health = HEALTH_OF.get(hit.health, "")
    language = get_language()
    key: dict[str, Any] = {
        "kind": _in_words("kind", hit.kind, language),
        "health": health if hit.health in TROUBLE else "",
        "health_words": _in_words("health", health, language),
        "state": hit.state if hit.state in TROUBLE else "",
        "verified": hit.verified,
        "places": len(hit.places),
    }
    places = {f"place_{number}": _link(one.address, one.title) for number, one in enumerate(hit.places)}
    return part("search/result.html", key, address=hit.address, title=piece(hit.title), text=piece(hit.piece), **places)


@lru_cache(maxsize=500)
def _in_words(table: str, word: str, _language: str | None) -> str:
    """What a kind or a health is called: keys of drawings are compared often, and lazy words make that slow."""
    return str((KINDS if table == "kind" else HEALTH_WORDS).get(word, ""))


def _link(address: str, title: str) -> SafeString:
    return SafeString(f'<a href="{escaped(address)}">{escaped(title)}</a>')

"""What the pages need beyond Django's own tags."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from time import time
from typing import Any, Protocol, cast
from urllib.parse import quote
from zlib import crc32

from django import template
from django.conf import settings
from django.template.defaultfilters import date as formatted
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.timezone import get_current_timezone_name, localtime, now
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from rayhub.escaping import escaped
from resources.entries.models import Entry, Section
from resources.entries.naming import Found
from resources.entries.tree import Branch
from resources.history.freshness import sign_for
from resources.templatetags.icons import icon
from resources.templatetags.once import drawn
from resources.text.anchoring import with_ids

register = template.Library()

MOST_PARTS = 60
"""Headings that a list of contents names."""

HUES = 8
"""How many colours avatars have."""

WHOLE_TREE = 60
"""Up to so many sections the frame shows them all; of more, the top ones and those around the page."""


class Seen(Protocol):
    """A person as pages show them; called by what str() gives."""

    @property
    def name(self) -> str: ...

    @property
    def initials(self) -> str: ...

    def get_absolute_url(self) -> str: ...


@register.filter
def rendered(markup: str) -> SafeString:
    """HTML that our renderer made and sanitised, put on the page as it is. No other text of a person may be marked safe."""
    return mark_safe(markup)  # noqa: S308  # the one place, for HTML that text.markdown made


@register.filter
def rendered_apart(markup: str, prefix: object) -> SafeString:
    """As `rendered`, where several texts stand on one page: this one's ids begin with "p", the prefix and a hyphen."""
    return rendered(with_ids(markup, f"p{prefix}-"))


@register.simple_block_tag
def captured(content: SafeString) -> SafeString:
    """What stands between the tags, kept for several uses: `{% captured as title %}{% block title %}…`."""
    return content


@register.simple_tag
def when(moment: datetime, form: str = "date") -> SafeString:
    """A moment as its date (or its date and time: form "full"), with how long ago that was in the title."""
    return _when(moment, form, get_language(), get_current_timezone_name(), int(time() // 60))


@lru_cache(maxsize=5_000)
def _when(moment: datetime, form: str, _language: str | None, _zone: str, _minute: int) -> SafeString:
    """The same for a minute, in one language and zone: pages have many moments, and lists share them."""
    local = localtime(moment)
    words = formatted(local, pgettext("date and time", "j F Y, H:i") if form == "full" else pgettext("date", "j F Y"))
    recent = now() - moment < timedelta(minutes=1)
    ago = _("just now") if recent else _("%(span)s ago") % {"span": timesince(moment, depth=1)}
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), ago, words)


@register.simple_tag
def contents(headings: list[dict[str, Any]]) -> SafeString:
    """The parts of a text as a list of links; `headings` are records {level, text, anchor}."""
    rows = "".join(
        f"<li{' class="lower"' if one['level'] == 3 else ''}>{_link('#' + one['anchor'], one['text'])}</li>"
        for one in headings[:MOST_PARTS]
        if one["level"] < 4
    )
    return SafeString(f'<ul role="list" class="contents">{rows}</ul>')


def _link(address: str, words: str) -> str:
    return f'<a href="{escaped(address)}">{escaped(words)}</a>'


@register.simple_tag
def avatar(person: Seen, size: str = "") -> SafeString:
    """A person's initials in a colour of their own; the name stands beside them. `size`: "" or "large"."""
    hue = crc32(person.name.lower().encode()) % HUES
    initials = escaped(person.initials[:2])
    return SafeString(f'<span class="avatar hue-{hue}{size and f" {size}"}" aria-hidden="true">{initials}</span>')


@register.simple_tag
def faces(people: Iterable[Seen]) -> SafeString:
    """People as a list of links."""
    rows = "".join([f"<li>{person_link(person)}</li>" for person in people])
    return SafeString(f'<ul class="faces">{rows}</ul>')


@register.simple_tag
def person_link(person: Seen) -> SafeString:
    """A person with a face, as a link."""
    address = escaped(person.get_absolute_url())
    return SafeString(f'<a class="person" href="{address}">{avatar(person)}{escaped(str(person))}</a>')


def link_rows(links: Iterable[tuple[str, str]]) -> SafeString:
    """Links to pages, as (address, title), as rows of a list."""
    return SafeString("".join([f"<li>{_link(address, title)}</li>" for address, title in links]))


def link_list(links: Iterable[tuple[str, str]]) -> SafeString:
    """The same as a plain list."""
    return SafeString(f'<ul role="list" class="contents">{link_rows(links)}</ul>')


def noted_links(links: Iterable[tuple[str, str, str]]) -> SafeString:
    """Rows of links with a note each, as (address, title, note)."""
    return SafeString(
        "".join(
            f'<li>{_link(address, title)} <span class="muted small">{escaped(note)}</span></li>'
            for address, title, note in links
        )
    )


@register.simple_tag
def text_links(found: Iterable[Found]) -> SafeString:
    """Entries of several kinds as a list of links, each with its kind."""
    kinds = dict(Entry.Type.choices)
    rows = noted_links((one.get_absolute_url(), one.title, str(kinds[one.type])) for one in found)
    return SafeString(f'<ul class="asks">{rows}</ul>')


def tag_links(tags: Iterable[tuple[str, str]]) -> SafeString:
    """Tags, as (slug, name), as links to what has them."""
    rows = "".join(
        f'<li><a class="badge" href="/tags/{quote(slug)}/">{icon("tag")}{escaped(name)}</a></li>' for slug, name in tags
    )
    return SafeString(f'<ul class="tags">{rows}</ul>')


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """The page's one address: without its query, but for the number of a later page."""
    request = context["request"]
    page = request.GET.get("page", "") if request.META.get("QUERY_STRING") else ""
    later = page.isdecimal() and int(page[:9]) > 1 and "page" in context
    return f"{settings.SITE_URL}{request.path}{f'?page={context["page"].number}' if later else ''}"


@register.simple_tag(takes_context=True)
def without(context: template.Context, *names: str) -> str:
    """The present address without these parts of its query, and on the first page."""
    query = context["request"].GET.copy()
    for name in (*names, "page"):
        query.pop(name, None)
    filled = [(name, value) for name, values in query.lists() for value in values if value]
    query.clear()
    for name, value in filled:
        query.appendlist(name, value)
    return f"?{query.urlencode()}" if query else context["request"].path


@register.filter
def signed(number: int | None) -> str:
    """A difference with its sign; nothing for None."""
    if number is None:
        return ""
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "±0"


@dataclass(slots=True)
class TreeRow:
    """One line of the section tree: whether a list of children begins after it, and how many lists end there."""

    branch: Branch
    current: bool
    within: bool
    opens: bool = False
    closes: str = ""


@register.simple_tag(takes_context=True)
def nav_tree(context: template.Context) -> SafeString:
    """The section tree with counts, the page's own place in it marked; drawn once for each place and publication."""
    entry = context.get("entry")
    trail = frozenset(section.pk for section in context.get("trail") or [])
    here = entry.pk if isinstance(entry, Section) else None

    def draw() -> str:
        tree = _tree(context)
        rows = list(_rows(tree, here, trail | {here}, whole=_size(tree) <= WHOLE_TREE))
        return render_to_string("components/tree.html", {"rows": rows})

    if not callable(context.get("section_tree", [])):
        return mark_safe(draw())  # noqa: S308  # a template's own
    # All pieces: a title can hold the sign that parts are cut at.
    return mark_safe("".join(drawn(draw, "tree", sign_for(context["request"]), here, trail)))  # noqa: S308  # a template's own


@register.simple_tag(takes_context=True)
def count_of(context: template.Context, section: Section) -> int | str:
    """The live resources in a section and below it, by the tree of the frame; nothing where a list stands for them."""
    return _counts(_tree(context)).get(section.pk, 0)


def _tree(context: template.Context) -> list[Branch]:
    """The page's section tree: what the view gave, or read once and kept with the request."""
    given = context.get("section_tree", [])
    if not callable(given):
        return cast("list[Branch]", given)
    kept = context["request"].__dict__
    if "kept_section_tree" not in kept:
        kept["kept_section_tree"] = given()
    return cast("list[Branch]", kept["kept_section_tree"])


def _counts(tree: list[Branch]) -> dict[int, int | str]:
    counts: dict[int, int | str] = {
        branch.section.pk: "" if branch.lists_others and not branch.count else branch.count for branch in tree
    }
    for branch in tree:
        counts |= _counts(branch.children)
    return counts


def _size(tree: list[Branch]) -> int:
    return sum(1 + _size(branch.children) for branch in tree)


def _rows(tree: list[Branch], here: int | None, around: AbstractSet[int | None], *, whole: bool) -> Iterable[TreeRow]:
    for branch in tree:
        pk = branch.section.pk
        row = TreeRow(branch, pk == here, pk in around and pk != here)
        below = list(_rows(branch.children, here, around, whole=whole)) if whole or pk in around else []
        if below:
            row.opens = True
            below[-1].closes += "x"
        yield row
        yield from below

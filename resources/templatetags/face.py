"""What the pages need beyond Django's own tags."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from zlib import crc32

from django import template
from django.conf import settings
from django.template.defaultfilters import date as formatted
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from resources.entries.models import Section
from resources.entries.tree import Branch
from resources.text.anchoring import with_ids

register = template.Library()

HUES = 8
"""How many colours avatars have."""

WHOLE_TREE = 60
"""Up to so many sections the frame shows them all; of more, the top ones and those around the page."""


@register.filter
def rendered(html: str) -> SafeString:
    """HTML that our renderer made and sanitised, put on the page as it is. Nothing else may be marked safe."""
    return mark_safe(html)  # noqa: S308  # the one place, for HTML that text.markdown made


@register.filter
def rendered_apart(html: str, prefix: object) -> SafeString:
    """As `rendered`, where several texts stand on one page: this one's ids begin with "p", the prefix and a hyphen."""
    return rendered(with_ids(html, f"p{prefix}-"))


@register.simple_block_tag
def captured(content: SafeString) -> SafeString:
    """What stands between the tags, kept for several uses: `{% captured as title %}{% block title %}…`."""
    return content


@register.simple_tag
def when(moment: datetime, form: str = "date") -> SafeString:
    """A moment as its date (or its date and time: form "full"), with how long ago that was in the title."""
    local = localtime(moment)
    words = formatted(local, pgettext("date and time", "j F Y, H:i") if form == "full" else pgettext("date", "j F Y"))
    recent = now() - moment < timedelta(minutes=1)
    ago = _("just now") if recent else _("%(span)s ago") % {"span": timesince(moment, depth=1)}
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), ago, words)


@register.inclusion_tag("components/avatar.html")
def avatar(person: User, size: str = "") -> dict[str, Any]:
    """A person's initials in a colour of their own. `size`: "" or "large"."""
    return {"initials": person.initials[:2], "hue": crc32(person.name.lower().encode()) % HUES, "size": size}


@register.simple_tag(takes_context=True)
def canonical(context: template.Context) -> str:
    """The page's one address: without its query, but for the number of a later page."""
    request = context["request"]
    page = request.GET.get("page", "")
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


@register.filter
def elided(page: Any) -> list[int | str]:
    """The page numbers of a pager, far ones left out."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))


@dataclass(slots=True)
class TreeRow:
    """One line of the section tree: whether a list of children begins after it, and how many lists end there."""

    branch: Branch
    current: bool
    within: bool
    opens: bool = False
    closes: str = ""


@register.inclusion_tag("components/tree.html", takes_context=True)
def nav_tree(context: template.Context) -> dict[str, Any]:
    """The section tree with counts, the page's own place in it marked. The page's `section_tree` is read once."""
    tree = _tree(context)
    entry = context.get("entry")
    trail = {section.pk for section in context.get("trail") or []}
    here = entry.pk if isinstance(entry, Section) else None
    whole = _size(tree) <= WHOLE_TREE
    return {"rows": list(_rows(tree, here, trail | {here}, whole=whole))}


@register.simple_tag(takes_context=True)
def count_of(context: template.Context, section: Section) -> int:
    """The live resources in a section and below it, by the tree of the frame."""
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


def _counts(tree: list[Branch]) -> dict[int, int]:
    counts = {branch.section.pk: branch.count for branch in tree}
    for branch in tree:
        counts |= _counts(branch.children)
    return counts


def _size(tree: list[Branch]) -> int:
    return sum(1 + _size(branch.children) for branch in tree)


def _rows(tree: list[Branch], here: int | None, around: set[int | None], *, whole: bool) -> Iterable[TreeRow]:
    for branch in tree:
        pk = branch.section.pk
        row = TreeRow(branch, pk == here, pk in around and pk != here)
        below = list(_rows(branch.children, here, around, whole=whole)) if whole or pk in around else []
        if below:
            row.opens = True
            below[-1].closes += "x"
        yield row
        yield from below

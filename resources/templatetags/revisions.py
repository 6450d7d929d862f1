"""Revisions in lists and beside one another: put together here, since templates are slow at many small values."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from resources.entries.models import Entry
from resources.history.models import Revision
from resources.templatetags.face import person_link, signed, when
from resources.templatetags.once import drawn, part
from resources.templatetags.tabs import entry_tabs

register = template.Library()

LONGEST_LINE = 200
"""Signs of a summary that a list shows."""


@register.simple_tag
def act_badge(revision: Revision) -> SafeString:
    """What was done, as a badge."""
    return SafeString(
        drawn(lambda: render_to_string("components/act.html", {"revision": revision}), "act", revision.act)[0]
    )


@register.simple_tag
def acceptance(revision: Revision) -> SafeString:
    """Who let a proposal through, and how weighty the edit is, where there is something to say of it."""
    if revision.accepted_by_id is None and revision.significance == Revision.Significance.CONTENT:
        return SafeString("")
    return render_to_string("components/accepted_by.html", {"revision": revision})


@register.simple_tag(takes_context=True)
def revision_list(context: template.Context) -> SafeString:
    """The revisions on a page of an entry's history; the context is what its view gives."""
    entry: Entry = context["entry"]
    page, url = context["page"], entry.get_absolute_url()
    shape = {
        "several": page.paginator.count > 1,
        "may_take_back": context["may_take_back"],
    }
    rows = [_row(entry, revision, place, shape) for place, revision in enumerate(page)]
    return part("history/revision_list.html", shape, url=url, rows=SafeString("".join(rows)))


def _row(entry: Entry, revision: Revision, place: int, shape: dict[str, Any]) -> SafeString:
    number, headline = revision.number, revision.headline
    own_shape = {
        "is_first": place == 0,
        "is_second": place == 1,
        "has_summary": bool(revision.summary),
        "has_earlier": number > 1,
        "is_latest": number == entry.revision_number,
    }
    return part(
        "history/revision_row.html",
        shape | own_shape,
        url=entry.get_absolute_url(),
        number=number,
        earlier=number - 1,
        headline=headline if len(headline) <= LONGEST_LINE else Truncator(headline).chars(LONGEST_LINE),
        act=act_badge(revision),
        author=revision.author,
        person=person_link(revision.author),
        acceptance=acceptance(revision),
        when=when(revision.created_at, "full"),
        size=_("%(size)s characters in all") % {"size": revision.size},
        growth=signed(vars(revision)["growth"]),
    )


@register.simple_tag(takes_context=True)
def compared_head(context: template.Context) -> SafeString:
    """The two revisions of a comparison, and the ways from it to others; the context is what its view gives."""
    entry: Entry = context["entry"]
    before, after, url = context["before"], context["after"], entry.get_absolute_url()
    earlier, later = context["previous"] or ("", ""), context["next"] or ("", "")
    shape = {
        "split": context["split"],
        "has_earlier": bool(context["previous"]),
        "has_later": bool(context["next"]),
        "may_take_back": context["may_take_back"],
    }
    return part(
        "history/compared_head.html",
        shape,
        heading=_("What changed in %(title)s") % {"title": entry.title},
        tabs=entry_tabs(entry, "history"),
        before=_side(before, url),
        after=_side(after, url),
        url=url,
        path=context["request"].path,
        number=after.number,
        earlier="..".join(map(str, earlier)),
        later="..".join(map(str, later)),
    )


def _side(revision: Revision, entry_url: str) -> SafeString:
    return part(
        "history/compared_side.html",
        {"has_summary": bool(revision.summary)},
        url=f"{entry_url}history/{revision.number}/",
        number=revision.number,
        act=act_badge(revision),
        person=person_link(revision.author),
        acceptance=acceptance(revision),
        when=when(revision.created_at, "full"),
        summary=SafeString(linebreaks(revision.summary, autoescape=True)),
    )

"""Link health on pages: a word with its colour and picture, never the colour alone."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rayhub.escaping import escaped
from resources.entries.health import COLOURS, ICONS, IN_DOUBT, Health, health_of
from resources.entries.models import Entry
from resources.fetching.visits import Verdict
from resources.links.models import Check, Link
from resources.links.troubles import Troubles, troubles_of
from resources.links.wording import cause_name, remedy_of, sentence_of
from resources.templatetags.icons import icon
from resources.templatetags.once import drawn

register = template.Library()

_MARK = "\ue0f1"


@register.simple_tag
def health_badge(link: Link) -> SafeString:
    """How a link stands, whatever that is."""
    return badge(health_of(link))


def badge(health: Health) -> SafeString:
    """A health as a badge."""
    colour = COLOURS.get(health, "")
    label = escaped(str(health.label))
    return SafeString(f'<span class="badge{colour and f" {colour}"}">{icon(ICONS[health])}{label}</span>')


@register.simple_tag
def health_mark(link: Link | None) -> SafeString:
    """For lists: that something is wrong with a resource's link or in doubt, with the way to what is known; else nothing."""
    if link is None or (health := health_of(link)) not in IN_DOUBT:
        return SafeString()
    return mark(link.pk, health)


def mark(link: int, health: Health) -> SafeString:
    """That something is wrong with the link of this number, with the way to what is known."""
    pieces = drawn(lambda: _mark(health), "health mark", health)
    return SafeString(f" {pieces[0]}{link}{pieces[1]}")


def _mark(health: Health) -> str:
    colour = COLOURS.get(health, "")
    words = escaped(MARKS[health]())
    return f'<a class="badge{colour and f" {colour}"}" href="/links/{_MARK}/">{icon(ICONS[health])}{words}</a>'


MARKS = {
    Health.BROKEN: lambda: _("link broken"),
    Health.FAILING: lambda: _("link failing"),
    Health.DRIFTED: lambda: _("link shows another page"),
    Health.MOVED: lambda: _("link moved"),
    Health.BLOCKED: lambda: _("link cannot be tested"),
}


@register.simple_tag
def check_badge(check: Check) -> SafeString:
    """What a run of visits said, as a badge."""
    if check.cause == Health.DRIFTED:
        return badge(Health.DRIFTED)
    if check.verdict == Verdict.BROKEN:
        words = pgettext("a visit", "failed")
        return SafeString(f'<span class="badge red">{icon("gone")}{escaped(words)}</span>')
    return badge(Health(check.verdict))


@register.filter
def explained(found: Any) -> str:
    """The sentence that says what a visit, or a run of visits, found."""
    return sentence_of(found)


@register.filter
def remedied(link: Link) -> str:
    """What can be done about a link."""
    return remedy_of(link)


@register.filter
def cause_words(cause: str) -> str:
    """A cause in two or three words."""
    return cause_name(cause)


@register.simple_tag
def link_troubles(entry: Entry) -> Troubles:
    """The links of an entry that are in doubt; one query."""
    return troubles_of(entry.pk)


@register.simple_tag
def source_mark(troubles: Troubles | None, address: str) -> SafeString:
    """A mark beside a source whose link is in doubt; nothing where `troubles` were not asked for."""
    found = troubles.of(address) if troubles else None
    return mark(found.link, found.health) if found else SafeString()


@register.simple_tag
def trouble_box(entry: Entry, troubles: Troubles) -> SafeString:
    """For the side of a page: how many of its links are in doubt, with the way to them; nothing where none is."""
    counted = troubles.counted()
    return SafeString(
        render_to_string("links/trouble_box.html", {"entry": entry, "counted": counted}) if counted else ""
    )

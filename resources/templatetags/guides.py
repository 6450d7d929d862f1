"""Rows of guides."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from resources.entries.guide_lists import Bough
from resources.templatetags.once import part, parts

register = template.Library()


@register.simple_tag
def guide_line(guide: Any, level: int | str = "") -> SafeString:
    """A guide's title, its minutes and its summary."""
    return guide_lines([guide], level)[0]


def guide_lines(guides: Iterable[Any], level: int | str = "") -> list[SafeString]:
    """The same of many guides."""
    guides = list(guides)
    words = {minutes: minutes_words(minutes) for minutes in {guide.minutes for guide in guides}}
    rows = [
        {
            "url": guide.get_absolute_url(),
            "title": guide.title,
            "summary": guide.summary,
            "minutes": words[guide.minutes],
        }
        for guide in guides
    ]
    return parts("components/guide_line.html", {"level": level or 2}, rows)


def minutes_words(minutes: int) -> SafeString:
    """How long a text takes to read, in words."""
    return part("components/minutes.html", {"minutes": minutes})


@register.simple_tag
def bough_rows(boughs: Iterable[Bough]) -> SafeString:
    """Guides as rows, each with those below it."""
    boughs = list(boughs)
    lines = guide_lines(bough.guide for bough in boughs)
    return SafeString("".join([f"<li>{line}{_below(bough)}</li>" for bough, line in zip(boughs, lines, strict=True)]))


def _below(bough: Bough) -> str:
    return render_to_string("entries/bough.html", {"bough": bough}) if bough.below or bough.more else ""

"""Rows of guides."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from resources.entries.guide_lists import Bough
from resources.templatetags.once import part

register = template.Library()


@register.simple_tag
def guide_line(guide: Any, level: int | str = "") -> SafeString:
    """A guide's title, its minutes and its summary."""
    given = {"title": guide.title, "summary": guide.summary, "minutes": minutes_words(guide.minutes)}
    return part("components/guide_line.html", {"level": level or 2}, url=guide.get_absolute_url(), **given)


def minutes_words(minutes: int) -> SafeString:
    """How long a text takes to read, in words."""
    return part("components/minutes.html", {"minutes": minutes})


@register.simple_tag
def bough_rows(boughs: Iterable[Bough]) -> SafeString:
    """Guides as rows, each with those below it."""
    rows = (
        f"<li>{guide_line(bough.guide)}"
        f"{render_to_string('entries/bough.html', {'bough': bough}) if bough.below or bough.more else ''}</li>"
        for bough in boughs
    )
    return SafeString("".join(rows))

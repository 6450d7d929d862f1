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
    return guide_lines([_line(guide)], level)[0]


def guide_lines(guides: Iterable[tuple[str, str, str, int]], level: int | str = "") -> list[SafeString]:
    """The same of many guides, as (address, title, summary, minutes)."""
    words: dict[int, SafeString] = {}
    rows = []
    for address, title, summary, minutes in guides:
        words[minutes] = words.get(minutes) or minutes_words(minutes)
        rows.append({"url": address, "title": title, "summary": summary, "minutes": words[minutes]})
    return parts("components/guide_line.html", {"level": level or 2}, rows)


def _line(guide: Any) -> tuple[str, str, str, int]:
    return guide.get_absolute_url(), guide.title, guide.summary, guide.minutes


def minutes_words(minutes: int) -> SafeString:
    """How long a text takes to read, in words."""
    return part("components/minutes.html", {"minutes": minutes})


@register.simple_tag
def bough_rows(boughs: Iterable[Bough]) -> SafeString:
    """Guides as rows, each with those below it."""
    boughs = list(boughs)
    lines = guide_lines(_line(bough.guide) for bough in boughs)
    return SafeString("".join([f"<li>{line}{_below(bough)}</li>" for bough, line in zip(boughs, lines, strict=True)]))


def _below(bough: Bough) -> str:
    return render_to_string("entries/bough.html", {"bough": bough}) if bough.below or bough.more else ""

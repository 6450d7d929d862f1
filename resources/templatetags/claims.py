"""Claims in words: when their sources were published."""

from datetime import date

from django import template
from django.template.defaultfilters import date as formatted
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def day_words(published: str) -> str:
    """A year, month or day as a claim has it ("2026-05") in words ("May 2026"); as it is where it is none."""
    parts = published.split("-")
    try:
        day = date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError:
        return published
    forms = ("Y", pgettext("date", "F Y"), pgettext("date", "j F Y"))
    return formatted(day, forms[len(parts) - 1])

"""Claims in words: when their sources were published."""

from datetime import date
from typing import Any

from django import template
from django.template.defaultfilters import date as formatted
from django.utils.translation import pgettext

from resources.entries.claims import claims_in
from resources.entries.content import Content

register = template.Library()


@register.inclusion_tag("components/claims.html")
def claims_of(content: Content) -> dict[str, Any]:
    """The claims of a content that is not live, without ways to act on them."""
    return {"claims": claims_in(content)}


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

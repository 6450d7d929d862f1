"""What pages say about proposals: how long they wait, and how many there are."""

from datetime import datetime, timedelta

from django import template
from django.template.loader import render_to_string
from django.utils import timezone

from rayhub.prepared import Prepared
from resources.entries.models import Entry
from resources.moderation.promise import sentence
from resources.moderation.promise import span as in_words
from resources.proposals.models import Proposal

register = template.Library()


@register.filter
def span(wait: timedelta | None) -> str:
    """A wait in a round figure: "5 h"; nothing where there is none."""
    return in_words(wait) if wait is not None else ""


@register.filter
def waited(since: datetime) -> str:
    """How long something has waited: "5 h"."""
    return in_words(timezone.now() - since)


SHOWN = 20
"""Proposals that an entry's page names."""

_waiting = Prepared(
    lambda pk: Proposal.objects.unfinished().filter(entry=pk).longest_waiting().values_list("pk")[:SHOWN]
)


@register.simple_tag
def pending(entry: Entry) -> str:
    """What readers are told of an entry's proposals: how many there are, and how long they usually wait."""
    numbers = [number for (number,) in _waiting(entry.pk)]
    if not numbers:
        return ""
    more = len(numbers) == SHOWN
    given = {"numbers": numbers, "count": len(numbers), "more": more, "promise": sentence()}
    return render_to_string("components/pending.html", given)

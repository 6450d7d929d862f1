"""Where repairs of links show on other pages: the queue, one of their proposals, and the page of a link."""

from django import template
from django.template.loader import render_to_string

from resources.links.models import Link
from resources.proposals.models import AS_ONE, Proposal
from resources.repairs.models import Repair
from resources.repairs.reading import counted_by_cause, in_order

register = template.Library()

SHOWN = 3
"""Repairs that the queue names; the others are on their own page."""


@register.simple_tag
def repairs_waiting() -> str:
    """The repairs that wait, each as one item of the queue; nothing where none does."""
    causes = counted_by_cause()
    if not causes:
        return ""
    number = sum(one["number"] for one in causes)
    given = {"repairs": in_order({})[:SHOWN], "causes": causes, "number": number, "more": number - SHOWN}
    return render_to_string("repairs/waiting.html", given)


@register.simple_tag
def repair_of(proposal: Proposal) -> str:
    """The way from a proposal to the repair that it is a part of."""
    number = proposal.batch.removeprefix(AS_ONE)
    if not proposal.batch.startswith(AS_ONE) or not number.isdecimal():
        return ""
    found = Repair.objects.filter(pk=int(number)).first()
    return render_to_string("repairs/part.html", {"repair": found, "proposal": proposal}) if found else ""


@register.simple_tag
def repair_of_link(link: Link) -> str:
    """The repair of a link that waits."""
    found = Repair.objects.open().filter(link=link.pk).first()
    return render_to_string("repairs/part.html", {"repair": found}) if found else ""

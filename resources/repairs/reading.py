"""Repairs as their pages show them, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.dateparse import parse_datetime

from resources.history.comparing import Compared, compare_revisions
from resources.proposals.models import AS_ONE, Proposal
from resources.repairs.models import Repair
from resources.repairs.pages import pages_of
from resources.repairs.proposing import open_proposals

SHOWN_WHOLE = 20
"""Pages of a repair whose change is shown; of others only their titles."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a repair: its proposal, and what changes in it; no fields where that is not shown."""

    proposal: Proposal
    fields: list[Compared]


def for_rows(found: Any) -> Any:
    """With what a row of the list shows: how many pages, and the people."""
    batch = Concat(Value(AS_ONE), Cast(OuterRef("pk"), CharField()))
    undone = [Proposal.State.WITHDRAWN, Proposal.State.REJECTED]
    pages = Proposal.objects.filter(batch=batch).exclude(state__in=undone).order_by().values("batch")
    counted = Coalesce(Subquery(pages.annotate(number=Count("pk")).values("number")), Value(0))
    return found.select_related("link", "decided_by", "double").annotate(pages=counted)


def in_order(wanted: dict[str, str]) -> QuerySet[Repair]:
    """The repairs that a filter asks for: those that wait, the oldest first, or those of a state, the latest first."""
    state = wanted.get("state", Repair.State.OPEN)
    found: Any = Repair.objects.filter(state=state)
    if "cause" in wanted:
        found = found.filter(cause=wanted["cause"])
    ordered = found.order_by("created_at", "pk") if state == Repair.State.OPEN else found.order_by("-decided_at", "-pk")
    return for_rows(ordered)  # type: ignore[no-any-return]  # the annotation has no type


def counted_by_cause() -> list[dict[str, Any]]:
    """How many wait of each cause, in the order of the causes: {cause, label, number}."""
    numbers = dict(Repair.objects.open().order_by().values_list("cause").annotate(Count("pk")))
    return [
        {"cause": cause, "label": label, "number": numbers[cause]}
        for cause, label in Repair.Cause.choices
        if cause in numbers
    ]


def counted_by_state() -> dict[str, int]:
    """How many there are in each state."""
    return dict(Repair.objects.order_by().values_list("state").annotate(Count("pk")))


def pages_shown(repair: Repair) -> list[Page]:
    """The pages of a repair: what would change now while it waits, afterwards what became of each."""
    if repair.state != Repair.State.OPEN:
        found = Proposal.objects.filter(batch=repair.batch).select_related("entry", "revision").defer("content")
        return [Page(proposal, []) for proposal in found.order_by("title", "pk")]
    changes = {page.entry.pk: page for page in pages_of(repair)}
    pages: list[Page] = []
    for proposal in open_proposals(repair).select_related("entry").defer("content", "entry__html"):
        page = changes.get(proposal.entry_id or 0)
        whole = page is not None and len(pages) < SHOWN_WHOLE
        fields = compare_revisions(type(page.entry), page.before, page.after) if page is not None and whole else []
        pages.append(Page(proposal, fields))
    return pages


def evidence_shown(repair: Repair) -> list[dict[str, Any]]:
    """The visits that tell so, with their moments."""
    return [
        one | {"first_at": parse_datetime(one["first_at"]), "last_at": parse_datetime(one["last_at"])}
        for one in repair.evidence
    ]

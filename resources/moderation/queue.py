"""The review queue: what waits, narrowed and counted in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from resources.entries.models import Entry, Section
from resources.moderation.forms import QueueFilter
from resources.proposals.models import Proposal

COLUMNS = {"kind": "type", "act": "act", "checks": "check_state", "standing": "standing"}
"""Filters whose value is a column's word."""
BATCHES = 20


def read_filter(query: Any) -> QueueFilter:
    """The filter that an address asks for."""
    sections = Section.objects.live().order_by("title", "pk").values_list("pk", "title")
    return QueueFilter(query, sections=list(sections))


def in_queue(wanted: dict[str, str]) -> Any:
    """The proposals that a filter asks for: what waits comes in the order of waiting, what is decided newest first."""
    state = wanted.get("state", Proposal.State.OPEN)
    found = Proposal.objects.filter(state=state)
    for name, column in COLUMNS.items():
        if name in wanted:
            found = found.filter(**{column: wanted[name]})
    if "author" in wanted:
        found = found.filter(author__name__iexact=wanted["author"])
    if "batch" in wanted:
        found = found.filter(batch=wanted["batch"])
    elif "author" not in wanted and state == Proposal.State.OPEN:
        found = found.one_by_one()
    if "section" in wanted:
        found = _in_section(found, int(wanted["section"]))
    if state in {Proposal.State.ACCEPTED, Proposal.State.REJECTED}:
        return found.order_by("-decided_at", "-pk")
    return found.longest_waiting()


def _in_section(found: Any, section: int) -> Any:
    """Those that want to sit there, and those on the section itself. Seats are looked for in the JSON as it is written."""
    seats = Cast(KeyTextTransform("placements", "content"), TextField())
    here = Q(seats__regex=rf'"section": ?{section}[,}}]') | Q(entry=section, type=Entry.Type.SECTION)
    return found.annotate(seats=seats).filter(here)


def for_rows(found: Any) -> Any:
    """With what a row of the queue shows."""
    others = Proposal.objects.filter(author=OuterRef("author")).exclude(pk=OuterRef("pk"))
    return found.for_rows().annotate(has_others=Exists(others))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are of one value of a filter."""

    name: str
    value: str
    label: str
    count: int

    @property
    def query(self) -> dict[str, str]:
        """What this filter adds to an address."""
        return {self.name: self.value}


def tallies(state: str) -> dict[str, list[Tally]]:
    """Filter → how many of each value there are in this state, in two queries; values that nobody has are left out."""
    choices: dict[str, Any] = {
        "kind": Entry.Type,
        "act": Proposal.Act,
        "checks": Proposal.CheckState,
        "standing": Proposal.Standing,
    }
    counts = {
        f"{name}_{value}": Count("pk", filter=Q(**{COLUMNS[name]: value}))
        for name, words in choices.items()
        for value in words.values
    }
    found = Proposal.objects.filter(state=state)
    if state == Proposal.State.OPEN:
        found = found.one_by_one()
    sums = found.aggregate(**counts)
    told = {
        name: [
            Tally(name, value, str(label), sums[f"{name}_{value}"])
            for value, label in words.choices
            if sums[f"{name}_{value}"]
        ]
        for name, words in choices.items()
    }
    batches = found.exclude(batch="").values_list("batch").annotate(count=Count("pk")).order_by("-count", "batch")
    told["batch"] = [Tally("batch", batch, batch, count) for batch, count in batches[:BATCHES]]
    return told


def whole_batch(batch: str, at_most: int) -> list[tuple[int, int, int | None]]:
    """What waits of a batch, in the order of the queue, as it was sent: (number, version 1, the author's base)."""
    found = Proposal.objects.waiting().filter(batch=batch).order_by("waiting_since", "pk")
    return [(number, 1, base) for number, base in found.values_list("pk", "base")[:at_most]]


def neighbours(proposal: Proposal, wanted: dict[str, str]) -> tuple[int | None, int | None]:
    """The numbers of the proposals before and after this one in the order of waiting."""
    found = in_queue({name: value for name, value in wanted.items() if name != "state"}).exclude(pk=proposal.pk)
    since, pk = proposal.waiting_since, proposal.pk
    before = found.filter(Q(waiting_since__lt=since) | Q(waiting_since=since, pk__lt=pk))
    after = found.filter(Q(waiting_since__gt=since) | Q(waiting_since=since, pk__gt=pk))
    return (
        before.order_by("-waiting_since", "-pk").values_list("pk", flat=True).first(),
        after.values_list("pk", flat=True).first(),
    )


def next_to_decide(after: Proposal, wanted: dict[str, str], *, moderator: User) -> int | None:
    """The next one that this moderator can decide: further down the queue, else from its beginning."""
    found = in_queue({name: value for name, value in wanted.items() if name != "state"})
    found = found.exclude(pk=after.pk).exclude(author=moderator)
    found = found.exclude(~Q(claimed_by=moderator), claimed_until__gt=timezone.now())
    later = Q(waiting_since__gt=after.waiting_since) | Q(waiting_since=after.waiting_since, pk__gt=after.pk)
    number: int | None = found.filter(later).values_list("pk", flat=True).first()
    return number or found.values_list("pk", flat=True).first()


def record_of(author: User) -> dict[str, int]:
    """How an author's proposals fared: {accepted, rejected, unfinished}, in one query."""
    states = Proposal.State
    counted: dict[str, int] = Proposal.objects.filter(author=author).aggregate(
        accepted=Count("pk", filter=Q(state=states.ACCEPTED)),
        rejected=Count("pk", filter=Q(state=states.REJECTED)),
        unfinished=Count("pk", filter=Q(state__in=[states.OPEN, states.CHANGES_REQUESTED])),
        withdrawn=Count("pk", filter=Q(state=states.WITHDRAWN)),
    )
    return counted

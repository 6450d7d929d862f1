"""What people's edits say of them, and how a rule reckons it: the arithmetic of trust, which writes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from resources.history.models import Event, Revision
from resources.proposals.models import Proposal

TOLERANCE = 0.9
"""Who was promoted falls only below this part of a threshold."""


@dataclass(frozen=True, slots=True)
class Rule:
    """When a contributor becomes an editor; see TRUST_RULE."""

    accepted: float
    days: float
    rejected: float
    standing: float

    @property
    def softened(self) -> "Rule":
        """The rule by which one who was promoted stays."""
        return Rule(ceil(self.accepted * TOLERANCE), 0, self.rejected / TOLERANCE, self.standing)


def present_rule() -> Rule | None:
    """The site's rule; None where it is switched off."""
    return Rule(**settings.TRUST_RULE) if settings.TRUST_RULE else None


@dataclass(slots=True)
class Edit:
    """An accepted edit, and when somebody took it back, if ever."""

    title: str
    number: int
    at: datetime
    reverted_at: datetime | None = None


@dataclass(slots=True)
class Record:
    """What became of a person's proposals."""

    joined_at: datetime
    accepted: list[Edit] = field(default_factory=list)
    rejected: list[datetime] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Condition:
    """One number of the rule: what a person has, what is needed, and whether that holds, in words."""

    have: float
    need: float
    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The arithmetic of a person's trust at a moment."""

    conditions: tuple[Condition, ...]

    @property
    def holds(self) -> bool:
        """Whether all conditions do."""
        return all(condition.holds for condition in self.conditions)

    @property
    def words(self) -> str:
        """The arithmetic in one line."""
        return ", ".join(condition.words for condition in self.conditions)

    @property
    def missing(self) -> str:
        """The conditions that do not hold."""
        return ", ".join(condition.words for condition in self.conditions if not condition.holds)


def reckon(record: Record, rule: Rule, at: datetime) -> Reckoning:
    """A record by a rule, as it stood at a moment."""
    accepted = [edit for edit in record.accepted if edit.at <= at]
    reverted = [edit for edit in accepted if edit.reverted_at is not None and edit.reverted_at <= at]
    old_enough = at - timedelta(days=rule.standing)
    standing = sum(edit.at <= old_enough for edit in accepted) - sum(edit.at <= old_enough for edit in reverted)
    rejected = sum(moment <= at for moment in record.rejected)
    decided = len(accepted) + rejected
    part = (rejected + len(reverted)) / decided if decided else 0.0
    days = max(0, (at - record.joined_at).days)
    return Reckoning(
        (
            Condition(standing, rule.accepted, standing >= rule.accepted, _accepted(standing, rule)),
            Condition(days, rule.days, days >= rule.days, _of(days, rule.days, _("%(have)s of %(need)s days"))),
            Condition(part, rule.rejected, part <= rule.rejected, _rejected(rejected + len(reverted), decided, rule)),
        )
    )


def _of(have: float, need: float, words: str) -> str:
    return words % {"have": f"{have:g}", "need": f"{need:g}"}


def _accepted(standing: int, rule: Rule) -> str:
    words = _("%(have)s of %(need)s accepted edits")
    if rule.standing:
        return (
            _of(standing, rule.accepted, words)
            + " "
            + _("(that stand after %(days)s days)") % {"days": f"{rule.standing:g}"}
        )
    return _of(standing, rule.accepted, words)


def _rejected(bad: int, decided: int, rule: Rule) -> str:
    return _("%(bad)s of %(decided)s rejected or taken back (at most %(part)s %%)") % {
        "bad": bad,
        "decided": decided,
        "part": f"{rule.rejected * 100:g}",
    }


def reckon_person(person: User, rule: Rule, at: datetime | None = None) -> Reckoning:
    """A person by a rule, now or at a moment."""
    return reckon(records([person])[person.pk], rule, at or timezone.now())


def records(people: Iterable[User]) -> dict[int, Record]:
    """Person → record, in a fixed number of queries."""
    found = {person.pk: Record(person.joined_at) for person in people}
    decided = Proposal.objects.filter(author__in=found, decided_at__isnull=False)
    for proposal in decided.filter(state=Proposal.State.REJECTED).only("author", "decided_at"):
        found[proposal.author_id].rejected.append(_decided_at(proposal))
    edits: dict[tuple[int, int], tuple[int, Edit, bool]] = {}
    accepted = decided.filter(state=Proposal.State.ACCEPTED).select_related("revision").order_by("decided_at", "pk")
    for proposal in accepted.defer("content", "checks", "revision__content"):
        assert proposal.revision is not None  # noqa: S101  # a constraint of the table says so
        edit = Edit(proposal.title, proposal.revision.number, _decided_at(proposal))
        found[proposal.author_id].accepted.append(edit)
        begins = proposal.act == Proposal.Act.CREATE
        edits[proposal.revision.entry_id, edit.number] = (proposal.author_id, edit, begins)
    _mark_reverted(edits)
    return found


def _decided_at(proposal: Proposal) -> datetime:
    assert proposal.decided_at is not None  # noqa: S101  # the query and a constraint of the table say so
    return proposal.decided_at


def _mark_reverted(edits: dict[tuple[int, int], tuple[int, Edit, bool]]) -> None:
    """An edit is taken back when somebody else undid it, or removed the entry that it began."""
    of_entry: dict[int, list[int]] = defaultdict(list)
    for entry, number in edits:
        of_entry[entry].append(number)
    events = Event.objects.filter(entry__in=of_entry, act__in=[*Revision.Act.values]).order_by("pk")
    for event in events.filter(details__has_key="undone") | events.filter(act=Revision.Act.REMOVED):
        taken: list[Any] = list(event.details.get("undone", ()))
        if event.act == Revision.Act.REMOVED:
            taken += [number for number in of_entry[event.entry_id or 0] if edits[event.entry_id or 0, number][2]]
        for number in taken:
            author, edit, _begins = edits.get((event.entry_id or 0, number), (None, None, False))
            if edit is not None and edit.reverted_at is None and event.actor_id != author:
                edit.reverted_at = event.happened_at

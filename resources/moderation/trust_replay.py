"""A rule of trust tried on the past: whom it would have made an editor, when, and what of theirs was later taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from resources.moderation.trust_records import Edit, Record, Rule, reckon, records


@dataclass(frozen=True, slots=True)
class Promotion:
    """One who would have been promoted."""

    name: str
    at: datetime
    words: str
    later: list[Edit]

    @property
    def reverted(self) -> list[Edit]:
        """What was published after the promotion and taken back."""
        return [edit for edit in self.later if edit.reverted_at is not None]


def replay(rule: Rule) -> list[Promotion]:
    """In the order of time; reads in a fixed number of queries and writes nothing."""
    people = list(User.objects.filter(proposals__state="accepted").distinct())
    kept = records(people)
    found = []
    for person in people:
        record = kept[person.pk]
        at = _first_moment(record, rule)
        if at is not None:
            later = [edit for edit in record.accepted if edit.at >= at]
            found.append(Promotion(person.name, at, reckon(record, rule, at).words, later))
    return sorted(found, key=lambda one: one.at)


def _first_moment(record: Record, rule: Rule) -> datetime | None:
    """The first moment at which the rule holds: only then can it begin to hold when a number of it grows."""
    moments = [edit.at + timedelta(days=rule.standing) for edit in record.accepted]
    moments += [edit.at for edit in record.accepted]
    moments.append(record.joined_at + timedelta(days=rule.days))
    now = timezone.now()
    return next((at for at in sorted(moments) if at <= now and reckon(record, rule, at).holds), None)

"""From visits to what readers are told: one failure is no verdict, and one success makes up for all of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from resources.fetching.visits import Cause, Verdict, Visit
from resources.links.models import Link

State = Link.State

SURE = frozenset({Cause.NOT_FOUND, Cause.GONE})
"""What a site says in so many words: twice in a row is enough."""

FAILURES = 3
"""So many failures in a row, with FAILING_FOR between the first and the last, make a link broken otherwise."""

FAILING_FOR = timedelta(days=3)

AGAIN = timedelta(days=7)
"""After which what works is tested again."""

AFTER_FAILURE = {True: (timedelta(hours=1),), False: (timedelta(hours=6), timedelta(days=1), timedelta(days=2))}
"""After which a link is tested again that failed once, twice, …: where the site was sure, and where it was not."""

WHILE_BROKEN = (timedelta(days=3), timedelta(days=7), timedelta(days=14), timedelta(days=30))
"""The same for what is broken: readers are told already, and the site is left in peace."""

BLOCKED_AGAIN, SKIPPED_AGAIN, VOID_AGAIN = timedelta(days=14), timedelta(days=30), timedelta(minutes=10)

JITTER = 0.15
"""The part by which every wait is longer or shorter, so that what came together does not come together again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a link stands: what readers are told, how often it failed in a row, and when it is due."""

    state: str = State.UNTESTED
    failures: int = 0
    failing_since: datetime | None = None
    last_cause: str = ""
    due_at: datetime = datetime(1970, 1, 1, tzinfo=UTC)


def judge(before: Standing, visit: Visit, *, chance: Random) -> Standing:
    """How a link stands after a visit."""
    if visit.void:
        after, wait = before, VOID_AGAIN
    elif visit.verdict is Verdict.BROKEN:
        after = _failed(before, visit)
        wait = _wait(after)
    else:
        state, wait = {
            Verdict.OK: (State.OK, AGAIN),
            Verdict.MOVED: (State.MOVED, AGAIN),
            Verdict.BLOCKED: (State.BLOCKED, BLOCKED_AGAIN),
            Verdict.SKIPPED: (State.SKIPPED, SKIPPED_AGAIN),
        }[visit.verdict]
        after = Standing(state, last_cause=visit.cause)
    due = visit.at + wait * (1 + JITTER * (2 * chance.random() - 1)) + timedelta(seconds=visit.retry_after)
    return Standing(after.state, after.failures, after.failing_since, after.last_cause, due)


def _failed(before: Standing, visit: Visit) -> Standing:
    failures, since = before.failures + 1, before.failing_since or visit.at
    told = before.state == State.BROKEN
    sure = visit.cause in SURE and before.last_cause in SURE and before.failures > 0
    lasting = failures >= FAILURES and visit.at - since >= FAILING_FOR
    return Standing(State.BROKEN if told or sure or lasting else State.FAILING, failures, since, visit.cause)


def _wait(after: Standing) -> timedelta:
    if after.state == State.BROKEN:
        return WHILE_BROKEN[min(max(after.failures - FAILURES, 0), len(WHILE_BROKEN) - 1)]
    waits = AFTER_FAILURE[after.last_cause in SURE]
    return waits[min(after.failures, len(waits)) - 1]

"""One failure is no verdict; what lasts is, and one success makes up for all."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.fetching.visits import Cause, Verdict, Visit
from resources.links.judging import AGAIN, JITTER, Standing, judge

START = datetime(2026, 1, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def after(*told: tuple[timedelta, Verdict, Cause], standing: Standing | None = None) -> Standing:
    standing = standing or Standing()
    for since, verdict, cause in told:
        standing = judge(standing, Visit("https://a.example", verdict, cause, at=START + since), chance=Random(1))
    return standing


OK = (Verdict.OK, Cause.FOUND)
TIMEOUT = (Verdict.BROKEN, Cause.TIMEOUT)
MISSING = (Verdict.BROKEN, Cause.NOT_FOUND)


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ([(0 * DAY, *OK)], "ok"),
        ([(0 * DAY, *TIMEOUT)], "failing"),
        ([(0 * DAY, *TIMEOUT), (HOUR, *TIMEOUT), (2 * HOUR, *TIMEOUT)], "failing"),
        ([(0 * DAY, *TIMEOUT), (DAY, *TIMEOUT), (3 * DAY, *TIMEOUT)], "broken"),
        ([(0 * DAY, *TIMEOUT), (3 * DAY, *TIMEOUT)], "failing"),
        ([(0 * DAY, *MISSING)], "failing"),
        ([(0 * DAY, *MISSING), (HOUR, *MISSING)], "broken"),
        ([(0 * DAY, *TIMEOUT), (HOUR, *MISSING)], "failing"),
        ([(0 * DAY, *TIMEOUT), (HOUR, *MISSING), (2 * HOUR, *MISSING)], "broken"),
        ([(0 * DAY, *MISSING), (HOUR, *OK), (2 * HOUR, *MISSING)], "failing"),
        ([(0 * DAY, *MISSING), (HOUR, *MISSING), (2 * HOUR, *OK)], "ok"),
        ([(0 * DAY, *MISSING), (HOUR, *MISSING), (2 * HOUR, *TIMEOUT)], "broken"),
        ([(0 * DAY, *OK), (DAY, Verdict.BLOCKED, Cause.FORBIDDEN)], "blocked"),
        ([(0 * DAY, *OK), (DAY, Verdict.BROKEN, Cause.VOID)], "ok"),
    ],
)
def test_what_readers_are_told(told, state):
    assert after(*told).state == state


def test_what_works_is_asked_again_in_a_week_give_or_take():
    due = after((0 * DAY, *OK)).due_at
    assert AGAIN * (1 - JITTER) <= due - START <= AGAIN * (1 + JITTER)


def test_a_failure_is_asked_again_sooner_and_what_is_broken_ever_later():
    first = after((0 * DAY, *TIMEOUT))
    assert first.due_at - START < DAY
    waits = []
    standing = after((0 * DAY, *MISSING), (HOUR, *MISSING))
    for _time in range(8):
        before = standing.due_at
        standing = judge(standing, Visit("https://a.example", *MISSING, at=before), chance=Random(1))
        waits.append(standing.due_at - before)
    assert waits == sorted(waits)
    assert waits[-1] > 20 * DAY


VISITS = st.tuples(
    st.sampled_from([OK, TIMEOUT, MISSING, (Verdict.BLOCKED, Cause.FORBIDDEN), (Verdict.BROKEN, Cause.VOID)]),
    st.integers(1, 200),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(VISITS, max_size=12))
def test_whatever_happens_it_is_due_again_and_broken_only_after_what_is_asked_for(history):
    standing, at = Standing(), START
    streak: list[tuple[Cause, datetime]] = []
    for (verdict, cause), hours in history:
        at += hours * HOUR
        standing = judge(standing, Visit("https://a.example", verdict, cause, at=at), chance=Random(2))
        assert standing.due_at > at
        if cause is Cause.VOID:
            continue
        streak = [*streak, (cause, at)] if verdict is Verdict.BROKEN else []
        if standing.state == "broken":
            twice = any(a[0] is b[0] is Cause.NOT_FOUND for a, b in pairwise(streak))
            assert twice or (len(streak) >= 3 and streak[-1][1] - streak[0][1] >= 3 * DAY)
        assert (standing.failures > 0) == (standing.state in ("failing", "broken"))

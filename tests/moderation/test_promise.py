"""The waits that are published: computed as told, also while nobody decides."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from resources.moderation.deciding import reject
from resources.moderation.promise import measure, percentile, sentence, span
from resources.proposals.models import Proposal
from tests.moderation.proposing import a_new_one

HOUR = timedelta(hours=1)


def hours(*counts):
    return [count * HOUR for count in counts]


@pytest.mark.parametrize(
    ("ended", "running", "share", "wait"),
    [
        ([], [], 0.5, None),
        (range(1, 11), [], 0.5, 5),
        (range(1, 11), [], 0.9, 9),
        (range(1, 11), [], 0.99, 10),
        ([1, 1, 1], [100] * 7, 0.5, None),  # most still wait
        ([1, 2, 3, 4], [0, 0, 0, 0], 0.5, 2),  # what has just come says nothing
        ([1, 2], [1.5], 0.5, 2),
    ],
)
def test_percentiles_count_those_that_still_wait(ended, running, share, wait):
    assert percentile(hours(*ended), hours(*running), share) == (None if wait is None else wait * HOUR)


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (0, "1 min"),
        (59, "59 min"),
        (61, "2 h"),
        (300, "5 h"),
        (47 * 60, "47 h"),
        (48 * 60, "2 days"),
        (73 * 60, "4 days"),
    ],
)
def test_waits_are_told_in_round_figures(wait, words):
    assert span(timedelta(minutes=wait)) == words


@pytest.mark.django_db
def test_the_promise_comes_from_decisions(cora, mo):
    caches["pages"].clear()
    assert "as soon as" in sentence()
    for number in range(6):
        proposal = a_new_one(cora, f"New {number}")
        Proposal.objects.filter(pk=proposal.pk).update(waiting_since=timezone.now() - 5 * HOUR + timedelta(minutes=1))
        reject(proposal, moderator=mo, version=1, reason="No.")
    old = a_new_one(cora, "Old")
    Proposal.objects.filter(pk=old.pk).update(waiting_since=timezone.now() - 3 * HOUR)
    caches["pages"].clear()
    assert sentence() == "usually decided within 5 h"
    found = measure()
    assert found.longest is not None
    assert (found.decided, found.waiting, span(found.longest)) == (6, 1, "4 h")

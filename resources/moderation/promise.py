"""How long proposals wait for a decision, told to everybody: a queue that nobody measures is a queue that nobody keeps.

A wait is from `waiting_since` to the decision. Those that still wait count as well, by the Kaplan-Meier estimate: one that
has waited three days says that its wait is longer than three days. So a queue that nobody clears cannot look fast.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import cast

from django.core.cache import caches
from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.proposals.models import Proposal

LOOKED_BACK = timedelta(days=90)
AT_MOST = 5_000
"""So many decisions, and so many that wait, are looked at: the newest, and those that wait longest."""
ENOUGH = 5
"""From so many decisions on, a promise is made."""
KEPT = 60
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Waits:
    """The waits of 50, 90 and 99 of 100 proposals (None: longer than anything measured), and what they were taken from."""

    median: timedelta | None
    ninetieth: timedelta | None
    ninety_ninth: timedelta | None
    decided: int
    waiting: int
    longest: timedelta | None

    @property
    def is_enough(self) -> bool:
        """Whether there were decisions enough to promise anything."""
        return self.decided >= ENOUGH


def waits() -> Waits:
    """The waits of this minute."""
    cache = caches["pages"]
    kept = cache.get("review-waits")
    if kept is None:
        kept = measure()
        cache.set("review-waits", kept, KEPT)
    return cast("Waits", kept)


def waits_now() -> Waits:
    """The waits of this minute, with what waits at this instant: for the page where a decision must show at once."""
    counted = Proposal.objects.waiting().one_by_one().aggregate(waiting=Count("pk"), since=Min("waiting_since"))
    longest = max(timezone.now() - counted["since"], timedelta(0)) if counted["since"] else None
    return replace(waits(), waiting=counted["waiting"], longest=longest)


def measure() -> Waits:
    """The waits of the last 90 days, in two bounded queries."""
    now = timezone.now()
    decided = Proposal.objects.one_by_one().filter(decided_at__gte=now - LOOKED_BACK).order_by("-decided_at")
    moments = decided.values_list("waiting_since", "decided_at")[:AT_MOST]
    ended = [max(end - start, timedelta(0)) for start, end in moments if end is not None]
    waiting = (
        Proposal.objects.waiting().one_by_one().longest_waiting().values_list("waiting_since", flat=True)[:AT_MOST]
    )
    running = [max(now - start, timedelta(0)) for start in waiting]
    median, ninetieth, ninety_ninth = (percentile(ended, running, share) for share in (0.5, 0.9, 0.99))
    return Waits(median, ninetieth, ninety_ninth, len(ended), len(running), max(running, default=None))


def percentile(ended: Sequence[timedelta], running: Sequence[timedelta], share: float) -> timedelta | None:
    """After how long this share of the waits has ended; None when too many still run."""
    moments = sorted([(wait, True) for wait in ended] + [(wait, False) for wait in running], key=lambda one: one[0])
    left, still = len(moments), 1.0
    for wait, has_ended in moments:
        if has_ended:
            still *= 1 - 1 / left
            if still <= 1 - share + 1e-9:
                return wait
        left -= 1
    return None


def sentence() -> str:
    """What authors and readers are told, as the end of a sentence: "usually decided within 5 h"."""
    found = waits()
    if not found.is_enough or found.ninetieth is None:
        return _("decided as soon as a moderator finds the time")
    return _("usually decided within %(span)s") % {"span": span(found.ninetieth)}


def span(wait: timedelta) -> str:
    """A wait in a round figure, upwards: "20 min", "5 h", "3 days"."""
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    if minutes < 60:
        return _("%(count)d min") % {"count": minutes}
    hours = math.ceil(minutes / 60)
    if hours < 48:
        return _("%(count)d h") % {"count": hours}
    days = math.ceil(hours / 24)
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}

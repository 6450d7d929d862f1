"""What comes round: digests, trust, counts, repairs, cleaning. Each is safe to repeat and to interrupt."""

import logging
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import NamedTuple

from django.conf import settings
from django.db.models import Q
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resources.links.models import Host, Link
from resources.links.projects import refresh_projects
from resources.links.recording import tally
from resources.links.redrawing import redraw
from resources.moderation.opening import open_waiting
from resources.moderation.trust import review_all
from resources.notices.mailing import send_notices
from resources.reading.gathering import mark_old
from resources.repairs.proposing import propose_repairs
from resources.webhooks.sending import send_due
from resources.working.models import Chore, Worker

CLAIM = timedelta(minutes=10)
"""A chore whose worker died, or that failed, is done by another after so long."""

PAUSE = 20.0
"""Seconds between two looks for chores."""

UNUSED = timedelta(days=90)
"""A link that no live content mentions for so long goes, with its history."""

FINISHED = timedelta(days=7)
"""A task that was done is kept for so long; one that failed twice as long."""

PROJECTS = 30
"""Projects that are asked about in one hour: five thousand come round in a week."""

AT_ONCE = 500

_log = logging.getLogger(__name__)


class Round(NamedTuple):
    """A chore: its name, how often it is done, and how."""

    name: str
    every: timedelta
    do: Callable[[], object]


def do_chores(stop: Event) -> float:
    """Does the chores that are due; returns the seconds after which to look again."""
    for chore in CHORES:
        if not stop.is_set() and _claim(chore):
            chore.do()
            now = timezone.now()
            Chore.objects.filter(name=chore.name).update(due_at=now + chore.every, done_at=now)
            _log.info("Chore done: %s", chore.name)
    return PAUSE


def clean() -> None:
    """Takes away what nobody needs any more: finished tasks, links that went out of use long ago, workers that ended."""
    now = timezone.now()
    old = Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - FINISHED)
    failed = Q(status=TaskResultStatus.FAILED, finished_at__lt=now - 2 * FINISHED)
    DBTaskResult.objects.filter(old | failed).delete()
    unused = Link.objects.filter(unused_since__lt=now - UNUSED, uses=None).order_by("pk")
    while pks := list(unused.values_list("pk", flat=True)[:AT_ONCE]):
        Link.objects.filter(pk__in=pks, uses=None).delete()
    Host.objects.filter(links=None, held_until=None, at_once=None, a_second=None).delete()
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()


def _repair() -> None:
    if settings.LINK_CHECKS:
        propose_repairs()


def _ask_projects() -> None:
    if settings.LINK_CHECKS:
        refresh_projects(PROJECTS)


def _count() -> None:
    tally(timezone.localdate())


CHORES = (
    Round("notices", timedelta(minutes=5), send_notices),
    Round("webhooks", timedelta(minutes=1), send_due),
    Round("pages", timedelta(minutes=15), redraw),
    Round("proposals", timedelta(minutes=5), open_waiting),
    Round("repairs", timedelta(hours=1), _repair),
    Round("projects", timedelta(hours=1), _ask_projects),
    Round("guides", timedelta(hours=1), mark_old),
    Round("tally", timedelta(hours=1), _count),
    Round("trust", timedelta(days=1), review_all),
    Round("cleaning", timedelta(days=1), clean),
)


def _claim(chore: Round) -> bool:
    """Whether it is due and nobody else does it now."""
    now = timezone.now()
    Chore.objects.get_or_create(name=chore.name, defaults={"due_at": now})
    return Chore.objects.filter(name=chore.name, due_at__lte=now).update(due_at=now + CLAIM) == 1

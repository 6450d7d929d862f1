"""One process for everything that nobody waits for: each part in a thread of its own, and begun again when it fails.

Several workers may run side by side: hosts are held, tasks and chores claimed. Killed at any moment, a worker leaves nothing
behind that others on the machine do not take up at once, and others elsewhere a minute later.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event, Thread
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.utils import timezone

from rayhub.alive import Alive, the_dead
from resources.links.checking import check, due_links
from resources.links.engines import LocalEngine
from resources.links.manners import manners, with_own_pace
from resources.links.models import Link
from resources.links.watching import catch_up
from resources.reading.gathering import gather_marked
from resources.webhooks.announcing import announce_links
from resources.working.chores import do_chores
from resources.working.models import Worker
from resources.working.tasks import give_back, run_tasks

BEAT = 10.0
"""Seconds between two words that the worker lives."""

GRACE = 15.0
"""Seconds that the parts get to end."""

LONGEST_WAIT = 300.0
"""Seconds after which a part that fails again and again is begun anew, at most."""

LONGEST_RUN = 3600.0
"""Seconds for which one run over the links takes in more; then a fresh one begins."""

PAUSE = 5.0
"""Seconds between two looks for links that are due,"""

OFFLINE_PAUSE = 60.0
"""or after nothing could be told from here."""

_log = logging.getLogger(__name__)


class Part(NamedTuple):
    """A part of the work: does what there is to do until `stop`, and returns the seconds after which to call it again."""

    name: str
    act: Callable[[Event], float]


def work(stop: Event) -> None:
    """Works until `stop` is set."""
    alive = Alive("worker")
    try:
        Worker.objects.create(name=alive.name)
        _log.info("Worker %s begins; links are %s.", alive.name, "tested" if settings.LINK_CHECKS else "not tested")
        # Two for tasks, so that a slow one (links of a proposal) does not hold up the mails.
        tasks = partial(run_tasks, alive.name)
        parts = [
            Part("tasks", tasks),
            Part("more tasks", tasks),
            Part("chores", do_chores),
            Part("guides", gather_marked),
        ]
        parts += [Part("links", test_links)] if settings.LINK_CHECKS else []
        threads = [Thread(target=keep_on, args=(part, stop), name=part.name, daemon=True) for part in parts]
        for thread in threads:
            thread.start()
        while not stop.is_set():
            _beat(alive.name)
            stop.wait(BEAT)
        until = time.monotonic() + GRACE
        for thread in threads:
            thread.join(max(0.0, until - time.monotonic()))
        late = [thread.name for thread in threads if thread.is_alive()]
        if not late:
            Worker.objects.filter(name=alive.name).delete()
            alive.end()
        _log.info("Worker %s ends%s.", alive.name, f"; not done: {', '.join(late)}" if late else "")
    finally:
        connection.close()


def keep_on(part: Part, stop: Event) -> None:
    """Calls a part until `stop`; one that fails is begun again after a while, twice as long each time."""
    failures = 0
    while not stop.is_set():
        try:
            wait = part.act(stop)
            failures = 0
        except Exception:  # noqa: BLE001  the other parts go on, whatever befell this one
            failures += 1
            wait = min(2.0**failures, LONGEST_WAIT)
            _log.exception("The worker's part %r failed and is begun again in %d seconds.", part.name, wait)
            connection.close()  # it may be what failed
        stop.wait(wait)
    connection.close()


def test_links(stop: Event) -> float:
    """Tests the links that are due, and those that become so while it does."""
    catch_up()
    if not due_links().exists():
        return PAUSE
    until = time.monotonic() + LONGEST_RUN

    def due() -> QuerySet[Link]:
        return due_links() if time.monotonic() < until else Link.objects.none()

    checked = check(LocalEngine(manners(with_own_pace())), due=due, report=announce_links, stop=stop)
    if checked.links:
        _log.info("%d links tested in %.0f s: %s", checked.links, checked.seconds, dict(checked.verdicts))
    if checked.given_up:
        _log.warning("Nothing can be told of links from here: is this machine off the network?")
        return OFFLINE_PAUSE
    return PAUSE


def _beat(name: str) -> None:
    """Says that this worker lives, and takes up what dead ones left."""
    try:
        now = timezone.now()
        if not Worker.objects.filter(name=name).update(seen_at=now):
            Worker.objects.create(name=name)
        for dead in the_dead("worker"):
            Worker.objects.filter(name=dead).delete()
            give_back([dead])
        Worker.objects.filter(seen_at__lt=now - timedelta(hours=1)).delete()
        if given := give_back([]):
            _log.info("%d tasks of workers that died wait again.", given)
    except DatabaseError:
        _log.exception("The worker cannot reach the database, and tries again.")
        connection.close()

"""Gathers what stands around guides, ahead of their readers: the worker's part of resources/entries/surroundings.py.

What was gathered counts only if nobody else took away the marks that it answers: the transaction that keeps it takes away
exactly those that were there before it was gathered, or writes nothing. A mark that comes later stays, and has its turn.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.surroundings import Neighbour, Surroundings, Unsettled, unsettle
from resources.reading.around import VERSION, Around, look_around, write
from resources.search.models import SearchPage
from resources.search.related import in_words, nearest

PAUSE = 2.0
"""Seconds between two looks for marks."""

AT_ONCE = 50
"""Entries that are read from the marks at once."""

MOST_MARKS = 500
"""Marks of one entry that are answered at once; more get another turn."""

OLD = timedelta(days=7)
"""What is related to a guide changes a little with everything that is published: it is looked for again after so long."""

_log = logging.getLogger(__name__)

type Rows = list[tuple[str, str, str]]


def gather_marked(stop: Event) -> float:
    """Gathers until no marks are left, half of the time: readers come first. Returns the seconds to the next look."""
    while not stop.is_set() and (pks := marked(AT_ONCE)):
        for pk in pks:
            start = time.monotonic()
            try:
                gather(pk)
            except DatabaseError:
                raise
            except Exception:  # noqa: BLE001  # one guide does not hold up the others
                _log.exception("Around the entry %d nothing could be gathered: its page is read in full.", pk)
                _leave(pk)
            if stop.wait(time.monotonic() - start):
                break
    return PAUSE


def _leave(pk: int) -> None:
    """Takes away what there is and what waits around an entry; `mark_old` lets it be tried again."""
    with transaction.atomic():
        Surroundings.objects.filter(pk=pk).delete()
        Unsettled.objects.filter(entry=pk).delete()


def gather_all(progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Gathers around all guides that need it, at once; returns around how many entries."""
    mark_old()
    done, total = 0, Unsettled.objects.values("entry").distinct().count()
    while pks := marked(AT_ONCE):
        for pk in pks:
            gather(pk)
        done += len(pks)
        # What was published lately marks what is near to it.
        total = max(total, done)
        progress(done, total)
    return done


def mark_old() -> None:
    """Marks guides around which nothing was gathered, or another version of us did, or long ago."""
    never = Q(surroundings=None) | ~Q(surroundings__made_by=VERSION)
    old = Q(surroundings__gathered_at__lt=timezone.now() - OLD)
    with transaction.atomic():
        unsettle(WikiPage.objects.pages().filter(never | old, unsettled=None).values_list("pk", flat=True))


def marked(most: int) -> list[int]:
    """The keys of the next entries with marks, the longest waiting first."""
    marks = Unsettled.objects.order_by("pk").values_list("entry", flat=True)
    return list(dict.fromkeys(marks[: 4 * most]))[:most]


def gather(pk: int) -> bool:
    """Gathers around one entry; whether it counts."""
    marks = dict(Unsettled.objects.filter(entry=pk).order_by("pk").values_list("pk", "published")[:MOST_MARKS])
    guide = WikiPage.objects.pages().filter(pk=pk).first()
    was_published = any(marks.values())
    entry = guide or (Entry.objects.live().filter(pk=pk).first() if was_published else None)
    related, others = _related(entry)
    with transaction.atomic():
        if not marks or Unsettled.objects.filter(pk__in=marks).delete()[0] != len(marks):
            transaction.set_rollback(True)
            return False
        if guide is None:
            Surroundings.objects.filter(pk=pk).delete()
        else:
            around, known = look_around(guide)
            _keep(pk, around._replace(related=related), known | others)
            if connection.features.has_select_for_update:  # SQLite lets one write after the other.
                transaction.on_commit(partial(_look_again, pk, around._replace(related=related), others), robust=True)
        if was_published:
            # What is near to this one may not know it yet.
            unsettle(others - set(Neighbour.objects.filter(guide__in=others, entry=pk).values_list("guide", flat=True)))
    return True


def _look_again(pk: int, around: Around, others: set[int]) -> None:
    """Marks a guide once more where somebody changed what stands around it while that was gathered: neither could know of the
    other.
    """
    guide = WikiPage.objects.pages().filter(pk=pk).first()
    now = look_around(guide)[0] if guide else None
    # As the search has them, which is where they came from: it cleans titles.
    pages = SearchPage.objects.filter(entry__in=others, leads_to=None).select_related("entry")
    there = {(page.entry.get_absolute_url(), page.title) for page in pages}
    shown = {(address, title) for rows in (around.related or {}).values() for address, title, _note in rows}
    if now is None or now != around._replace(related=None) or not shown <= there:
        unsettle([pk])


def _related(entry: Entry | None) -> tuple[dict[str, Rows], set[int]]:
    """What is related to an entry, by language: addresses, titles, and why; and the keys of all that."""
    found = nearest(entry) if entry else []
    told: dict[str, Rows] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            rows = [in_words(page, common) for page, common in found]
            told[language] = [(one.address, one.title, one.note) for one in rows]
    return told, {page.entry_id for page, _common in found}


def _keep(pk: int, around: Around, known: set[int]) -> None:
    given = {"gathered": write(around), "made_by": VERSION, "gathered_at": timezone.now()}
    Surroundings.objects.update_or_create(pk=pk, defaults=given)
    present = set(Neighbour.objects.filter(guide=pk).values_list("entry", flat=True))
    Neighbour.objects.filter(guide=pk, entry__in=present - known).delete()
    new = sorted(known - present - {pk})
    Neighbour.objects.bulk_create([Neighbour(guide_id=pk, entry_id=one) for one in new])

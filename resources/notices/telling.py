"""The one door by which people are told something."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from resources.entries.models import Entry
from resources.history.models import Revision
from resources.notices.mailing import mail_at_once
from resources.notices.models import Notice
from resources.notices.watching import watch_own, watchers

MOST = 50
"""Of more entries than this that somebody changed at a stroke, a watcher gets one notice that names the number."""

IN_A_ROW = timedelta(hours=1)
"""Edits of one person to one entry within this time are told as one, as long as nobody has seen the notice."""

AT_A_TIME = 500


def tell(
    people: Iterable[User],
    act: str,
    *,
    actor: User | None,
    entry: Entry | None = None,
    revision: Revision | None = None,
    proposal: Any = None,
    post: Any = None,
    words: str = "",
) -> list[Notice]:
    """Writes a notice to each of the people, once each, and none to the actor; inside the caller's transaction."""
    wanted = {person.pk: person for person in people if person.is_active and (actor is None or person.pk != actor.pk)}
    about = entry or (revision.entry if revision else None) or (proposal.entry if proposal else None)
    notices = [
        Notice(
            person=person,
            act=act,
            actor=actor,
            entry=getattr(about, "entry_ptr", about),
            revision=revision,
            since=revision.number - 1 if revision else None,
            proposal=proposal,
            post=post,
            words=words,
        )
        for person in wanted.values()
    ]
    return _keep(notices)


def tell_watchers(revisions: Iterable[Revision]) -> None:
    """Tells who watches the entries of these revisions, which one act of one person made live.

    Each watcher hears of an entry once, of very many in one sentence, and of typos not at all.
    """
    made = list(revisions)
    if not made:
        return
    author = made[0].author
    if len(made) <= MOST and made[0].act != Revision.Act.IMPORTED:
        watch_own(author, {revision.entry_id for revision in made})
    ranges: dict[int, tuple[int, Revision]] = {}
    for revision in made:
        if revision.significance != Revision.Significance.TYPO:
            first, _last = ranges.get(revision.entry_id, (revision.number - 1, revision))
            ranges[revision.entry_id] = (first, revision)
    concerned: defaultdict[int, list[int]] = defaultdict(list)
    for entry, people in watchers(ranges).items():
        for person in people - {author.pk, made[0].accepted_by_id}:
            concerned[person].append(entry)
    if concerned:
        _tell_changes(author, ranges, concerned)


def _tell_changes(author: User, ranges: Mapping[int, tuple[int, Revision]], concerned: Mapping[int, list[int]]) -> None:
    """New notices for entries that a person has no unseen one about, from this author; else those grow."""
    now = timezone.now()
    unseen = Notice.objects.unread().filter(actor=author, person__in=concerned, mailed_at=None, mailing_since=None)
    earlier: defaultdict[int, dict[int | None, Notice]] = defaultdict(dict)
    for notice in unseen.filter(act__in=["published", "published_many"], created_at__gte=now - IN_A_ROW):
        earlier[notice.person_id][notice.entry_id] = notice
    new, grown = [], []
    for person in User.objects.filter(pk__in=concerned, is_active=True):
        had = earlier[person.pk]
        entries = concerned[person.pk]
        fresh = [entry for entry in entries if entry not in had]
        for entry in set(entries) & set(had):
            had[entry].revision, had[entry].created_at = ranges[entry][1], now
            grown.append(had[entry])
        if None in had or len(had) + len(fresh) > MOST:
            summary = had.get(None)
            count = len(fresh) + (int(summary.words) if summary else 0)
            if summary and fresh:
                summary.words, summary.created_at = str(count), now
                grown.append(summary)
            elif fresh:
                new.append(Notice(person=person, act="published_many", actor=author, words=str(count), created_at=now))
            continue
        for entry in sorted(fresh):
            since, revision = ranges[entry]
            new.append(
                Notice(
                    person=person, act="published", actor=author, entry_id=entry, revision=revision,
                    since=since, created_at=now,
                )
            )  # fmt: skip
    Notice.objects.bulk_update(grown, ["revision", "words", "created_at"], batch_size=AT_A_TIME)
    _keep(new)


def _keep(notices: list[Notice]) -> list[Notice]:
    """Writes the notices, and has them mailed once the caller's transaction is through."""
    kept: list[Notice] = Notice.objects.bulk_create(notices, batch_size=AT_A_TIME)
    if kept:
        people = sorted({notice.person_id for notice in kept})
        transaction.on_commit(partial(mail_at_once.enqueue, people), robust=True)
    return kept

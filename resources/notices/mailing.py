"""Notices by e-mail: at once after the act, or in a daily digest. A mail that could not be sent is tried again.

Nothing here runs inside the transaction of an act. A process first claims the notices that it mails, so that two at once
never mail the same; a claim that was not finished (the process died) is free again after a while.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.tasks import task
from django.utils import timezone, translation

from accounts.models import User
from resources.notices.letters import letter_of
from resources.notices.models import MailRhythm, Notice
from resources.notices.tokens import rhythm_of
from resources.notices.wording import WATCHED

FRESH = timedelta(days=7)
"""A notice that could not be mailed for so long is left to the site."""

CLAIM = timedelta(minutes=15)
"""How long a process may take to send what it claimed."""

DIGEST = timedelta(hours=20)
"""The least time between two digests: less than a day, since a timer is never quite on time."""

MOST = 200
"""Notices of one mail."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Sent:
    """What a run sent, and what it could not send."""

    mails: int = 0
    notices: int = 0
    failed: int = 0


@task
def mail_at_once(people: list[int]) -> None:
    """Mails what these people want to hear at once."""
    for person in User.objects.filter(pk__in=people).order_by("pk"):
        _mail_person(person, Sent(), digests=False)


def send_notices() -> Sent:
    """Mails what is due: digests, and what could not be sent at once. Safe to repeat, and beside another run."""
    sent = Sent()
    for person in User.objects.filter(pk__in=_due().order_by().values("person")).order_by("pk"):
        _mail_person(person, sent, digests=True)
    return sent


def _mail_person(person: User, sent: Sent, *, digests: bool) -> None:
    """The mails for one person: of what they want at once, then their digest where its time has come."""
    if not person.is_active or person.email.endswith(".invalid"):
        return
    rhythm = rhythm_of(person)
    at_once = _acts(rhythm, MailRhythm.Rhythm.AT_ONCE)
    if at_once is not None:
        _mail(person, at_once, sent)
    daily = _acts(rhythm, MailRhythm.Rhythm.DAILY)
    now = timezone.now()
    is_time = rhythm.digest_at is None or rhythm.digest_at <= now - DIGEST
    if digests and daily is not None and is_time and _mail(person, daily, sent):
        MailRhythm.objects.update_or_create(person=person, defaults={"digest_at": now})


def _acts(rhythm: MailRhythm, word: str) -> Q | None:
    """Which notices a person wants in this rhythm."""
    own, watched = rhythm.rhythm == word, rhythm.watched == word
    if own and watched:
        return Q()
    if not own and not watched:
        return None
    return Q(act__in=WATCHED) if watched else ~Q(act__in=WATCHED)


def _mail(person: User, acts: Q, sent: Sent) -> bool:
    """Claims these notices and sends them as one mail; whether that worked."""
    keys = _claim(person, acts)
    if not keys:
        return False
    claimed = Notice.objects.filter(pk__in=keys)
    with translation.override(settings.LANGUAGE_CODE):
        letter = letter_of(person, list(claimed.for_rows().newest()))
    try:
        letter.send()
    except (OSError, ValueError) as error:  # what mail servers and addresses do; smtplib's errors are OSErrors
        claimed.update(mailing_since=None)
        sent.failed += 1
        _log.warning("A mail to %s could not be sent and is tried again: %s", person.name, error)
        return False
    claimed.update(mailed_at=timezone.now(), mailing_since=None)
    sent.mails += 1
    sent.notices += len(keys)
    return True


def _claim(person: User, acts: Q) -> list[int]:
    """Marks what is due as about to be mailed, in a transaction of its own; returns the keys."""
    with transaction.atomic():
        due = _due().filter(acts, person=person).newest().select_for_update()
        keys = list(due.values_list("pk", flat=True)[:MOST])
        Notice.objects.filter(pk__in=keys).update(mailing_since=timezone.now())
    return keys


def _due() -> Any:
    """Notices that nobody has read, mailed or claimed."""
    now = timezone.now()
    free = Q(mailing_since=None) | Q(mailing_since__lt=now - CLAIM)
    return Notice.objects.unread().filter(free, mailed_at=None, created_at__gte=now - FRESH)

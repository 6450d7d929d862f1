"""What people do with links: have one tested again, ignore its trouble for a while, say that its page is the right one."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.health import DRIFTED
from resources.fetching.visits import Cause
from resources.history.limits import keep_pace
from resources.history.models import Event
from resources.links.models import Link
from resources.links.refusals import JustTested, LinkActRefused
from resources.permissions import may_judge_links, may_retest
from resources.text.cleaning import clean_source

REST = timedelta(minutes=5)
"""So long after a visit nobody can have a link tested again."""

LONGEST_REASON = 300

LONGEST = timedelta(days=366)
"""The longest that a link can be ignored."""


def test_again(link: Link, *, by: User) -> Link:
    """Puts a link in line at once: somebody says that its verdict is wrong. One that is in line already stays there.

    Raises LinkActRefused, JustTested or TooFast.
    """
    if not may_retest(by):
        raise LinkActRefused(_("You are blocked for now, so that you cannot have links tested."))
    now = timezone.now()
    with transaction.atomic():
        User.objects.select_for_update().only("pk").get(pk=by.pk)
        held = _held(link)
        if held.checked_at is not None and held.checked_at > now - REST:
            raise JustTested(held.checked_at + REST)
        if held.due_at <= now:
            return held
        keep_pace(by, "retest")
        held.due_at = now
        held.save(update_fields=["due_at"])
        _record("link_retested", held, by)
    return held


test_again.__test__ = False  # type: ignore[attr-defined]  # its name is an act, and no test


def ignore(link: Link, *, reason: str, until: datetime, by: User) -> Link:
    """Says with a reason that what visits find does not count until then. Raises LinkActRefused."""
    _need_right(by)
    reason = " ".join(clean_source(reason).split())[:LONGEST_REASON]
    if not reason:
        raise LinkActRefused(_("Say why it does not count: readers see the reason."))
    now = timezone.now()
    if not now < until <= now + LONGEST:
        raise LinkActRefused(_("Choose an end within a year: what is ignored is forgotten otherwise."))
    with transaction.atomic():
        held = _held(link)
        held.ignored_until, held.ignored_reason, held.ignored_by = until, reason, by
        held.save(update_fields=["ignored_until", "ignored_reason", "ignored_by"])
        _record("link_ignored", held, by, why=reason, until=until.isoformat())
    return held


def stop_ignoring(link: Link, *, by: User) -> Link:
    """Lets the visits count again. Raises LinkActRefused, also where they do already."""
    _need_right(by)
    with transaction.atomic():
        held = _held(link)
        if not held.ignored:
            raise LinkActRefused(_("Nobody ignores this link any more. Nothing is left to do."))
        held.ignored_until, held.ignored_reason, held.ignored_by = None, "", None
        held.save(update_fields=["ignored_until", "ignored_reason", "ignored_by"])
        _record("link_unignored", held, by)
    return held


def accept_page(link: Link, *, by: User) -> Link:
    """Says that the page which now answers is the right one: the next visit, at once, remembers it. Raises LinkActRefused."""
    _need_right(by)
    with transaction.atomic():
        held = _held(link)
        if held.cause != DRIFTED:
            raise LinkActRefused(_("It shows the page that was accepted. Nothing is left to do."))
        # With no page to compare with, the next visit keeps the one that it finds.
        held.fingerprint = held.etag = held.modified = ""
        held.cause, held.likeness, held.due_at = Cause.FOUND, None, timezone.now()
        held.save(update_fields=["fingerprint", "etag", "modified", "cause", "likeness", "due_at"])
        _record("link_page_accepted", held, by)
    return held


def _need_right(by: User) -> None:
    if not may_judge_links(by):
        raise LinkActRefused(_("Only editors judge links. Say in the talk of the entry what you know of it."))


def _held(link: Link) -> Link:
    """The link as it is now, held until the transaction ends."""
    found: Link | None = Link.objects.in_use().select_for_update().filter(pk=link.pk).first()
    if found is None:
        raise LinkActRefused(_("This address stands in no entry any more, so it is not tested."))
    return found


def _record(act: str, link: Link, by: User, *, why: str = "", **details: Any) -> None:
    given = {"link": link.pk, "address": link.address} | details
    Event.objects.create(act=act, actor=by, why=why, details=given)

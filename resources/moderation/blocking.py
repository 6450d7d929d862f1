"""Blocks: a person who reads and signs in as before, and writes nothing until a moment."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role, role_of
from resources.history.models import Event
from resources.moderation.refusals import NotAllowed
from resources.notices.telling import tell
from resources.permissions import may_review
from resources.publishing import PublishRefused
from resources.text.cleaning import clean_source

FOR_GOOD = datetime(9999, 1, 1, tzinfo=UTC)
"""Until somebody lifts it."""


class CannotBlock(PublishRefused):
    """This block makes no sense; the message says what to change."""


def may_block(by: User, person: User) -> bool:
    """Whether the one may block the other: moderators, but neither themselves nor administrators."""
    return may_review(by) and by.pk != person.pk and not person.is_superuser and role_of(person) != Role.ADMINISTRATOR


def block(person: User, *, until: datetime, reason: str, by: User) -> None:
    """Takes writing away until a moment. A second block replaces the first. Raises NotAllowed or CannotBlock."""
    if not may_block(by, person):
        raise NotAllowed(_("Moderators block others, but no administrator and not themselves. Ask an administrator."))
    reason = clean_source(reason).strip()
    if not reason:
        raise CannotBlock(_("Say why: the person reads it."))
    if until <= timezone.now():
        raise CannotBlock(_("Choose a moment that is still to come."))
    with transaction.atomic():
        _keep(person, until, reason)
        details = {"until": until.isoformat()}
        Event.objects.create(actor=by, act="blocked", person=person, why=reason, details=details)
        tell([person], "blocked", actor=by, words=reason)


def unblock(person: User, *, by: User, reason: str = "") -> None:
    """Ends a block before its time; nothing happens where there is none. Raises NotAllowed."""
    if not may_block(by, person):
        raise NotAllowed(_("Another moderator or an administrator lifts this block."))
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=person.pk)
        if held.blocked_until is None:
            return
        _keep(person, None, "")
        Event.objects.create(actor=by, act="unblocked", person=person, why=clean_source(reason).strip())
        tell([person], "unblocked", actor=by)


def _keep(person: User, until: datetime | None, reason: str) -> None:
    person.blocked_until, person.blocked_reason = until, reason
    person.save(update_fields=["blocked_until", "blocked_reason"])


def block_words(person: User) -> str:
    """Until when and why a person is blocked, and what they can do, in sentences."""
    words = {"reason": person.blocked_reason.rstrip("."), "until": ""}
    appeal = _("You can answer on your page: moderators read it.")
    if person.blocked_until is None or person.blocked_until >= FOR_GOOD:
        return _("You are blocked until a moderator lifts it, because: %(reason)s.") % words + f" {appeal}"
    words["until"] = date_format(timezone.localtime(person.blocked_until), "j F Y, H:i")
    return _("You are blocked until %(until)s, because: %(reason)s.") % words + f" {appeal}"

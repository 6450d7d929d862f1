"""Protection: an entry that only editors, or only moderators, change for a while."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.models import Entry
from resources.history.models import Event
from resources.moderation.models import Protection
from resources.moderation.refusals import NotAllowed
from resources.notices.telling import tell
from resources.permissions import may_review
from resources.proposals.models import Proposal
from resources.publishing import PublishRefused
from resources.text.cleaning import clean_source


class CannotProtect(PublishRefused):
    """This protection makes no sense; the message says what to change."""


def protection_of(entry: Entry) -> Protection | None:
    """The protection that holds now; one whose time is over is none."""
    found = Protection.objects.select_related("by").filter(entry=entry.pk).first()
    over = found is not None and found.until is not None and found.until <= timezone.now()
    return None if over else found


def protection_words(protection: Protection) -> str:
    """Who may change the entry, until when, and why, in a sentence."""
    words = {
        "reason": protection.reason.rstrip("."),
        "until": date_format(timezone.localtime(protection.until), "j F Y, H:i") if protection.until else "",
    }
    if protection.level == Protection.Level.MODERATORS:
        if protection.until:
            return _("Only moderators may change this until %(until)s, because: %(reason)s.") % words
        return _("Only moderators may change this, because: %(reason)s.") % words
    if protection.until:
        return _("Only editors may change this until %(until)s, because: %(reason)s.") % words
    return _("Only editors may change this, because: %(reason)s.") % words


def protect(entry: Entry, *, level: str, reason: str, until: datetime | None, by: User) -> Protection:
    """Lets only some change an entry, until a moment or (None) until it is lifted. A second one replaces the first.

    Raises NotAllowed or CannotProtect.
    """
    _need_moderator(by)
    reason = clean_source(reason).strip()
    if not reason:
        raise CannotProtect(_("Say why: everybody who wants to edit reads it."))
    if until is not None and until <= timezone.now():
        raise CannotProtect(_("Choose a moment that is still to come."))
    with transaction.atomic():
        base = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
        given = {"level": level, "reason": reason, "until": until, "by": by, "created_at": timezone.now()}
        protection, _made = Protection.objects.update_or_create(entry=base, defaults=given)
        details = {"level": level, "until": until.isoformat() if until else None}
        Event.objects.create(actor=by, act="protected", entry=base, why=reason, details=details)
        waiting = Proposal.objects.unfinished().filter(entry=base).select_related("author")
        tell([proposal.author for proposal in waiting], "protected", actor=by, entry=base, words=reason)
    return protection


def unprotect(entry: Entry, *, by: User) -> None:
    """Lets everybody change the entry again as usual; nothing happens where nothing was protected. Raises NotAllowed."""
    _need_moderator(by)
    with transaction.atomic():
        base = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
        removed, _rows = Protection.objects.filter(entry=base).delete()
        if removed:
            Event.objects.create(actor=by, act="unprotected", entry=base)


def _need_moderator(person: User) -> None:
    if not may_review(person):
        raise NotAllowed(_("Only moderators protect entries. Ask one on the talk page."))

"""What people decide about their notices: each is one door."""

from django.db.models import F
from django.utils import timezone

from accounts.models import User
from resources.notices.models import MailRhythm, Notice


def choose(person: User, *, rhythm: str, watched: str, watches_own: bool) -> None:
    """How often mails come, and whether the person watches what they write."""
    chosen = {"rhythm": rhythm, "watched": watched, "watches_own": watches_own}
    MailRhythm.objects.update_or_create(person=person, defaults=chosen)


def unsubscribe(person: User) -> None:
    """No more mails; the notices stay in the site."""
    never = MailRhythm.Rhythm.NEVER
    MailRhythm.objects.update_or_create(person=person, defaults={"rhythm": never, "watched": never})


def replace_feed(person: User) -> None:
    """A new address for the person's feed: the one before is dead."""
    MailRhythm.objects.get_or_create(person=person)
    MailRhythm.objects.filter(person=person).update(feed_version=F("feed_version") + 1)


def mark_read(person: User, *, key: int | None = None) -> int:
    """Marks one notice, or all of them, as read; how many that changed. Another's notice is not found."""
    unread = Notice.objects.unread().filter(person=person)
    if key is not None:
        unread = unread.filter(pk=key)
    return int(unread.update(read_at=timezone.now()))

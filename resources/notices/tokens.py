"""Addresses that speak for a person without a sign-in: to end the mails, and to read the feed. Signed, and nothing more."""

from django.core import signing
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from resources.notices.models import MailRhythm

UNSUBSCRIBE, FEED = "notices.unsubscribe", "notices.feed"
"""The salts: a token for one does not open the other."""


def unsubscribe_path(person: User) -> str:
    """The address that ends this person's mails; it holds for good, as mails do."""
    return reverse("unsubscribe", args=[signing.dumps(person.pk, salt=UNSUBSCRIBE)])


def feed_path(person: User) -> str:
    """The address of this person's feed, until they ask for another."""
    token = signing.dumps([person.pk, rhythm_of(person).feed_version], salt=FEED)
    return f"{reverse('notices_feed')}?token={token}"


def rhythm_of(person: User) -> MailRhythm:
    """The person's choices, or the defaults where they made none."""
    return MailRhythm.objects.filter(person=person).first() or MailRhythm(person=person)


def unsubscriber_or_404(token: str) -> User:
    """Whom a token of unsubscribe_path() stands for."""
    return _person_or_404(_opened(token, UNSUBSCRIBE))


def feed_reader_or_404(token: str) -> User:
    """Whom a token of feed_path() stands for, as long as they have not asked for a new address."""
    opened = _opened(token, FEED)
    key, version = opened if isinstance(opened, list) and len(opened) == 2 else (None, None)
    person = _person_or_404(key)
    if rhythm_of(person).feed_version != version:
        raise Http404(_("This address was replaced by another one. Your notices' settings show the new one."))
    return person


def _opened(token: str, salt: str) -> object:
    try:
        return signing.loads(token, salt=salt)
    except signing.BadSignature:
        return None


def _person_or_404(key: object) -> User:
    found = User.objects.filter(pk=key, is_active=True).first() if isinstance(key, int) else None
    if found is None:
        raise Http404(_("This address is not complete. Copy all of it from the mail or the settings."))
    return found

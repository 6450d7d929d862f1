"""Notices as an e-mail: text and simple HTML, the differences inside, and a way out in one click (RFC 8058)."""

import email.policy
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import Policy

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from resources.notices.differences import Lines, in_lines, sides_of
from resources.notices.models import Notice
from resources.notices.tokens import unsubscribe_path
from resources.notices.wording import path_of, quoted, sentence
from resources.text.cleaning import clean_source

WITH_DIFFERENCES = 20
"""So many notices of one mail bring their differences; the rest bring the address."""


@dataclass(frozen=True, slots=True)
class Item:
    """One notice in a mail."""

    sentence: str
    url: str
    quoted: str
    sides: list[tuple[str, list[Lines]]]


class Letter(EmailMultiAlternatives):
    """A mail whose addresses in headers stay whole: folded and encoded, no mail program finds the way out in them."""

    def message(self, *, policy: Policy | None = None) -> EmailMessage:
        """The mail with lines as long as RFC 5322 allows."""
        return super().message(policy=(policy or email.policy.default).clone(max_line_length=998))


def letter_of(person: User, notices: list[Notice]) -> Letter:
    """One mail with these notices, the newest first."""
    sides = sides_of(notices[:WITH_DIFFERENCES])
    items = [
        Item(
            sentence=sentence(notice),
            url=settings.SITE_URL + path_of(notice),
            quoted=quoted(notice),
            sides=[(side.label, [in_lines(field) for field in side.fields]) for side in sides.get(notice.pk, [])],
        )
        for notice in notices
    ]
    way_out = settings.SITE_URL + unsubscribe_path(person)
    context = {
        "person": person,
        "items": items,
        "unsubscribe": way_out,
        "settings_url": settings.SITE_URL + reverse("notice_settings"),
    }
    letter = Letter(
        subject=_subject(items),
        body=render_to_string("notices/mail.txt", context),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[person.email],
        headers={
            "List-Unsubscribe": f"<{way_out}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    letter.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    return letter


def _subject(items: list[Item]) -> str:
    """What the mail says, on one line."""
    first = " ".join(clean_source(items[0].sentence).split()).removesuffix(".")
    rest = len(items) - 1
    if not rest:
        return f"RayHub: {first}"
    more = ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": rest}
    return _("RayHub: %(first)s, %(more)s") % {"first": first, "more": more}

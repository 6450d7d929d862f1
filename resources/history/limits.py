"""How much one person may do in an hour: the table, and the refusal that says when to go on.

What was done is counted in the log, so there is nothing else to keep. RATE_LIMITS=0 switches all of it off.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role, role_of
from resources.entries.refusals import PublishRefused
from resources.history.models import Event, Revision

WINDOW = timedelta(hours=1)

NEW_FOR = timedelta(days=2)
"""How long an account counts as new."""

NEW = "new"

MOST: Mapping[str, Mapping[str, int]] = {
    "propose": {NEW: 10, Role.CONTRIBUTOR: 40, Role.EDITOR: 120, Role.MODERATOR: 600},
    "amend": {NEW: 30, Role.CONTRIBUTOR: 60, Role.EDITOR: 120, Role.MODERATOR: 600},
    "publish": {Role.EDITOR: 120, Role.MODERATOR: 600},
    "report": {NEW: 5, Role.CONTRIBUTOR: 20, Role.EDITOR: 40, Role.MODERATOR: 120},
    "retest": {Role.READER: 5, NEW: 10, Role.CONTRIBUTOR: 20, Role.EDITOR: 60, Role.MODERATOR: 300},
    "post": {NEW: 10, Role.CONTRIBUTOR: 40, Role.EDITOR: 120, Role.MODERATOR: 300},
}
"""What → role (or "new": a contributor with a new account) → how often in an hour. Administrators have no limit."""

ACTS: Mapping[str, tuple[str, ...]] = {
    "propose": ("proposed",),
    "amend": ("amended", "reopened"),
    "publish": (Revision.Act.CREATED, Revision.Act.EDITED, Revision.Act.MERGED),
    "report": ("reported",),
    "retest": ("link_retested",),
}
"""What → the events that count. Posts write none: they count themselves."""


class TooFast(PublishRefused):
    """More than this person may do in an hour; `again` is when they may go on. Views answer with `status`."""

    status = 429

    def __init__(self, most: int, again: datetime) -> None:
        words = {"number": most, "time": time_format(timezone.localtime(again), "H:i")}
        super().__init__(
            _("That is more than %(number)s in an hour. Nothing is lost: try again at %(time)s (UTC).") % words
        )
        self.again = again


def keep_pace(person: User, what: str, *, done: Any = None, moment: str = "happened_at") -> None:
    """Raises TooFast when a person did this as often as they may. `done` counts other rows than events, by `moment`."""
    most = most_for(person, what)
    if most is None or not settings.RATE_LIMITS:
        return
    if done is None:
        done = Event.objects.filter(actor=person, act__in=ACTS[what])
    since = timezone.now() - WINDOW
    earlier = done.filter(**{f"{moment}__gt": since}).order_by(f"-{moment}").values_list(moment, flat=True)
    reached = earlier[most - 1 : most]
    for first in reached:
        raise TooFast(most, first + WINDOW)


def most_for(person: User, what: str) -> int | None:
    """How often in an hour; None where there is no limit, or none for this role."""
    role: str = role_of(person)
    if role == Role.CONTRIBUTOR and person.joined_at > timezone.now() - NEW_FOR:
        role = NEW
    return MOST[what].get(role, MOST[what].get(Role.CONTRIBUTOR) if role == NEW else None)

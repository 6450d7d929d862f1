"""What readers are told of a link, in one word: how it stands (links/models.py keeps that), and whether that counts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import models
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DRIFTED = "drifted"
"""The cause of a visit that found another page than the one that was accepted, as fetching/visits.py has it."""


class Health(models.TextChoices):
    """From what needs somebody most to what needs nobody."""

    BROKEN = "broken", _("broken")
    FAILING = "failing", _("failing")
    DRIFTED = "drifted", _("another page")
    MOVED = "moved", _("moved")
    BLOCKED = "blocked", _("cannot be tested")
    UNTESTED = "untested", _("not tested yet")
    SKIPPED = "skipped", _("not tested")
    IGNORED = "ignored", _("ignored")
    OK = "ok", _("works")


IN_DOUBT = (Health.BROKEN, Health.FAILING, Health.DRIFTED, Health.MOVED, Health.BLOCKED)
"""What lists put a mark on."""

AT_EASE = (Health.OK, Health.UNTESTED, Health.SKIPPED)
"""How links stand of which readers need not know; what drifted says so in its cause."""

COLOURS: Mapping[str, str] = {
    Health.BROKEN: "red",
    Health.FAILING: "amber",
    Health.DRIFTED: "amber",
    Health.MOVED: "accent",
    Health.OK: "green",
}
"""The colour that stands beside the word; the rest have none."""

ICONS: Mapping[str, str] = {
    Health.BROKEN: "gone",
    Health.FAILING: "warning",
    Health.DRIFTED: "eye",
    Health.MOVED: "moved",
    Health.BLOCKED: "unknown",
    Health.UNTESTED: "history",
    Health.SKIPPED: "info",
    Health.IGNORED: "archived",
    Health.OK: "active",
}

SHOWN = ("state", "cause", "ignored_until")
"""The columns of a link that its health is told from."""

QUIET_AFTER = timedelta(days=2 * 365)
"""So long without a release or a commit, and readers are told."""

UNSHOWN = (
    "key", "address", "host", "status", "final", "note", "title", "fingerprint", "likeness", "etag", "modified", "failures",
    "failing_since", "worked_at", "checked_at", "due_at", "ignored_reason", "ignored_by", "created_at", "unused_since",
    "project__key", "project__source", "project__told_at", "project__archived_at", "project__renamed_to",
    "project__release_name", "project__asked_at", "project__due_at",
)  # fmt: skip
"""The columns that no mark in a list needs."""


class Tested(Protocol):
    """A link, as far as its health goes."""

    state: str
    cause: str
    ignored_until: datetime | None


def health_of(link: Tested) -> Health:
    """The word for a link."""
    if link.ignored_until is not None and link.ignored_until > timezone.now():
        return Health.IGNORED
    if link.state == Health.OK and link.cause == DRIFTED:
        return Health.DRIFTED
    return Health(link.state)


def health_column(prefix: str = "") -> Case:
    """The same word as a column; `prefix` leads to the link, as "link__"."""
    return Case(
        When(**{f"{prefix}ignored_until__gt": timezone.now()}, then=Value(Health.IGNORED)),
        When(**{f"{prefix}state": Health.OK, f"{prefix}cause": DRIFTED}, then=Value(Health.DRIFTED)),
        default=F(f"{prefix}state"),
        output_field=CharField(),
    )


def of_health(word: str, prefix: str = "") -> Q:
    """The condition that a link has this health."""
    ignored = Q(**{f"{prefix}ignored_until__gt": timezone.now()})
    if word == Health.IGNORED:
        return ignored
    counts = Q(**{f"{prefix}ignored_until": None}) | Q(**{f"{prefix}ignored_until__lte": timezone.now()})
    drifted = Q(**{f"{prefix}cause": DRIFTED})
    if word == Health.DRIFTED:
        return counts & drifted & Q(**{f"{prefix}state": Health.OK})
    return counts & Q(**{f"{prefix}state": word}) & (~drifted if word == Health.OK else Q())


ACTIVITIES = (
    ("lately", _("release or commit within a year")),
    ("quiet", _("none for two years")),
    ("archived", _("archived by its keepers")),
)
"""How alive a project is, for filters."""


def of_activity(word: str, prefix: str) -> Q:
    """The condition that a project (`prefix` leads to it, as "link__project__") is that alive."""
    if word == "archived":
        return Q(**{f"{prefix}archived": True})
    since = timezone.now() - (QUIET_AFTER if word == "quiet" else timedelta(days=365))
    later = Q(**{f"{prefix}last_commit__gte": since}) | Q(**{f"{prefix}last_release__gte": since})
    if word == "lately":
        return later & Q(**{f"{prefix}archived": False})
    # Not by excluding the later ones: what is not known is no date.
    known = Q(**{f"{prefix}last_commit__lt": since}) | Q(**{f"{prefix}last_release__lt": since})
    unknown = {"commit": Q(**{f"{prefix}last_commit": None}), "release": Q(**{f"{prefix}last_release": None})}
    earlier = (Q(**{f"{prefix}last_commit__lt": since}) | unknown["commit"]) & (
        Q(**{f"{prefix}last_release__lt": since}) | unknown["release"]
    )
    return known & earlier


def rank_column(column: Any) -> Case:
    """A number that sorts by need, of a column that has the word."""
    return Case(*(When(**{column: word}, then=Value(place)) for place, word in enumerate(Health)), default=Value(99))

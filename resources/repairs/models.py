"""What could be put right about a link, and what became of it."""

from hashlib import sha256
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Resource
from resources.links.models import Link
from resources.proposals.models import AS_ONE


class RepairQuerySet(models.QuerySet["Repair"]):
    """Repairs in the field's words."""

    def open(self) -> Self:
        """Those that somebody has to decide."""
        return self.filter(state=Repair.State.OPEN)

    def decided(self) -> Self:
        """Those that were, or that nobody needs to decide any more; the newest first."""
        return self.exclude(state=Repair.State.OPEN).order_by("-decided_at", "-pk")

    def of_cause(self, cause: str) -> Self:
        """Those of one cause."""
        return self.filter(cause=cause)


class Repair(models.Model):
    """An address that should be another one wherever it stands, proposed by the link keeper as one batch of proposals.

    `key` is that of the link, `old` the spelling that was visited, `new` what takes its place. `evidence` are the visits
    that tell so: [{at, verdict, status, final, times, words}, …]. `double` is the resource that has the new address
    already: what it is to the one with the old address is left to a person. `left_out` are the pages that somebody took out.
    """

    class Cause(models.TextChoices):
        MOVED = "moved", _("moved for good")
        RENAMED = "renamed", _("repository renamed")
        HTTPS = "https", _("https available")
        TRACKERS = "trackers", _("trackers in the address")
        SPELLING = "spelling", _("the site's own spelling")
        COPY = "copy", _("gone, with an archived copy")
        ARCHIVED = "archived", _("repository archived")

    class State(models.TextChoices):
        OPEN = "open", _("under review")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    link = models.ForeignKey(Link, null=True, on_delete=models.SET_NULL, related_name="repairs")
    cause = models.CharField(max_length=10, choices=Cause)
    key = models.CharField(max_length=2000)
    old = models.CharField(max_length=2000)
    new = models.CharField(max_length=2000, blank=True)
    mark = models.CharField(max_length=64)  # of cause, key and new: too long for an index themselves
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    evidence = models.JSONField(default=list)
    double = models.ForeignKey(Resource, null=True, on_delete=models.SET_NULL, related_name="+")
    left_out = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    objects: ClassVar[Any] = RepairQuerySet.as_manager()

    class Meta:
        verbose_name = _("repair")
        verbose_name_plural = _("repairs")
        constraints = [
            models.CheckConstraint(
                condition=Q(cause__in=["moved", "renamed", "https", "trackers", "spelling", "copy", "archived"]),
                name="repair_cause_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | Q(state__in=["accepted", "rejected"], decided_by__isnull=False, decided_at__isnull=False)
                | Q(state="withdrawn", decided_by=None, decided_at__isnull=False),
                name="repair_decision_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state="rejected", note=""), name="repair_refusal_has_reason"),
            models.UniqueConstraint("mark", condition=Q(state="open"), name="repair_open_once"),
        ]
        indexes = [
            models.Index(fields=["state", "cause", "id"], name="repair_queue"),
            models.Index(fields=["mark"], name="repair_mark"),
            models.Index(fields=["state", "-decided_at"], name="repair_decided"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.old} → {self.new}"

    def get_absolute_url(self) -> str:
        return reverse("repair", args=[self.pk])

    @property
    def batch(self) -> str:
        """The name of its proposals' batch."""
        return f"{AS_ONE}{self.pk}"

    @property
    def title(self) -> str:
        """What it is called in the log."""
        return self.old.partition("://")[2] or self.old


def mark_of(cause: str, key: str, new: str) -> str:
    """What two repairs share that ask for the same."""
    return sha256(f"{cause}\n{key}\n{new}".encode()).hexdigest()


class Trial(models.Model):
    """What asking another address in place of a link's told: the same answer, `times` in a row, from `first_at` on."""

    class Kind(models.TextChoices):
        HTTPS = "https", _("the same by https")
        COPY = "copy", _("an archived copy")

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="trials")
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.CharField(max_length=2000)  # that was asked
    found = models.CharField(max_length=2000, blank=True)  # what can take the link's place; "" where nothing can
    words = models.CharField(max_length=300, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    due_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("trial")
        verbose_name_plural = _("trials")
        constraints = [models.UniqueConstraint("link", "kind", name="trial_once")]
        indexes = [models.Index(fields=["kind", "due_at"], name="trial_due")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.address}"

"""What was live, and who did what."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Entry


class RevisionQuerySet(models.QuerySet["Revision"]):
    """Revisions in the field's words."""

    def newest(self) -> Self:
        """The last one first."""
        return self.order_by("-created_at", "-pk")

    def for_rows(self) -> Self:
        """With the entry and the author that a list row shows, without the content."""
        return self.select_related("entry", "author").defer("content", "entry__html")


class Revision(models.Model):
    """Content that was once live. Numbered per entry from 1, and never changed: triggers in the database see to it."""

    class Act(models.TextChoices):
        CREATED = "created", _("created")
        EDITED = "edited", _("edited")
        MERGED = "merged", _("edited, merged with another edit")
        IMPORTED = "imported", _("imported")
        REMOVED = "removed", _("removed")
        RESTORED = "restored", _("restored")
        UNDONE = "undone", _("an edit undone")

    class Significance(models.TextChoices):
        TYPO = "typo", _("typo: the meaning is the same")
        CONTENT = "content", _("content: something is said otherwise")
        MAJOR = "major", _("major: readers should look again")

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    act = models.CharField(max_length=10, choices=Act)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="revisions")
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="accepted_revisions"
    )
    summary = models.TextField(blank=True)
    significance = models.CharField(max_length=10, choices=Significance, default=Significance.CONTENT)
    size = models.IntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("entry", "number", name="revision_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="revision_number_from_one"),
            models.CheckConstraint(
                condition=Q(act__in=["created", "edited", "merged", "imported", "removed", "restored", "undone"]),
                name="revision_act_known",
            ),
            models.CheckConstraint(
                condition=Q(significance__in=["typo", "content", "major"]), name="revision_significance_known"
            ),
            models.CheckConstraint(condition=~Q(accepted_by=F("author")), name="revision_accepted_by_another"),
        ]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="revision_newest"),
            models.Index(fields=["author", "-created_at"], name="revision_of_author"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}:{self.number}"

    @property
    def headline(self) -> str:
        """The first line of the summary: a commit's message can have many."""
        return self.summary.strip().partition("\n")[0]


class Event(models.Model):
    """One line of the audit log. Append-only: triggers in the database see to it."""

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="events")
    act = models.CharField(max_length=40)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="events")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="events_about"
    )
    proposal = models.ForeignKey("resources.Proposal", null=True, on_delete=models.PROTECT, related_name="events")
    why = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="event_newest"),
            models.Index(fields=["actor", "act", "-happened_at"], name="event_of_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.entry_id or ''}".strip()

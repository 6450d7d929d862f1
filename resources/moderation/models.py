"""What moderators keep: reports, banned words, and the trust that was earned or taken."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.discussion.models import Post
from resources.entries.models import Entry
from resources.history.models import Revision


class Report(models.Model):
    """A reader says that something is not right: with an entry, a revision, a post or a person."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("spam or advertising")
        WRONG = "wrong", _("wrong")
        OUTDATED = "outdated", _("outdated")
        ABUSE = "abuse", _("abuse of people")
        COPYRIGHT = "copyright", _("copyright")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        UPHELD = "upheld", _("upheld")
        DISMISSED = "dismissed", _("dismissed")

    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="reports")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="reports")
    post = models.ForeignKey(Post, null=True, on_delete=models.CASCADE, related_name="reports")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="reports_about"
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason)
    words = models.TextField(_("what is not right"), blank=True)
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reports")
    weight = models.FloatField(default=1.0)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False, revision=None, post=None, person=None)
                | Q(entry=None, revision__isnull=False, post=None, person=None)
                | Q(entry=None, revision=None, post__isnull=False, person=None)
                | Q(entry=None, revision=None, post=None, person__isnull=False),
                name="report_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["spam", "wrong", "outdated", "abuse", "copyright"]), name="report_reason_known"
            ),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | Q(state__in=["upheld", "dismissed"], decided_by__isnull=False, decided_at__isnull=False),
                name="report_decision_is_whole",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="report_queue")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.reason}"


class Protection(models.Model):
    """An entry that only some may change for a while. Written by moderation's door protect() alone."""

    class Level(models.TextChoices):
        EDITORS = "editors", _("editors only")
        MODERATORS = "moderators", _("moderators only")

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, primary_key=True, related_name="protection")
    level = models.CharField(max_length=20, choices=Level)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=["editors", "moderators"]), name="protection_level_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="protection_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.level}"


class BannedWord(models.Model):
    """A word that a proposal should not contain; administrators edit the list."""

    word = models.CharField(_("word"), max_length=100, unique=True)
    why = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("banned word")
        verbose_name_plural = _("banned words")

    def __str__(self) -> str:
        return self.word


class Trust(models.Model):
    """What a moderator or the rule decided about a person's trust. Without a row the rule alone decides.

    `locked` keeps the present role, whatever the rule says. `falls_at` is when a trusted editor who no longer meets the
    rule goes back to contributor, unless they meet it again before. `appeal` is what they ask.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="trust"
    )
    locked = models.BooleanField(default=False)
    locked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    promoted_at = models.DateTimeField(null=True)
    falls_at = models.DateTimeField(null=True)
    appeal = models.TextField(blank=True)
    appealed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(locked=False) | (Q(locked_by__isnull=False) & ~Q(reason="")), name="trust_lock_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {'locked' if self.locked else 'by rule'}"

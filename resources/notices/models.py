"""What people watch, and what they are told."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from resources.entries.models import Entry
from resources.history.models import Revision


class Watch(models.Model):
    """A person wants to hear of changes to an entry (of a section: also of what sits in it), or of all with a tag."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="watches")
    tag = models.ForeignKey(Tag, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = _("watches")
        constraints = [
            models.UniqueConstraint("person", "entry", name="watch_entry_once"),
            models.UniqueConstraint("person", "tag", name="watch_tag_once"),
            models.CheckConstraint(
                condition=Q(entry=None, tag__isnull=False) | Q(entry__isnull=False, tag=None), name="watch_one_thing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} watches {self.entry_id or self.tag_id}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices in the field's words."""

    def unread(self) -> Self:
        """Not yet seen."""
        return self.filter(read_at=None)

    def newest(self) -> Self:
        """The last one first."""
        return self.order_by("-created_at", "-pk")

    def for_rows(self) -> Self:
        """With all that their sentences name, without the long texts of it."""
        return self.select_related("person", "actor", "entry", "revision", "proposal", "post").defer(
            "entry__html", "revision__content", "post__html", "post__text"
        )


class Notice(models.Model):
    """A message to one person about something they watch or did. `act` is a word that notices/wording.py can say.

    One notice can tell of several edits that a person made to an entry in a row: of all after revision number `since`, up
    to `revision`. `mailing_since` marks one that a process is about to mail.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    act = models.CharField(max_length=40)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.PROTECT, related_name="+")
    proposal = models.ForeignKey("resources.Proposal", null=True, on_delete=models.CASCADE, related_name="notices")
    post = models.ForeignKey("resources.Post", null=True, on_delete=models.CASCADE, related_name="notices")
    since = models.PositiveIntegerField(null=True)
    words = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mailing_since = models.DateTimeField(null=True)

    objects: ClassVar[Any] = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "-created_at", "-id"], name="notice_newest"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["person"], condition=Q(mailed_at=None), name="notice_unmailed"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.act}"


class MailRhythm(models.Model):
    """How often a person wants notices by e-mail: `rhythm` for what concerns them, `watched` for what they watch.

    Without a row the defaults hold. `feed_version` grows when they ask for a new address of their feed.
    """

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("once a day")
        NEVER = "never", _("never")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="mail_rhythm"
    )
    rhythm = models.CharField(
        _("What concerns you: decisions, questions, answers"), max_length=10, choices=Rhythm, default=Rhythm.AT_ONCE
    )
    watched = models.CharField(_("Changes to what you watch"), max_length=10, choices=Rhythm, default=Rhythm.DAILY)
    watches_own = models.BooleanField(_("Watch what I write"), default=True)
    digest_at = models.DateTimeField(null=True, editable=False)
    feed_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(rhythm__in=["at_once", "daily", "never"]), name="mail_rhythm_known"),
            models.CheckConstraint(condition=Q(watched__in=["at_once", "daily", "never"]), name="mail_watched_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.rhythm}, {self.watched}"

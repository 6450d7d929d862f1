"""What is being written: drafts, and who is at which page."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from resources.entries.models import Entry


class Draft(models.Model):
    """What a person has typed into one form and not yet sent. `key` names the form: "entry:12", "new:resource",
    "proposal:7".

    `fields` is the form as typed, `base` the revision number it started from, `version` grows with each save, so that an
    older tab cannot overwrite a newer one.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=60)
    entry = models.ForeignKey(Entry, null=True, on_delete=models.CASCADE, related_name="drafts")
    fields = models.JSONField(default=dict)
    base = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("person", "key", name="draft_once")]
        indexes = [models.Index(fields=["person", "-saved_at"], name="draft_newest")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.key}"

    @property
    def title(self) -> str:
        """What the draft is of: the title that was typed, or the entry's."""
        typed = (self.fields.get("title") or [""])[0].strip()
        return typed or (self.entry.title if self.entry else _("Without a title"))

    @property
    def form_address(self) -> str:
        """Where the form is found."""
        kind, _colon, rest = self.key.partition(":")
        if kind == "proposal":
            return reverse("amend_proposal", args=[rest])
        return f"{self.entry.get_absolute_url()}edit/" if self.entry else reverse(f"{rest}_new")

    @property
    def is_of_a_proposal(self) -> bool:
        """Whether it amends a proposal."""
        return self.key.startswith("proposal:")

    @property
    def is_behind(self) -> bool:
        """Whether the entry was published to since the edit began."""
        return self.entry is not None and self.base != self.entry.revision_number


class Presence(models.Model):
    """A person has the editing form of an entry open: since when, and when last heard of."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="presences")
    since = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("person", "entry", name="presence_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.entry_id}"

    @property
    def is_fresh(self) -> bool:
        """Whether they came less than a minute ago."""
        return self.since > timezone.now() - timedelta(minutes=1)

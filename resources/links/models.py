"""Where entries lead."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Entry


class MentionQuerySet(models.QuerySet["Mention"]):
    """Mentions in the field's words."""

    def live(self) -> Self:
        """Those on pages that readers see."""
        return self.filter(source__removed_at__isnull=True)

    def wanted(self) -> Self:
        """Those of something that is not there, never written or removed, on pages that readers see."""
        missing = Q(target=None) | Q(target__removed_at__isnull=False)
        return self.live().filter(missing, source__wikipage__redirect=None)


class Mention(models.Model):
    """A link from one entry to another, also to one that nobody has written yet. Kept by publish().

    `type` and `name` are what it is looked up by (entries/naming.py), `title` is how it was written.
    """

    source = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="mentions")
    type = models.CharField(max_length=20, choices=Entry.Type)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=300)
    target = models.ForeignKey(Entry, null=True, on_delete=models.SET_NULL, related_name="mentioned_by")

    objects: ClassVar[Any] = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [models.UniqueConstraint("source", "type", "name", name="mention_once")]
        indexes = [models.Index(fields=["type", "name"], name="mention_name")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.type}:{self.name}"

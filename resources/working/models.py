"""Who works, and which chores are done when."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SILENT = timedelta(seconds=60)
"""A worker that was not heard for so long is taken for dead; it says several times in that while that it lives."""


class WorkerQuerySet(models.QuerySet["Worker"]):
    """Workers in the field's words."""

    def heard(self, at: datetime) -> Self:
        """Those that live, as far as they said so themselves."""
        return self.filter(seen_at__gt=at - SILENT)


class Worker(models.Model):
    """A process that works beside the site. `name` is that of rayhub/alive.py, under which it claims tasks."""

    name = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager[Self]] = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.name


class Chore(models.Model):
    """Something that comes round. Whoever does it claims it first, so that several workers never do it at once."""

    name = models.CharField(max_length=40, unique=True)
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("chore")
        verbose_name_plural = _("chores")
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="chore_has_a_name")]

    def __str__(self) -> str:
        return self.name

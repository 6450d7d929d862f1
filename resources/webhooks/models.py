"""Where messages go, and what became of each."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Happening(models.TextChoices):
    """What a webhook can be told."""

    PUBLISHED = "published", _("something went live: new, edited, removed or restored")
    PROPOSED = "proposed", _("a change was proposed, or a proposal amended")
    DECIDED = "decided", _("a proposal was accepted, rejected, withdrawn, or sent back for changes")
    LINK_BROKEN = "link_broken", _("a link turned broken")
    LINK_WORKS = "link_works", _("a broken link works again")
    TEST = "test", _("somebody pressed the test button")


class Webhook(models.Model):
    """An address that is told what happens. `secret` signs messages, so it is kept as it is, and shown once.

    `failures` counts messages in a row that could not be delivered; after too many of them it is switched off.
    """

    class State(models.TextChoices):
        ON = "on", _("on")
        OFF = "off", _("switched off by hand")
        FAILED = "failed", _("switched off after too many failures")

    name = models.CharField(_("name"), max_length=60)
    address = models.CharField(
        _("address"), max_length=2000, help_text=_("Where messages are sent by POST: http or https.")
    )
    secret = models.CharField(max_length=80, editable=False)
    happenings = models.JSONField(_("what it is told"), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.ON, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.PROTECT, related_name="made_webhooks"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["on", "off", "failed"]), name="webhook_state_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def happening_labels(self) -> list[str]:
        """What it is told, in words."""
        return [str(Happening(word).label) for word in self.happenings if word in Happening.values]


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries in the field's words."""

    def due(self, at: datetime) -> Self:
        """Those to be tried by that time."""
        return self.filter(state=Delivery.State.WAITING, due_at__lte=at, webhook__state=Webhook.State.ON)


class Delivery(models.Model):
    """One message to one webhook. `body` is what is sent, letter by letter; `due_at` is when it is tried next, and while a
    process tries, when another may.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("delivered")
        GIVEN_UP = "given_up", _("given up")

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    happening = models.CharField(max_length=20, choices=Happening)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    seconds = models.FloatField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "given_up"]), name="delivery_state_known"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["webhook", "-created_at"], name="delivery_of_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.happening} to {self.webhook_id}: {self.state}"

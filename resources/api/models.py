"""What the API keeps: answers to requests that say that they are to be done once."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone


class Receipt(models.Model):
    """What a person's request with an Idempotency-Key was answered, so that the same one sent again does nothing new.

    `fingerprint` is the SHA-256 of what was sent.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint("person", "key", name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.key}"

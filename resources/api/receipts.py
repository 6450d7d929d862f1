"""Doing once what is sent twice: the key that a program gives its request names the answer for a day."""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from resources.api.models import Receipt
from resources.api.refusing import Refusal

KEPT = timedelta(days=1)

type Done = tuple[int, dict[str, Any]]
"""The status and the data of an answer."""


def once(person: User, key: str | None, body: bytes, act: Callable[[], Done]) -> Done:
    """Does the act and keeps its answer, or gives the one that was kept. A refused act is not kept: it can be tried again.

    Who sends the same key at the same instant waits for the other. Raises Refusal where the key came with something else.
    """
    if not key:
        return act()
    fingerprint = sha256(body).hexdigest()
    with transaction.atomic():
        Receipt.objects.filter(person=person, created_at__lt=timezone.now() - KEPT).delete()
        try:
            with transaction.atomic():
                receipt = Receipt.objects.create(person=person, key=key, fingerprint=fingerprint)
        except IntegrityError:
            return _again(Receipt.objects.get(person=person, key=key), fingerprint)
        receipt.status, receipt.answer = act()
        receipt.save(update_fields=["status", "answer"])
        return receipt.status, receipt.answer


def _again(receipt: Receipt, fingerprint: str) -> Done:
    if receipt.fingerprint != fingerprint:
        raise Refusal(422, _("This Idempotency-Key was sent with something else. Take a new key for a new request."))
    return receipt.status, receipt.answer

"""Messages on their way: signed, tried again with longer and longer pauses, and given up in the end.

Nothing here runs inside the transaction of an act. A process claims a message before it sends it, so that two never send
the same; one that dies gives it back after a while.
"""

import hmac
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from time import time

from django.db import transaction
from django.db.models import F
from django.tasks import task
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from resources.fetching.posted import Posted
from resources.links.manners import manners
from resources.notices.telling import tell
from resources.webhooks.models import Delivery, Webhook

PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""After which a message is tried again; then it is given up."""

MOST_FAILURES = 20
"""Tries in a row that may fail before a webhook is switched off."""

CLAIM = timedelta(minutes=2)
PATIENCE = 10.0
"""Seconds that the other side has."""

KEPT = timedelta(days=30)
"""How long the log of messages goes back."""


@task
def send_deliveries(pks: list[int]) -> None:
    """Sends these messages, as far as they are due."""
    for pk in pks:
        send(pk)


def send_due() -> int:
    """Sends what is due, and forgets what is old; returns how many were tried. Safe to repeat, and beside another run."""
    Delivery.objects.filter(created_at__lt=timezone.now() - KEPT).exclude(state=Delivery.State.WAITING).delete()
    pks = Delivery.objects.due(timezone.now()).order_by("due_at", "pk").values_list("pk", flat=True)[:1000]
    return sum(send(pk) for pk in list(pks))


def send(pk: int) -> bool:
    """Tries one message, if nobody else does it now; whether it was tried."""
    now = timezone.now()
    if not Delivery.objects.due(now).filter(pk=pk).update(due_at=now + CLAIM):
        return False
    from resources.fetching.posting import post  # noqa: PLC0415  # heavy, and most processes send nothing

    delivery = Delivery.objects.select_related("webhook").get(pk=pk)
    hook, body = delivery.webhook, delivery.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "RayHub-Webhook/1.0",
        "RayHub-Happening": delivery.happening,
        "RayHub-Delivery": str(delivery.pk),
        "RayHub-Signature": signature(hook.secret, body, int(time())),
    }
    _note(delivery, post(hook.address, body, headers, replace(manners(), timeout=PATIENCE)))
    return True


def signature(secret: str, body: bytes, at: int) -> str:
    """The moment of the try, and the HMAC-SHA256 of the moment, a dot and the body, under the webhook's secret."""
    made = hmac.new(secret.encode(), b"%d." % at + body, sha256).hexdigest()
    return f"t={at},v1={made}"


def _note(delivery: Delivery, posted: Posted) -> None:
    """Writes down what became of a try."""
    now = timezone.now()
    delivery.attempts += 1
    delivery.status, delivery.note, delivery.seconds = posted.status, posted.note, posted.seconds
    if posted.taken:
        delivery.state, delivery.sent_at = Delivery.State.SENT, now
    elif delivery.attempts > len(PAUSES):
        delivery.state = Delivery.State.GIVEN_UP
    else:
        delivery.due_at = now + PAUSES[delivery.attempts - 1]
    with transaction.atomic():
        delivery.save(update_fields=["attempts", "status", "note", "seconds", "state", "sent_at", "due_at"])
        hooks = Webhook.objects.filter(pk=delivery.webhook_id)
        if posted.taken:
            hooks.exclude(failures=0).update(failures=0)
        else:
            hooks.update(failures=F("failures") + 1)
            _switch_off_failed(delivery.webhook)


def _switch_off_failed(hook: Webhook) -> None:
    """Tells nobody's ear no more, and tells the administrators, once."""
    failing = Webhook.objects.filter(pk=hook.pk, state=Webhook.State.ON, failures__gte=MOST_FAILURES)
    if failing.update(state=Webhook.State.FAILED):
        administrators = User.objects.filter(groups__name=Role.ADMINISTRATOR, is_active=True)
        tell(administrators, "webhook_failed", actor=None, words=hook.name)

"""What administrators do with webhooks; each act is a line of the log."""

from collections.abc import Iterable
from secrets import token_urlsafe
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.refusals import PublishRefused
from resources.history.models import Event
from resources.permissions import may_administer
from resources.webhooks.announcing import announce
from resources.webhooks.models import Delivery, Happening, Webhook

MOST = 20
"""Webhooks of a site."""


class WebhookRefused(PublishRefused):
    """What cannot be done with a webhook; the message says what to do."""


def make_webhook(*, name: str, address: str, happenings: Iterable[str], by: User) -> Webhook:
    """A new one, switched on. Its secret is on the page that answers, and nowhere else. Raises WebhookRefused."""
    _need(by)
    with transaction.atomic():
        if Webhook.objects.count() >= MOST:
            raise WebhookRefused(_("There are %(most)s already. Delete one that nobody needs.") % {"most": MOST})
        hook = Webhook.objects.create(
            name=name, address=address, happenings=list(happenings), secret=_secret(), made_by=by
        )
        _record("webhook_made", hook, by)
    return hook


def change_webhook(hook: Webhook, *, by: User, **given: Any) -> None:
    """Another name or address, or other happenings."""
    _need(by)
    with transaction.atomic():
        for name, value in given.items():
            setattr(hook, name, value)
        hook.save(update_fields=list(given))
        _record("webhook_changed", hook, by)


def switch_on(hook: Webhook, *, by: User) -> None:
    """From now on it is told again; what failed is forgotten."""
    _switch(hook, Webhook.State.ON, by)


def switch_off(hook: Webhook, *, by: User) -> None:
    """It is told nothing until somebody switches it on; what waits goes on waiting."""
    _switch(hook, Webhook.State.OFF, by)


def _switch(hook: Webhook, state: Webhook.State, by: User) -> None:
    _need(by)
    with transaction.atomic():
        hook.state, hook.failures = state, 0
        hook.save(update_fields=["state", "failures"])
        _record(f"webhook_{state}", hook, by)


def new_secret(hook: Webhook, *, by: User) -> None:
    """Signs with another secret from now on."""
    _need(by)
    with transaction.atomic():
        hook.secret = _secret()
        hook.save(update_fields=["secret"])
        _record("webhook_secret", hook, by)


def drop_webhook(hook: Webhook, *, by: User) -> None:
    """Takes it away, with its log."""
    _need(by)
    with transaction.atomic():
        _record("webhook_dropped", hook, by)
        hook.delete()


def try_webhook(hook: Webhook, *, by: User) -> Delivery:
    """Sends it a message that says nothing but who sent it. Raises WebhookRefused where it is switched off."""
    _need(by)
    if hook.state != Webhook.State.ON:
        raise WebhookRefused(_("It is switched off. Switch it on first."))
    with transaction.atomic():
        return announce(Happening.TEST, {"by": by.name}, to=[hook])[0]


def _secret() -> str:
    return f"whs_{token_urlsafe(32)}"


def _need(person: User) -> None:
    if not may_administer(person):
        raise WebhookRefused(_("Only administrators keep webhooks."))


def _record(act: str, hook: Webhook, by: User) -> None:
    Event.objects.create(actor=by, act=act, details={"webhook": hook.name, "address": hook.address})

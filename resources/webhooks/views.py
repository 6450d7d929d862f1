"""The pages where administrators keep webhooks."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.views.guards import MemberRequest, administrators
from resources.webhooks.acting import (
    WebhookRefused,
    change_webhook,
    drop_webhook,
    make_webhook,
    new_secret,
    switch_off,
    switch_on,
    try_webhook,
)
from resources.webhooks.forms import WebhookForm
from resources.webhooks.models import Delivery, Webhook

PER_PAGE = 50

BUTTONS = ("test", "on", "off", "secret", "delete")

form_page = require_http_methods(["GET", "HEAD", "POST"])


def webhook_or_404(pk: int) -> Webhook:
    """The webhook of this number."""
    return get_object_or_404(Webhook, pk=pk)


@form_page
@never_cache
@administrators
def webhooks(request: MemberRequest) -> HttpResponse:
    """All of them, and the form for a new one; its secret is on the page that answers, and nowhere else."""
    form = WebhookForm(request.POST if request.method == "POST" else None)
    made = None
    if form.is_valid():
        try:
            made = make_webhook(by=request.user, **form.cleaned_data)
            form = WebhookForm()
        except WebhookRefused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "webhooks": Webhook.objects.all(), "made": made, "secret": made.secret if made else ""}
    return render(request, "webhooks/webhooks.html", context, status=422 if form.errors else 200)


@form_page
@never_cache
@administrators
def webhook(request: MemberRequest, pk: int) -> HttpResponse:
    """One of them: what it is told, and what became of its messages."""
    hook = webhook_or_404(pk)
    initial = {"name": hook.name, "address": hook.address, "happenings": hook.happenings}
    form = WebhookForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        change_webhook(hook, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("webhook", hook.pk)
    return _show(request, hook, form, status=422 if form.errors else 200)


def _show(
    request: MemberRequest, hook: Webhook, form: WebhookForm, *, secret: str = "", status: int = 200
) -> HttpResponse:
    page = Paginator(Delivery.objects.filter(webhook=hook), PER_PAGE).get_page(request.GET.get("page"))
    context = {"webhook": hook, "form": form, "page": page, "secret": secret}
    return render(request, "webhooks/webhook.html", context, status=status)


@require_POST
@never_cache
@administrators
def webhook_act(request: MemberRequest, pk: int, act: str) -> HttpResponse:
    """A button: test, on, off, secret or delete."""
    hook = webhook_or_404(pk)
    if act == "secret":
        new_secret(hook, by=request.user)
        initial = {"name": hook.name, "address": hook.address, "happenings": hook.happenings}
        return _show(request, hook, WebhookForm(initial=initial), secret=hook.secret)
    try:
        ACTS[act](hook, by=request.user)
    except WebhookRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("webhook", hook.pk)
    said = {
        "test": _("A message is on its way. What became of it stands below."),
        "on": _("It is switched on."),
        "off": _("It is switched off."),
        "delete": _("“%(name)s” is gone.") % {"name": hook.name},
    }
    messages.success(request, said[act])
    return redirect("webhooks") if act == "delete" else redirect("webhook", hook.pk)


ACTS: Mapping[str, Callable[..., Any]] = {
    "test": try_webhook,
    "on": switch_on,
    "off": switch_off,
    "delete": drop_webhook,
}

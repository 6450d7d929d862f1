"""The pages that show what taking something back would do, and do it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from resources.entries.content import MODELS
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.comparing import compare_revisions
from resources.history.models import Revision
from resources.history.views import revision_or_404
from resources.moderation.blocking import may_block
from resources.moderation.clean_up_plans import plan_clean_up
from resources.moderation.cleaning_up import Also, clean_up
from resources.moderation.guards import form_page, moderators_only, need, person_or_404, signed_in
from resources.moderation.order_forms import CleanUpForm, SinceForm, TakeBackForm
from resources.moderation.taking_back import CannotUndo, Reversal, plan_roll_back, plan_undo, roll_back, undo
from resources.permissions import may_publish
from resources.publishing import PublishRefused
from resources.text.render_limits import TextTooComplex, TextTooLarge

SPANS = ((_lazy("an hour"), 1), (_lazy("a day"), 24), (_lazy("a week"), 168), (_lazy("a month"), 720))
"""Shortcuts to a moment, in hours."""

REFUSALS = (PublishRefused, TextTooComplex, TextTooLarge)


@form_page
@entry_page(also_removed=True)
def undo_revision(request: HttpRequest, entry: Entry, number: int) -> HttpResponse:
    """Asks whether one change shall be taken out, with what would happen; a POST does it."""
    found = revision_or_404(entry, number)
    return _take_back(
        request,
        entry,
        lambda: plan_undo(entry, found),
        lambda live, reason: undo(found, by=signed_in(request), reason=reason, live=live),
        {"revision": found},
    )


@form_page
@entry_page(also_removed=True)
def roll_back_entry(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Asks whether all latest edits of the latest author shall be taken back; a POST does it."""
    person = revision_or_404(entry, entry.revision_number).author
    return _take_back(
        request,
        entry,
        lambda: plan_roll_back(entry, person),
        lambda live, reason: roll_back(entry, person, by=signed_in(request), reason=reason, live=live),
        {"person": person},
    )


def _take_back(
    request: HttpRequest,
    entry: Entry,
    plan: Callable[[], Reversal],
    act: Callable[[int, str], Revision],
    about: dict[str, object],
) -> HttpResponse:
    need(may_publish(request.user, entry.protection_level))
    form = TakeBackForm(request.POST if request.method == "POST" else None, initial={"live": entry.revision_number})
    if form.is_bound and form.is_valid():
        try:
            done = act(form.cleaned_data["live"], form.cleaned_data["reason"])
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("Taken back. This is revision %(number)s, and it can be undone as well.")
            messages.success(request, said % {"number": done.number})
            return redirect(f"{MODELS[entry.type].objects.get(pk=entry.pk).get_absolute_url()}history/")
    context = about | {"entry": entry, "form": form} | _what_happens(plan)
    if form.is_bound:
        form.data = request.POST.dict() | {
            "live": str(entry.revision_number)
        }  # the page below shows what would happen now
    return render(request, "moderation/take_back.html", context, status=409 if form.errors else 200)


def _what_happens(plan: Callable[[], Reversal]) -> dict[str, object]:
    try:
        reversal = plan()
    except CannotUndo as refusal:
        return {"refusal": str(refusal)}
    fields = compare_revisions(type(reversal.entry), reversal.before.content, reversal.after.content)
    return {"reversal": reversal, "fields": fields}


def _moment(hours: int) -> str:
    return f"{timezone.now() - timedelta(hours=hours):%Y-%m-%dT%H:%M}"


@form_page
@moderators_only
def clean_up_after(request: HttpRequest, name: str) -> HttpResponse:
    """All that a person did since a moment, and what would become of it; a POST takes it back."""
    person, moderator = person_or_404(name), signed_in(request)
    form = CleanUpForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        given = form.cleaned_data
        also = Also(form.block_until(), proposals=given["proposals"], posts=given["posts"])
        try:
            event = clean_up(
                person, given["since"], by=moderator, reason=given["reason"], plan_digest=given["digest"], also=also
            )
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Cleaned up: %(number)s entries, in one act.") % {"number": len(event.details["entries"])},
            )
            return redirect(person)
    when = SinceForm(request.POST if form else request.GET or None)
    since = when.cleaned_data["since"] if when.is_bound and when.is_valid() else timezone.now() - timedelta(days=1)
    plan = plan_clean_up(person, since.replace(second=0, microsecond=0))
    initial: dict[str, Any] = {"since": plan.since.isoformat(), "digest": plan.digest, "proposals": True}
    if form:
        form.data = request.POST.dict() | {
            "since": initial["since"],
            "digest": plan.digest,
        }  # what is shown now is what the next press of the button does
    context = {
        "person": person,
        "plan": plan,
        "when": SinceForm(initial={"since": plan.since}),
        "form": form or CleanUpForm(initial=initial),
        "may_block": may_block(moderator, person),
        "spans": [(words, _moment(hours)) for words, hours in SPANS],
    }
    return render(request, "moderation/clean_up.html", context, status=409 if form else 200)

"""Protecting entries and blocking people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.moderation.blocking import block, may_block, unblock
from resources.moderation.guards import button, form_page, moderators_only, need, person_or_404, signed_in
from resources.moderation.order_forms import BlockForm, ProtectForm
from resources.moderation.protecting import protect, protection_of, unprotect
from resources.publishing import PublishRefused


@form_page
@moderators_only
@entry_page()
def protect_entry(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Who alone may change an entry for a while."""
    form = ProtectForm(request.POST if request.method == "POST" else None, initial={"level": "editors"})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            protect(entry, level=given["level"], reason=given["reason"], until=form.until(), by=signed_in(request))
        except PublishRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("The entry is protected, and its page says so."))
            return redirect(entry)
    context = {"entry": entry, "form": form, "protection": protection_of(entry)}
    return render(request, "moderation/protect.html", context, status=422 if form.errors else 200)


@button
@moderators_only
@entry_page()
def unprotect_entry(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Lets everybody change it again."""
    unprotect(entry, by=signed_in(request))
    messages.success(request, _("Everybody may change this entry again as usual."))
    return redirect(entry)


@form_page
@moderators_only
def block_person(request: HttpRequest, name: str) -> HttpResponse:
    """Takes writing away from somebody for a while."""
    person, moderator = person_or_404(name), signed_in(request)
    need(may_block(moderator, person))
    form = BlockForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            block(person, until=form.until(), reason=form.cleaned_data["reason"], by=moderator)
        except PublishRefused as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("%(name)s cannot write any more, and is told why.") % {"name": person})
            return redirect(person)
    context = {"person": person, "form": form}
    return render(request, "moderation/block.html", context, status=422 if form.errors else 200)


@button
@moderators_only
def unblock_person(request: HttpRequest, name: str) -> HttpResponse:
    """Ends a block."""
    person, moderator = person_or_404(name), signed_in(request)
    need(may_block(moderator, person))
    unblock(person, by=moderator)
    messages.success(request, _("%(name)s can write again.") % {"name": person})
    return redirect(person)

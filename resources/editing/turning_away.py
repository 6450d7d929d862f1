"""What those see who may not edit here: why, and how they can. What they had typed is kept."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.models import User
from resources.editing.drafts import OlderTab, as_data, key_of, save_draft, typed
from resources.editing.sheets import keep_form, kept_form
from resources.entries.models import Entry
from resources.moderation.models import Protection


def turned_away(request: HttpRequest, type_: str, entry: Entry | None, *, keep: bool = True) -> HttpResponse:
    """The page that says why not. With `keep` a stranger's text waits in the session, a reader's among the drafts."""
    kept = kept_form(request, request.path) is not None
    person = request.user
    if request.method == "POST" and keep:
        kept = (
            _kept(request, person, type_, entry)
            if isinstance(person, User)
            else keep_form(request, typed(request.POST))
        )
    context = {
        "entry": entry,
        "kept": kept,
        "typed": "" if kept or request.method != "POST" or not keep else _longest(request),
        "protection": Protection.objects.filter(entry=entry.pk).first() if entry and entry.protection_level else None,
        "next": request.get_full_path() if request.method == "GET" else request.path,
    }
    return render(request, "editing/turned_away.html", context, status=403)


def removed_meanwhile(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The page of a removed entry; what was typed for it waits among the drafts, should the entry come back."""
    person = request.user
    if request.method == "POST" and isinstance(person, User) and _kept(request, person, entry.type, entry):
        messages.warning(request, _("This was removed while you were editing. What you typed is among your drafts."))
    return render(request, "entries/removed.html", {"entry": entry}, status=410)


def _kept(request: HttpRequest, person: User, type_: str, entry: Entry | None) -> bool:
    fields = typed(request.POST)
    base = as_data(fields).get("base", "")
    try:
        save_draft(
            fields, person=person, key=key_of(type_, entry), entry=entry, version=0, take_over=True,
            base=int(base) if base.isdecimal() and len(base) < 9 else None,
        )  # fmt: skip
    except OlderTab:
        return False
    return True


def _longest(request: HttpRequest) -> str:
    """The longest text of a form that was too long to be kept: to be copied from the page."""
    return max((str(value) for value in request.POST.values()), key=len, default="")

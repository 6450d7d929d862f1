"""The pages that lead a guide on to another one, and that merge two."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from resources.editing.merging import first_text, merge_guides
from resources.editing.previews import Preview
from resources.editing.redirecting import end_redirect, redirect_guide
from resources.editing.reshaping_forms import ChooseForm, MergeForm, ReasonForm, RedirectForm, all_titles
from resources.editing.sheets import way_to_live
from resources.editing.turning_away import turned_away
from resources.entries.content import Content, fill, read_content
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.entries.rendering import render_entry
from resources.history.comparing import compare_revisions
from resources.history.limits import TooFast
from resources.history.models import Revision
from resources.proposals.models import Proposal
from resources.publishing import EditConflict, PublishRefused, StaleRead
from resources.text.render_limits import TextTooComplex, TextTooLarge

REFUSALS = (PublishRefused, TextTooComplex, TextTooLarge)

type Sent = list[Revision] | list[Proposal]

act_page = require_http_methods(["GET", "HEAD", "POST"])


@act_page
@never_cache
@entry_page()
def redirect_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Lets a guide lead on to another, or ends that; or proposes it."""
    person = request.user
    if not isinstance(person, User) or not isinstance(entry, WikiPage) or not way_to_live(person, entry):
        return turned_away(request, entry.type, entry, keep=False)
    kind = ReasonForm if entry.redirect_id else RedirectForm
    initial = {"seen": entry.revision_number, "target": request.GET.get("to", "")}
    form = kind(request.POST if request.method == "POST" else None, initial=initial)
    sent = None
    if form.is_valid():
        sent = attempt(form, lambda: _lead_on_or_back(entry, form, person))
    if sent:
        return _done(request, sent, entry, _led_on(entry, form))
    leaning = WikiPage.objects.leaning_on(entry.pk).in_order().defer("html", "body")
    context = {
        "entry": entry, "form": form, "way": way_to_live(person, entry), "titles": all_titles(entry.pk),
        "leaning": list(leaning[:10]), "target": entry.redirect,
    }  # fmt: skip
    return render(request, "editing/redirect.html", context, status=status_of(form))


def _led_on(entry: WikiPage, form: forms.Form) -> str:
    """What happened, and how it is taken back."""
    if "target" not in form.cleaned_data:
        return _("“%(title)s” is a page of its own again.") % {"title": entry.title}
    names = {"title": entry.title, "other": form.cleaned_data["target"].title}
    return _("“%(title)s” leads on to “%(other)s” now. The redirect can be ended at any time.") % names


def _lead_on_or_back(entry: WikiPage, form: forms.Form, person: User) -> Sent:
    given = form.cleaned_data
    if entry.redirect_id:
        return end_redirect(entry, by=person, reason=given["why"], seen=given["seen"])
    return redirect_guide(entry, given["target"], by=person, reason=given["why"], seen=given["seen"])


def attempt(form: forms.Form, act: Callable[[], Sent]) -> Sent | None:
    """What the act makes; None where it is refused, which the form says."""
    try:
        return act()
    except REFUSALS as refusal:
        code = "too_fast" if isinstance(refusal, TooFast) else "refused"
        form.add_error(None, forms.ValidationError(str(refusal), code))
        return None


def status_of(form: forms.Form) -> int:
    """What a page answers whose form was refused, or was only opened."""
    if form.is_bound and form.has_error("__all__", "too_fast"):
        return 429
    return 422 if form.errors else 200


def _done(request: HttpRequest, sent: Sent, entry: WikiPage, words: str) -> HttpResponse:
    """Says what became of it, and leads on."""
    if isinstance(sent[0], Proposal):
        messages.success(request, _("Thank you. A moderator looks at your proposal; you are told what becomes of it."))
        return redirect(sent[0])
    messages.success(request, words)
    return redirect(f"{entry.get_absolute_url()}?redirect=no")


@act_page
@never_cache
@entry_page()
def merge_page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Makes one guide of two: first the other is chosen, then both texts are put together in one form."""
    person = request.user
    if not isinstance(person, User) or not isinstance(entry, WikiPage) or not way_to_live(person, entry):
        return turned_away(request, entry.type, entry, keep=False)
    if request.method == "POST":
        return _merge(request, entry, person)
    choose = ChooseForm(request.GET if "other" in request.GET else None)
    context = {"entry": entry, "choose": choose, "titles": all_titles(entry.pk)}
    if choose.is_valid():
        other = choose.cleaned_data["other"]
        if trouble := _cannot_merge(entry, other):
            choose.add_error("other", trouble)
        else:
            form = MergeForm(initial=first_text(entry, other) | _seen(entry, other) | {"other": other.slug})
            return _merge_form(request, entry, other, form)
    return render(request, "editing/merge_choose.html", context, status=status_of(choose))


def _cannot_merge(page: WikiPage, other: WikiPage) -> str:
    if page.redirect_id or other.redirect_id:
        return _("One of the two only leads on to another guide. Choose that other guide.")
    return _("That is this guide itself. Choose another one.") if other.pk == page.pk else ""


def _seen(page: WikiPage, other: WikiPage) -> dict[str, int]:
    return {"seen": page.revision_number, "seen_other": other.revision_number}


def _merge(request: HttpRequest, page: WikiPage, person: User) -> HttpResponse:
    form = MergeForm(request.POST)
    valid = form.is_valid()
    other = form.cleaned_data.get("other")
    if other is None or _cannot_merge(page, other):
        said = (other and _cannot_merge(page, other)) or _("The other guide is gone meanwhile. Choose another one.")
        form.add_error(None, said)
        return _merge_form(request, page, other or page, form)
    if request.POST.get("act") == "preview" or not valid:
        return _merge_form(request, page, other, form)
    given, changed = form.cleaned_data, ""
    try:
        sent = merge_guides(
            page, other, form.fields_given, by=person, reason=given["why"], base=given["seen"],
            other_base=given["seen_other"],
        )  # fmt: skip
    except (EditConflict, StaleRead) as refusal:
        # Nothing typed is lost: the person takes over what is new, and the next press is about what is live now.
        moved = page if isinstance(refusal, EditConflict) else other
        seen = given["seen"] if moved is page else given["seen_other"]
        changed = (
            f"{moved.get_absolute_url()}history/{seen}..{moved.revision_number}/"
            if seen < moved.revision_number
            else ""
        )
        form.add_error(None, str(refusal))
        form.data = request.POST.dict() | {name: str(number) for name, number in _seen(page, other).items()}
        return _merge_form(request, page, other, form, changed)
    except REFUSALS as refusal:
        code = "too_fast" if isinstance(refusal, TooFast) else "refused"
        form.add_error(None, forms.ValidationError(str(refusal), code))
        return _merge_form(request, page, other, form)
    words = _("Merged. “%(title)s” leads here now, and both histories are kept.") % {"title": other.title}
    return _done(request, sent, page, words)


def _merge_form(
    request: HttpRequest, page: WikiPage, other: WikiPage, form: MergeForm, changed: str = ""
) -> HttpResponse:
    """The form with both texts; with what it changes, where that was asked for."""
    asked = request.POST.get("act") == "preview"
    content = read_content(page) | form.fields_given if asked and hasattr(form, "cleaned_data") else {}
    context: dict[str, Any] = {
        "entry": page, "other": other, "form": form, "way": way_to_live(request.user, page), "changed": changed,
        "preview": _drawn(content) if content else None,
        "differences": compare_revisions(WikiPage, read_content(page), content) if content else [],
    }  # fmt: skip
    return render(request, "editing/merge.html", context, status=200 if asked else status_of(form))


def _drawn(content: Content) -> Preview:
    entry = WikiPage(type=Entry.Type.WIKIPAGE)
    fill(entry, content)
    preview = Preview(entry, tags=content["tags"])
    try:
        render_entry(entry)
    except (TextTooLarge, TextTooComplex) as error:
        preview.trouble = str(error)
    return preview

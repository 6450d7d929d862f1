"""The form for an entry: a new one or an edit, with its preview."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from taggit.models import Tag

from accounts.models import User
from rayhub.methods import read_only
from resources.editing.conflict_views import conflict_page
from resources.editing.desks import posted_sheet
from resources.editing.drafts import as_data
from resources.editing.models import Draft
from resources.editing.page_templates import PAGE_TEMPLATES
from resources.editing.presence import surroundings
from resources.editing.previews import preview_of
from resources.editing.sending import send
from resources.editing.sheets import (
    SENT,
    Sheet,
    found_text,
    heading_of,
    kept_form,
    sheet_from,
    way_to_live,
)
from resources.editing.turning_away import removed_meanwhile, turned_away
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.comparing import Compared, compare_revisions
from resources.moderation.promise import sentence
from resources.publishing import EditConflict

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@never_cache
@entry_page(also_removed=True)
def edit(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The form of an entry; ?section= narrows it to one part, ?draft=use takes the draft up."""
    if not entry.live:
        return removed_meanwhile(request, entry)
    return _desk(request, entry.type, entry)


@form_page
@never_cache
def new(request: HttpRequest, type: str) -> HttpResponse:  # noqa: A002  # the address map's word
    """The form of a new entry."""
    return _desk(request, type, None)


@read_only
def add(request: HttpRequest) -> HttpResponse:
    """What can be begun, and the form of each."""
    return render(request, "editing/add.html", {"beginnings": PAGE_TEMPLATES.items()})


def _desk(request: HttpRequest, type_: str, entry: Entry | None) -> HttpResponse:
    """The form for those who may; the reason why not for all others, whose text is kept."""
    person = request.user
    if not isinstance(person, User) or not way_to_live(person, entry):
        return turned_away(request, type_, entry)
    if request.method != "POST":
        sheet, draft = found_text(request, person, type_, entry)
        return _show(request, sheet, draft=draft)
    sheet = sheet_from(request.POST, type_, entry)
    act = request.POST.get("act", "save")
    if act != "save":
        return _show(request, sheet, preview=act == "preview")
    valid = sheet.is_valid()
    if valid and entry is None and sheet.change.cleaned_data["sheet"] in request.session.get(SENT, []):
        sheet.form.add_error(None, _("You sent this form already. Open a fresh one for something else."))
        valid = False
    try:
        answer = send(request, sheet) if valid else None
    except EditConflict as found:
        return conflict_page(request, sheet, found.entry)
    too_fast = answer is None and sheet.form.has_error(NON_FIELD_ERRORS, "too_fast")
    return answer or _show(request, sheet, status=429 if too_fast else 422)


def _show(
    request: HttpRequest, sheet: Sheet, *, draft: Draft | None = None, preview: bool = False, status: int = 200
) -> HttpResponse:
    """The form as it stands."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101  # _desk turned strangers away
    context: dict[str, Any] = {
        "sheet": sheet,
        "entry": sheet.entry,
        "form": sheet.form,
        "change": sheet.change,
        "heading": heading_of(sheet),
        "way": way_to_live(person, sheet.entry),
        "promise": sentence(),
        "preview": preview_of(sheet) if preview else None,
        "draft": draft,
        "uses_draft": draft is not None and request.GET.get("draft") == "use",
        "compared": _compared(request, sheet, draft),
        "kept": request.method != "POST" and kept_form(request, request.path) is not None,
        "sent": " ".join(request.session.get(SENT, [])),
        "tags": Tag.objects.order_by("name").values_list("name", flat=True)[:1000],
        **surroundings(person, sheet),
    }
    return render(request, f"editing/{sheet.type}_form.html", context, status=status)


def _compared(request: HttpRequest, sheet: Sheet, draft: Draft | None) -> list[Compared]:
    """What the draft changes in what it started from, where that was asked for."""
    if draft is None or request.GET.get("draft") != "compare":
        return []
    drafted = sheet_from(as_data(draft.fields), sheet.type, sheet.entry).form
    return compare_revisions(drafted.model, drafted.content, drafted.as_far_as_valid())


@require_POST
@never_cache
def preview(request: HttpRequest) -> HttpResponse:
    """The preview of any form, as a part of a page."""
    sheet = posted_sheet(request)
    if sheet is None:
        context = {"trouble": _("Sign in again to see the preview."), "preview": None}
        return render(request, "editing/preview.html", context, status=403)
    return render(request, "editing/preview.html", {"preview": preview_of(sheet), "type": sheet.type})

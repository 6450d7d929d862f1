"""The conflict page: what both sides changed is put together there, in as many rounds as it takes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from resources.editing.conflicts import choices, merge_of, questions
from resources.editing.drafts import OlderTab, save_draft, typed
from resources.editing.sending import send
from resources.editing.sheets import Sheet, sheet_from, way_to_live
from resources.editing.turning_away import turned_away
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.models import Revision
from resources.publishing import EditConflict


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@entry_page()
def conflict(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Takes the choices; shows the page again while one is missing, or when somebody published meanwhile."""
    person = request.user
    if request.method != "POST":
        return redirect(f"{entry.get_absolute_url()}edit/")
    if not isinstance(person, User) or not way_to_live(person, entry):
        return turned_away(request, entry.type, entry)
    sheet = sheet_from(request.POST, entry.type, entry)
    if not sheet.is_valid():
        return render(request, "editing/lost_thread.html", {"entry": entry}, status=422)
    merge = merge_of(sheet, sheet.form.as_content(), entry)
    settled = choices(merge, questions(sheet, merge, request.POST))
    moved = request.POST.get("live") != str(entry.revision_number)
    if settled is None or moved:
        return conflict_page(request, sheet, entry)
    try:
        answer = send(request, sheet, merge.resolve(settled), base=entry.revision_number, act=Revision.Act.MERGED)
    except EditConflict as found:
        return conflict_page(request, sheet, found.entry)
    return answer or conflict_page(request, sheet, entry)


def conflict_page(request: HttpRequest, sheet: Sheet, live: Entry) -> HttpResponse:
    """What both sides changed, field by field and paragraph by paragraph. The form goes on with the page, and its draft is
    kept, so that nothing is lost when the page is left.
    """
    merge = merge_of(sheet, sheet.form.as_content(), live)
    fields = {name: values for name, values in typed(request.POST).items() if not name.startswith("choice-")}
    fields.pop("live", None)
    _keep(request, sheet, fields)
    asked = questions(sheet, merge, request.POST)
    between = live.revisions.filter(number__gt=sheet.base or 0).select_related("author").defer("content")
    context = {
        "entry": live,
        "sheet": sheet,
        "questions": asked,
        "fields": [(name, value) for name, values in fields.items() for value in values],
        "live": live.revision_number,
        "again": "live" in request.POST and request.POST["live"] != str(live.revision_number),
        "missing": "live" in request.POST and any(not question.chosen for question in asked),
        "errors": sheet.form.non_field_errors(),
        "between": between.order_by("number"),
    }
    return render(request, "editing/conflict.html", context, status=409)


def _keep(request: HttpRequest, sheet: Sheet, fields: dict[str, list[str]]) -> None:
    """The draft, so that the page can be left."""
    person = request.user
    assert isinstance(person, User)  # noqa: S101  # the view turned strangers away
    try:
        save_draft(fields, person=person, key=sheet.key, entry=sheet.entry, base=sheet.base, version=0, take_over=True)
    except OlderTab:
        return

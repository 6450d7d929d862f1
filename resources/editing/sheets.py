"""A sheet: one form on somebody's desk, with what it started from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from resources.editing.drafts import Fields, as_data, draft_of, key_of
from resources.editing.entry_form import EntryForm
from resources.editing.forms import FORMS, ChangeForm
from resources.editing.models import Draft
from resources.entries.content import MODELS, complete, empty_content
from resources.entries.models import Entry
from resources.entries.rendering import render_text
from resources.history.models import Revision
from resources.permissions import may_propose, may_publish
from resources.text.parts import Part, parts_of
from resources.text.render_limits import TextTooComplex, TextTooLarge

KEPT = "kept_form"
"""Where a session keeps the form of somebody who was signed out while typing."""

SENT = "sent_sheets"
"""Where a session keeps the names of the forms that were sent: their copies in the browser can go."""

HEADINGS: Mapping[str, Any] = {
    Entry.Type.RESOURCE: gettext_lazy("Add a resource"),
    Entry.Type.SECTION: gettext_lazy("Add a section"),
    Entry.Type.WIKIPAGE: gettext_lazy("Write a guide"),
    Entry.Type.CASESTUDY: gettext_lazy("Add a case study"),
    Entry.Type.COMPARISON: gettext_lazy("Begin a comparison"),
}
"""What the page of a new entry is called."""

MOST_KEPT = 300_000
"""Characters of a stranger's form that a session keeps."""


@dataclass(slots=True)
class Sheet:
    """A form, the entry (None for a new one), and the revision that the edit started from."""

    type: str
    entry: Entry | None
    base: int | None
    form: EntryForm
    change: ChangeForm
    parts: list[Part] = field(default_factory=list)
    part: Part | None = None

    @property
    def key(self) -> str:
        """What drafts call this form."""
        return key_of(self.type, self.entry)

    @property
    def is_stale(self) -> bool:
        """Whether others have published since the edit began."""
        return self.entry is not None and self.base != self.entry.revision_number

    def is_valid(self) -> bool:
        """Both forms, so that all that is wrong is said at once."""
        return all([self.form.is_valid(), self.change.is_valid()])


def blank_sheet(type_: str, entry: Entry | None, asked: Mapping[str, str]) -> Sheet:
    """The form as it is first opened, narrowed as it was asked for."""
    return _sheet(type_, entry, None, asked, entry.revision_number if entry else None)


def sheet_from(data: QueryDict, type_: str, entry: Entry | None) -> Sheet:
    """The form as it was typed. A base that does not exist counts as the live revision."""
    said = data.get("base", "")
    return _sheet(type_, entry, data, data, int(said) if said.isdecimal() and len(said) < 9 else None)


def _sheet(
    type_: str, entry: Entry | None, data: QueryDict | None, asked: Mapping[str, str], base: int | None
) -> Sheet:
    content = empty_content(MODELS[type_])
    if entry is not None:
        revision = entry.revisions.filter(number=base or 0).first() or entry.revisions.get(number=entry.revision_number)
        base, content = revision.number, complete(type(entry), revision.content)
    parts = _parts(content.get(FORMS[type_].text_name, ""))
    part = next((part for part in parts if part.heading.anchor == asked.get("section")), None)
    form = FORMS[type_](data, content=content, entry=entry, part=part, asked=asked)
    return Sheet(type_, entry, base, form, ChangeForm(data, initial=blank_change(base)), parts, part)


def blank_change(base: int | None) -> dict[str, Any]:
    """What a form that is opened now remembers of itself."""
    return {"base": base, "opened": int(timezone.now().timestamp()), "sheet": uuid4().hex}


def _parts(source: str) -> list[Part]:
    """The parts of a text that can be edited for themselves; none where there are few."""
    if source.count("#") < 2:
        return []
    try:
        return parts_of(source, render_text(source).headings)
    except (TextTooLarge, TextTooComplex):
        return []


def kept_form(request: HttpRequest, path: str) -> Fields | None:
    """What a visitor had typed at this address when they were signed out."""
    kept = request.session.get(KEPT)
    return kept["fields"] if kept and kept["path"] == path else None


def keep_form(request: HttpRequest, fields: Fields) -> bool:
    """Keeps a stranger's form until they have signed in; False where it is too long for that."""
    if sum(len(value) for values in fields.values() for value in values) > MOST_KEPT:
        return False
    request.session[KEPT] = {"path": request.path, "fields": fields}
    return True


def settle(request: HttpRequest, sheet: str) -> None:
    """The form was sent: its copies in the session and in the browser can go."""
    request.session.pop(KEPT, None)
    if sheet:
        request.session[SENT] = [*request.session.get(SENT, []), sheet][-20:]


def found_text(request: HttpRequest, person: User, type_: str, entry: Entry | None) -> tuple[Sheet, Draft | None]:
    """The form to show: what was typed before a sign-in, the draft that was asked for, or a fresh one."""
    data, draft = found_data(request, person, key_of(type_, entry))
    if data is not None:
        return sheet_from(data, type_, entry), draft
    return blank_sheet(type_, entry, request.GET), draft


def found_data(request: HttpRequest, person: User, key: str) -> tuple[QueryDict | None, Draft | None]:
    """What was typed into a form and not sent: before a sign-in, or in the draft where that was asked for; and the draft."""
    draft = draft_of(person, key)
    kept = kept_form(request, request.path)
    if kept is not None and request.GET.get("draft") != "none":
        return as_data(kept), draft
    if draft is not None and request.GET.get("draft") == "use":
        return as_data(draft.fields | {"draft_version": [str(draft.version)]}), draft
    return None, draft


def way_to_live(person: User | AnonymousUser, entry: Entry | None) -> str:
    """What saving does for this person: "publish", "propose", or "" where they may do neither."""
    level = entry.protection_level if entry else ""
    if may_publish(person, level):
        return "publish"
    return "propose" if may_propose(person, level) else ""


def merged_with(entry: Entry, base: int, revision: Revision) -> str:
    """The names of those whose edits one was merged with."""
    between = entry.revisions.filter(number__gt=base, number__lt=revision.number).select_related("author")
    names = list(dict.fromkeys(str(one.author) for one in between.order_by("number")))
    return (
        names[0]
        if len(names) == 1
        else _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    )


def heading_of(sheet: Sheet) -> str:
    """What the page is called."""
    if sheet.entry is not None:
        return _("Edit %(title)s") % {"title": sheet.entry.title}
    return str(HEADINGS[sheet.type])


def named_entry_or_404(type_: str, pk: str) -> tuple[str, Entry | None]:
    """The kind and the live entry that a form names; the entry is None for a new one."""
    model = MODELS.get(type_)
    if model is None:
        raise Http404(_("There is no such kind of entry."))
    if not pk:
        return type_, None
    found = model.objects.live().filter(pk=int(pk) if pk.isdecimal() and len(pk) < 18 else 0).first()
    if found is None:
        raise Http404(_("There is no such entry."))
    return type_, found

"""Who else is at a page, what was published since, and which proposals touch what is being written."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.models import User
from resources.editing.models import Presence
from resources.editing.sheets import Sheet, sheet_from, way_to_live
from resources.entries.content import complete, content_fields, content_kinds
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.models import Revision
from resources.proposals.forecast import forecast, touched
from resources.proposals.models import Proposal

HERE = timedelta(seconds=35)
"""How long after the last sign somebody counts as still at the page: three polls."""

MOST_PROPOSALS = 20
"""Proposals on one entry that are looked at."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """An open proposal and the fields that it changes; `meets` those of them where the writer is."""

    proposal: Proposal
    fields: tuple[Any, ...]
    meets: tuple[Any, ...]


@require_POST
@never_cache
@entry_page()
def presence(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Says that somebody is at the form, and answers with what they should know, as a part of a page."""
    person = request.user
    if not isinstance(person, User) or not way_to_live(person, entry):
        return render(request, "editing/presence.html", {"signed_out": True}, status=403)
    see(person, entry)
    sheet = sheet_from(request.POST, entry.type, entry)
    line = request.POST.get("line", "")
    found = surroundings(
        person,
        sheet,
        field=request.POST.get("field", ""),
        line=int(line) if line.isdecimal() and len(line) < 9 else None,
    )
    return render(request, "editing/presence.html", found | {"entry": entry, "polled": True})


def see(person: User, entry: Entry) -> None:
    """Notes that a person is at a form now; who was away for a while begins anew."""
    now = timezone.now()
    base = getattr(entry, "entry_ptr", entry)
    with transaction.atomic():
        found, made = Presence.objects.select_for_update().get_or_create(person=person, entry=base)
        if not made:
            found.since = now if found.seen_at < now - HERE else found.since
            found.seen_at = now
            found.save(update_fields=["since", "seen_at"])


def surroundings(person: User, sheet: Sheet, *, field: str = "", line: int | None = None) -> dict[str, Any]:
    """What somebody at this form should know; nothing for a new entry."""
    entry = sheet.entry
    if entry is None:
        return {}
    others = Presence.objects.filter(entry=entry.pk, seen_at__gt=timezone.now() - HERE).exclude(person=person)
    newer = entry.revisions.filter(number__gt=sheet.base or 0).select_related("author").defer("content")
    return {
        "others": list(others.select_related("person").order_by("since")[:5]),
        "newer": newer.order_by("-number").first() if sheet.is_stale else None,
        "meetings": _meetings(person, sheet, entry, field, line),
    }


def _meetings(person: User, sheet: Sheet, entry: Entry, field: str, line: int | None) -> list[Meeting]:
    """The open proposals of others on the entry, and where they meet the form."""
    proposals = list(
        Proposal.objects.unfinished()
        .filter(entry=entry.pk, act=Proposal.Act.EDIT)
        .exclude(author=person)
        .select_related("author")
        .order_by("pk")[:MOST_PROPOSALS]
    )
    if not proposals:
        return []
    model, kinds = type(entry), content_kinds(type(entry))
    labels = {item.name: item.label for item in content_fields(model)}
    bases = dict(
        Revision.objects.filter(entry=entry.pk, number__in={one.base or 0 for one in proposals}).values_list(
            "number", "content"
        )
    )
    sides = [(complete(model, bases[one.base or 0]), complete(model, one.content)) for one in proposals]
    ground = sheet.form.content
    mine = sheet.form.as_far_as_valid() if sheet.form.is_bound else ground
    met = forecast(kinds, ground, mine, sides, field=field, line=_whole_line(sheet, field, line))
    return [
        Meeting(
            one,
            tuple(labels[name] for name in touched(kinds, ground, *side)),
            tuple(labels[name] for name in names),
        )
        for one, side, names in zip(proposals, sides, met, strict=True)
    ]


def _whole_line(sheet: Sheet, field: str, line: int | None) -> int | None:
    """The line in the whole text, where only a part of it is being edited."""
    if line is None or sheet.part is None or field != "introduction":
        return line
    return line + sheet.part.source.count("\n", 0, sheet.part.start)

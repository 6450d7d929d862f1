"""The log of all acts: append-only, for everybody to read but for what is private."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from rayhub.methods import read_only
from resources.history.models import Event
from resources.moderation.order_forms import LogForm
from resources.moderation.wording import FOR_MODERATORS, SENTENCES, WITHOUT_WHY, sentence
from resources.permissions import may_review

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words; `why` only for those who may read it."""

    event: Event
    words: SafeString
    why: str


@read_only
def log(request: HttpRequest) -> HttpResponse:
    """Who did what, the latest first; narrowed by who, what, entry, about whom, and days."""
    whole = may_review(request.user)
    acts = [(act, name) for act, (name, _words) in SENTENCES.items() if whole or act not in FOR_MODERATORS]
    form = LogForm(request.GET, acts)
    found = Event.objects.select_related("actor", "entry", "person", "proposal")
    found = found.defer("entry__html", "proposal__content").order_by("-happened_at", "-pk")
    if not whole:
        found = found.exclude(act__in=FOR_MODERATORS)
    if form.is_valid():
        found = found.filter(**_asked(form.cleaned_data))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    lines = [Line(event, sentence(event), _why(event, whole=whole)) for event in page]
    return render(request, "moderation/log.html", {"form": form, "page": page, "lines": lines})


def _why(event: Event, *, whole: bool) -> str:
    return event.why if whole or event.act not in WITHOUT_WHY else ""


def _asked(given: dict[str, Any]) -> dict[str, Any]:
    """What the form asks for, as conditions."""
    conditions: dict[str, Any] = {}
    for name in ("actor", "person"):
        if given[name].strip():
            conditions[f"{name}__name__iexact"] = given[name].strip().removeprefix("@")
    if given["act"]:
        conditions["act"] = given["act"]
    if given["entry"].strip():
        conditions["entry__slug"] = given["entry"].strip().rstrip("/").rpartition("/")[2]
    if given["start"]:
        conditions["happened_at__gte"] = datetime.combine(given["start"], time.min, UTC)
    if given["end"]:
        conditions["happened_at__lt"] = datetime.combine(given["end"] + timedelta(days=1), time.min, UTC)
    return conditions

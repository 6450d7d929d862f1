"""The form of a report, and the queue in which moderators decide them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Min, Q, Sum
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from rayhub.methods import read_only
from resources.discussion.models import Post
from resources.entries.models import Entry
from resources.history.limits import TooFast
from resources.history.models import Revision
from resources.moderation.guards import button, form_page, moderators_only, need, person_or_404, signed_in
from resources.moderation.models import Report, Trust
from resources.moderation.order_forms import DecideForm, ReportForm
from resources.moderation.reporting import (
    RELATED,
    Accuracy,
    Thing,
    dismiss,
    person_behind,
    report,
    thing_of,
    uphold,
)
from resources.permissions import may_talk
from resources.publishing import PublishRefused

PER_PAGE = 20
COLUMNS = ("entry", "revision", "post", "person")


@form_page
def report_something(request: HttpRequest) -> HttpResponse:
    """?entry=, ?revision= or ?post= with a number, or ?person= with a name: what is not right with it."""
    need(may_talk(request.user))
    thing = _thing_or_404(request.GET)
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            report(thing, reporter=signed_in(request), **form.cleaned_data)
        except PublishRefused as refusal:
            form.add_error(None, str(refusal))
            status = refusal.status if isinstance(refusal, TooFast) else 409
        else:
            messages.success(request, _("Thank you. Moderators look at it, and you are told what becomes of it."))
            return redirect(address_of(thing))
    elif form.is_bound:
        status = 422
    context = {"thing": thing, "form": form, "back": address_of(thing), "words": words_for(thing)}
    return render(request, "moderation/report.html", context, status=status)


def _thing_or_404(query: QueryDict) -> Thing:
    name = next((column for column in COLUMNS if query.get(column)), "")
    value = query.get(name, "")
    if name == "person":
        return person_or_404(value)
    if not name or not value.isdecimal() or len(value) > 17:
        raise Http404(_("There is nothing to report at this address."))
    if name == "entry":
        return get_object_or_404(Entry.objects.live(), pk=value)
    if name == "revision":
        return get_object_or_404(Revision.objects.select_related("entry", "author"), pk=value)
    return get_object_or_404(Post.objects.select_related("author", "thread").filter(removed_at=None), pk=value)


def address_of(thing: Thing) -> str:
    """Where it is seen."""
    if isinstance(thing, Revision):
        return f"{thing.entry.get_absolute_url()}history/{thing.number}/"
    return thing.get_absolute_url()


def words_for(thing: Thing) -> str:
    """What it is, for people."""
    if isinstance(thing, Revision):
        return _("Revision %(number)s of “%(title)s”") % {"number": thing.number, "title": thing.entry.title}
    if isinstance(thing, Post):
        return _("What %(name)s wrote in “%(title)s”") % {"name": thing.author, "title": thing.thread.title}
    return _("The entry “%(title)s”") % {"title": thing.title} if isinstance(thing, Entry) else str(thing)


@dataclass(frozen=True, slots=True)
class Pile:
    """All reports of one thing in one state."""

    thing: Thing
    reports: list[Report]
    weight: float
    accuracies: dict[int, Accuracy]

    @property
    def words(self) -> str:
        return words_for(self.thing)

    @property
    def url(self) -> str:
        return address_of(self.thing)

    @property
    def person(self) -> User | None:
        """Who wrote what is reported; not said again where the report is on a person."""
        return None if isinstance(self.thing, User) else person_behind(self.thing)

    @property
    def rows(self) -> list[tuple[Report, Accuracy]]:
        """Each report with how often its reporter was right."""
        return [(one, self.accuracies.get(one.reporter_id, Accuracy(0, 0))) for one in self.reports]


@read_only
@moderators_only
def reports(request: HttpRequest) -> HttpResponse:
    """What was reported, the weightiest first; ?state= and ?reason= narrow it."""
    state, reason = request.GET.get("state", "open"), request.GET.get("reason", "")
    found = Report.objects.filter(state=state if state in Report.State.values else "open")
    if reason in Report.Reason.values:
        found = found.filter(reason=reason)
    things = found.values(*COLUMNS).annotate(weight=Sum("weight"), first=Min("created_at"))
    page = Paginator(things.order_by("-weight", "first"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "piles": _piles(list(page), found),
        "appeals": Trust.objects.exclude(appeal="").select_related("person").order_by("appealed_at")[:PER_PAGE],
        "state": state,
        "reason": reason,
        "states": Report.State.choices,
        "reasons": Report.Reason.choices,
    }
    return render(request, "moderation/reports.html", context)


def _piles(things: list[dict[str, Any]], found: Any) -> list[Pile]:
    wanted = Q(pk__in=[])
    for thing in things:
        wanted |= Q(**{column: thing[column] for column in COLUMNS if thing[column]})
    rows = list(found.filter(wanted).select_related(*RELATED, "decided_by").order_by("created_at", "pk"))
    accuracies = _accuracies({one.reporter_id for one in rows})
    piles = []
    for thing in things:
        own = [one for one in rows if all(getattr(one, f"{name}_id") == thing[name] for name in COLUMNS)]
        piles.append(Pile(thing_of(own[0]), own, round(thing["weight"], 2), accuracies))
    return piles


def _accuracies(reporters: set[int]) -> dict[int, Accuracy]:
    counts = (
        Report.objects.filter(reporter__in=reporters)
        .values("reporter")
        .annotate(
            upheld=Count("pk", filter=Q(state=Report.State.UPHELD)),
            dismissed=Count("pk", filter=Q(state=Report.State.DISMISSED)),
        )
    )
    return {row["reporter"]: Accuracy(row["upheld"], row["dismissed"]) for row in counts}


@button
@moderators_only
def decide_reports(request: HttpRequest) -> HttpResponse:
    """Upholds or dismisses all reports of one thing that were seen."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose reports, and whether they are right."))
        return redirect("reports")
    doors = {"uphold": uphold, "dismiss": dismiss}
    chosen = Report.objects.filter(pk__in=form.cleaned_data["report"])
    try:
        decided = doors[form.cleaned_data["verdict"]](chosen, by=signed_in(request), note=form.cleaned_data["note"])
    except PublishRefused as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("Decided. %(number)s people are told.") % {"number": len(decided)}
        messages.success(request, words)
    return redirect("reports")

"""Case studies: who uses Ray, one of them with its claims, and the claims that need help."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rayhub.methods import read_only
from resources.entries.case_study_tables import CaseStudyFilter, as_csv, as_markdown
from resources.entries.claims import NEEDS, claims_of_need, counts_of_needs, most_needed_first, tally_of, tell_doubts
from resources.entries.frame import beside
from resources.entries.knowledge import CaseStudy
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.permissions import may_propose

PER_PAGE = 50
CLAIMS_PER_PAGE = 25
MOST_RELATED = 5
WORDS_A_MINUTE = 220
MOST_EXPORTED = 10_000


@read_only
def case_study_list(request: HttpRequest) -> HttpResponse:
    """The table of those who use Ray."""
    form = CaseStudyFilter(request.GET)
    page = Paginator(form.results(), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {"form": form, "page": page, "query": f"?{query.urlencode()}" if query else ""}
    return render(request, "entries/case_study_list.html", context)


@read_only
def case_studies_csv(request: HttpRequest) -> HttpResponse:
    """The same selection as CSV."""
    text = as_csv(CaseStudyFilter(request.GET).results()[:MOST_EXPORTED])
    disposition = 'attachment; filename="case-studies.csv"'
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@read_only
def case_studies_markdown(request: HttpRequest) -> HttpResponse:
    """The same selection as a Markdown table."""
    text = as_markdown(CaseStudyFilter(request.GET).results()[:MOST_EXPORTED])
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")


@read_only
@entry_page()
def case_study(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One case study: its facts, its story, its claims, and those like it."""
    assert isinstance(entry, CaseStudy)  # noqa: S101  # the address map gives this view case studies only
    claims = list(entry.claims.select_related("checked_by"))
    tell_doubts(entry, claims)
    context = beside(request, entry) | {
        "claims": claims,
        "tally": tally_of(claims),
        "minutes": max(1, round(entry.words / WORDS_A_MINUTE)),
        "may_act": may_propose(request.user, entry.protection_level),
        "related": _related(entry),
    }
    return render(request, "entries/casestudy.html", context)


def _related(entry: CaseStudy) -> list[CaseStudy]:
    """Those of the same industry or with the same libraries, the nearest first."""
    nearness: Any = Value(0)
    alike = [When(libraries__contains=f"|{word}|", then=Value(1)) for word in entry.libraries]
    if entry.industry != CaseStudy.Industry.OTHER:
        alike.append(When(industry=entry.industry, then=Value(2)))
    for one in alike:
        nearness = nearness + Case(one, default=Value(0), output_field=IntegerField())
    others = CaseStudy.objects.live().exclude(pk=entry.pk).annotate(nearness=nearness).filter(nearness__gt=0)
    return list(others.order_by("-nearness", "organisation", "pk")[:MOST_RELATED])


@read_only
def claim_list(request: HttpRequest) -> HttpResponse:
    """Claims as work to do: first those without a source, then the unverified, the disputed, those with old sources.

    `?need=` names one of these (or "nothing", for verified ones), `?organisation=` an organisation.
    """
    need, organisation = request.GET.get("need", ""), request.GET.get("organisation", "")
    claims = claims_of_need(need)
    if organisation:
        claims = claims.filter(case_study__organisation=organisation[:120])
    found = most_needed_first(claims).select_related("case_study", "checked_by")
    counts, open_count = counts_of_needs()
    names = CaseStudy.objects.live().filter(claims__isnull=False).order_by("organisation")
    context = {
        "page": Paginator(found, CLAIMS_PER_PAGE).get_page(request.GET.get("page")),
        "need": need if need in NEEDS else "",
        "organisation": organisation,
        "needs": [(word, words, counts[word]) for word, words in NEEDS.items()],
        "open_count": open_count,
        "organisations": names.values_list("organisation", flat=True).distinct()[:1000],
    }
    return render(request, "entries/claim_list.html", context)

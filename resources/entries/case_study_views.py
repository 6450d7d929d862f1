"""Case studies: who uses Ray, and one of them with its claims."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rayhub.methods import read_only
from resources.entries.frame import beside
from resources.entries.knowledge import CaseStudy
from resources.entries.models import Entry
from resources.entries.pages import entry_page


@read_only
def case_study_list(request: HttpRequest) -> HttpResponse:
    """The table of those who use Ray."""
    return render(
        request, "entries/case_study_list.html", {"studies": CaseStudy.objects.live().order_by("organisation")}
    )


@read_only
@entry_page()
def case_study(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One case study."""
    return render(request, "entries/casestudy.html", beside(request, entry))

"""Comparisons: all of them, and one as a table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rayhub.methods import read_only
from resources.entries.frame import beside
from resources.entries.knowledge import Comparison
from resources.entries.models import Entry
from resources.entries.pages import entry_page


@read_only
def comparison_list(request: HttpRequest) -> HttpResponse:
    """Every comparison."""
    return render(request, "entries/comparison_list.html", {"comparisons": Comparison.objects.live().order_by("title")})


@read_only
@entry_page()
def comparison(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One comparison."""
    return render(request, "entries/comparison.html", beside(request, entry))

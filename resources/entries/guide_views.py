"""Guides: all of them, and one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rayhub.methods import read_only
from resources.entries.frame import beside
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.pages import entry_page


@read_only
def guide_list(request: HttpRequest) -> HttpResponse:
    """Every guide, as a tree."""
    return render(request, "entries/guide_list.html", {"guides": WikiPage.objects.pages().in_order()})


@read_only
@entry_page()
def guide(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One guide."""
    return render(request, "entries/wikipage.html", beside(request, entry))

"""What links here; and what is wanted, what nothing leads to, what leads nowhere."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rayhub.methods import read_only
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.links.models import Mention
from resources.links.wanting import dead_ends, orphans, wanted_names, with_sources

PER_PAGE = 100
NAMES_PER_PAGE = 50


@read_only
@entry_page()
def backlinks(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The live entries that mention this one, also by an address that leads on to it."""
    to_here = Q(target=entry.pk) | Q(target__wikipage__redirect=entry.pk)
    found = Mention.objects.live().filter(to_here).exclude(source=entry.pk).select_related("source", "target")
    shown = found.only("source__type", "source__slug", "source__title", "target__type", "target__slug", "target__title")
    context = {
        "entry": entry,
        "page": _page(request, shown.order_by("source__title", "pk"), PER_PAGE),
        "redirects": WikiPage.objects.live().filter(redirect=entry.pk).for_rows().order_by("title", "pk")[:PER_PAGE],
    }
    return render(request, "links/backlinks.html", context)


@read_only
def wanted(request: HttpRequest) -> HttpResponse:
    """What pages mention and nobody wrote yet, the most wanted first."""
    page = _page(request, wanted_names(), NAMES_PER_PAGE)
    return render(request, "links/wanted.html", {"page": page, "names": with_sources(page), "tab": "wanted"})


@read_only
def orphan_list(request: HttpRequest) -> HttpResponse:
    """Guides that nothing leads to."""
    page = _page(request, orphans(), PER_PAGE)
    guides = WikiPage.objects.for_rows().in_bulk(page.object_list)
    page.object_list = [guides[pk] for pk in page.object_list if pk in guides]
    return render(request, "links/orphans.html", {"page": page, "tab": "orphans"})


@read_only
def dead_end_list(request: HttpRequest) -> HttpResponse:
    """Guides that lead nowhere."""
    return render(request, "links/dead_ends.html", {"page": _page(request, dead_ends(), PER_PAGE), "tab": "dead_ends"})


def _page(request: HttpRequest, found: Any, most: int) -> Any:
    return Paginator(found, most).get_page(request.GET.get("page"))

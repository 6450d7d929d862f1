"""Link health: all links with their counts, one link, and who visits."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from rayhub.methods import read_only
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.fetching.visits import AGENT, Manners
from resources.links import judging
from resources.links.counting import counted_by_health, worst_hosts, worst_sections
from resources.links.filters import LinkFilter, by_need, for_rows
from resources.links.forms import IgnoreForm
from resources.links.models import Link, Use
from resources.links.table_files import as_csv
from resources.links.trend import trend
from resources.permissions import may_judge_links

PER_PAGE = 50
MOST_EXPORTED = 10_000


@read_only
def link_list(request: HttpRequest) -> HttpResponse:
    """Every link in live content, narrowed and sorted; without a filter also how health went, and where it is worst."""
    form = LinkFilter(request.GET)
    page = Paginator(for_rows(form.results()), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    counts = counted_by_health()
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "counts": counts,
        "in_all": sum(one.number for one in counts),
        "query": f"?{query.urlencode()}" if query else "",
    }
    if not query and page.number == 1:
        context |= {"trend": trend(), "hosts": worst_hosts(), "sections": worst_sections()}
    return render(request, "links/link_list.html", context)


@read_only
def links_csv(request: HttpRequest) -> HttpResponse:
    """The same selection as CSV."""
    text = as_csv(for_rows(LinkFilter(request.GET).results())[:MOST_EXPORTED])
    disposition = 'attachment; filename="links.csv"'
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


@read_only
def link_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One link: how it stands, what its visits found, and where it is used."""
    return render(request, "links/link.html", about_link(request, link_or_404(pk)))


def about_link(request: HttpRequest, link: Link) -> dict[str, Any]:
    """What the page of a link shows."""
    return {
        "link": link,
        "checks": link.checks.all(),
        "entries": link.entries,
        "form": IgnoreForm() if may_judge_links(request.user) else None,
    }


@read_only
@entry_page()
def entry_links(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Where an entry leads: its addresses with their health, what needs help first."""
    found = by_need(Link.objects.in_use().filter(Exists(Use.objects.filter(link=OuterRef("pk"), entry=entry.pk))))
    page = Paginator(for_rows(found), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "links/entry_links.html", {"entry": entry, "page": page})


def link_or_404(pk: int) -> Link:
    """A link that stands in live content: what was removed shall not be led to from here."""
    found: Link = get_object_or_404(for_rows(Link.objects.in_use()), pk=pk)
    return found


@read_only
def about(request: HttpRequest) -> HttpResponse:
    """Who visits other sites from here, what is asked and how often, and how to be left alone."""
    name = AGENT.partition("/")[0]
    context = {
        "agent": f"User-Agent: {AGENT} (+{settings.SITE_URL}/links/about/)",
        "slower": f"User-agent: {name}\nCrawl-delay: 10",
        "name": name,
        "manners": Manners(),
        "kilobytes": Manners().body // 1024,
        "days": judging.AGAIN.days,
        "contact": settings.LINK_CHECK_CONTACT,
    }
    return render(request, "links/about.html", context)

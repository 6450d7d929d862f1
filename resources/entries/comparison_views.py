"""Comparisons: all of them, one as a table, and its table as files."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rayhub.methods import read_only
from resources.entries.comparison_filter import ComparisonFilter
from resources.entries.guides import writers_of
from resources.entries.knowledge import Comparison
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.entries.table_files import as_csv, as_markdown
from resources.entries.tables import Table, Wish, gaps_of, table_of
from resources.permissions import may_propose, may_review

PER_PAGE = 30


@read_only
def comparison_list(request: HttpRequest) -> HttpResponse:
    """Every comparison, narrowed by words, tag and subject."""
    form = ComparisonFilter(request.GET)
    page = Paginator(form.results(), PER_PAGE).get_page(request.GET.get("page"))
    shown = [(one, gaps_of(one)) for one in page]
    return render(request, "entries/comparison_list.html", {"form": form, "page": page, "shown": shown})


@read_only
@entry_page()
def comparison(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One comparison: the table as the reader wishes it, and the text around it."""
    table = _table(request, entry)
    query = request.GET.urlencode()
    context = {
        "entry": entry,
        "table": table,
        "writers": writers_of(entry),
        "may_protect": may_review(request.user),
        "may_fill": may_propose(request.user, entry.protection_level),
        "query": f"?{query}" if query else "",
        "tags": [tagging.tag for tagging in entry.taggings.select_related("tag").order_by("tag__name")],
    }
    return render(request, "entries/comparison.html", context)


@read_only
@entry_page()
def comparison_csv(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The table as CSV, narrowed as the page is."""
    return _file(entry, as_csv(_table(request, entry)), "csv", "text/csv")


@read_only
@entry_page()
def comparison_markdown(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The table as Markdown, narrowed as the page is."""
    return _file(entry, as_markdown(_table(request, entry)), "md", "text/markdown")


def _file(entry: Entry, content: str, ending: str, kind: str) -> HttpResponse:
    disposition = f'inline; filename="{entry.slug}.{ending}"'
    return HttpResponse(content, content_type=f"{kind}; charset=utf-8", headers={"Content-Disposition": disposition})


def _table(request: HttpRequest, entry: Entry) -> Table:
    """The table that a query asks for: ?subjects=a,b or several of them, ?differences=1, ?turn=1."""
    assert isinstance(entry, Comparison)  # noqa: S101  # the address map gives these views comparisons only
    keys = {key for given in request.GET.getlist("subjects") for key in given.split(",")}
    return table_of(
        entry, Wish(keys, differences=request.GET.get("differences") == "1", turn=request.GET.get("turn") == "1")
    )

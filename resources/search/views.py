"""The page of results, and what is offered while one types."""

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control

from rayhub.drawing import render_page
from rayhub.methods import read_only
from resources.entries.models import Entry
from resources.entries.naming import title_name
from resources.search.jumping import pages_for, people_for, row
from resources.search.language import LONGEST
from resources.search.query import MOST, PER_PAGE, SORTS, Query, Results, search

SORT_WORDS = {"best": _("Best first"), "newest": _("Changed last"), "title": _("Title")}

EXAMPLES = (
    ("ray serve", _("pages that have both words, in any form")),
    ('"fault tolerance"', _("pages that have these words in a row")),
    ("spark -migration", _("pages with the first word and without the second")),
    ("checkpoint*", _("words that begin so")),
    ("in:title kuberay", _("pages that have the word in their title")),
    (
        "kind:paper",
        _("one kind: guide, case-study, comparison, section, resource, or a kind of resource, as paper or talk"),
    ),
    ("tag:llm", _("pages with a tag")),
    ("library:serve", _("what concerns a Ray library")),
    ("section:security", _("what stands in a section, or below it")),
    ("by:rayhub", _("what somebody wrote or changed")),
    ("is:broken", _("resources whose link is broken; also works, moved, failing, untested, blocked, archived, gone")),
    ("is:unverified", _("what nobody has verified as it is now; also verified, disputed")),
    ("serve -kind:talk", _("a minus before an operator leaves out what has it")),
)
"""What the page explains; docs/searching.md has the same, and a test tries each."""

MOST_WANTED = 100
"""Pages that mention what nobody wrote, counted up to this."""


@read_only
def results(request: HttpRequest) -> HttpResponse:
    """What was found for ?q=, page by page; without it how to search."""
    typed = request.GET.get("q", "").strip()
    number = request.GET.get("page", "")
    sort = request.GET.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    start = (int(number[:4]) - 1) * PER_PAGE if number.isdecimal() else 0
    found = search(Query(typed, sort=sort, start=max(0, start)))
    context = {
        "searched": typed[: LONGEST + 1],
        "found": found,
        "page": Paginator(range(found.total), PER_PAGE).get_page(number),
        "most": MOST,
        "examples": EXAMPLES,
        "sort": sort,
        "sorts": SORT_WORDS,
        "chosen": _chosen(found),
        "wanted": _wanted(found) if not found.question.empty and not found.total else None,
    }
    answer = render_page(request, "search/results.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@read_only
def jump(request: HttpRequest) -> JsonResponse:
    """Pages and people for those who type into the box or the palette: ?q=."""
    typed = request.GET.get("q", "").strip()
    pages = [row(hit) for hit in pages_for(typed)] if typed else []
    people = [
        {"title": str(person), "url": person.get_absolute_url(), "kind": person.name} for person in people_for(typed)
    ]
    return JsonResponse({"pages": pages, "people": people})


@read_only
@cache_control(public=True, max_age=86400)
def description(request: HttpRequest) -> HttpResponse:
    """What browsers need to search here from their own box (OpenSearch)."""
    return render(
        request,
        "search/opensearch.xml",
        {"site": settings.SITE_URL},
        content_type="application/opensearchdescription+xml",
    )


def _chosen(found: Results) -> list[tuple[str, str]]:
    """The operators in force, each with the question that leaves it out."""
    operators = dict.fromkeys(map(str, found.question.wanted))
    return [(one, found.question.without_operator(one)) for one in operators]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What nobody wrote yet: its title, how many pages mention it, its page and the form that begins it."""

    title: str
    number: int
    address: str
    form: str


def _wanted(found: Results) -> _Wanted | None:
    """The guide that is looked for, as one that could be written."""
    title = " ".join(piece for piece in found.question.pieces if ":" not in piece and not piece.startswith("-")).strip(
        '"* '
    )
    name = title_name(title)
    if not name or len(title) > 80:
        return None
    sources = Entry.objects.live().filter(
        mentions__type=Entry.Type.WIKIPAGE, mentions__name=name, mentions__target=None
    )
    form = f"{reverse('wikipage_new')}?{urlencode({'title': title})}"
    return _Wanted(title, len(sources.values_list("pk")[:MOST_WANTED]), reverse("wikipage_named", args=[name]), form)

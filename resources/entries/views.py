"""Browsing: resources, sections, tags."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from taggit.models import Tag

from rayhub.drawing import render_page
from rayhub.methods import read_only
from rayhub.prepared import Prepared
from resources.entries.filters import ResourceFilter
from resources.entries.frame import beside
from resources.entries.guide_lists import Keep, asked_page
from resources.entries.models import Entry, Resource, Section
from resources.entries.naming import Found
from resources.entries.pages import entry_page
from resources.entries.seats import breadcrumbs, seats_of_all
from resources.permissions import may_review

PER_PAGE = 50

TEXTS = 20
"""Guides, case studies and comparisons that the page of a tag names."""


@read_only
def resource_list(request: HttpRequest) -> HttpResponse:
    """Every live resource, narrowed and sorted."""
    form = ResourceFilter(request.GET)
    page = Paginator(form.results().for_rows(), PER_PAGE).get_page(request.GET.get("page"))
    texts = form.texts() if page.number == 1 else []
    context = {"form": form, "page": page, "searched": form["q"].value(), "texts": texts}
    return render(request, "entries/resource_list.html", context)


@read_only
@entry_page()
def resource(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One resource: the link, what it is for, its facts, where it sits, what stands beside it."""
    assert isinstance(entry, Resource)  # noqa: S101  # the address map gives this view resources only
    placements = list(entry.placements.filter(section__removed_at=None).select_related("section").order_by("pk"))
    sections = [placement.section for placement in placements]
    context = beside(request, entry) | {
        "placements": placements,
        "trail": breadcrumbs(sections[0]) if sections else [],
    }
    return render(request, "entries/resource.html", context)


@read_only
@entry_page()
def section(request: HttpRequest, entry: Entry) -> HttpResponse:
    """A section: its introduction, its seats in order, and the sections below with theirs."""
    assert isinstance(entry, Section)  # noqa: S101  # the address map gives this view sections only
    children = (
        list(entry.children.live().in_order().with_counts().select_related("protection")) if entry.parent_id else []
    )
    seats = seats_of_all([entry, *children])
    context = {
        "entry": entry,
        "trail": breadcrumbs(entry)[:-1],
        "may_protect": may_review(request.user),
        "seats": seats[entry.pk],
        "children": [(child, seats[child.pk]) for child in children],
        "below": Section.objects.live().filter(parent__in=children or [entry]).in_order().with_counts(),
        "latest": entry.revisions.select_related("author").defer("content").order_by("-number").first(),
        "shows": "<p>{{" in entry.html,
    }
    return render(request, "entries/section.html", context)


@read_only
def tag_list(request: HttpRequest) -> HttpResponse:
    """Every tag in use, with how often."""
    live = Count("resources_tagging_items", filter=Q(resources_tagging_items__content_object__removed_at__isnull=True))
    tags = Tag.objects.annotate(uses=live).filter(uses__gt=0).order_by("name")
    return render(request, "entries/tag_list.html", {"tags": tags})


@read_only
def tag(request: HttpRequest, slug: str, keep: Keep) -> HttpResponse:
    """The live entries with a tag: the texts in short, which are kept until something is published, the resources in pages."""
    found = _tag_at.first(slug)
    if found is None:
        raise Http404(_("There is no such tag."))
    page = _tagged(request, found, keep)
    context = {
        "tag": found,
        "page": page,
        "title": _("Tag: %s") % found.name,
        "texts": [Found(*text) for text in keep(f"texts:{found.pk}", lambda: _texts(slug), request)],
        "most_texts": TEXTS,
    }
    return render_page(request, "entries/tag.html", context)


def _tagged(request: HttpRequest, tag: Tag, keep: Keep) -> Any:
    """A page of the live resources with a tag. How many there are, and which, is kept: many texts can have the tag too."""
    number = asked_page(request)
    count, keys = keep(f"tagged:{tag.pk}:{number}", lambda: _keys(tag.slug, number), request)
    page: Any = Paginator(range(count), PER_PAGE).get_page(number)
    rows = Resource.objects.live().filter(pk__in=keys).order_by("title", "pk").for_rows()
    page.object_list = list(rows) if keys else []
    return page


def _keys(slug: str, number: int) -> tuple[int, list[int]]:
    """How many live resources have a tag, and the keys of those on a page."""
    tagged = Resource.objects.live().tagged(slug).order_by("title", "pk").values_list("pk", flat=True)
    page = Paginator(tagged, PER_PAGE).get_page(number)
    return page.paginator.count, list(page.object_list)


def _texts_with(slug: str) -> Any:
    speaking = Entry.objects.speaking().tagged(slug).exclude(type__in=(Entry.Type.RESOURCE, Entry.Type.SECTION))
    return speaking.order_by("type", "title", "pk").values_list("pk", "type", "slug", "title")[:TEXTS]


_texts = Prepared(_texts_with)
_tag_at = Prepared(lambda slug: Tag.objects.filter(slug=slug)[:1])

"""Guides: all of them, and one."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control
from django.utils.text import Truncator
from taggit.models import Tag

from rayhub.drawing import render_page
from rayhub.methods import read_only
from rayhub.prepared import Prepared
from resources.entries.guide_lists import Keep, guides_for
from resources.entries.guides import place_of, writers_of
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.naming import Found
from resources.entries.pages import entry_page

MENTIONS = 5
"""Pages that mention a guide which its own page names."""


def _mentioning(pk: int) -> QuerySet[Any, Any]:
    """Key, type, address and title of the live entries that mention one, the latest first."""
    found = Entry.objects.live().filter(mentions__target=pk).exclude(pk=pk).order_by("-mentions__pk")
    rows: QuerySet[Any, Any] = found.values_list("pk", "type", "slug", "title")
    return rows[: MENTIONS + 1]


_sources = Prepared(_mentioning)
_tags = Prepared(lambda pk: Tag.objects.filter(resources_tagging_items__content_object=pk).order_by("name"))


@read_only
def guide_list(request: HttpRequest, keep: Keep) -> HttpResponse:
    """Every guide: as a tree, or narrowed and sorted. `keep` keeps what stays the same until something is published."""
    return render_page(request, "entries/guide_list.html", guides_for(request, keep))


@read_only
@entry_page(unread=("body",))
def guide(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One guide, where it stands, and who wrote it; one that leads on does so, but for ?redirect=no."""
    assert isinstance(entry, WikiPage)  # noqa: S101  # the address map gives this view guides only
    target = entry.redirect
    # One that itself leads on could lead back here.
    if target is not None and target.live and target.redirect_id is None and request.GET.get("redirect") != "no":
        return _led_on(entry, target)
    mentioning = [Found(*source) for source in dict.fromkeys(_sources(entry.pk))]
    context = {
        "entry": entry,
        "description": Truncator(entry.summary or entry.title).chars(200),
        "place": place_of(entry),
        "writers": writers_of(entry),
        "tags": _tags(entry.pk),
        "mentioned_by": mentioning[:MENTIONS],
        "many_mention_it": len(mentioning) > MENTIONS,
    }
    return render_page(request, "entries/wikipage.html", context)


def _led_on(page: WikiPage, target: WikiPage) -> HttpResponse:
    """To the guide that this one leads on to. A redirect can be ended, so that no browser may keep it unasked."""
    answer = HttpResponsePermanentRedirect(f"{target.get_absolute_url()}?from={page.slug}")
    patch_cache_control(answer, no_cache=True)
    return answer

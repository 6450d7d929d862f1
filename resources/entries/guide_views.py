"""Guides: all of them, and one."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control

from rayhub.methods import read_only
from resources.entries.guide_lists import guides_for
from resources.entries.guides import place_of, writers_of
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.permissions import may_review

MENTIONS = 5
"""Pages that mention a guide which its own page names."""


@read_only
def guide_list(request: HttpRequest) -> HttpResponse:
    """Every guide: as a tree, or narrowed and sorted."""
    return render(request, "entries/guide_list.html", guides_for(request.GET))


@read_only
@entry_page(unread=("body",))
def guide(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One guide, where it stands, and who wrote it; one that leads on does so, but for ?redirect=no."""
    assert isinstance(entry, WikiPage)  # noqa: S101  # the address map gives this view guides only
    if entry.redirect is not None and entry.redirect.live and request.GET.get("redirect") != "no":
        return _led_on(entry, entry.redirect)
    mentions = entry.mentioned_by.filter(source__removed_at=None).exclude(source=entry.pk)
    sources = mentions.order_by("-pk").values_list("source__type", "source__slug", "source__title")[: MENTIONS + 1]
    context = {
        "entry": entry,
        "place": place_of(entry),
        "writers": writers_of(entry),
        "tags": [tagging.tag for tagging in entry.taggings.select_related("tag").order_by("tag__name")],
        "mentioned_by": [Entry(type=type_, slug=slug, title=title) for type_, slug, title in sources],
        "most_mentions": MENTIONS,
        "may_protect": may_review(request.user),
    }
    return render(request, "entries/wikipage.html", context)


def _led_on(page: WikiPage, target: WikiPage) -> HttpResponse:
    """To the guide that this one leads on to. A redirect can be ended, so that no browser may keep it unasked."""
    answer = HttpResponsePermanentRedirect(f"{target.get_absolute_url()}?from={page.slug}")
    patch_cache_control(answer, no_cache=True)
    return answer

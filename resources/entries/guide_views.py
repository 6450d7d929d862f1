"""Guides: all of them, and one."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.cache import patch_cache_control
from django.utils.text import Truncator

from rayhub.drawing import render_page
from rayhub.methods import read_only
from resources.entries.beside import beside
from resources.entries.guide_lists import Keep, guides_for
from resources.entries.guides import place_of
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry
from resources.entries.pages import entry_page

LONGEST = 200
"""Signs of a summary that describes a guide to machines."""


@read_only
def guide_list(request: HttpRequest, keep: Keep) -> HttpResponse:
    """Every guide: as a tree, or narrowed and sorted. `keep` keeps what stays the same until something is published."""
    return render_page(request, "entries/guide_list.html", guides_for(request, keep))


@read_only
@entry_page(unread=("body", "key", "renderer", "embeds"))
def guide(request: HttpRequest, entry: Entry) -> HttpResponse:
    """One guide, where it stands, and who wrote it; one that leads on does so, but for ?redirect=no."""
    assert isinstance(entry, WikiPage)  # noqa: S101  # the address map gives this view guides only
    target = entry.redirect
    # One that itself leads on could lead back here.
    if target is not None and target.live and target.redirect_id is None and request.GET.get("redirect") != "no":
        return _led_on(entry, target)
    description = entry.summary or entry.title
    context = {
        "entry": entry,
        "description": description if len(description) <= LONGEST else Truncator(description).chars(LONGEST),
        "place": place_of(entry),
        "beside": beside(entry.pk),
    }
    return render_page(request, "entries/wikipage.html", context)


def _led_on(page: WikiPage, target: WikiPage) -> HttpResponse:
    """To the guide that this one leads on to. A redirect can be ended, so that no browser may keep it unasked."""
    answer = HttpResponsePermanentRedirect(f"{target.get_absolute_url()}?from={page.slug}")
    patch_cache_control(answer, no_cache=True)
    return answer

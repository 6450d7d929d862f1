"""/cards/…: the picture of an entry, and that of the site for all other pages."""

from collections.abc import Callable
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _

from rayhub.methods import read_only
from resources.cards.drawing import Card
from resources.cards.keeping import TooBusy, card_png
from resources.entries.knowledge import CaseStudy
from resources.entries.models import Entry, Resource
from resources.entries.pages import entry_page
from resources.text.markdown import plain

SECONDS = 3600
"""How long others may keep a card: its address on the page changes with the revision."""


@read_only
@entry_page(unread=("html",))
def card(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The picture of an entry as it is live now; that of the site where there is no time to draw it."""
    try:
        return _picture(request, f"{entry.type}-{entry.pk}", entry.revision_number, lambda: _card_of(entry))
    except TooBusy:
        return HttpResponseRedirect(reverse("site_card"), headers={"Cache-Control": "no-store"})


@read_only
def site_card(request: HttpRequest) -> HttpResponse:
    """The picture of the site."""
    try:
        return _picture(request, "site", 1, _card_of_site)
    except TooBusy:
        headers = {"Retry-After": "60", "Cache-Control": "no-store"}
        return HttpResponse(_("Try again in a minute."), status=503, content_type="text/plain", headers=headers)


def _picture(request: HttpRequest, name: str, revision: int, make: Callable[[], Card]) -> HttpResponse:
    data = card_png(name, revision, make)
    etag = f'"{sha256(data).hexdigest()[:32]}"'
    response = HttpResponse(data, content_type="image/png", headers={"ETag": etag})
    patch_cache_control(response, public=True, max_age=SECONDS)
    return get_conditional_response(request, etag=etag, response=response) or response


def _card_of(entry: Entry) -> Card:
    line = entry.use_case if isinstance(entry, CaseStudy) else plain(str(getattr(entry, "summary", "") or ""))
    kind = entry.get_kind_display() if isinstance(entry, Resource) else entry.get_type_display()
    return Card(entry.title, str(kind).capitalize(), line)


def _card_of_site() -> Card:
    return Card(
        _("What there is around Ray"),
        "",
        _("Libraries, projects, papers, talks, guides and case studies, kept by the people who use them."),
    )

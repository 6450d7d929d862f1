"""What links here."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rayhub.methods import read_only
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.links.models import Mention

PER_PAGE = 100


@read_only
@entry_page()
def backlinks(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The live entries that mention this one."""
    found = Mention.objects.live().filter(target=entry.pk).select_related("source").order_by("source__title", "pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "links/backlinks.html", {"entry": entry, "page": page})

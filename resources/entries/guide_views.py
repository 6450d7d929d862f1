"""All guides."""

from django.http import HttpRequest, HttpResponse

from rayhub.drawing import render_page
from rayhub.methods import read_only
from resources.entries.guide_lists import Keep, guides_for


@read_only
def guide_list(request: HttpRequest, keep: Keep) -> HttpResponse:
    """Every guide: as a tree, or narrowed and sorted. `keep` keeps what stays the same until something is published."""
    return render_page(request, "entries/guide_list.html", guides_for(request, keep))

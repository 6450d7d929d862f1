"""Titles of entries for those who type "[[" in a text."""

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, JsonResponse

from rayhub.methods import read_only
from resources.entries.models import Entry

MOST = 8
LONGEST = 100


@read_only
def complete(request: HttpRequest) -> JsonResponse:
    """The live entries whose title has ?q= in it, those that begin with it first."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    if not words:
        return JsonResponse({"found": []})
    begins = Case(When(title__istartswith=words, then=Value(0)), default=Value(1), output_field=IntegerField())
    entries = (
        Entry.objects.speaking()
        .filter(title__icontains=words)
        .annotate(begins=begins)
        .order_by("begins", "title", "pk")
    )
    found = entries.only("title", "slug", "type")[:MOST]
    return JsonResponse(
        {
            "found": [
                {"title": one.title, "url": one.get_absolute_url(), "kind": one.get_type_display()} for one in found
            ]
        }
    )

"""From a kind and a slug in an address to the entry, for programs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.api.refusing import Refusal
from resources.api.shapes import NAMES, WORDS
from resources.entries.content import MODELS
from resources.entries.models import Alias, Entry


class Elsewhere(Exception):
    """The entry is at another address now."""

    def __init__(self, type_: str, slug: str) -> None:
        super().__init__(slug)
        self.type, self.slug = type_, slug


def entry_or_404(name: str, slug: str, *, among: Any = None, also_removed: bool = False) -> Any:
    """The entry of a kind with this slug. Raises Elsewhere for an address it once had, and Refusal for what was removed."""
    type_ = NAMES.get(name)
    if type_ is None:
        raise Http404(_("There is no such kind of entry."))
    found = (MODELS[type_].objects.all() if among is None else among).filter(slug=slug[:120]).first()
    if found is None:
        alias = Alias.objects.select_related("entry").filter(type=type_, slug=slug[:120]).first()
        if alias is None:
            raise Http404(_("There is no such entry."))
        raise Elsewhere(type_, alias.entry.slug)
    if found.removed_at is not None and not also_removed:
        raise removed(found)
    return found


def present_entry(type_: str, slug: str) -> Any:
    """The live entry of a kind at this slug, or at the one that took its place. Raises Http404, and Refusal as above."""
    try:
        return entry_or_404(WORDS[type_], slug)
    except Elsewhere as moved:
        return entry_or_404(WORDS[type_], moved.slug)


def removed(entry: Entry) -> Refusal:
    """Says that an entry was taken away."""
    address = reverse("api:revisions", args=[WORDS[entry.type], entry.slug])
    words = {"address": address}
    return Refusal(
        410, _("This entry was removed. Its history is at %(address)s.") % words, revision=entry.revision_number
    )


def lead_on(request: HttpRequest, moved: Elsewhere) -> HttpResponse:
    """To where the entry is now."""
    match = request.resolver_match
    assert match is not None  # noqa: S101  # an operation runs because an address was matched
    target = reverse(match.view_name, kwargs=match.kwargs | {"slug": moved.slug})
    query = request.META.get("QUERY_STRING", "")
    status = 301 if request.method == "GET" else 308
    return HttpResponse(status=status, headers={"Location": f"{target}?{query}" if query else target})

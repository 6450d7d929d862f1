"""From a slug in an address to the entry, for every view of every kind."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from resources.entries.content import MODELS
from resources.entries.models import Alias, Entry

type EntryView[**P] = Callable[Concatenate[HttpRequest, Entry, P], HttpResponse]


def entry_page[**P](
    *, also_removed: bool = False, unread: Collection[str] = ()
) -> Callable[[EntryView[P]], Callable[..., HttpResponse]]:
    """Gives a view the entry of (type, slug): 301 from an address it once had, 410 when it was removed, 404 else.

    `unread` are columns that the view does not show.
    """

    def decorate(view: EntryView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, type: str, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:  # noqa: A002  # the address map's word
            found = MODELS[type].objects.select_related("protection").defer(*unread)
            entry = found.filter(type=type, slug=slug).first()
            if entry is None:
                return _from_alias(request, type, slug)
            if entry.removed_at is not None and not also_removed:
                return render(request, "entries/removed.html", {"entry": entry}, status=410)
            return view(request, entry, *args, **kwargs)

        return answer

    return decorate


def _from_alias(request: HttpRequest, type_: str, slug: str) -> HttpResponse:
    alias = Alias.objects.select_related("entry").filter(type=type_, slug=slug).first()
    if alias is None:
        raise Http404(_("There is no page at this address."))
    match = request.resolver_match
    assert match is not None  # noqa: S101  # a view runs because an address was matched
    target = reverse(match.view_name, kwargs={**match.captured_kwargs, "slug": alias.entry.slug})  # type: ignore[attr-defined]  # missing in its stubs
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)

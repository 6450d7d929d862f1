"""From a slug in an address to the entry, for every view of every kind."""

from collections.abc import Callable, Collection
from functools import partial, wraps
from typing import Concatenate

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from rayhub.prepared import Prepared
from resources.entries.content import MODELS
from resources.entries.models import Alias, Entry
from resources.entries.naming import Name, Names, title_name


class NotWritten(Http404):
    """There is nothing at the address of an entry. `type` and `slug` say what was asked for; a page can offer to write it."""

    def __init__(self, type_: str, slug: str) -> None:
        super().__init__(_("There is no page at this address."))
        self.type, self.slug = type_, slug


type EntryView[**P] = Callable[Concatenate[HttpRequest, Entry, P], HttpResponse]


def entry_page[**P](
    *,
    also_removed: bool = False,
    unread: Collection[str] = (),
    asked: Callable[["QuerySet[Entry]"], "QuerySet[Entry]"] = lambda entries: entries,
) -> Callable[[EntryView[P]], Callable[..., HttpResponse]]:
    """Gives a view the entry of (type, slug): 301 from an address it once had, 410 when it was removed, 404 else.

    `unread` are columns that the view does not show; `asked` adds to the query what else it does.
    """

    finders = {type_: Prepared(partial(_at, model, unread, asked)) for type_, model in MODELS.items()}

    def decorate(view: EntryView[P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, type: str, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:  # noqa: A002  # the address map's word
            entry = finders[type].first(slug)
            if entry is None:
                return _from_alias(request, type, slug)
            if entry.removed_at is not None and not also_removed:
                return render(request, "entries/removed.html", {"entry": entry}, status=410)
            return view(request, entry, *args, **kwargs)

        return answer

    return decorate


def _at(
    model: type[Entry], unread: Collection[str], asked: Callable[[QuerySet[Entry]], QuerySet[Entry]], slug: str
) -> QuerySet[Entry]:
    """The entry at an address, with its protection."""
    found = asked(model.objects.select_related("protection").defer(*unread))
    return found.filter(type=model._meta.model_name, slug=slug)[:1]


def _from_alias(request: HttpRequest, type_: str, slug: str) -> HttpResponse:
    """To where the entry went, or to the guide with this title: mentions in all scripts have addresses like titles."""
    alias = Alias.objects.select_related("entry").filter(type=type_, slug=slug).first()
    entry = alias.entry if alias else Names().entry(Name(type_, title_name(slug)))
    if entry is None:
        raise NotWritten(type_, slug)
    match = request.resolver_match
    assert match is not None  # noqa: S101  # a view runs because an address was matched
    target = reverse(match.view_name, kwargs={**match.captured_kwargs, "slug": entry.slug})  # type: ignore[attr-defined]  # missing in its stubs
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)

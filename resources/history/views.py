"""History of an entry, a revision as it was, two compared; recent changes; who wrote."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from rayhub.drawing import render_page
from rayhub.methods import read_only
from rayhub.prepared import Prepared
from resources.entries.models import Entry
from resources.entries.pages import entry_page
from resources.history.comparing import compare_revisions, describe
from resources.history.models import Revision
from resources.permissions import may_publish

PER_PAGE = 50


@read_only
@entry_page(also_removed=True)
def history(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The revisions of an entry, the newest first. ?old=1&new=3 leads to their comparison."""
    old, new = request.GET.get("old", ""), request.GET.get("new", "")
    if old.isdecimal() and new.isdecimal():
        first, second = sorted((int(old), int(new)))
        return redirect(f"{entry.get_absolute_url()}history/{first}..{second}/")
    # Numbers have no gaps: a page is a range of them.
    page: Any = Paginator(range(entry.revision_number, 0, -1), PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = _with_growth(entry, page.object_list)
    title = {"title": entry.title}
    context = {
        "entry": entry,
        "page": page,
        "heading": _("History of %(title)s") % title,
        "description": _("Every revision of %(title)s: who changed what, and when.") % title,
        "feed_title": _("Changes of %(title)s") % title,
        "may_take_back": may_publish(request.user, entry.protection_level),
    }
    return render_page(request, "history/history.html", context)


def _with_growth(entry: Entry, numbers: Sequence[int]) -> list[Revision]:
    """The revisions of these numbers, the newest first, each with how much longer than the one before it was."""
    found = _between(entry.pk, numbers[-1] - 1, numbers[0]) if numbers else []
    for revision, earlier in zip_longest(found, found[1:]):
        vars(revision)["growth"] = revision.size - (earlier.size if earlier else 0)
    return found[: len(numbers)]


def _revisions_between(entry: int, first: int, last: int) -> QuerySet[Revision]:
    found: QuerySet[Revision] = Revision.objects.filter(entry=entry, number__gte=first, number__lte=last)
    return found.select_related("author", "accepted_by").only(*_SHOWN).order_by("-number")


def _revision_at(entry: int, number: int) -> QuerySet[Revision]:
    found: QuerySet[Revision] = Revision.objects.filter(entry=entry, number=number)
    return found.select_related("author", "accepted_by")


def _revisions_at(entry: int, first: int, second: int) -> QuerySet[Revision]:
    found: QuerySet[Revision] = Revision.objects.filter(Q(number=first) | Q(number=second), entry=entry)
    return found.select_related("author", "accepted_by").only(*_SHOWN, "content")


_SHOWN = (
    "entry", "number", "act", "summary", "significance", "size", "created_at",
    "author__name", "author__display_name", "accepted_by__name", "accepted_by__display_name",
)  # fmt: skip
"""What pages show of a revision and of its people."""

_between, _numbered, _two = Prepared(_revisions_between), Prepared(_revision_at), Prepared(_revisions_at)


def revision_or_404(entry: Entry, number: int) -> Revision:
    """Revision `number` of an entry, with its author."""
    found = _numbered.first(entry.pk, min(number, 2**31 - 1))
    if found is None:
        raise _no_revision(number)
    return found


def two_revisions_or_404(entry: Entry, old: int, new: int) -> tuple[Revision, Revision]:
    """Two revisions of an entry, in one query."""
    found = {revision.number: revision for revision in _two(entry.pk, old, new)}
    for number in (old, new):
        if number not in found:
            raise _no_revision(number)
    return found[old], found[new]


def _no_revision(number: int) -> Http404:
    return Http404(_("This entry has no revision %(number)s.") % {"number": number})


@read_only
@entry_page(also_removed=True)
def revision(request: HttpRequest, entry: Entry, number: int) -> HttpResponse:
    """The entry as it was."""
    found = revision_or_404(entry, number)
    context = {
        "entry": entry,
        "revision": found,
        "fields": describe(type(entry), found.content),
        "is_live": number == entry.revision_number and entry.live,
        "may_take_back": may_publish(request.user, entry.protection_level),
        "previous": number - 1,
        "next": number + 1 if number < entry.revision_number else None,
    }
    return render(request, "history/revision.html", context)


@read_only
@entry_page(also_removed=True)
def comparison(request: HttpRequest, entry: Entry, pair: tuple[int, int]) -> HttpResponse:
    """Two revisions, field by field; ?view=split puts them side by side."""
    old, new = pair
    before, after = two_revisions_or_404(entry, old, new)
    words = {"title": entry.title, "old": old, "new": new}
    context = {
        "entry": entry,
        "title": _("%(title)s, revisions %(old)s and %(new)s compared") % words,
        "before": before,
        "after": after,
        "fields": compare_revisions(type(entry), before.content, after.content),
        "sources": [f"{entry.get_absolute_url()}history/{number}.md" for number in pair],
        "split": request.GET.get("view") == "split",
        "may_take_back": new == old + 1 and may_publish(request.user, entry.protection_level),
        "previous": (old - 1, new - 1) if old > 1 else None,
        "next": (old + 1, new + 1) if new < entry.revision_number else None,
    }
    return render_page(request, "history/comparison.html", context)


@read_only
def changes(request: HttpRequest) -> HttpResponse:
    """What changed lately, anywhere; ?type= and ?act= narrow it."""
    found = Revision.objects.newest().for_rows()
    type_, act = request.GET.get("type", ""), request.GET.get("act", "")
    if type_ in Entry.Type.values:
        found = found.filter(entry__type=type_)
    if act in Revision.Act.values:
        found = found.filter(act=act)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "type": type_, "act": act, "types": Entry.Type.choices, "acts": Revision.Act.choices}
    return render(request, "history/changes.html", context)


@read_only
def people(request: HttpRequest) -> HttpResponse:
    """Who wrote what is here, the busiest first."""
    busy = User.objects.annotate(count=Count("revisions")).filter(count__gt=0).order_by("-count", "name")
    page = Paginator(busy, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "history/people.html", {"page": page})

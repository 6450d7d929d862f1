"""The list of guides: a tree by parent and order, or a flat list that is narrowed and sorted; both in pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from resources.entries.knowledge import WikiPage
from resources.entries.models import ADDRESSES, Entry, Tagging

PER_PAGE = 50

TREE = "tree"

SORTS = {
    TREE: (_("Tree"), ("rank", "name", "pk")),
    "changed": (_("Last changed"), ("-changed_at", "-pk")),
    "added": (_("Newest"), ("-created_at", "-pk")),
    "title": (_("Title"), ("title", "pk")),
}

BRANCHES = (20, 10)
"""How many guides the tree shows below one at the top, and below one of those; the rest is a link away."""


class GuideFilter(forms.Form):
    """The query of /wiki/. An unknown value is an error that the page shows; the list is then not narrowed by it."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    tag = forms.ModelChoiceField(
        label=_("Tag"),
        required=False,
        queryset=Tag.objects.none(),
        to_field_name="slug",
        empty_label=_("Any"),
    )
    under = forms.ModelChoiceField(
        label=_("Under"),
        required=False,
        queryset=WikiPage.objects.pages().for_rows(),
        to_field_name="slug",
        widget=forms.HiddenInput,
    )
    sort = forms.ChoiceField(
        label=_("Sort by"), required=False, choices=[(word, label) for word, (label, _order) in SORTS.items()]
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        live = {"content_object__type": Entry.Type.WIKIPAGE, "content_object__removed_at": None}
        used = Exists(Tagging.objects.filter(tag=OuterRef("pk"), **live))
        self.fields["tag"].queryset = Tag.objects.filter(used).order_by("name")  # type: ignore[attr-defined]  # a ModelChoiceField

    @property
    def is_flat(self) -> bool:
        """Whether something narrows or sorts the guides, so that they are no tree."""
        self.is_valid()
        wanted = self.cleaned_data
        return bool(self.active) or wanted.get("sort", "") not in {"", TREE}

    def results(self) -> Any:
        """The guides that match, sorted."""
        self.is_valid()
        wanted = self.cleaned_data
        found = WikiPage.objects.pages()
        if wanted.get("tag"):
            found = found.tagged(wanted["tag"].slug)
        if wanted.get("under"):
            found = found.filter(parent=wanted["under"].pk)
        for word in wanted.get("q", "").split()[:10]:
            found = found.filter(Q(title__icontains=word) | Q(summary__icontains=word) | Q(body__icontains=word))
        return found.for_rows().prefetch_related("taggings__tag").order_by(*SORTS[wanted.get("sort") or TREE][1])

    @property
    def active(self) -> list[tuple[str, str, str]]:
        """The filters in force, as (name, label, value in words), for the chips that take them away."""
        self.is_valid()
        found = ((name, str(field.label), self.cleaned_data.get(name)) for name, field in self.fields.items())
        return [(name, label, str(value)) for name, label, value in found if value and name != "sort"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a row shows of a guide."""

    pk: int
    slug: str
    title: str
    summary: str
    minutes: int

    def get_absolute_url(self) -> str:
        """The address of its page."""
        return f"{ADDRESSES[Entry.Type.WIKIPAGE]}{self.slug}/"


@dataclass(slots=True)
class Bough:
    """A guide in the tree with those below it; `more` are below it too and are not shown here."""

    guide: Leaf
    below: list["Bough"] = field(default_factory=list)
    more: int = 0


type Keep = Callable[[str, Callable[[], Any], HttpRequest], Any]
"""Keeps a derived value until something is published, under a name."""


def asked_page(request: HttpRequest) -> int:
    """The number of the page that is asked for; 1 where it is none."""
    number = request.GET.get("page", "")
    return int(number) if number.isdecimal() and len(number) < 6 else 1


def guides_for(request: HttpRequest, keep: Keep) -> dict[str, Any]:
    """What the list of guides shows for a query: its form and one page, of boughs or of guides."""
    query = request.GET
    if not set(query) - {"page"}:
        number = asked_page(request)
        shown: dict[str, Any] = keep(f"guides:{number}", lambda: _tree(number), request)
        pages: Any = Paginator(range(shown["count"]), PER_PAGE).get_page(number)
        listed = [bough.guide for bough in shown["boughs"]]
        blank = {"form": None, "blank_form": lambda: GuideFilter(query)}
        return {**shown, **blank, "page": pages, "listed": listed, "flat": False}
    form = GuideFilter(query)
    flat = form.is_flat
    page = Paginator(form.results() if flat else _tops(), PER_PAGE).get_page(query.get("page"))
    return {
        "form": form,
        "page": page,
        "listed": page.object_list,
        "flat": flat,
        "boughs": [] if flat else _grown(page.object_list),
        "choices": None,
    }


def _tree(number: int) -> dict[str, Any]:
    """A page of the whole tree: how many guides are at the top, the boughs, and what the form's choices depend on."""
    page = Paginator(_tops(), PER_PAGE).get_page(number)
    tags = tuple(_used_tags().values_list("slug", "name"))
    return {"count": page.paginator.count, "boughs": _grown(page.object_list), "choices": tags}


def _used_tags() -> Any:
    used = Tag.objects.filter(resources_tagging_items__content_object__type=Entry.Type.WIKIPAGE)
    return used.order_by("name").distinct()


def _bough(guide: WikiPage) -> Bough:
    return Bough(Leaf(guide.pk, guide.slug, guide.title, guide.summary, guide.minutes))


def _tops() -> Any:
    """The guides under no other that readers see."""
    unseen = WikiPage.objects.filter(Q(removed_at__isnull=False) | Q(redirect__isnull=False)).values("pk")
    alone = Q(parent=None) | Q(parent__in=unseen)
    return WikiPage.objects.pages().filter(alone).for_rows().in_order()


def _grown(guides: Iterable[WikiPage]) -> list[Bough]:
    """The guides of a page with those below them, in one query for each level."""
    boughs = [_bough(guide) for guide in guides]
    level = boughs
    for most in BRANCHES:
        level = _level(level, most)
    _count(level)
    return boughs


def _level(above: list[Bough], most: int) -> list[Bough]:
    """Hangs the first guides below these where they belong, and gives them."""
    by_key = {bough.guide.pk: bough for bough in above}
    placed: Any = WikiPage.objects.pages().filter(parent__in=by_key).for_rows()
    placed = placed.annotate(
        turn=Window(RowNumber(), partition_by=F("parent"), order_by=["rank", "name", "pk"]),
        beside=Window(Count("pk"), partition_by=F("parent")),
    )
    boughs = []
    for guide in placed.filter(turn__lte=most).order_by("turn") if by_key else ():
        boughs.append(_bough(guide))
        above_it = by_key[guide.parent_id]
        above_it.below.append(boughs[-1])
        above_it.more = guide.beside - len(above_it.below)
    return boughs


def _count(lowest: list[Bough]) -> None:
    """How many guides are below those that the tree ends with."""
    boughs = {bough.guide.pk: bough for bough in lowest}
    if boughs:
        below = WikiPage.objects.pages().filter(parent__in=boughs).order_by().values_list("parent")
        for pk, number in below.annotate(number=Count("pk")):
            boughs[pk].more = number

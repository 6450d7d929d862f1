"""Keeps the search in step with what is live: inside the transaction that makes it so."""

from collections.abc import Callable, Iterable, Sequence
from itertools import batched

from django.db import transaction
from django.db.models import Q

from resources.entries.content import MODELS, content_fields, read_content
from resources.entries.models import Entry
from resources.search.fulltext import fulltext
from resources.search.gathering import VERSION, Given, look_around, page_of, row_of, traits_of
from resources.search.models import SearchPage
from resources.search.spelling import forget_unused, last_learnt, learn, words_in

AT_ONCE = 200
"""Entries that one query names, and that a rebuild takes in one transaction."""


def index(entries: Sequence[Given]) -> None:
    """Takes entries in that went live, and out what went out of sight."""
    seen = {one.entry.pk: one for one in entries}
    for pks in batched(seen, AT_ONCE, strict=False):
        led = _index([seen[pk] for pk in pks])
        # A guide is found by the names of those that lead on to it.
        index_again(pk for pk in led if pk not in seen)


def index_again(pks: Iterable[int]) -> None:
    """Takes live entries in as they stand in the database."""
    for batch in batched(sorted(set(pks)), AT_ONCE, strict=False):
        _take_out(batch)
        _index(_read(batch))


def forget(pks: Iterable[int]) -> None:
    """Takes entries out."""
    for batch in batched(sorted(set(pks)), AT_ONCE, strict=False):
        _take_out(batch)


def _index(entries: list[Given], used: set[str] | None = None) -> set[int]:
    """Returns the keys of guides that others of these lead on to, now or until now. Adds to `used` the words that it saw."""
    led = _take_out([one.entry.pk for one in entries])
    live = [one for one in entries if one.entry.live]
    around = look_around([one.entry for one in live])
    traits = [traits_of(one, around) for one in live]
    pages = SearchPage.objects.bulk_create([page_of(one, own) for one, own in zip(live, traits, strict=True)])
    led |= {page.leads_to for page in pages if page.leads_to}
    given = zip(live, pages, traits, strict=True)
    rows = [row_of(one, page, own, around) for one, page, own in given if not page.leads_to]
    if rows:
        fulltext().put(rows)
        words = words_in(rows)
        learn(words)
        if used is not None:
            used |= words
    return led


def _take_out(pks: Sequence[int]) -> set[int]:
    """Returns the keys of guides that these led on to."""
    known = list(SearchPage.objects.filter(entry__in=pks).values_list("number", "leads_to"))
    if known:
        numbers = [number for number, _leads_to in known]
        fulltext().drop(numbers)
        SearchPage.objects.filter(number__in=numbers)._raw_delete("default")
    return {leads_to for _number, leads_to in known if leads_to}


def _read(pks: Sequence[int]) -> list[Given]:
    types = dict(Entry.objects.filter(pk__in=pks, removed_at=None).values_list("pk", "type"))
    found: list[Given] = []
    for type_ in sorted(set(types.values())):
        model = MODELS[type_]
        rows = [one.name for one in content_fields(model) if one.row_model]
        some = model._default_manager.filter(pk__in=[pk for pk in types if types[pk] == type_])
        found += [Given(one, read_content(one)) for one in some.prefetch_related("taggings__tag", *rows)]
    order = {pk: place for place, pk in enumerate(pks)}
    return sorted(found, key=lambda one: order[one.entry.pk])


def rebuild(progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Takes everything in anew, a few entries in each transaction: readers find all the while what they found before.

    What changed last is taken in last, and so counts as the freshest. Returns how many entries are in.
    """
    last = last_learnt()
    live = list(Entry.objects.live().order_by("changed_at", "pk").values_list("pk", flat=True))
    used: set[str] = set()
    for start in range(0, len(live), AT_ONCE):
        batch = live[start : start + AT_ONCE]
        with transaction.atomic():
            held = Entry.objects.select_for_update(no_key=True).filter(pk__in=batch).order_by("pk")
            still = set(held.values_list("pk", flat=True))
            _index(_read([pk for pk in batch if pk in still]), used)
        progress(start + len(batch), len(live))
    gone = SearchPage.objects.filter(Q(entry__removed_at__isnull=False) | ~Q(made_by=VERSION))
    forget(gone.values_list("entry", flat=True))
    forget_unused(used, until=last)
    return len(live)


def catch_up() -> None:
    """Takes in what a site has from before it had this search, or from before the search was made otherwise."""
    if Entry.objects.live().exclude(search_page__made_by=VERSION).exists():
        rebuild()

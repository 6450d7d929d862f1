"""Keeps which addresses live content mentions: from publish on each is watched, and tested when it is due."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from itertools import batched
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from resources.entries.content import MODELS, Content, read_content
from resources.entries.models import Entry, Resource
from resources.links.addresses import Mentioned, addresses_in
from resources.links.models import Host, Link, Use

AT_ONCE = 500
"""Rows that one query names."""


class Watched(NamedTuple):
    """An entry that went live or out of sight, and its content."""

    entry: Entry
    content: Content


def watch(entries: Sequence[Watched], *, at: datetime) -> None:
    """Brings the links of these entries in step with their content. Inside the transaction that makes it live.

    A new address is due at once; one that nothing mentions any more is tested no longer.
    """
    wanted = {
        entry.pk: {(one.key, one.field): one for one in addresses_in(entry, content)} if entry.live else {}
        for entry, content in entries
    }
    present: dict[int, dict[tuple[str, str], tuple[int, int]]] = defaultdict(dict)
    for pks in batched(wanted, AT_ONCE, strict=False):
        rows = Use.objects.filter(entry__in=pks).values_list("entry", "link__key", "field", "pk", "link", "written")
        for entry, key, field, pk, link, written in rows:
            asked = wanted[entry].get((key, field))
            # Another spelling of the same address is another row: repairs look for what is written.
            if asked is None or asked.written == written:
                present[entry][key, field] = (pk, link)
            else:
                Use.objects.filter(pk=pk).update(written=asked.written)
                Link.objects.filter(pk=link).update(address=asked.written)
                present[entry][key, field] = (pk, link)
    gone = [found for entry, uses in present.items() for place, found in uses.items() if place not in wanted[entry]]
    missing = {
        entry: [one for place, one in uses.items() if place not in present[entry]] for entry, uses in wanted.items()
    }
    links = _links_of({one.key: one for uses in missing.values() for one in uses}, at) if any(missing.values()) else {}
    Use.objects.bulk_create(
        (
            Use(link_id=links[one.key], entry_id=entry, field=one.field, written=one.written)
            for entry, uses in missing.items()
            for one in uses
        ),
        batch_size=AT_ONCE,
        ignore_conflicts=True,
    )
    if gone:
        _forget(gone, at)
    _lead(entry for entry, _content in entries if isinstance(entry, Resource))


def _links_of(mentioned: dict[str, Mentioned], at: datetime) -> dict[str, int]:
    """The keys of these addresses' links; those that are not there yet are made, those nobody used are used again."""
    found: dict[str, int] = {}
    for keys in batched(sorted(mentioned), AT_ONCE, strict=False):
        rows = list(Link.objects.filter(key__in=keys).values_list("key", "pk", "unused_since"))
        found |= {key: pk for key, pk, _unused in rows}
        if asleep := [pk for _key, pk, unused in rows if unused is not None]:
            Link.objects.filter(pk__in=asleep).update(unused_since=None, due_at=at)
        new = [key for key in keys if key not in found]
        if not new:
            continue
        hosts = _hosts_of({host_name(key) for key in new})
        Link.objects.bulk_create(
            (
                Link(key=key, address=mentioned[key].written, host_id=hosts[host_name(key)], due_at=at, created_at=at)
                for key in new
            ),
            ignore_conflicts=True,  # another's act may make the same link at this instant
        )
        found |= dict(Link.objects.filter(key__in=new).values_list("key", "pk"))
    return found


def _hosts_of(names: Collection[str]) -> dict[str, int]:
    found = dict(Host.objects.filter(name__in=names).values_list("name", "pk"))
    if missing := sorted(set(names) - set(found)):
        Host.objects.bulk_create([Host(name=name) for name in missing], ignore_conflicts=True)
        found |= dict(Host.objects.filter(name__in=missing).values_list("name", "pk"))
    return found


def host_name(key: str) -> str:
    """The name of the host of a link's key, with its port where it is none of http's own."""
    return key.removeprefix("https://").partition("/")[0].partition("?")[0].partition("#")[0]


def _forget(uses: list[tuple[int, int]], at: datetime) -> None:
    for pks in batched((pk for pk, _link in uses), AT_ONCE, strict=False):
        Use.objects.filter(pk__in=pks).delete()
    for pks in batched({link for _pk, link in uses}, AT_ONCE, strict=False):
        Link.objects.filter(pk__in=pks, uses=None).update(unused_since=at)


def _lead(resources: Iterable[Resource]) -> None:
    """Points resources at the links of their own addresses."""
    moved = {one.address: one for one in resources if one.live}
    for keys in batched(moved, AT_ONCE, strict=False):
        for key, link in Link.objects.filter(key__in=keys).values_list("key", "pk"):
            if moved[key].link_id != link:
                moved[key].link_id = link
                Resource.objects.filter(pk=moved[key].pk).update(link=link)


def catch_up() -> None:
    """Watches what a site has from before its links were watched; where any are, nothing is to do."""
    if not Use.objects.exists():
        watch_everything()


def watch_everything(progress: Callable[[int, int], None] = lambda _done, _all: None) -> int:
    """Brings the links of all live entries in step, batch by batch; returns how many entries were looked at."""
    total, done = Entry.objects.live().count(), 0
    for type_, model in MODELS.items():
        pks = Entry.objects.live().filter(type=type_).order_by("pk").values_list("pk", flat=True)
        for batch in batched(list(pks), AT_ONCE, strict=False):
            with transaction.atomic():
                held = Entry.objects.select_for_update(no_key=True).filter(pk__in=batch).order_by("pk")
                held_pks = list(held.values_list("pk", flat=True))
                entries = model._default_manager.filter(pk__in=held_pks).prefetch_related("taggings__tag")
                watch([Watched(entry, read_content(entry)) for entry in entries], at=timezone.now())
            done += len(batch)
            progress(done, total)
    return done

"""Who watches what: an entry, a section with all that sits in it and below it, or a tag."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import batched

from taggit.models import Tag

from accounts.models import User
from resources.entries.models import Entry, Placement, Section
from resources.notices.models import MailRhythm, Watch

AT_A_TIME = 500
"""Entries of one query."""


def watch(person: User, *, entry: Entry | None = None, tag: Tag | None = None) -> None:
    """Begins to watch; who watches already goes on."""
    Watch.objects.get_or_create(person=person, entry=getattr(entry, "entry_ptr", entry), tag=tag)


def unwatch(person: User, *, entry: Entry | None = None, tag: Tag | None = None) -> None:
    """Watches no more; who did not watch stays so."""
    Watch.objects.filter(person=person, entry=entry and entry.pk, tag=tag).delete()


def watch_own(person: User, entries: Iterable[int]) -> None:
    """Watches what a person writes, unless they said that they do not want it. For people, not for imports."""
    if not person.is_active or MailRhythm.objects.filter(person=person, watches_own=False).exists():
        return
    new = set(entries) - set(Watch.objects.filter(person=person, entry__in=entries).values_list("entry", flat=True))
    watches = [Watch(person=person, entry_id=entry) for entry in new]
    Watch.objects.bulk_create(watches, ignore_conflicts=True)


def watchers_of(entry_id: int) -> list[User]:
    """The people who watch an entry, in one way or another."""
    found = watchers([entry_id])
    return list(User.objects.filter(pk__in=found[entry_id])) if entry_id in found else []


def watchers(entry_ids: Collection[int]) -> dict[int, set[int]]:
    """Entries to the people who watch them, by keys. Few queries, whatever the number of entries."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    around = _sections_watched()
    for some in batched(sorted(entry_ids), AT_A_TIME, strict=False):
        tagged = Watch.objects.filter(tag__resources_tagging_items__content_object__in=some)
        pairs = [
            *Watch.objects.filter(entry__in=some).values_list("entry", "person"),
            *tagged.values_list("tag__resources_tagging_items__content_object", "person"),
        ]
        for entry, person in pairs:
            found[entry].add(person)
        if around:
            for entry, section in Placement.objects.filter(resource__in=some).values_list("resource", "section"):
                found[entry] |= around.get(section, set())
            for entry in some:
                found[entry] |= around.get(entry, set())
    return {entry: people for entry, people in found.items() if people}


def _sections_watched() -> Mapping[int, set[int]]:
    """Every section to the people who watch it, or one above it."""
    direct: defaultdict[int, set[int]] = defaultdict(set)
    for section, person in Watch.objects.filter(entry__type=Entry.Type.SECTION).values_list("entry", "person"):
        direct[section].add(person)
    if not direct:
        return {}
    parents = dict(Section.objects.values_list("pk", "parent"))
    around = {}
    for section in parents:
        people: set[int] = set()
        above: int | None = section
        seen: set[int] = set()
        while above is not None and above not in seen:
            seen.add(above)
            people |= direct.get(above, set())
            above = parents.get(above)
        around[section] = people
    return around

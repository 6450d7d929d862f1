"""Keeps what entries mention, when they go live; and draws those again that mention what has appeared or gone."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import partial
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from resources.entries.content import Content
from resources.entries.knowledge import Comparison, WikiPage
from resources.entries.models import Entry
from resources.entries.naming import WORDS, Found, Name, Names, name_of
from resources.entries.surroundings import unsettle
from resources.links.drawing import AT_ONCE, draw_again
from resources.links.models import Mention

WANTED = Q(source__html__contains="mention wanted") | Q(source__type__in=[Entry.Type.SECTION, Entry.Type.COMPARISON])
"""Mentions on pages that may show them as wanted: sections and comparisons have more HTML than one column."""


class Mentioning(NamedTuple):
    """An entry that went live: what its texts mention (None where they did not change), and whether it came or went.

    `lost` are names by which it is called no more; one that got a new name counts as come. With a `new_face` others show it
    in another way.
    """

    entry: Entry
    content: Content
    targets: list[str] | None
    appeared: bool
    lost: Collection[Name] = ()
    new_face: bool = True


def keep_mentions(found: Iterable[Mentioning], drawn_with: Names | None = None) -> None:
    """Brings the mentions of these entries in step, and those of others that lead to them.

    What comes or goes in another transaction at the same instant is not seen in this one: once it is through, the names
    that the entries were drawn with are looked up again.
    """
    found = list(found)
    keep_own([one for one in found if one.targets is not None])
    moved = _moved(found)
    if moved.called:
        _settle(moved, besides={one.entry.pk for one in found if one.targets is not None})
    if not connection.features.has_select_for_update:
        return  # SQLite lets one write after the other.
    drawn = {one.entry.pk: {name_of(target) for target in one.targets} for one in found if one.targets}
    known = drawn_with or Names()
    meant = {name: known.entry(name) for names in drawn.values() for name in names}
    if moved.called or meant:
        transaction.on_commit(partial(_look_again, moved, drawn, meant), robust=True)


class _Moved(NamedTuple):
    """The keys of entries that came, and of those that went, and all names that they are or were called by."""

    came: set[int]
    went: set[int]
    called: set[Name]


def _moved(found: list[Mentioning]) -> _Moved:
    moved = [one for one in found if one.appeared]
    return _Moved(
        {one.entry.pk for one in moved if one.entry.live},
        {one.entry.pk for one in moved if not one.entry.live},
        {name for one in moved for name in (*_called(one.entry), *one.lost) if name.key},
    )


def _look_again(came: _Moved, drawn: dict[int, set[Name]], meant: dict[Name, Found | None]) -> None:
    """Mends what two acts at the same instant could not know of one another."""
    names = Names()
    names.learn(meant)
    moved = {name for name, before in meant.items() if _address(names.entry(name)) != _address(before)}
    with transaction.atomic():
        stale = {source for source, mentioned in drawn.items() if mentioned & moved}
        _point(Mention.objects.filter(source__in=stale) if stale else (), names)
        draw_again(stale)
        if came.called:
            _settle(came, besides=stale, again=True)


def _address(found: Found | None) -> tuple[str, str] | None:
    return (found.type, found.slug) if found else None


def keep_own(found: list[Mentioning]) -> None:
    """Each entry's rows: what it mentions now, each name once."""
    wanted = {one.entry.pk: {name_of(target): target for target in one.targets or ()} for one in found}
    for one in found:
        wanted[one.entry.pk] |= _pointed_at(one)
    names = Names()
    names.learn(name for mentioned in wanted.values() for name in mentioned)
    present: dict[int, dict[Name, Mention]] = defaultdict(dict)
    for mention in Mention.objects.filter(source__in=wanted) if wanted else ():
        present[mention.source_id][Name(mention.type, mention.name)] = mention
    gone = [one for source, kept in present.items() for name, one in kept.items() if name not in wanted[source]]
    if gone:
        Mention.objects.filter(pk__in=[one.pk for one in gone]).delete()
    _point((one for source, kept in present.items() for name, one in kept.items() if name in wanted[source]), names)
    new = [
        Mention(source_id=source, type=name.type, name=name.key, title=target[:300], target_id=_pk(names, name))
        for source, mentioned in wanted.items()
        for name, target in mentioned.items()
        if name.key and name not in present[source]
    ]
    Mention.objects.bulk_create(new, batch_size=500)
    unsettle(one.target_id for one in (*gone, *new) if one.target_id)


def _pk(names: Names, name: Name) -> int | None:
    entry = names.entry(name)
    return entry.pk if entry else None


def _pointed_at(one: Mentioning) -> dict[Name, str]:
    """The resources that a comparison's subjects are."""
    if not isinstance(one.entry, Comparison):
        return {}
    pks = [row["resource"] for row in one.content["subjects"] if row["resource"]]
    rows = Entry.objects.filter(pk__in=pks).values_list("type", "slug") if pks else ()
    return {Name(type_, slug): f"{WORDS[type_]}:{slug}" for type_, slug in rows}


def _point(mentions: Iterable[Mention], names: Names) -> set[int]:
    """Points mentions at what their names stand for now; what is not there leaves them as they are. Returns those that led
    elsewhere before.
    """
    moved: dict[int, list[int]] = defaultdict(list)
    turned: set[int] = set()
    left: set[int] = set()
    for mention in mentions:
        target = _pk(names, Name(mention.type, mention.name))
        if target is not None and target != mention.target_id:
            moved[target].append(mention.pk)
            if mention.target_id:
                turned.add(mention.source_id)
                left.add(mention.target_id)
    unsettle({*left, *moved})
    for target, pks in moved.items():
        for start in range(0, len(pks), AT_ONCE):
            Mention.objects.filter(pk__in=pks[start : start + AT_ONCE]).update(target=target)
    return turned


def _settle(moved: _Moved, besides: set[int], *, again: bool = False) -> None:
    """Points the mentions of these entries at them, and draws the pages again on which they stand.

    `again`: only mentions that were not seen the first time.
    """
    names = Names()
    names.learn(moved.called)
    redrawn: set[int] = set()
    for type_ in {name.type for name in moved.called}:
        keys = [name.key for name in moved.called if name.type == type_]
        mentions = Mention.objects.filter(type=type_, name__in=keys)
        elsewhere = mentions.filter(Q(target=None) | ~Q(target__in=moved.came))
        redrawn |= _point(elsewhere, names)
    # Where a page was expected, it is drawn already as one that is there.
    redrawn |= set(Mention.objects.filter(WANTED, target__in=moved.came).values_list("source", flat=True))
    if not again:
        redrawn |= set(Mention.objects.filter(target__in=moved.went).values_list("source", flat=True))
    draw_again(redrawn - besides)


def _called(entry: Entry) -> set[Name]:
    """The names by which a mention finds an entry."""
    return {Name(entry.type, entry.slug)} | ({Name(entry.type, entry.name)} if isinstance(entry, WikiPage) else set())

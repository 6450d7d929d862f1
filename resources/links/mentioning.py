"""Keeps what entries mention, when they go live; and draws those again that mention what has appeared or gone."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q

from resources.entries.content import MODELS, Content
from resources.entries.knowledge import Comparison, WikiPage
from resources.entries.models import Entry
from resources.entries.naming import WORDS, Name, Names, name_of
from resources.entries.rendering import names_in, render_entry
from resources.links.models import Mention

MOST_DRAWN = 100
"""Pages that are drawn again within the act that makes a page appear; more are left to `manage.py render_pages`."""

OUTDATED = 0
"""The renderer of a page that has to be drawn again."""

WANTED = Q(source__html__contains="mention wanted") | Q(source__type__in=[Entry.Type.SECTION, Entry.Type.COMPARISON])
"""Mentions on pages that may show them as wanted: sections and comparisons have more HTML than one column."""

DERIVED = ("html", "words", "renderer", "headings", "embeds", "passages_html", "cells_html")


class Mentioning(NamedTuple):
    """An entry that went live: what its texts mention (None where they did not change), and whether it came or went."""

    entry: Entry
    content: Content
    targets: list[str] | None
    appeared: bool


def keep_mentions(found: Iterable[Mentioning]) -> None:
    """Brings the mentions of these entries in step, and those of others that lead to them."""
    found = list(found)
    _keep_own([one for one in found if one.targets is not None])
    came = [one.entry for one in found if one.appeared]
    if came:
        _settle(came, besides={one.entry.pk for one in found if one.targets is not None})


def _keep_own(found: list[Mentioning]) -> None:
    """Each entry's rows: what it mentions now, each name once."""
    wanted = {one.entry.pk: {name_of(target): target for target in one.targets or ()} for one in found}
    for one in found:
        wanted[one.entry.pk] |= _pointed_at(one)
    names = Names()
    names.learn(name for mentioned in wanted.values() for name in mentioned)
    present: dict[int, dict[Name, int]] = defaultdict(dict)
    rows = Mention.objects.filter(source__in=wanted).values_list("pk", "source", "type", "name")
    for pk, source, type_, name in rows if wanted else ():
        present[source][Name(type_, name)] = pk
    gone = [pk for source, kept in present.items() for name, pk in kept.items() if name not in wanted[source]]
    if gone:
        Mention.objects.filter(pk__in=gone).delete()
    Mention.objects.bulk_create(
        (
            Mention(source_id=source, type=name.type, name=name.key, title=target[:300], target_id=_pk(names, name))
            for source, mentioned in wanted.items()
            for name, target in mentioned.items()
            if name.key and name not in present[source]
        ),
        batch_size=500,
    )


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


def _settle(came: list[Entry], besides: set[int]) -> None:
    """Points the mentions of these entries at them, and draws the pages again on which they stand."""
    live = {name: entry.pk for entry in came if entry.live for name in _called(entry)}
    for type_ in {name.type for name in live}:
        keys = [name.key for name in live if name.type == type_]
        waiting = list(Mention.objects.filter(type=type_, name__in=keys, target=None))
        for mention in waiting:
            mention.target_id = live[Name(type_, mention.name)]
        Mention.objects.bulk_update(waiting, ["target"], batch_size=500)
    # Where a page was expected, it is drawn already as one that is there.
    came_or_went = (
        Mention.objects.filter(WANTED, target__in=[entry.pk for entry in came if entry.live]),
        Mention.objects.filter(target__in=[entry.pk for entry in came if not entry.live]),
    )
    draw_again({source for found in came_or_went for source in found.values_list("source", flat=True)} - besides)


def _called(entry: Entry) -> set[Name]:
    """The names by which a mention finds an entry."""
    return {Name(entry.type, entry.slug)} | ({Name(entry.type, entry.name)} if isinstance(entry, WikiPage) else set())


def draw_again(sources: Iterable[int]) -> None:
    """Draws entries again whose own content stayed as it is; what is too much for one act is marked for render_pages."""
    pks = sorted(sources)
    for model in MODELS.values():
        # One that somebody publishes at this moment is drawn by them.
        held = model.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk__in=pks[:MOST_DRAWN])
        entries = list(held.order_by("pk"))
        names = Names()
        names.learn(names_in((model, _texts(entry)) for entry in entries))
        for entry in entries:
            render_entry(entry, names)
            columns = {field.name for field in model._meta.concrete_fields}
            entry.save(update_fields=[name for name in DERIVED if name in columns])
    if pks[MOST_DRAWN:]:
        Entry.objects.filter(pk__in=pks[MOST_DRAWN:]).update(renderer=OUTDATED)


def _texts(entry: Entry) -> Content:
    """The entry's own columns, as far as a mention can stand in them."""
    return {name: value for name, value in vars(entry).items() if isinstance(value, str | list)}

"""Draws entries again whose own content stayed as it is."""

import logging
import time
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from resources.entries.content import MODELS, Content
from resources.entries.models import Entry
from resources.entries.naming import Names
from resources.entries.rendering import names_in, render_entry
from resources.text.render_limits import TextTooComplex, TextTooLarge

MOST_DRAWN = 100
"""Pages that are drawn again within the act that makes a page appear; more are left to `manage.py render_pages`."""

LONGEST = 3.0
"""Seconds that this may take within such an act."""

AT_ONCE = 500
"""Rows that one query changes."""

OUTDATED = 0
"""The renderer of a page that has to be drawn again."""

DERIVED = ("html", "words", "renderer", "headings", "embeds", "passages_html", "cells_html")

logger = logging.getLogger(__name__)

type Drawn = list[tuple[Entry, list[str]]]
"""Entries that were drawn, and what each mentions."""


def draw_again(sources: Iterable[int]) -> None:
    """Draws entries again; what is too much for one act is marked for render_pages. Inside a transaction."""
    pks = sorted(sources)
    drawn = {entry.pk for entry, _targets in draw(pks[:MOST_DRAWN], until=time.monotonic() + LONGEST)}
    rest = [pk for pk in pks if pk not in drawn]
    for start in range(0, len(rest), AT_ONCE):
        free = _free(rest[start : start + AT_ONCE]).values_list("pk", flat=True)
        Entry.objects.filter(pk__in=list(free)).update(renderer=OUTDATED)


def draw(pks: Collection[int], until: float | None = None) -> Drawn:
    """Draws these entries until that time of the clock; returns those that were. Inside a transaction.

    One that somebody publishes at this moment is drawn by them.
    """
    held = list(_free(pks).values_list("pk", "type")) if pks else []
    drawn: Drawn = []
    for model in (MODELS[type_] for type_ in sorted({type_ for _pk, type_ in held})):
        entries = list(model.objects.filter(pk__in=[pk for pk, _type in held]).order_by("pk"))
        names = Names()
        names.learn(names_in((model, _texts(entry)) for entry in entries))
        columns = {field.name for field in model._meta.concrete_fields}
        for entry in entries:
            if until is not None and time.monotonic() > until:
                break
            try:
                targets = render_entry(entry, names)
            except (TextTooLarge, TextTooComplex) as error:
                # It stays as it was drawn last: somebody else's page is no reason to refuse this act.
                logger.warning("%s cannot be drawn again: %s", entry.get_absolute_url(), error)
                continue
            entry.save(update_fields=[name for name in DERIVED if name in columns])
            drawn.append((entry, targets))
    return drawn


def _free(pks: Collection[int]) -> QuerySet[Entry]:
    """These entries, held: by the rows that publish() holds, as far as nobody has them."""
    found: QuerySet[Entry] = Entry.objects.select_for_update(skip_locked=True, no_key=True).filter(pk__in=pks)
    return found.order_by("pk")


def _texts(entry: Entry) -> Content:
    """The entry's own columns, as far as a mention can stand in them."""
    return {name: value for name, value in vars(entry).items() if isinstance(value, str | list)}

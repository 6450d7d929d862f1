"""Pages that call an entry by a name that it once had, led to its present one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from resources.editing.together import Becoming, send_together, way_of_all
from resources.entries.content import MODELS, Content, content_fields, read_content
from resources.entries.models import Entry
from resources.entries.naming import WORDS, Name, name_of
from resources.history.models import Revision
from resources.links.old_names import old_mentions
from resources.proposals.models import Proposal
from resources.publishing import StaleRead
from resources.text.mentions import rewrite_mentions
from resources.text.render_limits import TextTooComplex, TextTooLarge

MOST = 50
"""Pages that are rewritten in one act; the next ones are offered after it."""

LINES = frozenset({"summary"})
"""Columns of a resource that are Markdown of one line."""

ROWS: Mapping[str, tuple[tuple[str, ...], bool]] = {"passages": (("text",), False), "cells": (("text", "note"), True)}
"""Rows with Markdown in them: which columns, and whether these are of one line."""


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A page as it is, and as it would be; `way` is what sending it does for the person, or "" where they may not."""

    entry: Entry
    before: Content
    after: Content
    way: str


def plan_rewrite(entry: Entry, person: User) -> list[Rewriting]:
    """The pages whose texts call an entry by an old name, MOST of them, in a fixed number of queries for each kind."""
    old: dict[int, set[str]] = {}
    for source, type_, name in old_mentions(entry).order_by("source").values_list("source", "type", "name"):
        old.setdefault(source, set()).add(f"{WORDS[type_]}:{name}")
    new = new_name(entry)
    found = []
    for page in _read(list(old)):
        before = read_content(page)
        try:
            after = _rewritten(page, before, old[page.pk], new)
        except (TextTooLarge, TextTooComplex):
            continue
        if after != before:
            found.append(Rewriting(page, before, after, way_of_all(person, [page])))
        if len(found) >= MOST:
            break
    return sorted(found, key=lambda one: (one.entry.title, one.entry.pk))


def new_name(entry: Entry) -> str:
    """What mentions of an entry are written by: a guide's title, where that can stand between the brackets."""
    is_plain = not set(entry.title) & set("[]|#\\`<>\n") and name_of(entry.title) == Name(
        entry.type, getattr(entry, "name", "")
    )
    return entry.title if entry.type == Entry.Type.WIKIPAGE and is_plain else entry.slug


def _read(pks: list[int]) -> Iterable[Entry]:
    """The entries of these keys, each of its own kind, with all that read_content() looks at."""
    for type_ in Entry.objects.filter(pk__in=pks).order_by("type").values_list("type", flat=True).distinct():
        model = MODELS[type_]
        rows = [field.name for field in content_fields(model) if field.row_model]
        yield from (
            model.objects.select_related("protection").prefetch_related("taggings__tag", *rows).filter(pk__in=pks)
        )


def _rewritten(page: Entry, content: Content, old: set[str], new: str) -> Content:
    """The content with its Markdown rewritten, as far as mentions can stand in it."""

    def rewrite(text: str, *, line: bool) -> str:
        return rewrite_mentions(text, old, new, line=line)

    changed: Content = {}
    for field in content_fields(type(page)):
        value = content[field.name]
        if field.kind == "text":
            changed[field.name] = rewrite(value, line=False)
        elif field.name in LINES and page.type == Entry.Type.RESOURCE:
            changed[field.name] = rewrite(value, line=True)
        elif field.name in ROWS:
            columns, line = ROWS[field.name]
            changed[field.name] = [
                row | {column: rewrite(row[column], line=line) for column in columns if row.get(column)}
                for row in value
            ]
    return content | changed


def rewrite_pages(entry: Entry, picked: Mapping[int, int], *, by: User, reason: str) -> list[Revision] | list[Proposal]:
    """Rewrites the picked pages (page → the revision that the person saw) as one act. Raises StaleRead where one of them
    moved or has nothing to rewrite any more, and what send_together() raises.
    """
    plan = {one.entry.pk: one for one in plan_rewrite(entry, by)}
    if not picked or not picked.keys() <= plan.keys():
        raise StaleRead(_("Tick the pages again: one of them changed, or does not call it so any more."))
    changes = [Becoming(plan[pk].entry, plan[pk].after, {"with": entry.title}) for pk in picked]
    return send_together(changes, by=by, summary=reason, name=f"rewrite-{entry.pk}", seen=picked)

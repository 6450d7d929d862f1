"""The tables beside an entry's own: its tags, and the rows that are edited with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from taggit.models import Tag

from accounts.models import User
from resources.entries.content import Content, ContentField, content_fields
from resources.entries.knowledge import Claim
from resources.entries.models import ContentRow, Entry, Placement, Tagging
from resources.entries.rendering import render_placement

VOUCHED_FOR = ("statement", "figure", "unit", "source", "quote")
"""What somebody says to be right who verifies a claim."""


class Checked(NamedTuple):
    """Who gave a claim its state, and when."""

    by: User
    at: datetime


def keep_rows(
    entry: Entry,
    content: Content,
    before: Content | None,
    *,
    checked: Checked,
    known: Mapping[str, Checked] | None = None,
) -> None:
    """Brings the tables beside the entry's own in step with its content.

    Claims whose state changed were `checked` so; `known` says it for some of them by their keys, as a content file does.
    """
    for item in content_fields(type(entry)):
        old = before[item.name] if before else []
        if content[item.name] == old:
            continue
        if item.name == "tags":
            _keep_tags(entry, content["tags"], is_new=before is None)
        elif item.row_model is not None:
            _keep_table(entry, item, item.row_model, content[item.name], old)
            if item.row_model is Claim:
                _keep_checks(entry, content[item.name], old, checked, known or {})


def _keep_tags(entry: Entry, names: list[str], *, is_new: bool) -> None:
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    for name in names:
        if name not in known:
            # Another's act may make the same tag at this instant.
            known[name], _made = Tag.objects.get_or_create(name=name)
    present: dict[str, int] = {}
    if not is_new:
        rows = Tagging.objects.filter(content_object=entry.pk)
        present = dict(rows.values_list("tag__name", "pk"))
        if gone := [pk for name, pk in present.items() if name not in names]:
            Tagging.objects.filter(pk__in=gone).delete()
    Tagging.objects.bulk_create(
        Tagging(content_object_id=entry.pk, tag=known[name]) for name in names if name not in present
    )


def _keep_table(
    entry: Entry, item: ContentField, model: type[ContentRow], rows: list[dict[str, Any]], old: list[dict[str, Any]]
) -> None:
    before = {row[item.row_key]: row for row in old}
    after = {row[item.row_key]: row for row in rows}
    key = model._meta.get_field(item.row_key).attname  # type: ignore[union-attr]  # a concrete field
    table = model._default_manager.filter(**{model.row_owner: entry.pk})
    gone = before.keys() - after.keys()
    if gone:
        table.filter(**{f"{key}__in": gone}).delete()
    for name, row in after.items():
        if before.get(name) == row:
            continue
        columns = {_attname(model, column): value for column, value in row.items()}
        record = model(**columns, **{_attname(model, model.row_owner): entry.pk})
        if isinstance(record, Placement):
            render_placement(record)
            columns["html"] = record.html
        if name in before:
            table.filter(**{key: name}).update(**columns)
        else:
            record.save(force_insert=True)


def _keep_checks(
    entry: Entry, rows: list[dict[str, Any]], old: list[dict[str, Any]], checked: Checked, known: Mapping[str, Checked]
) -> None:
    """Writes down who set the states that changed; a claim that nobody vouches for or doubts has nobody.

    Whoever changes what a verified claim says, or what it rests on, vouches for it then: the one before did not see that.
    """
    present = {row["key"]: row for row in old}
    for row in rows:
        was = present.get(row["key"], {"state": Claim.State.UNVERIFIED})
        reworded = row["state"] == Claim.State.VERIFIED and any(was.get(name) != row[name] for name in VOUCHED_FOR)
        if was["state"] != row["state"] or reworded:
            by, at = known.get(row["key"], checked)
            nobody = row["state"] == Claim.State.UNVERIFIED
            columns = {"checked_by": None, "checked_at": None} if nobody else {"checked_by": by, "checked_at": at}
            Claim.objects.filter(case_study=entry.pk, key=row["key"]).update(**columns)


def _attname(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "attname", name))

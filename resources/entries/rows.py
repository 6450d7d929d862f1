"""The tables beside an entry's own: its tags, and the rows that are edited with it."""

from typing import Any

from django.db import models
from taggit.models import Tag

from resources.entries.content import Content, ContentField, content_fields
from resources.entries.models import ContentRow, Entry, Placement, Tagging
from resources.entries.rendering import render_placement


def keep_rows(entry: Entry, content: Content, before: Content | None) -> None:
    """Brings the tables beside the entry's own in step with its content."""
    for item in content_fields(type(entry)):
        old = before[item.name] if before else []
        if content[item.name] == old:
            continue
        if item.name == "tags":
            _keep_tags(entry, content["tags"])
        elif item.row_model is not None:
            _keep_table(entry, item, item.row_model, content[item.name], old)


def _keep_tags(entry: Entry, names: list[str]) -> None:
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    for name in names:
        if name not in known:
            # Another's act may make the same tag at this instant.
            known[name], _made = Tag.objects.get_or_create(name=name)
    present = {
        tagging.tag.name: tagging for tagging in Tagging.objects.filter(content_object=entry.pk).select_related("tag")
    }
    Tagging.objects.filter(pk__in=[row.pk for name, row in present.items() if name not in names]).delete()
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


def _attname(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "attname", name))

"""Which entry each file is, and what would change: found out before the first revision is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from resources.content_files.folders import Files, link_of
from resources.content_files.form import BadFile, ContentFile
from resources.entries.checking import check_content
from resources.entries.content import (
    MODELS,
    Content,
    complete,
    content_fields,
    fill,
    pointed,
    read_content,
    with_pointed,
)
from resources.entries.models import Entry, Resource
from resources.entries.refusals import Invalid

AT_ONCE = 500
"""Entries that are read from the database together."""


@dataclass(slots=True)
class Plan:
    """What the files of a folder are: their entries' keys by file name, the addresses that these have now, and the keys
    behind all addresses that can be pointed to, None where the entry is not there yet.
    """

    entries: dict[str, int] = field(default_factory=dict)
    slugs: dict[int, str] = field(default_factory=dict)
    known: dict[tuple[str, str], int | None] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)

    def entry_of(self, file: ContentFile) -> int | None:
        """The key of the entry that a file describes; None for a new one."""
        return self.entries.get(file.name)


def make_plan(files: Files) -> Plan:
    """Matches files with entries, by their ids and then by their addresses. Raises BadFile."""
    plan = Plan()
    rows = list(Entry.objects.values_list("pk", "key", "type", "slug", "removed_at"))
    by_key = {key: (pk, type_) for pk, key, type_, _slug, _removed in rows}
    by_slug = {(type_, slug): pk for pk, _key, type_, slug, _removed in rows}
    troubles = []
    everything = [file for some in files.values() for file in some]
    for file in everything:
        if file.key in by_key:
            plan.entries[file.name], type_ = by_key[file.key]
            if type_ != file.type:
                word = MODELS[type_]._meta.verbose_name
                troubles.append(file.trouble(f"“{file.key}” is a {word}. Give the entry an id of its own.", "id"))
    matched = set(plan.entries.values())
    for file in everything:
        pk = by_slug.get((file.type, file.slug))
        if file.name not in plan.entries and pk is not None and pk not in matched:
            plan.entries[file.name] = pk
    matched = set(plan.entries.values())
    plan.slugs = {pk: slug for pk, _key, _type, slug, _removed in rows if pk in matched}
    plan.removed = {pk for pk, *_rest, removed in rows if removed is not None} - matched
    plan.known = {(type_, slug): pk for pk, _key, type_, slug, removed in rows if removed is None and pk not in matched}
    plan.known |= {(file.type, file.slug): plan.entry_of(file) for file in everything}
    troubles += _pointing_nowhere(everything, plan)
    troubles += _addresses_taken(everything, rows, matched)
    troubles += _links_taken(files.get(Entry.Type.RESOURCE, []), matched)
    if troubles:
        raise BadFile(*troubles)
    return plan


def _pointing_nowhere(files: Iterable[ContentFile], plan: Plan) -> Iterator[str]:
    for file in files:
        for point in file.points:
            if (point.type, point.slug) not in plan.known:
                word = MODELS[point.type]._meta.verbose_name
                reason = f"there is no {word} with the slug “{point.slug}”, neither in the folder nor on the site."
                yield file.trouble_at(point.line, reason)


def _addresses_taken(files: Iterable[ContentFile], rows: Iterable[Any], matched: set[int]) -> Iterator[str]:
    """Addresses of entries that the folder does not bring, or moves elsewhere only later."""
    held = {(type_, slug): pk for pk, _key, type_, slug, _removed in rows if pk not in matched}
    for file in files:
        if (file.type, file.slug) in held:
            yield file.trouble(f"another page has the address “{file.slug}” already. Choose another one.", "slug")


def _links_taken(files: Iterable[ContentFile], matched: set[int]) -> Iterator[str]:
    held = {
        address: title
        for pk, address, title in Resource.objects.values_list("pk", "address", "title")
        if pk not in matched
    }
    for file in files:
        if (title := held.get(link_of(file))) is not None:
            yield file.trouble(f"this link is already listed as “{title}”. Give that entry's id.", "url")


def present_of(plan: Plan, files: list[ContentFile]) -> Mapping[str, Entry]:
    """File name → the entry as it is now, with its rows and tags read."""
    by_pk = {pk: file.name for file in files if (pk := plan.entry_of(file)) is not None}
    if not by_pk:
        return {}
    model = MODELS[files[0].type]
    return {by_pk[entry.pk]: entry for entry in with_rows(model).filter(pk__in=by_pk)}


def with_rows(model: type[Entry]) -> Any:
    """The entries of a kind with all that read_content() wants of other tables."""
    tables = [item.name for item in content_fields(model) if item.row_model is not None]
    return model.objects.prefetch_related("taggings__tag", *tables)


def content_of(file: ContentFile, entry: Entry | None, plan: Plan) -> Content:
    """The content that a file gives its entry, entries by their keys; what it cannot speak of stays as it is."""
    model = MODELS[file.type]
    content = complete(model, with_pointed(model, file.content, lambda type_, slug: plan.known[type_, slug]))
    return _with_unseen(model, content, read_content(entry), plan.removed) if entry is not None else content


def _with_unseen(model: type[Entry], content: Content, live: Content, removed: set[int]) -> Content:
    """The content with what points to removed entries: files do not name them, and they may come back."""
    if not pointed(model, [live]) & removed:
        return content
    kept = dict(content)
    for item in content_fields(model):
        for column in item.pointers:
            if not column:
                if kept[item.name] is None and live[item.name] in removed:
                    kept[item.name] = live[item.name]
            elif column == item.row_key:
                kept[item.name] = [*kept[item.name], *(row for row in live[item.name] if row[column] in removed)]
            else:
                unseen = {row[item.row_key]: row[column] for row in live[item.name] if row[column] in removed}
                kept[item.name] = [
                    row if row[column] else row | {column: unseen.get(row[item.row_key])} for row in kept[item.name]
                ]
    return complete(model, kept)


def troubles_of(file: ContentFile) -> Iterator[str]:
    """What the door will not let through, as far as it is seen without the entries around."""
    model = MODELS[file.type]
    content = {name: value for name, value in file.content.items() if "" not in _pointers(model, name)}
    content = complete(model, content)
    for item in content_fields(model):
        for column in item.pointers:
            if column and column != item.row_key:
                content[item.name] = [row | {column: None} for row in content[item.name]]
    entry = model(type=file.type)
    fill(entry, content)
    try:
        check_content(entry, content)
    except Invalid as error:
        for name, lines in error.errors.items():
            yield file.trouble(" ".join(lines), name)


def _pointers(model: type[Entry], name: str) -> Mapping[str, str]:
    return next(item.pointers for item in content_fields(model) if item.name == name)

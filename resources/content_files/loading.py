"""A folder of content files into the database, all or nothing."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from accounts.models import User
from resources.content_files.form import BadFile, from_file
from resources.entries.content import MODELS, Content, complete, read_content
from resources.entries.models import Entry, Section
from resources.history.models import Revision
from resources.publishing import Change, PublishRefused, publish_many

FOLDERS = {"sections": Entry.Type.SECTION, "resources": Entry.Type.RESOURCE}
"""Folder → the type of the entries in it, in the order of loading: what others point to comes first."""


def load_folder(folder: Path, *, author: User, summary: str) -> list[Revision]:
    """Publishes the entries of a folder's files and returns the new revisions.

    Raises BadFile or PublishRefused, each naming the file, and then nothing is written.
    """
    revisions: list[Revision] = []
    if not any((folder / name).is_dir() for name in FOLDERS):
        raise BadFile(f"{folder}: no content files here. Name a folder that holds sections/ and resources/.")
    for name, type_ in FOLDERS.items():
        files = {file.name: _read(file, type_) for file in sorted((folder / name).glob("*.md"))}
        for batch in _parents_first(files) if type_ == Entry.Type.SECTION else [files]:
            revisions += _publish(batch, type_, author, summary)
    return revisions


def _read(file: Path, type_: str) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(f"{file.name}: byte {error.start} is no UTF-8. Save the file as UTF-8.") from error
    return from_file(file.name, text, MODELS[type_])


def _parents_first(files: dict[str, dict[str, Any]]) -> Iterable[dict[str, dict[str, Any]]]:
    """Sections in batches, one per level of the tree."""
    waiting = dict(files)
    done: set[str | None] = {None}
    while waiting:
        batch = {name: fields for name, fields in waiting.items() if fields.get("parent") in done}
        if not batch:
            name, fields = next(iter(waiting.items()))
            raise BadFile(f"{name}: the parent “{fields.get('parent')}” is in no file, or is below this section.")
        yield batch
        done |= {fields["slug"] for fields in batch.values()}
        waiting = {name: fields for name, fields in waiting.items() if name not in batch}


def _publish(files: dict[str, dict[str, Any]], type_: str, author: User, summary: str) -> list[Revision]:
    sections = dict(Section.objects.values_list("slug", "pk"))
    model = MODELS[type_]
    present = {entry.slug: entry for entry in model.objects.filter(type=type_)}
    changes = []
    for name, fields in files.items():
        entry = present.get(fields["slug"])
        content = _with_ids(name, fields, sections)
        if entry is None or complete(model, content) != read_content(entry) or not entry.live:
            changes.append(Change(content, entry, type_, Revision.Act.IMPORTED, details={"file": name}))
    try:
        return publish_many(changes, author=author, summary=summary)
    except PublishRefused as error:
        raise BadFile(f"{type_}: {error}") from error


def _with_ids(name: str, fields: dict[str, Any], sections: dict[str, int]) -> Content:
    """The content with section ids in place of slugs."""
    content = dict(fields)
    try:
        if content.get("parent"):
            content["parent"] = sections[content["parent"]]
        if "placements" in content:
            content["placements"] = [{**row, "section": sections[row["section"]]} for row in content["placements"]]
    except KeyError as error:
        raise BadFile(f"{name}: there is no section with the slug {error}.") from error
    return content

"""A folder of content files into the database, all or nothing."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from accounts.models import User
from resources.content_files.form import BadFile, from_file
from resources.entries.content import MODELS, Content, complete, content_fields, read_content, with_pointed
from resources.entries.models import Entry
from resources.entries.naming import Found
from resources.history.models import Revision
from resources.publishing import Change, PublishRefused, publish_many
from resources.verifying.files import FILE, read_releases
from resources.verifying.refusals import BadRecord

FOLDERS = {
    "sections": Entry.Type.SECTION,
    "resources": Entry.Type.RESOURCE,
    "wiki": Entry.Type.WIKIPAGE,
    "case-studies": Entry.Type.CASESTUDY,
    "comparisons": Entry.Type.COMPARISON,
}
"""Folder → the type of the entries in it, in the order of loading: what others point to comes first."""

type Files = dict[str, dict[str, Any]]


def load_folder(folder: Path, *, author: User, summary: str) -> list[Revision]:
    """Publishes the entries of a folder's files and returns the new revisions.

    Raises BadFile or PublishRefused, each naming the file, and then nothing is written.
    """
    revisions: list[Revision] = []
    if not any((folder / name).is_dir() for name in FOLDERS):
        raise BadFile(f"{folder}: no content files here. Name a folder that holds sections/ and resources/.")
    _read_releases(folder / FILE)
    found = {
        type_: {file.name: _read(file, type_) for file in sorted((folder / name).glob("*.md"))}
        for name, type_ in FOLDERS.items()
    }
    expected = [
        Found(0, type_, str(fields["slug"]), str(fields["title"]))
        for type_, files in found.items()
        for fields in files.values()
    ]
    for type_, files in found.items():
        for batch in _parents_first(files, type_):
            revisions += _publish(batch, type_, author, summary, expected)
    return revisions


def _read_releases(file: Path) -> None:
    try:
        read_releases(file.read_text(encoding="utf-8") if file.is_file() else "")
    except BadRecord as error:
        raise BadFile(str(error)) from error


def _read(file: Path, type_: str) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(f"{file.name}: byte {error.start} is no UTF-8. Save the file as UTF-8.") from error
    return from_file(file.name, text, MODELS[type_])


def _parents_first(files: Files, type_: str) -> Iterable[Files]:
    """Files in batches, so that what one points to within its kind was loaded before it."""
    own = [field.name for field in content_fields(MODELS[type_]) if field.pointers.get("") == type_]
    waiting = dict(files)
    done: set[str | None] = {None}
    while waiting:
        batch = {name: fields for name, fields in waiting.items() if all(fields.get(one) in done for one in own)}
        if not batch:
            name, fields = next(iter(waiting.items()))
            raise BadFile(f"{name}: the parent “{fields.get('parent')}” is in no file, or is below this entry.")
        yield batch
        done |= {fields["slug"] for fields in batch.values()}
        waiting = {name: fields for name, fields in waiting.items() if name not in batch}


def _publish(files: Files, type_: str, author: User, summary: str, expected: list[Found]) -> list[Revision]:
    model = MODELS[type_]
    slugs = _Slugs()
    present = {entry.slug: entry for entry in model.objects.filter(type=type_)}
    changes = []
    for name, fields in files.items():
        entry = present.get(fields["slug"])
        content = _with_ids(name, model, fields, slugs)
        if entry is None or complete(model, content) != read_content(entry) or not entry.live:
            changes.append(Change(content, entry, type_, Revision.Act.IMPORTED, details={"file": name}))
    try:
        return publish_many(changes, author=author, summary=summary, expected=expected)
    except PublishRefused as error:
        raise BadFile(f"{type_}: {error}") from error


class _Slugs:
    """Type and slug → the entry's key, read once for each type."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, int]] = {}

    def __call__(self, type_: str, slug: str) -> int:
        """Raises KeyError where there is no such entry."""
        if type_ not in self.known:
            self.known[type_] = dict(Entry.objects.filter(type=type_).values_list("slug", "pk"))
        return self.known[type_][slug]


def _with_ids(name: str, model: type[Entry], fields: Content, slugs: _Slugs) -> Content:
    """The content with keys of entries in place of their slugs."""
    try:
        return with_pointed(model, fields, slugs)
    except KeyError as error:
        raise BadFile(f"{name}: there is no entry with the slug {error}.") from error

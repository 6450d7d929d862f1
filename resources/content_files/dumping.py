"""The live knowledge base into a folder of content files."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction

from resources.content_files.beside import read_beside
from resources.content_files.folders import FOLDERS
from resources.content_files.form import to_file
from resources.content_files.front_matter import BadYaml, read_front, split_file
from resources.content_files.planning import AT_ONCE, with_rows
from resources.entries.content import MODELS, read_content
from resources.entries.models import Entry
from resources.verifying.files import FILE, write_releases

type Progress = Callable[[int, int], None]


class ForeignFiles(ValueError):
    """The folder holds files that are no entry's; the message names some."""


class CannotWrite(ValueError):
    """The folder cannot be written; the message says why."""


@dataclass(slots=True)
class Dumped:
    """What a dump did: how many files it wrote, which of them are new or changed, and which it took away."""

    files: int = 0
    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def dump_folder(folder: Path, *, force: bool = False, progress: Progress | None = None) -> Dumped:
    """Writes every live entry as a file below the folder: all of it, or nothing.

    Files of entries that are gone or renamed are taken away. Raises ForeignFiles where a file is of no entry that the site
    ever had (with `force` such files stay where they are), and CannotWrite.
    """
    texts = dict(_texts(progress or (lambda _done, _total: None)))
    try:
        dumped, foreign = _compared(folder, texts)
        if foreign and not force:
            shown = ", ".join(foreign[:5]) + (f" and {len(foreign) - 5} more" if len(foreign) > 5 else "")
            raise ForeignFiles(
                f"{folder}: these files are no entries of the site: {shown}. Load or move them, or keep them with --force."
            )
        if dumped.new or dumped.changed or dumped.removed:
            _swap(folder, texts, foreign)
    except OSError as error:
        raise CannotWrite(
            f"{error.filename or folder}: {error.strerror}. Choose a folder that can be written."
        ) from error
    return dumped


def _texts(progress: Progress) -> Iterator[tuple[str, str]]:
    """Path below the folder → text, of one moment of the database."""
    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        live = Entry.objects.live()
        slugs = dict(live.values_list("pk", "slug"))
        done, total = 0, len(slugs)
        if releases := write_releases():
            yield FILE, releases
        for name, type_ in FOLDERS.items():
            model = MODELS[type_]
            pks = list(live.filter(type=type_).order_by("pk").values_list("pk", flat=True))
            for start in range(0, len(pks), AT_ONCE):
                entries = list(with_rows(model).filter(pk__in=pks[start : start + AT_ONCE]))
                beside = read_beside(entries)
                for entry in entries:
                    yield (
                        f"{name}/{entry.slug}.md",
                        to_file(entry, read_content(entry), slugs, beside[entry.pk]),
                    )
                done += len(entries)
                progress(done, total)


def _compared(folder: Path, texts: dict[str, str]) -> tuple[Dumped, list[str]]:
    """What the dump would do, and the files of the folders that it knows nothing of."""
    dumped, foreign = Dumped(files=len(texts)), []
    present = {
        path.relative_to(folder).as_posix(): path
        for name in FOLDERS
        for path in sorted((folder / name).rglob("*"))
        if path.is_symlink() or not path.is_dir()
    }
    if FILE in texts and (folder / FILE).exists():
        present[FILE] = folder / FILE
    keys = set(Entry.objects.values_list("key", flat=True)) if present else set()
    for name, path in present.items():
        if name != FILE and _key(path) not in keys:
            foreign.append(name)
        elif name not in texts:
            dumped.removed.append(name)
    for name, text in texts.items():
        if name not in present:
            dumped.new.append(name)
        elif present[name].is_symlink() or present[name].read_bytes() != text.encode():
            dumped.changed.append(name)
    return dumped, foreign


def _key(path: Path) -> str:
    """The id in a file; "" where it is no content file."""
    if path.suffix != ".md" or path.is_symlink():
        return ""
    try:
        head, _body = split_file(path.read_bytes().decode())
        node = read_front(head).get("id")
    except (BadYaml, UnicodeDecodeError):
        return ""
    return node.value if node is not None and isinstance(node.value, str) else ""


def _swap(folder: Path, texts: dict[str, str], foreign: list[str]) -> None:
    """Writes beside what is there, then takes its place kind by kind."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh, old = folder / ".dump-new", folder / ".dump-old"
    for scrap in (fresh, old):
        # What stands there may be a link to a folder of somebody else's.
        scrap.unlink() if scrap.is_symlink() or scrap.is_file() else shutil.rmtree(scrap, ignore_errors=True)
    try:
        for name in FOLDERS:
            (fresh / name).mkdir(parents=True)
        for name, text in texts.items():
            (fresh / name).write_bytes(text.encode())
        for name in foreign:
            if name not in texts:
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(folder / name, fresh / name, follow_symlinks=False)
        old.mkdir()
        for name in FOLDERS:
            if (folder / name).exists():
                (folder / name).rename(old / name)
            (fresh / name).rename(folder / name)
        if FILE in texts:
            (fresh / FILE).replace(folder / FILE)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)

"""A folder of content files, read whole: what is wrong within it is found before anything is looked up."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from resources.content_files.form import BadFile, ContentFile, trouble
from resources.content_files.reading import read_file
from resources.entries.models import Entry
from resources.text.addresses import BadAddress, normalise

FOLDERS = {
    "sections": Entry.Type.SECTION,
    "resources": Entry.Type.RESOURCE,
    "wiki": Entry.Type.WIKIPAGE,
    "case-studies": Entry.Type.CASESTUDY,
    "comparisons": Entry.Type.COMPARISON,
}
"""Folder → the type of the entries in it, in the order of loading: what others point to comes first."""

LARGEST = 16 * 1024 * 1024
"""Bytes of one file."""

type Files = dict[str, list[ContentFile]]


def read_folder(folder: Path) -> Files:
    """Type → the files of a folder, by name. Raises BadFile with every trouble of every file."""
    try:
        present = {path.name for path in folder.iterdir()}
    except OSError as error:
        raise BadFile(f"{folder}: {error.strerror}. Name a folder of content files.") from error
    if not present & set(FOLDERS):
        kinds = ", ".join(f"{name}/" for name in FOLDERS)
        raise BadFile(f"{folder}: no content files here. Name a folder that holds some of {kinds}.")
    files: Files = {}
    troubles: list[str] = []
    for name, type_ in FOLDERS.items():
        files[type_] = []
        for path in sorted((folder / name).glob("*.md")):
            try:
                files[type_].append(read_file(f"{name}/{path.name}", read_text(path, f"{name}/{path.name}"), type_))
            except BadFile as error:
                troubles += error.troubles
    troubles += _doubles(files)
    if troubles:
        raise BadFile(*troubles)
    return files


def read_text(path: Path, name: str) -> str:
    """The text of a file that is called `name` in sentences. Raises BadFile."""
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(trouble(name, None, f"larger than {LARGEST:,} bytes. Divide the entry."))
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(trouble(name, None, f"{error.strerror}. Make it a file that can be read.")) from error
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadFile(
            trouble(name, line, f"byte {error.start} of the file is no UTF-8. Save the file as UTF-8.")
        ) from error


def _doubles(files: Files) -> Iterator[str]:
    """What only one entry can have, and two files claim."""
    everything = [file for some in files.values() for file in some]
    yield from _twice([("id", file.key, file) for file in everything if file.key])
    for some in files.values():
        addresses = [("slug", file.slug, file) for file in some]
        yield from _twice(addresses + [("aliases", alias, file) for file in some for alias in file.beside.aliases])
    yield from _twice([("url", address, file) for file in files[Entry.Type.RESOURCE] if (address := link_of(file))])


def link_of(file: ContentFile) -> str:
    """The spelling of a resource's link under which it is unique; "" where it has none."""
    try:
        return normalise(str(file.content.get("url", "")))
    except BadAddress:
        return ""


def _twice(named: list[tuple[str, str, ContentFile]]) -> Iterator[str]:
    count = Counter(value for _field, value, _file in named)
    first: dict[str, str] = {}
    for field, value, file in named:
        if count[value] > 1 and first.setdefault(value, file.name) != file.name:
            yield file.trouble(f"“{value}” is in {first[value]} already. Only one entry can have it.", field)

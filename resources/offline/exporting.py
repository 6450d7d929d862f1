"""export_site(): the live site into a folder of static files, which opens from disk and can be put on any server."""

import json
import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from taggit.models import Tag

from resources.entries.models import Entry
from resources.offline.indexing import Document, index_files
from resources.offline.rewriting import SEARCH, addresses_in, local, with_content

MANIFEST = ".rayhub-export.json"
"""What an export wrote: the only files that a later one takes away."""

LISTS = ("/", "/resources/", "/wiki/", "/case-studies/", "/compare/", "/tags/")
README = "/README.md"

type Progress = Callable[[int, int], None]


class CannotExport(ValueError):
    """The folder cannot take a copy; the message says what to do."""


@dataclass(slots=True)
class Exported:
    """What a run wrote: files in all, and which of them are new, changed or gone since the last run."""

    files: int = 0
    new: int = 0
    changed: int = 0
    removed: int = 0


@dataclass(slots=True)
class _Copy:
    """A copy in the making: the folder, what is known to be a page, and what was written."""

    folder: Path
    pages: set[str]
    plain: set[str]
    before: set[str]
    written: set[str] = field(default_factory=set)
    statics: set[str] = field(default_factory=set)
    waiting: deque[tuple[str, str]] = field(default_factory=deque)
    seen: set[tuple[str, str]] = field(default_factory=set)
    done: Exported = field(default_factory=Exported)
    answers: WSGIHandler = field(default_factory=WSGIHandler)

    def answer(self, address: str) -> bytes | None:
        """What the site answers a stranger at an address; None for anything but a page."""
        return _answer(self.answers, address)

    def file_of(self, path: str, query: str) -> str | None:
        """The file of an address; None where it leads online."""
        if path.startswith(settings.STATIC_URL):
            self.statics.add(path)
            return path[1:]
        if path in self.plain and not query:
            return path[1:]
        if path not in self.pages:
            return None
        number = query.removeprefix("page=")
        if query and (not number.isdecimal() or query == number):
            return None
        name = "index.html" if number in {"", "1"} else f"page-{int(number)}.html"
        return f"{path[1:]}{name}"

    def write(self, file: str, data: bytes) -> None:
        """Writes a file unless it says so already: what did not change keeps its date."""
        target = self.folder / file
        self.written.add(file)
        self.done.files += 1
        try:
            if target.read_bytes() == data:
                return
            self.done.changed += 1
        except OSError:
            self.done.new += 1
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as new:
            new.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)


def export_site(folder: Path, *, force: bool = False, progress: Progress = lambda _done, _total: None) -> Exported:
    """Writes the site as strangers see it: pages, lists with their pages, tags, sources, and the search.

    A second run writes only what changed, and takes away what is gone. Raises CannotExport where the folder holds files
    that are no copy (unless `force`: they stay), or cannot be written.
    """
    try:
        before = _before(folder, force=force)
        _say_what_is_there(folder, before)  # a run that is cut off leaves a copy that the next one knows
        entries = list(Entry.objects.speaking().only("type", "slug").order_by("pk"))
        tags = [f"/tags/{slug}/" for slug in Tag.objects.order_by("slug").values_list("slug", flat=True)]
        pages = {*LISTS, *(entry.get_absolute_url() for entry in entries), *tags}
        copy = _Copy(folder, pages, {README, *(entry.source_address for entry in entries)}, before)
        _write_pages(copy, progress)
        for address in sorted(copy.plain):
            if (data := copy.answer(address)) is not None:
                copy.write(address[1:], data)
        _write_search(copy)
        for path in sorted(copy.statics):
            copy.write(path[1:], _static(path))
        _finish(copy)
    except OSError as error:
        raise CannotExport(
            _("%(file)s: %(error)s. Choose a folder that can be written.")
            % {"file": error.filename or folder, "error": error.strerror}
        ) from error
    return copy.done


def _before(folder: Path, *, force: bool) -> set[str]:
    """The files of the last run. Raises CannotExport where the folder holds something else."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        found = json.loads((folder / MANIFEST).read_text())
        return {name for name in found["files"] if isinstance(name, str)}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        if not force and any(folder.iterdir()):
            raise CannotExport(
                _("%s holds files that are no copy of the site. Name an empty folder, or keep them with --force.")
                % folder
            ) from None
        return set()


def _write_pages(copy: _Copy, progress: Progress) -> None:
    for path in sorted(copy.pages):
        copy.waiting.append((path, ""))
        copy.seen.add((path, ""))
    while copy.waiting:
        path, query = copy.waiting.popleft()
        address = quote(path) + (f"?{query}" if query else "")
        file = copy.file_of(path, query)
        data = copy.answer(address)
        if data is None or file is None or file in copy.written:
            continue
        html = data.decode()
        for found in addresses_in(html, address):
            if found not in copy.seen and found[0] in copy.pages and copy.file_of(*found):
                copy.seen.add(found)
                copy.waiting.append(found)
        page = local(html, address=address, file=file, file_of=copy.file_of, site=settings.SITE_URL)
        copy.write(file, page.encode())
        progress(len(copy.written), len(copy.seen))


def _answer(site_itself: WSGIHandler, address: str) -> bytes | None:
    """What the site answers a stranger; None for anything but a page."""
    site = urlsplit(settings.SITE_URL)
    path, _sign, query = address.partition("?")
    environment = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(path).encode().decode("latin-1"),  # as WSGI has it
        "QUERY_STRING": query,
        "SERVER_NAME": site.hostname or "localhost",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.version": (1, 0),
    }
    # Not as a server calls it: that would end the database connection with each answer, inside a transaction too.
    response: Any = site_itself.get_response(WSGIRequest(environment))
    return b"".join(response) if response.status_code == HTTPStatus.OK else None


def _static(path: str) -> bytes:
    name = path.removeprefix(settings.STATIC_URL)
    kept = Path(settings.STATIC_ROOT) / name
    found = kept if kept.is_file() else finders.find(name)
    if not found:
        raise CannotExport(_("%s is missing. Run: manage.py collectstatic") % path)
    return Path(str(found)).read_bytes()


def _write_search(copy: _Copy) -> None:
    for file, data in index_files(_documents(copy)):
        copy.write(file, data)
    frame = copy.answer("/tags/")
    if frame is None:
        raise CannotExport(_("The site does not answer at %s. Add its host to ALLOWED_HOSTS.") % settings.SITE_URL)
    script = _script()
    content = render_to_string("offline/search.html", {"site": settings.SITE_URL, "script": script})
    page = with_content(frame.decode(), title=_("Search this copy · RayHub"), content=content)
    copy.statics.add(script)
    made = local(page, address="/search", file=SEARCH, file_of=copy.file_of, site=settings.SITE_URL)
    copy.write(SEARCH, made.encode())


def _script() -> str:
    try:
        return static("js/offline-search.js")
    except ValueError:
        raise CannotExport(_("Static files are missing. Run: manage.py collectstatic")) from None


def _documents(copy: _Copy) -> Iterator[Document]:
    live = Entry.objects.speaking().order_by("pk").prefetch_related("taggings__tag")
    for entry in live.select_related("resource", "wikipage", "casestudy", "comparison").iterator(chunk_size=500):
        kind = getattr(entry, entry.type, None)
        summary = next((str(getattr(kind, name)) for name in ("summary", "use_case") if getattr(kind, name, "")), "")
        file = copy.file_of(entry.get_absolute_url(), "") or ""
        tags = " ".join(entry.tag_names)
        yield Document(file, str(entry.get_type_display()), entry.title, summary, tags, strip_tags(entry.html))


def _finish(copy: _Copy) -> None:
    """Takes away what the last run wrote and this one did not, and keeps what is there now."""
    for name in sorted(copy.before - copy.written):
        target = copy.folder / name
        if target.is_file() and copy.folder.resolve() in target.resolve().parents:
            target.unlink()
            copy.done.removed += 1
    _say_what_is_there(copy.folder, copy.written)


def _say_what_is_there(folder: Path, files: set[str]) -> None:
    manifest = {"site": settings.SITE_URL, "files": sorted(files)}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=0, ensure_ascii=False) + "\n")

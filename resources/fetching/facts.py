"""What each kind of source says of a project, read from answers that may hold anything."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from resources.fetching.forges import Forge, Repository, repository_of
from resources.fetching.opening import Opened, Opener
from resources.fetching.troubles import Trouble

_JSON = "application/json"
_FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """What one source said. `source` names it for people; `renamed_to` is a key as forges.py has it, "" where it was not.

    What the source does not tell is None, or "". `archived` is what the owner declared, nothing that we think.
    """

    source: str
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    archived: bool = False
    archived_at: datetime | None = None
    renamed_to: str = ""
    last_commit: datetime | None = None
    last_release: datetime | None = None
    release_name: str = ""


async def from_github(one: Repository, opener: Opener, base: str, token: str) -> ProjectFacts | None:
    """GitHub's REST interface: two requests."""
    accept = "application/vnd.github+json"
    data = _object(await opener.open(f"{base}/repos/{one.owner}/{one.name}", accept=accept, token=token))
    if not data:
        return None
    full = _text(data, "full_name") or f"{one.owner}/{one.name}"
    release = await _perhaps(opener, f"{base}/repos/{quote(full)}/releases/latest", accept, token)
    return ProjectFacts(
        source="GitHub",
        archived=data.get("archived") is True,
        renamed_to=_key(one, full),
        last_commit=_time(data, "pushed_at"),
        last_release=_time(release, "published_at"),
        release_name=_text(release, "tag_name"),
    )


# Both only above the README, which may quote anything.
_ARCHIVED = re.compile(
    r"repository (?:was|has been) archived by the owner(?:\s+on\s+(?:<[^>]{0,200}datetime=\"([^\"]{1,40})\"[^>]{0,200}>)?"
    r"\s*([A-Z][a-z]{2} \d{1,2}, \d{4})?)?"
)
_README = re.compile(r"<article|id=\"readme\"", re.IGNORECASE)
_UPDATED = re.compile(r"<updated>([^<]{1,40})</updated>")
_TAG = re.compile(r"/releases/tag/([^\"<>?#]{1,200})\"")


async def from_github_pages(one: Repository, opener: Opener, base: str) -> ProjectFacts | None:
    """GitHub's page and feeds, where there is no token: three requests."""
    page = await opener.open(f"{base}/{one.owner}/{one.name}", accept="text/html")
    if page.status != 200:
        return None
    full = page.address.removeprefix(base).strip("/").partition("?")[0]
    if full.count("/") != 1:
        return None  # led elsewhere, as to the sign-in
    above = _README.split(page.text, maxsplit=1)[0]
    banner = _ARCHIVED.search(above)
    commits = await _feed(opener, f"{base}/{full}/commits.atom")
    releases = await _feed(opener, f"{base}/{full}/releases.atom")
    newest = releases.partition("<entry>")[2].partition("</entry>")[0]
    tag = _TAG.search(newest)
    return ProjectFacts(
        source="GitHub",
        archived=banner is not None,
        archived_at=(_moment(banner[1] or "") or _day(banner[2] or "")) if banner else None,
        renamed_to=_key(one, full),
        last_commit=_first_time(commits),
        last_release=_first_time(newest),
        release_name=tag[1] if tag else "",
    )


async def from_gitlab(one: Repository, opener: Opener, base: str) -> ProjectFacts | None:
    """GitLab's REST interface: two requests."""
    path = f"{base}/projects/{quote(f'{one.owner}/{one.name}', safe='')}"
    data = _object(await opener.open(path, accept=_JSON))
    if not data:
        return None
    release = await _perhaps(opener, f"{path}/releases/permalink/latest", _JSON)
    return ProjectFacts(
        source="GitLab",
        archived=data.get("archived") is True,
        renamed_to=_key(one, _text(data, "path_with_namespace")),
        last_commit=_time(data, "last_activity_at"),
        last_release=_time(release, "released_at"),
        release_name=_text(release, "tag_name"),
    )


async def from_gitea(one: Repository, opener: Opener, base: str) -> ProjectFacts | None:
    """The REST interface of Gitea and Forgejo: two requests."""
    path = f"{base}/repos/{one.owner}/{one.name}"
    data = _object(await opener.open(path, accept=_JSON))
    if not data:
        return None
    release = await _perhaps(opener, f"{path}/releases/latest", _JSON)
    archived = data.get("archived") is True
    return ProjectFacts(
        source="Codeberg" if one.host == "codeberg.org" else one.host,
        archived=archived,
        archived_at=_time(data, "archived_at") if archived else None,
        renamed_to=_key(one, _text(data, "full_name")),
        last_commit=_time(data, "updated_at"),
        last_release=_time(release, "published_at"),
        release_name=_text(release, "tag_name"),
    )


async def from_hugging_face(one: Repository, opener: Opener, base: str) -> ProjectFacts | None:
    """Hugging Face's interface: one request."""
    data = _object(await opener.open(f"{base}/{one.kind or 'models'}/{one.owner}/{one.name}", accept=_JSON))
    if not data:
        return None
    return ProjectFacts(
        source="Hugging Face",
        renamed_to=_key(one, _text(data, "id")),
        last_commit=_time(data, "lastModified"),
    )


async def from_index(one: Repository, opener: Opener, base: str) -> ProjectFacts | None:
    """The JSON of a package index: one request."""
    data = _object(await opener.open(f"{base}/{one.name}/json", accept=_JSON))
    info = data.get("info")
    if not isinstance(info, dict):
        return None
    files = data.get("urls")
    times = [_time(file, "upload_time_iso_8601") for file in files] if isinstance(files, list) else []
    classifiers = info.get("classifiers")
    inactive = isinstance(classifiers, list) and "Development Status :: 7 - Inactive" in classifiers
    return ProjectFacts(
        source=one.host,
        archived=inactive,
        last_release=max((time for time in times if time), default=None),
        release_name=_text(info, "version"),
    )


async def _perhaps(opener: Opener, address: str, accept: str, token: str = "") -> dict[str, Any]:
    """What need not be there: no release is no trouble."""
    try:
        return _object(await opener.open(address, accept=accept, token=token))
    except Trouble:
        return {}


async def _feed(opener: Opener, address: str) -> str:
    try:
        feed = await opener.open(address, accept="application/atom+xml")
    except Trouble:
        return ""
    return feed.text[:300_000] if feed.status == 200 else ""


def _object(opened: Opened) -> dict[str, Any]:
    data = opened.data if opened.status == 200 else None
    return data if isinstance(data, dict) else {}


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value[:300] if isinstance(value, str) else ""


def _time(data: object, name: str) -> datetime | None:
    return _moment(_text(data, name)) if isinstance(data, dict) else None


def _first_time(feed: str) -> datetime | None:
    found = _UPDATED.search(feed)
    return _moment(found[1]) if found else None


def _moment(text: str) -> datetime | None:
    """A time that can be true: with its zone (UTC where it names none), and not in the future."""
    try:
        moment = datetime.fromisoformat(text.strip())
        moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= _FIRST_YEAR and moment < datetime.now(UTC) + timedelta(days=1) else None


def _day(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%b %d, %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def _key(one: Repository, full: str) -> str:
    """The key of a project's own name for itself, where that is a name."""
    shelf = f"{one.kind}/" if one.forge is Forge.HUGGING_FACE and one.kind else ""
    found = repository_of(f"{one.host}/{shelf}{full}")
    return found.key if found else ""

"""The history of a README in a git repository, commit by commit, into the knowledge base."""

import re
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.credits import credited_account
from resources.history.models import Event
from resources.readme.git import BadRepository, git
from resources.readme.importing import DryRun, import_outline
from resources.readme.outline import Outline, UnreadableReadme
from resources.readme.parsing import parse_bytes
from resources.readme.report import Report

REPLAYED = "replayed"
FIELDS = 5
"""What is asked of every commit: id, author, e-mail, date, message."""


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit that touched the README."""

    sha: str
    author: str
    email: str
    date: datetime
    message: str
    readme: bytes


def is_repository(path: Path) -> bool:
    """Whether a path is a git repository: a folder with one, a bare one, or a bundle."""
    if path.is_dir():
        return (path / ".git").exists() or (path / "HEAD").is_file()
    if path.exists() and not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(20).startswith(b"# v") and path.suffix == ".bundle"


def read_commits(path: Path) -> list[Commit]:
    """The commits on the main line that changed the README, the oldest first. Raises BadRepository."""
    with tempfile.TemporaryDirectory(prefix="rayhub-") as folder:
        copy = Path(folder) / "copy.git"
        git(["clone", "--quiet", "--bare", "--no-hardlinks", str(path.resolve()), str(copy)], cwd=Path(folder))
        commits = list(commits_of(copy, readme_name(copy)))
    if not commits:
        raise BadRepository(
            _("No commit of the repository has a README that can be read. Name one that holds the list.")
        )
    return commits


def readme_name(copy: Path) -> str:
    """The README at the top of a repository. Raises BadRepository."""
    try:
        names = git(["ls-tree", "--name-only", "-z", "HEAD"], cwd=copy).decode("utf-8", "replace").split("\0")
    except BadRepository:
        raise BadRepository(_("The repository has no commit. Name one that holds the list.")) from None
    wanted = sorted((name for name in names if name.lower() in {"readme.md", "readme.markdown"}), reverse=True)
    if not wanted:
        raise BadRepository(_("The repository has no README.md at its top. Name one that holds the list."))
    return wanted[-1]


def commits_of(copy: Path, name: str, span: str = "HEAD") -> Iterator[Commit]:
    """The commits of a span of the main line that changed the file, the oldest first."""
    # A commit's message can hold anything but NUL, which therefore parts the fields.
    form = "%x00".join(["%H", "%an", "%ae", "%at", "%B", ""])
    log = git(["log", "--first-parent", "--reverse", f"--format={form}", span, "--", name], cwd=copy)
    fields = log.decode("utf-8", "replace").split("\0")[:-1]
    for sha, author, email, seconds, message in batched(fields, FIELDS, strict=True):
        sha = sha.strip()
        readme = readme_at(copy, f"{sha}:{name}")
        if readme is not None:
            yield Commit(sha, author, email, date_of(seconds), message.strip(), readme)


def readme_at(copy: Path, place: str) -> bytes | None:
    """The file's bytes; None where there is no file there, or one that is far too large to be a list."""
    try:
        if git(["cat-file", "-t", place], cwd=copy).strip() != b"blob":
            return None
        if int(git(["cat-file", "-s", place], cwd=copy)) > settings.README_LIMIT:
            return None
        return git(["cat-file", "blob", place], cwd=copy)
    except BadRepository:  # the commit took the file away, or the repository lacks it
        return None


def date_of(seconds: str) -> datetime:
    """A commit's date in UTC: never in the future, and the first day of time where the commit has none."""
    number = int(seconds) if re.fullmatch(r"-?[0-9]{1,17}", seconds) else 0
    return datetime.fromtimestamp(max(0, min(number, time.time())), UTC)


def replay(
    commits: list[Commit], *, dry_run: bool = False, progress: Callable[[int, int], None] = lambda done, total: None
) -> Report:
    """Makes each commit's changes revisions by its author, of its date, with its message; all or nothing.

    A commit that was replayed before is passed over, so that a second run adds only what is new. A commit whose README
    cannot be read is named in the report and passed over.
    """
    report = Report()
    try:
        with transaction.atomic():
            known = set(Event.objects.filter(act=REPLAYED).values_list("details__commit", flat=True))
            previous: Outline | None = None
            for count, commit in enumerate(commits, 1):
                try:
                    outline = parse_bytes(commit.readme, commit.sha[:10])
                except UnreadableReadme as error:
                    report.prose.append(str(error))
                    continue
                if commit.sha not in known:
                    report.add(_replay_one(commit, outline, previous))
                previous = outline
                progress(count, len(commits))
            if previous is None:
                raise BadRepository(_("No version of the README is a list: %s") % report.prose[-1])
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return report


def _replay_one(commit: Commit, outline: Outline, previous: Outline | None) -> Report:
    author = credited_account(commit.author, commit.email)
    one = import_outline(
        outline, author=author, message=commit.message, at=commit.date, previous=previous, replayed=True
    )
    details = {"commit": commit.sha, "revisions": one.revisions}
    Event.objects.create(actor=author, act=REPLAYED, why=commit.message, details=details, happened_at=commit.date)
    if previous is not None:
        one.prose, one.kept = [], []
    return one

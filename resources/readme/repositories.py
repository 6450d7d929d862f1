"""A repository whose README is kept in step with the site: what was committed there since, and what is committed to it."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from resources.readme.git import BadRepository, git
from resources.readme.replaying import Commit, commits_of, is_repository, readme_at, readme_name

OURS = "RayHub-Revision"
"""The last line of a commit of ours: the site's newest revision at that time."""

_OURS = re.compile(rf"^{OURS}: ([0-9]{{1,15}})$", re.MULTILINE)


class Occupied(BadRepository):
    """A working copy whose README somebody has changed and not committed."""


@dataclass(frozen=True, slots=True)
class Repository:
    """An open repository. `folder` is where git runs; a bundle's is a copy that nobody keeps."""

    folder: Path
    is_bundle: bool
    is_bare: bool
    id: str
    branch: str
    head: str
    name: str

    def readme(self, commit: str) -> bytes:
        """The README of a commit, empty where it has none."""
        return readme_at(self.folder, f"{commit}:{self.name}") or b""

    def has(self, commit: str) -> bool:
        """Whether a commit is part of the branch's history."""
        try:
            git(["merge-base", "--is-ancestor", commit, self.head], self.folder)
        except BadRepository:
            return False
        return True

    def commits(self, since: str) -> list[Commit]:
        """The commits on the main line that changed the README after that one, or all of them; the oldest first."""
        span = f"{since}..{self.head}" if since else self.head
        return [self._credited(commit) for commit in commits_of(self.folder, self.name, span)]

    def _credited(self, commit: Commit) -> Commit:
        """A merge in the name of who wrote what it brought in, where that is one person; others as they are."""
        parents = git(["rev-list", "--parents", "-n1", commit.sha], self.folder).decode().split()[1:]
        if len(parents) != 2:
            return commit
        span = f"{parents[0]}..{parents[1]}"
        lines = git(["log", "--format=%an%x00%ae", span, "--", self.name], self.folder).decode("utf-8", "replace")
        people = {tuple(line.split("\0")) for line in lines.splitlines() if line}
        if len(people) != 1:
            return commit
        name, email = people.pop()
        return replace(commit, author=name, email=email)

    def commit(self, readme: bytes, message: str, *, at: datetime, site: str) -> str:
        """Commits this README on top of the branch, as RayHub; returns the new commit.

        Raises Occupied where the README has changes that nobody committed, and BadRepository where the branch moved on.
        """
        who = {"NAME": "RayHub", "EMAIL": f"rayhub@{site}", "DATE": at.isoformat()}
        names = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
        if not self.is_bare:
            self._need_clean()
        blob = git(["hash-object", "-w", "--stdin"], self.folder, given=readme).decode().strip()
        with tempfile.TemporaryDirectory(prefix="rayhub-") as scratch:
            index = names | {"GIT_INDEX_FILE": str(Path(scratch) / "index")}
            git(["read-tree", self.head], self.folder, environment=index)
            mode = git(["ls-tree", self.head, "--", self.name], self.folder).decode().split()[:1] or ["100644"]
            entry = f"{mode[0]},{blob},{self.name}"
            git(["update-index", "--add", "--cacheinfo", entry], self.folder, environment=index)
            tree = git(["write-tree"], self.folder, environment=index).decode().strip()
        made = git(
            ["commit-tree", tree, "-p", self.head, "-F", "-"], self.folder, given=message.encode(), environment=names
        )
        commit = made.decode().strip()
        git(["update-ref", "-m", "RayHub", f"refs/heads/{self.branch}", commit, self.head], self.folder)
        if not self.is_bare:
            git(["checkout", "-q", "HEAD", "--", self.name], self.folder)
        return commit

    def _need_clean(self) -> None:
        if git(["status", "--porcelain", "--untracked-files=no", "--", self.name], self.folder).strip():
            raise Occupied(
                _("%s there has changes that are not committed. Commit or stash them, and run this again.") % self.name
            )


def revision_of(commit: Commit) -> int | None:
    """The site's newest revision when the house made this commit; None where somebody else did."""
    found = _OURS.findall(commit.message)
    return int(found[-1]) if found else None


@contextmanager
def open_repository(path: Path) -> Iterator[Repository]:
    """Opens a working copy, a bare repository or a bundle. Raises BadRepository, which says what to name instead."""
    if not path.exists() or not is_repository(path):
        raise BadRepository(_("%s is no git repository. Name a working copy, a bare repository or a bundle.") % path)
    with tempfile.TemporaryDirectory(prefix="rayhub-") as scratch:
        folder, is_bundle = path.resolve(), path.is_file()
        if is_bundle:
            folder = Path(scratch) / "copy.git"
            git(["clone", "--quiet", "--bare", "--no-hardlinks", str(path.resolve()), str(folder)], Path(scratch))
        yield _opened(folder, is_bundle)


def _opened(folder: Path, is_bundle: bool) -> Repository:
    name = readme_name(folder)
    try:
        branch = git(["symbolic-ref", "--short", "HEAD"], folder).decode().strip()
    except BadRepository:
        raise BadRepository(_("The repository stands on no branch. Check one out, as with git switch main.")) from None
    head = git(["rev-parse", "HEAD"], folder).decode().strip()
    roots = git(["rev-list", "--max-parents=0", "HEAD"], folder).decode().split()
    bare = git(["rev-parse", "--is-bare-repository"], folder).decode().strip() == "true"
    if not bare and not os.access(folder, os.W_OK):
        raise BadRepository(_("%s cannot be written. Run this as somebody who may.") % folder)
    return Repository(folder, is_bundle, bare, roots[-1], branch, head, name)

"""sync_readme(): a README in a git repository and the site, kept in step both ways.

What was committed there since the last time is proposed here, credited to who wrote it; what went live here since is
committed there. Nothing stops it: where both sides changed the same words, the proposal waits for a person, and the file
has the site's words meanwhile.
"""

from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.moderation.batches import propose_many
from resources.proposals.models import Proposal
from resources.readme.git import BadRepository
from resources.readme.incoming import read_changes
from resources.readme.models import ReadmeSync
from resources.readme.outgoing import message_since, readme_with_waiting
from resources.readme.proposing import TakenBack, last_revision
from resources.readme.replaying import Commit
from resources.readme.repositories import Repository, open_repository, revision_of


@dataclass(slots=True)
class SyncReport:
    """What a run did, or would do: commits read, proposals made, the commit written and why none was."""

    commits: int = 0
    proposals: list[dict[str, Any]] = field(default_factory=list)
    batch: str = ""
    unread: list[str] = field(default_factory=list)
    commit: str = ""
    message: str = ""
    not_committed: str = ""

    @property
    def nothing_changed(self) -> bool:
        """Whether both sides were in step."""
        return not self.proposals and not self.message

    def as_data(self) -> dict[str, Any]:
        """For --json."""
        names = ("commits", "proposals", "batch", "unread", "commit", "message", "not_committed", "nothing_changed")
        return {name: getattr(self, name) for name in names}

    def lines(self, *, dry_run: bool) -> list[str]:
        """For a terminal."""
        text = [*self.unread]
        if self.commits:
            read = ngettext("%d commit read", "%d commits read", self.commits) % self.commits
            made = ngettext("%d proposal", "%d proposals", len(self.proposals)) % len(self.proposals)
            said = _("%(read)s: %(made)s would be made.") if dry_run else _("%(read)s: %(made)s made.")
            text.append(said % {"read": read, "made": made})
            text += [f"  {one['title']} ({one['author']}){_needs(one)}" for one in self.proposals]
            if self.proposals and not dry_run:
                text.append(_("They wait at /review/?batch=%s") % self.batch)
        if self.message:
            first = self.message.splitlines()[0]
            text.append(_("Would commit: %s") % first if dry_run else _("Committed: %s") % first)
        if self.not_committed:
            text.append(self.not_committed)
        return text or [_("Nothing to do: the README there and the site are in step.")]


def _needs(one: dict[str, Any]) -> str:
    return _(": both sides changed it, a person decides") if one["standing"] == Proposal.Standing.NEEDS_YOU else ""


@dataclass(frozen=True, slots=True)
class _Base:
    """Where both sides were in step: the README then, None where they never were, and the site's newest revision."""

    readme: bytes | None
    revision: int


def sync_readme(path: Path, *, dry_run: bool = False) -> SyncReport:
    """Brings the repository at `path` and the site in step. Safe to repeat, and to interrupt at any moment.

    Raises BadRepository where there is nothing to work with. A README that cannot be written (a bundle, a working copy
    with changes that nobody committed) is named in the report; what came in is proposed all the same.
    """
    with open_repository(path) as repository:
        report = SyncReport(batch=f"sync-{repository.id[:8]}-{repository.head[:8]}")
        base, commits = _behind(repository)
        report.commits = len(commits)
        if commits:
            _propose(base, commits, report, dry_run=dry_run)
        _commit(repository, base, report, dry_run=dry_run)
    return report


def _behind(repository: Repository) -> tuple[_Base, list[Commit]]:
    """Where both were in step last, and what was committed since by others.

    A commit of ours begins anew, even where a run ended before it could write that down.
    """
    row = ReadmeSync.objects.filter(repository=repository.id, branch=repository.branch).first()
    if row is not None and repository.has(row.commit):
        base = _Base(row.readme.encode(), row.revision)
        commits = repository.commits(row.commit)
    elif row is not None:
        # The history was written anew: what the file says now is compared with what it said, as one change.
        base = _Base(row.readme.encode(), row.revision)
        commits = repository.commits("")[-1:]
    else:
        # Never in step before: the newest file is compared with the site, as an import does.
        base = _Base(None, last_revision())
        commits = repository.commits("")
    for place, commit in reversed(list(enumerate(commits))):
        revision = revision_of(commit)
        if revision is not None:
            return _Base(commit.readme, min(revision, last_revision())), commits[place + 1 :]
    return base, commits if row is not None else commits[-1:]


def _propose(base: _Base, commits: list[Commit], report: SyncReport, *, dry_run: bool) -> None:
    try:
        with transaction.atomic() if dry_run else nullcontext():
            read = read_changes(base.readme, commits, since=base.revision)
            made = propose_many(read.asked, batch=report.batch)
            report.unread = read.unread
            report.proposals = [_told(one) for one in made]
            if dry_run:
                raise TakenBack
    except TakenBack:
        pass


def _told(proposal: Proposal) -> dict[str, Any]:
    told = {"proposal": proposal.pk, "act": proposal.act, "title": proposal.title}
    return told | {"author": str(proposal.author), "standing": proposal.standing}


def _commit(repository: Repository, base: _Base, report: SyncReport, *, dry_run: bool) -> None:
    """Commits what the site says now, unless the file says it already; and keeps how far both are in step."""
    batch = report.batch.rpartition("-")[0]
    with transaction.atomic():
        revision = last_revision()
        wanted = readme_with_waiting(batch)
    present = repository.readme(repository.head)
    if not wanted:
        raise BadRepository(_("The site has no list yet. Run: manage.py import_readme %s") % repository.folder)
    commit, readme = repository.head, present
    if wanted != present:
        report.message = message_since(base.revision, revision, batch)
        if repository.is_bundle:
            report.not_committed = _(
                "Nothing is committed to a bundle. Name a working copy or a bare repository for that."
            )
            report.message = ""
        elif not dry_run:
            try:
                site = urlsplit(settings.SITE_URL).hostname or "localhost"
                commit = repository.commit(wanted, report.message, at=timezone.now(), site=site)
                report.commit, readme = commit, wanted
            except BadRepository as error:
                report.not_committed, report.message = str(error), ""
    if not dry_run:
        ReadmeSync.objects.update_or_create(
            repository=repository.id,
            branch=repository.branch,
            defaults={
                "commit": commit,
                "readme": readme.decode("utf-8", "replace"),
                # What was not committed is told the next time.
                "revision": base.revision if report.not_committed else revision,
                "synced_at": timezone.now(),
            },
        )

"""An Outline into the knowledge base, through the one door.

The sections are matched by heading path, the resources by address, the prose between them by its words. Where the site
has changed since the last import, the last file's words are the base of a three-way merge (settling.py).
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from resources.readme.catalogue import Catalogue, read_catalogue
from resources.readme.importing_resources import ResourceImport
from resources.readme.importing_sections import SectionImport
from resources.readme.matching import SectionMatch, heading_key
from resources.readme.models import SourcePiece
from resources.readme.outline import Outline
from resources.readme.report import Report
from resources.readme.run import Run

type Progress = Callable[[int, int], None]


class DryRun(Exception):
    """Takes back all that was written."""


def import_outline(
    outline: Outline,
    *,
    author: User,
    message: str = "",
    at: datetime | None = None,
    previous: Outline | None = None,
    replayed: bool = False,
    own_list: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Makes the site say what the outline says, all or nothing, and reports it.

    `previous` is the outline of the commit before in a replayed history: what it had and `outline` lacks is removed.
    Without it nothing is removed. `own_list` says that the file is this site's list, whatever its title.

    Raises PublishRefused where a piece cannot go live; nothing is written then.
    """
    try:
        with transaction.atomic():
            catalogue = read_catalogue()
            own = own_list or _is_own_list(catalogue, outline)
            run = Run(outline, author, message, at or timezone.now(), catalogue, own, replayed=replayed)
            _import(run, previous, progress)
            if dry_run:
                raise DryRun
    except DryRun:
        pass
    return run.report


def _import(run: Run, previous: Outline | None, progress: Progress) -> None:
    run.report.prose = [f"line {note.line}: {note.message}" for note in run.outline.report]
    match = SectionMatch(run.outline.root, run.catalogue, own_list=run.own_list)
    run.sections = {id(node): match.found.get(id(node)) for node in run.outline.root.walk()}
    resources = ResourceImport(run)
    sections = SectionImport(run, resources.name_of)
    total = sum(1 for _node in run.outline.root.walk()) + len(resources.found)
    done = sections.publish_tree(lambda count: progress(count, total))
    resources.publish(sections, lambda count: progress(done + count, total))
    if previous is not None:
        resources.remove_dropped(previous)
        sections.remove_dropped()
    resources.report_kept()
    run.store_pieces()
    progress(total, total)


def _is_own_list(catalogue: Catalogue, outline: Outline) -> bool:
    """Whether the file is the list that the site has its title and preamble from; an empty site takes any list's."""
    if catalogue.root is None:
        return True
    piece = catalogue.imported(catalogue.root.pk, SourcePiece.Form.HEADING)
    return piece is not None and heading_key(piece["said"]["title"]) == heading_key(outline.root.title)

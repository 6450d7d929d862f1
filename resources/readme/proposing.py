"""An import that asks instead of acting: what it would change becomes a batch of proposals.

The import runs as ever and is taken back; what it would have made live is then asked for.
"""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from accounts.models import User
from resources.entries.content import Content
from resources.entries.models import Entry
from resources.history.models import Revision
from resources.moderation.batches import Asked, propose_many
from resources.readme.report import Report


class TakenBack(Exception):
    """Takes back what the import wrote."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A revision's author, who may be an account that is taken back with the import."""

    name: str
    display_name: str
    email: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import left an entry as, by its last revision."""

    entry: int
    type: str
    content: Content
    removed: bool
    credit: Credit
    summary: str


def propose_import(run_import: Callable[[], Report], *, batch: str, dry_run: bool = False) -> Report:
    """Runs an import, takes it back, and proposes what it changed; the report counts proposals, not revisions."""
    report, outcomes = _rehearse(run_import)
    report.revisions, report.batch = 0, batch
    try:
        with transaction.atomic() if dry_run else nullcontext():
            report.proposals = len(propose_many(_asked(outcomes), batch=batch))
            if dry_run:
                raise TakenBack
    except TakenBack:
        pass
    return report


def _rehearse(run_import: Callable[[], Report]) -> tuple[Report, list[Outcome]]:
    """The import's report, and what it made of each entry, in the order in which it first touched them."""
    last = last_revision()
    try:
        with transaction.atomic():
            report = run_import()
            outcomes = outcomes_since(last)
            raise TakenBack
    except TakenBack:
        pass
    return report, outcomes


def last_revision() -> int:
    """The key of the newest revision of all, 0 where there is none."""
    return Revision.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def outcomes_since(last: int) -> list[Outcome]:
    """What the revisions after that one left each entry as, in the order in which they first touched them."""
    outcomes: dict[int, Outcome] = {}
    written = Revision.objects.filter(pk__gt=last).select_related("author", "entry").order_by("pk")
    for revision in written.defer("entry__html"):
        outcomes[revision.entry_id] = _outcome(revision)
    return list(outcomes.values())


def _outcome(revision: Revision) -> Outcome:
    author = revision.author
    return Outcome(
        revision.entry_id,
        revision.entry.type,
        revision.content,
        revision.act == Revision.Act.REMOVED,
        Credit(author.name, author.display_name, author.email),
        revision.summary,
    )


def _asked(outcomes: list[Outcome]) -> list[Asked]:
    """The outcomes that differ from what is live, as changes of a batch."""
    entries = Entry.objects.in_bulk([outcome.entry for outcome in outcomes])
    latest = Revision.objects.filter(entry__in=entries, number=F("entry__revision_number"))
    live = dict(latest.values_list("entry_id", "content"))
    authors = {credit: author_of(credit) for credit in {outcome.credit for outcome in outcomes}}
    asked = []
    for outcome in outcomes:
        entry = entries.get(outcome.entry)
        if entry is None and outcome.removed:
            continue
        if entry is not None and outcome.content == live[outcome.entry] and outcome.removed != entry.live:
            continue
        new_section = outcome.entry if entry is None and outcome.type == Entry.Type.SECTION else 0
        author = authors[outcome.credit]
        asked.append(Asked(outcome.content, outcome.type, author, outcome.summary, entry, outcome.removed, new_section))
    return asked


def author_of(credit: Credit) -> User:
    """The account of somebody who is credited, made anew where it was taken back with the import."""
    found = User.objects.filter(name=credit.name).first()
    return found or User.objects.create_user(
        credit.name, credit.email, display_name=credit.display_name, is_active=False
    )

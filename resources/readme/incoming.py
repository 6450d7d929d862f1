"""What was committed to a README elsewhere becomes proposals, each in the name of the commit's author.

The import is rehearsed: the site is made to say what the file said last, then what each commit said; what that changed in
an entry is merged onto what is live and asked for. Where both sides changed the same words, the proposal stands on the
revision that the file had, and a person decides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from accounts.credits import credited_account, house_account
from resources.entries.content import MODELS, Content, complete, content_kinds
from resources.entries.models import Entry
from resources.history.models import Revision
from resources.moderation.batches import Asked
from resources.readme.importing import import_outline
from resources.readme.models import SourcePiece
from resources.readme.outline import Outline, UnreadableReadme
from resources.readme.parsing import parse_bytes
from resources.readme.proposing import Outcome, TakenBack, author_of, last_revision, outcomes_since
from resources.readme.replaying import Commit
from resources.text.merge import merge_fields


@dataclass(frozen=True, slots=True)
class Read:
    """What the commits changed, and what of them could not be read."""

    asked: list[Asked]
    unread: list[str]


@dataclass(frozen=True, slots=True)
class _Side:
    """An entry's content at a moment, and the number of the revision that had it."""

    content: Content
    number: int


def read_changes(base: bytes | None, commits: Sequence[Commit], *, since: int) -> Read:
    """What commits on top of `base` ask for; `since` is the site's newest revision when the file said `base`.

    Without `base` the first of them is compared with the site, and with what was imported from the file before.
    """
    outcomes, before, unread = _rehearse(base, commits)
    entries = Entry.objects.in_bulk([outcome.entry for outcome in outcomes])
    live = _at(entries, None)
    then = _at(entries, since)
    asked = [
        one
        for outcome in outcomes
        if (one := _asked(outcome, entries.get(outcome.entry), before, live, then)) is not None
    ]
    return Read(asked, unread)


def _rehearse(base: bytes | None, commits: Sequence[Commit]) -> tuple[list[Outcome], dict[int, Content], list[str]]:
    """What the commits left each entry as, what it was before them, and the commits that are no list."""
    unread: list[str] = []
    try:
        with transaction.atomic():
            previous: Outline | None = None
            if base is not None:
                SourcePiece.objects.all().delete()
                previous = parse_bytes(base, "the last file")
                import_outline(previous, author=house_account(), own_list=True)
            mark = last_revision()
            for commit in commits:
                previous = _take(commit, previous, unread)
            outcomes = outcomes_since(mark)
            before = {pk: side.content for pk, side in _at([outcome.entry for outcome in outcomes], mark).items()}
            raise TakenBack
    except TakenBack:
        pass
    return outcomes, before, unread


def _take(commit: Commit, previous: Outline | None, unread: list[str]) -> Outline | None:
    try:
        outline = parse_bytes(commit.readme, commit.sha[:10])
    except UnreadableReadme as error:
        unread.append(str(error))
        return previous
    author = credited_account(commit.author, commit.email)
    import_outline(
        outline,
        author=author,
        message=commit.message,
        at=commit.date,
        previous=previous,
        replayed=previous is not None,
        own_list=True,
    )
    return outline


def _at(entries: Sequence[int] | Mapping[int, Entry], mark: int | None) -> dict[int, _Side]:
    """Each entry as it was when the site's newest revision was `mark`; as it is, for None."""
    rows = Revision.objects.filter(entry__in=list(entries))
    rows = rows if mark is None else rows.filter(pk__lte=mark)
    newest = [row["newest"] for row in rows.order_by().values("entry").annotate(newest=Max("pk"))]
    found = Revision.objects.filter(pk__in=newest).values_list("entry_id", "content", "number")
    return {entry: _Side(content, number) for entry, content, number in found}


def _asked(
    outcome: Outcome,
    entry: Entry | None,
    before: Mapping[int, Content],
    live: Mapping[int, _Side],
    then: Mapping[int, _Side],
) -> Asked | None:
    """The change of one entry, seen from what is live; None where nothing is left to ask for."""
    if entry is None:
        if outcome.removed:
            return None
        new_section = outcome.entry if outcome.type == Entry.Type.SECTION else 0
        return _change(outcome, outcome.content, None, number=new_section)
    present, past = live[entry.pk], then.get(entry.pk) or live[entry.pk]
    if outcome.removed:
        return _change(outcome, present.content, entry, base=past.number) if entry.live else None
    model = MODELS[outcome.type]
    origin, mine = complete(model, before[entry.pk]), complete(model, outcome.content)
    merge = merge_fields(content_kinds(model), origin, mine, complete(model, present.content))
    if not merge.conflicts:
        content = complete(model, merge.content)
        unchanged = content == complete(model, present.content) and entry.live
        return None if unchanged else _change(outcome, content, entry, base=present.number)
    older = merge_fields(content_kinds(model), origin, mine, complete(model, past.content))
    content = mine if older.conflicts else complete(model, older.content)
    return _change(outcome, content, entry, base=past.number)


def _change(
    outcome: Outcome, content: Content, entry: Entry | None, *, base: int | None = None, number: int = 0
) -> Asked:
    return Asked(
        content,
        outcome.type,
        author_of(outcome.credit),
        outcome.summary,
        entry,
        outcome.removed,
        number,
        base,
    )

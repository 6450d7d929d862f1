"""The README that is committed elsewhere, and the message that says what changed and whom it is owed to."""

from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.text import Truncator

from accounts.credits import HOUSE_NAME
from accounts.models import User
from accounts.roles import Role, give_role
from resources.entries.models import Entry
from resources.entries.refusals import PublishRefused
from resources.history.models import Revision
from resources.moderation.deciding import accept
from resources.proposals.models import Proposal
from resources.readme.exporting import export_classic
from resources.readme.proposing import TakenBack
from resources.readme.repositories import OURS

MOST = 50
"""Changes that a message names."""

_VERBS = {"added": "Add", "changed": "Change", "removed": "Remove"}


def readme_with_waiting(batch: str) -> bytes:
    """The classic README as it would be with what was committed elsewhere and still waits for a decision: the file there is
    not taken back before somebody decided. What contradicts the site is left out.

    `batch` is how the names of that repository's batches begin.
    """
    text = ""
    try:
        with transaction.atomic():
            waiting = Proposal.objects.unfinished().filter(batch__startswith=batch).order_by("pk")
            keeper = _moderator() if waiting else None
            for proposal in waiting:
                if keeper is not None:
                    _apply(proposal, keeper)
            text = export_classic()
            raise TakenBack
    except TakenBack:
        pass
    return text.encode()


def _moderator() -> User:
    """Somebody who may accept, for as long as the rehearsal lasts."""
    person = User.objects.create_user(
        "readme in step", "readme-in-step@localhost.invalid"
    )  # no name that a person can have
    give_role(person, Role.MODERATOR)
    return person


def _apply(proposal: Proposal, keeper: User) -> None:
    with suppress(PublishRefused), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            state=Proposal.State.OPEN, note="", claimed_by=None, claimed_until=None
        )
        live = Entry.objects.get(pk=proposal.entry_id).revision_number if proposal.entry_id else None
        accept(proposal, moderator=keeper, version=proposal.version, seen=live)


def message_since(since: int, until: int, batch: str) -> str:
    """What the site changed between two of its revisions, and who it is owed to, for a commit's message."""
    revisions = _revisions(since, until, batch)
    lines, counts = _changes(revisions)
    rejected = Proposal.objects.filter(batch__startswith=batch, state=Proposal.State.REJECTED)
    refused = [
        f"Not accepted: {_line(proposal.title)} ({_line(proposal.note)})"
        for proposal in rejected.order_by("decided_at", "pk")
        if proposal.decided_at and proposal.pk and _decided_since(proposal, since)
    ]
    told = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
    subject = f"Update the list: {told}" if told else "Update the list"
    body = [f"- {line}" for line in [*lines, *refused]]
    if len(body) > MOST:
        body = [*body[:MOST], f"- and {len(body) - MOST} more"]
    trailers = [*_credits(revisions), f"{OURS}: {until}"]
    return "\n\n".join(part for part in (subject, "\n".join(body), "\n".join(trailers)) if part) + "\n"


def _revisions(since: int, until: int, batch: str) -> list[Revision]:
    """The site's own revisions: what came in from the repository is there already."""
    own = Q(proposal=None) | ~Q(proposal__batch__startswith=batch)
    found = Revision.objects.filter(own, pk__gt=since, pk__lte=until).select_related("author", "entry")
    return list(found.defer("content", "entry__html").order_by("pk"))


def _changes(revisions: Iterable[Revision]) -> tuple[list[str], dict[str, int]]:
    acts: dict[int, tuple[str, Entry]] = {}
    for revision in revisions:
        word = "added" if revision.number == 1 else "changed"
        was = acts.get(revision.entry_id)
        if revision.act == Revision.Act.REMOVED:
            word = "removed"
        elif was and was[0] == "added":
            word = "added"
        acts[revision.entry_id] = (word, revision.entry)
    lines = [f"{_VERBS[word]} {_line(entry.title)}" for word, entry in acts.values()]
    return lines, {word: sum(one == word for one, _entry in acts.values()) for word in _VERBS}


def _decided_since(proposal: Proposal, since: int) -> bool:
    last = Revision.objects.filter(pk__lte=since).order_by("-pk").values_list("created_at", flat=True).first()
    return last is None or (proposal.decided_at is not None and proposal.decided_at >= last)


def _credits(revisions: Iterable[Revision]) -> list[str]:
    """One line for each person. Nobody's own e-mail address is given away; those of a git history are public already."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    lines = {}
    for person in (revision.author for revision in revisions):
        if person.name == HOUSE_NAME:
            continue
        public = person.is_credited_only and not person.email.endswith(".invalid")
        email = person.email if public else f"{person.name}@users.noreply.{host}"
        lines[person.pk] = f"Co-authored-by: {_name(str(person))} <{email}>"
    return list(lines.values())


def _name(text: str) -> str:
    return " ".join(text.translate({ord(sign): " " for sign in "<>\n\r\0"}).split()) or "Somebody"


def _line(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(100)

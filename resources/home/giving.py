"""What the knowledge base keeps about a person, for the file that they can download."""

from collections.abc import Callable

from django.db.models import Model

from accounts.data import SOURCES
from accounts.models import User
from resources.discussion.models import Post, Thread
from resources.editing.models import Draft
from resources.history.models import Event, Revision
from resources.moderation.models import Report, Trust
from resources.notices.models import MailRhythm, Notice, Watch
from resources.proposals.models import Proposal
from resources.verifying.models import RayRelease, Verification

KEPT: dict[str, tuple[type[Model], str, tuple[str, ...]]] = {
    "revisions": (Revision, "author", ("entry_id", "number", "act", "created_at", "summary", "content")),
    "proposals": (
        Proposal,
        "author",
        ("id", "entry_id", "act", "title", "content", "summary", "state", "created_at", "decided_at", "note"),
    ),
    "threads": (Thread, "author", ("id", "entry_id", "proposal_id", "title", "created_at")),
    "posts": (Post, "author", ("thread_id", "text", "created_at", "edited_at", "removed_at")),
    "reports": (Report, "reporter", ("entry_id", "reason", "words", "state", "created_at")),
    "drafts": (Draft, "person", ("key", "entry_id", "fields", "saved_at")),
    "watches": (Watch, "person", ("entry_id", "tag__slug", "created_at")),
    "notices": (Notice, "person", ("act", "entry_id", "proposal_id", "words", "created_at", "read_at")),
    "mail": (MailRhythm, "person", ("rhythm", "watched", "watches_own")),
    "trust": (Trust, "person", ("locked", "reason", "promoted_at", "falls_at", "appeal", "appealed_at")),
    "verifications": (Verification, "person", ("entry_id", "revision_number", "release__version", "note", "at")),
    "releases": (RayRelease, "entered_by", ("version", "released_on", "entered_at")),
    "events": (Event, "actor", ("act", "happened_at", "entry_id", "person__name", "proposal_id", "why", "details")),
}
"""For each name the table, the column that says whose a row is, and what of it is given."""


def register() -> None:
    """Adds all of it to what people can download."""
    SOURCES.extend(_source(name) for name in KEPT)


def _source(name: str) -> Callable[[User], tuple[str, object]]:
    model, whose, fields = KEPT[name]

    def rows(user: User) -> tuple[str, object]:
        return name, list(model._default_manager.filter(**{whose: user}).order_by("pk").values(*fields))

    return rows

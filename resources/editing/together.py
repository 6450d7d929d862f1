"""Several entries changed as one act: published by who may, proposed as one batch by who may only propose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.content import Content
from resources.entries.models import Entry
from resources.history.limits import keep_pace
from resources.history.models import Revision
from resources.moderation.batches import Asked, propose_many
from resources.moderation.refusals import NotAllowed
from resources.permissions import may_propose, may_publish
from resources.proposals.models import Proposal
from resources.publishing import Change, PublishRefused, StaleRead, publish_many
from resources.text.cleaning import clean_source


@dataclass(slots=True)
class Becoming:
    """An entry as it was read, and what it shall say. `details` go to its line in the log."""

    entry: Entry
    content: Content
    details: dict[str, Any] = field(default_factory=dict)


def way_of_all(person: Any, entries: Sequence[Entry]) -> str:
    """What sending changes of all of these does: "publish", "propose", or "" where neither is open to the person."""
    levels = {entry.protection_level for entry in entries}
    if all(may_publish(person, level) for level in levels):
        return "publish"
    return "propose" if all(may_propose(person, level) for level in levels) else ""


def send_together(
    changes: Sequence[Becoming], *, by: User, summary: str, name: str, seen: Mapping[int, int] | None = None
) -> list[Revision] | list[Proposal]:
    """Publishes or proposes all of it; the order is the one in which the contents can stand.

    `name` begins the batch's name in the queue; `seen` maps entries to the revision that the person looked at. Raises
    NotAllowed, StaleRead, TooFast, and what publish() raises.
    """
    summary = clean_source(summary).strip()
    if not summary:
        raise PublishRefused(_("Say why in a few words: it stands in the history."))
    if any(one.entry.revision_number != number for one in changes if (number := (seen or {}).get(one.entry.pk))):
        raise StaleRead(_("One of these pages changed since you looked. Look at it again, then decide."))
    way = way_of_all(by, [one.entry for one in changes])
    if way == "publish":
        keep_pace(by, "publish")
        return publish_many(
            [Change(one.content, one.entry, details=one.details) for one in changes], author=by, summary=summary
        )
    if way != "propose":
        raise NotAllowed(_("One of these pages is not open to you. Ask in its talk."))
    keep_pace(by, "propose")
    asked = [Asked(one.content, one.entry.type, by, summary, one.entry) for one in changes]
    with transaction.atomic():
        return propose_many(asked, batch=f"{name}-{uuid4().hex[:8]}")

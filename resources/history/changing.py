"""What an act of publishing is given, and the rows of history that it leaves."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from resources.entries.content import Content
from resources.entries.keeping import plain_entry
from resources.entries.models import Entry
from resources.entries.rows import Checked
from resources.history.models import Event, Revision


@dataclass(slots=True)
class Change:
    """What is to go live: content for an entry, or for a new one of this type where `entry` is None.

    `earlier` are contents that it went through on the way, the oldest first: each becomes a revision of its own, and only
    the last content is drawn and put in place. What a content file knows beside it: the `key` of a new entry, `aliases`
    (addresses that it once had), and who `checked` its claims, by their keys.
    """

    content: Content
    entry: Entry | None = None
    type: str = ""
    act: str = ""
    removed: bool = False
    details: dict[str, Any] = field(default_factory=dict)
    key: str = ""
    aliases: tuple[str, ...] = ()
    checked: Mapping[str, Checked] = field(default_factory=dict)
    earlier: tuple[Content, ...] = ()

    @property
    def kind(self) -> str:
        """The type of its entry."""
        return self.entry.type if self.entry else self.type


@dataclass(frozen=True, slots=True)
class Given:
    """What all revisions of one act share."""

    author: User
    summary: str
    at: datetime
    significance: str = Revision.Significance.CONTENT
    accepted_by: User | None = None
    settling: int | None = None


def revision_of(entry: Entry, content: Content, number: int, act: str, given: Given) -> Revision:
    """The row of history for content that goes live; unsaved."""
    return Revision(
        entry=plain_entry(entry),
        number=number,
        content=content,
        act=act,
        author=given.author,
        accepted_by=given.accepted_by,
        summary=given.summary,
        significance=given.significance,
        size=len(json.dumps(content, ensure_ascii=False)),
        created_at=given.at,
    )


def event_of(revision: Revision, details: dict[str, Any]) -> Event:
    """The line of the log for a revision; unsaved."""
    return Event(
        actor=revision.author,
        act=revision.act,
        entry=revision.entry,
        why=revision.summary,
        details=details | {"revision": revision.number},
        happened_at=revision.created_at,
    )

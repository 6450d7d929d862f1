"""How proposals look to programs, and what became of a change that was sent."""

from typing import Any, Literal

from django.urls import reverse
from pydantic import Field

from resources.api.fields import Loose
from resources.api.refusing import sides_of
from resources.api.revisions import RevisionRow, revision_row
from resources.api.shapes import Mentioned, Plain, Someone, mentioned, page_of, someone
from resources.history.models import Revision
from resources.moderation.amending import sides
from resources.proposals.models import Proposal

MOMENT: Any = {"format": "date-time"}

OPEN = frozenset({Proposal.State.OPEN, Proposal.State.CHANGES_REQUESTED})


class CheckRead(Loose):
    """What a check found."""

    name: str
    state: str
    detail: str


class ProposalRow(Loose):
    """A proposal, without what it asks for."""

    number: int
    type: str
    act: str = Field(json_schema_extra={"enum": list(Proposal.Act.values)})
    title: str
    state: str = Field(json_schema_extra={"enum": list(Proposal.State.values)})
    standing: str = Field(
        description="How it stands to what is live now.", json_schema_extra={"enum": list(Proposal.Standing.values)}
    )
    check_state: str = Field(json_schema_extra={"enum": list(Proposal.CheckState.values)})
    version: int
    base: int | None
    entry: Mentioned | None
    author: Someone
    summary: str
    created_at: str = Field(json_schema_extra=MOMENT)
    decided_by: Someone | None
    decided_at: str | None = Field(json_schema_extra=MOMENT)
    note: str = Field(description="What was said with the decision, or with the wish for changes.")
    revision: int | None = Field(description="The revision that it became.")
    page: str


class ProposalRead(ProposalRow):
    """A proposal with what it asks for."""

    content: dict[str, Any]
    checks: list[CheckRead]
    live: int | None = Field(description="The live revision.")
    conflicts: list[dict[str, Any]] = Field(description="Where it contradicts what is live: settle it and amend.")
    merged: dict[str, Any] | None = Field(description="Merged with what is live, with yours where the two contradict.")


class Sent(Loose):
    """What became of a change."""

    outcome: Literal["published", "proposed", "unchanged"]
    location: str = Field(description="Where to look.")
    revision: RevisionRow | None
    proposal: ProposalRow | None


def proposal_row(proposal: Proposal) -> Plain:
    """A proposal without what it asks for."""
    return {
        "number": proposal.pk,
        "type": proposal.type,
        "act": proposal.act,
        "title": proposal.title,
        "state": proposal.state,
        "standing": proposal.standing,
        "check_state": proposal.check_state,
        "version": proposal.version,
        "base": proposal.base,
        "entry": mentioned(proposal.entry) if proposal.entry else None,
        "author": someone(proposal.author),
        "summary": proposal.summary,
        "created_at": proposal.created_at,
        "decided_by": someone(proposal.decided_by) if proposal.decided_by else None,
        "decided_at": proposal.decided_at,
        "note": proposal.note,
        "revision": proposal.revision.number if proposal.revision else None,
        "page": page_of(proposal.get_absolute_url()),
    }


def proposal_data(proposal: Proposal) -> Plain:
    """A proposal with what it asks for, its checks, and how it stands."""
    both = sides(proposal) if proposal.state in OPEN else None
    conflicts = sides_of(both.merge) if both and both.merge else {"conflicts": [], "merged": None}
    checks = [{"name": one["name"], "state": one["state"], "detail": one["words"]} for one in proposal.checks]
    return proposal_row(proposal) | {
        "content": proposal.content,
        "checks": checks,
        "live": proposal.entry.revision_number if proposal.entry else None,
        **conflicts,
    }


def outcome(sent: Revision | Proposal, entry: Any) -> tuple[int, Plain]:
    """What became of a change to an entry (None: a new one), with its status."""
    if isinstance(sent, Proposal):
        location = reverse("api:proposal", args=[sent.pk])
        return 201, {"outcome": "proposed", "location": location, "revision": None, "proposal": proposal_row(sent)}
    changed = entry is None or sent.number != entry.revision_number
    location = reverse(f"api:{sent.entry.type}", args=[sent.content["slug"]])
    row = revision_row(sent, sent.entry)
    data = {"outcome": "published" if changed else "unchanged", "location": location, "revision": row, "proposal": None}
    return (201 if changed else 200), data

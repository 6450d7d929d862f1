"""What the checks look at: a proposal with what its author changed; and what a check says."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from resources.entries.content import MODELS, Content, complete
from resources.entries.models import Entry
from resources.proposals.models import Proposal

PASSED, WARNED, FAILED, PENDING = "passed", "warned", "failed", "pending"


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found, in words; `repair` has the fields that would mend it."""

    name: str
    state: str
    words: str
    repair: dict[str, Any] | None = None


@dataclass
class Examined:
    """A proposal under examination: what it asks for, and which fields differ from what its author started from."""

    proposal: Proposal

    @cached_property
    def content(self) -> Content:
        """What is asked for."""
        return complete(MODELS[self.proposal.type], self.proposal.content)

    @cached_property
    def changed(self) -> dict[str, Any]:
        """The fields that the author wrote or changed, with their values; none of a removal."""
        if self.proposal.act == Proposal.Act.REMOVE:
            return {}
        if self.proposal.act == Proposal.Act.CREATE:
            return {name: value for name, value in self.content.items() if value not in ("", None, [])}
        return {name: value for name, value in self.content.items() if value != self.before.get(name, "")}

    @cached_property
    def before(self) -> Content:
        """What the author started from; nothing for a new entry."""
        if self.proposal.act == Proposal.Act.CREATE or self.proposal.entry is None:
            return {}
        started = self.proposal.entry.revisions.filter(number=self.proposal.base or 0).first()
        return started.content if started else {}

    @cached_property
    def texts(self) -> dict[str, str]:
        """The changed fields that people typed, by name."""
        return {name: value for name, value in self.changed.items() if isinstance(value, str)}

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows that the author wrote or changed: claims, cells, passages."""
        return [
            row
            for name, value in self.changed.items()
            if isinstance(value, list)
            for row in value
            if isinstance(row, dict) and row not in (self.before.get(name) or ())
        ]

    @cached_property
    def typed(self) -> list[str]:
        """All that the author typed: texts, and what stands in rows."""
        return [*self.texts.values(), *(cell for row in self.rows for cell in row.values() if isinstance(cell, str))]

    @cached_property
    def sources(self) -> list[str]:
        """The addresses that changed rows name as their sources, each once, but for those that were here before."""
        known = {
            row.get("source") for rows in self.before.values() if isinstance(rows, list) for row in rows
            if isinstance(row, dict)
        }  # fmt: skip
        return list(
            dict.fromkeys(row["source"] for row in self.rows if row.get("source") and row["source"] not in known)
        )

    @property
    def is_resource(self) -> bool:
        """Whether it asks for a resource."""
        return self.proposal.type == Entry.Type.RESOURCE

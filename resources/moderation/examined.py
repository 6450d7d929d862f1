"""What the checks look at: a proposal with what its author changed; and what a check says."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from resources.entries.content import MODELS, Content, complete
from resources.entries.models import Entry
from resources.proposals.models import Proposal
from resources.text.addresses import is_web_address
from resources.text.readdressing import read_addresses
from resources.text.render_limits import TextTooComplex, TextTooLarge
from resources.text.suspicion import addresses_in

PASSED, WARNED, FAILED, PENDING = "passed", "warned", "failed", "pending"


MOST_OPENED = 20
"""Links within a proposal that are opened."""


def _links_of(text: str) -> list[str]:
    """The links of a text as the renderer finds them; those of one that cannot be drawn are not opened."""
    if "://" not in text and "www." not in text:
        return []
    try:
        return read_addresses(text)
    except (TextTooLarge, TextTooComplex):
        return []


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
    def own_link(self) -> str:
        """The link of a resource that the author wrote or changed; "" where there is none to open."""
        address = self.content.get("url", "") if self.is_resource and "url" in self.changed else ""
        return address if is_web_address(address) else ""

    @cached_property
    def may_lead_outside(self) -> bool:
        """Whether something in what was written looks like a new link: quicker than to draw it, and enough to ask."""
        typed = [text for name, text in self.texts.items() if name != "url"]
        typed += [cell for row in self.rows for cell in row.values() if isinstance(cell, str)]
        return bool(self.sources) or any(not self._known.issuperset(addresses_in(text)) for text in typed)

    @cached_property
    def _known(self) -> set[str]:
        """What looks like an address in what the author started from."""
        return set(addresses_in(json.dumps(self.before, ensure_ascii=False)))

    @cached_property
    def links_inside(self) -> list[str]:
        """The sources that the author wrote, and the links of what they wrote, MOST_OPENED of them; each once."""
        typed = [text for name, text in self.texts.items() if name != "url"]
        typed += [cell for row in self.rows for name, cell in row.items() if isinstance(cell, str) and name != "source"]
        written = [
            *self.sources,
            *(address for text in typed for address in _links_of(text) if address not in self._known),
        ]
        return [one for one in dict.fromkeys(written) if is_web_address(one) and one != self.own_link][:MOST_OPENED]

    @property
    def opened(self) -> set[str]:
        """The addresses that are opened to examine it."""
        return {address for address in (self.own_link, *self.links_inside) if address}

    @property
    def is_resource(self) -> bool:
        """Whether it asks for a resource."""
        return self.proposal.type == Entry.Type.RESOURCE

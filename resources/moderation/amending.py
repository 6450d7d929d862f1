"""What an author needs to amend a proposal: both sides, and where they contradict each other."""

from dataclasses import dataclass

from resources.entries.content import MODELS, Content, complete, content_kinds, empty_content, read_content
from resources.entries.models import Entry
from resources.moderation.records import live_entry
from resources.proposals.models import Proposal
from resources.proposals.standing import three_sides
from resources.text.merge import MergedContent, merge_fields


@dataclass(frozen=True, slots=True)
class Sides:
    """What the author started from, what they made of it, what is live now, and the three-way merge of them.

    `live` is the entry with its live revision number (the base of the amendment); it and the merge are None for a new
    entry, whose theirs is empty. `draft` is what a form begins with: merged, with mine where they contradict.
    """

    base: Content
    mine: Content
    theirs: Content
    live: Entry | None = None
    merge: MergedContent | None = None

    @property
    def draft(self) -> Content:
        """What the form begins with."""
        return self.mine if self.merge is None else self.merge.draft


def sides(proposal: Proposal) -> Sides:
    """Both sides of a proposal as they stand now."""
    model = MODELS[proposal.type]
    mine = complete(model, proposal.content)
    if proposal.act == Proposal.Act.CREATE:
        return Sides(empty_content(model), mine, empty_content(model))
    live = live_entry(proposal)
    if proposal.act == Proposal.Act.REMOVE:
        return Sides(read_content(live), mine, read_content(live), live)
    base, mine, theirs = three_sides(proposal, live)
    merge = merge_fields(content_kinds(model), base, mine, theirs)
    return Sides(base, mine, theirs, live, merge)

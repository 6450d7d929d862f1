"""Many proposals as one act, by an operator's command or by the house itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import batched

from django.db import transaction

from accounts.models import User
from resources.entries.content import MODELS, Content
from resources.entries.models import Entry
from resources.history.models import Event
from resources.moderation.checks import examine
from resources.moderation.opening import ask_to_open
from resources.proposals.models import Proposal, ProposalVersion
from resources.proposals.references import renumbered
from resources.proposals.standing import stand
from resources.webhooks.announcing import announce_batch

SLICE = 100
"""So many proposals are checked and put in while other writers wait: one or two seconds."""


@dataclass(slots=True)
class Asked:
    """One change of a batch. `number` is what others of the batch call its entry, where it is a new section.

    `base` is the revision that its author started from; left out, it is the live one.
    """

    content: Content
    type: str
    author: User
    summary: str
    entry: Entry | None = None
    removed: bool = False
    number: int = 0
    base: int | None = None


def propose_many(asked: Sequence[Asked], *, batch: str) -> list[Proposal]:
    """Puts a batch into the review queue and returns what is new in it; whoever calls answers for the right to do so.

    What was proposed before in the same words is not proposed again, whether it waits or was rejected. A change that
    names a section of the same batch comes after that one, and refers to its proposal. A large batch is put in by slices,
    so that nobody's save waits long; one that was interrupted is completed by running it again.
    """
    made: list[Proposal] = []
    numbers: dict[int, int] = {}
    for slice_ in batched(asked, SLICE, strict=False):
        made += _propose_slice(slice_, numbers, batch)
    return made


def _propose_slice(asked: Sequence[Asked], numbers: dict[int, int], batch: str) -> list[Proposal]:
    """Proposes a part of a batch in a transaction of its own, and adds to `numbers` what its sections are called."""
    made: list[Proposal] = []
    with transaction.atomic():
        for one in asked:
            content = renumbered(one.content, numbers)
            proposal = _same(one, content)
            if proposal is None:
                proposal = _proposal(one, content, batch)
                if proposal.entry is not None and proposal.base != proposal.entry.revision_number:
                    proposal.standing = stand(proposal, MODELS[proposal.type].objects.get(pk=proposal.entry.pk)).word
                examine(proposal)
                proposal.save(force_insert=True)
                made.append(proposal)
            if one.number:
                numbers[one.number] = -proposal.pk
        ProposalVersion.objects.bulk_create([_version(proposal) for proposal in made])
        Event.objects.bulk_create([_event(proposal) for proposal in made])
        ask_to_open(made)
        announce_batch(made)
    return made


def _act(one: Asked) -> str:
    if one.entry is None:
        return Proposal.Act.CREATE
    return Proposal.Act.REMOVE if one.removed else Proposal.Act.EDIT


def _same(one: Asked, content: Content) -> Proposal | None:
    """An earlier proposal that asks for the same and was neither accepted nor withdrawn."""
    standing = [Proposal.State.OPEN, Proposal.State.CHANGES_REQUESTED, Proposal.State.REJECTED]
    found = Proposal.objects.filter(
        type=one.type, act=_act(one), entry=one.entry, title=content["title"][:300], state__in=standing
    )
    return next((proposal for proposal in found if proposal.content == content), None)


def _proposal(one: Asked, content: Content, batch: str) -> Proposal:
    return Proposal(
        entry=one.entry,
        type=one.type,
        act=_act(one),
        title=content["title"][:300],
        content=content,
        base=(one.base or one.entry.revision_number) if one.entry else None,
        author=one.author,
        summary=one.summary,
        batch=batch,
        tested_at=one.entry.revision_number if one.entry else 0,
    )


def _version(proposal: Proposal) -> ProposalVersion:
    return ProposalVersion(
        proposal=proposal,
        number=1,
        content=proposal.content,
        base=proposal.base,
        author=proposal.author,
        summary=proposal.summary,
    )


def _event(proposal: Proposal) -> Event:
    return Event(
        actor=proposal.author,
        act="proposed",
        entry=proposal.entry,
        proposal=proposal,
        person=proposal.author,
        why=proposal.summary,
        details={"batch": proposal.batch},
    )

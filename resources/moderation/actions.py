"""What may be done to a proposal: each act is one door, with an event and a notice."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.content import MODELS, Content, complete
from resources.entries.models import Entry
from resources.history.models import Event, Revision
from resources.permissions import may_propose, may_publish
from resources.proposals.models import Proposal, ProposalVersion
from resources.publishing import PublishRefused, publish, remove
from resources.text.cleaning import clean_source


class NotAllowed(PublishRefused):
    """This person may not do this; the message says who may, or what to do instead."""


def submit(
    content: Content,
    *,
    author: User,
    entry: Entry | None = None,
    type: str = "",  # noqa: A002  # the field's own word
    base: int | None = None,
    summary: str = "",
    significance: str = Revision.Significance.CONTENT,
    act: str = "",
    ask_review: bool = False,
    seconds: int | None = None,
) -> Revision | Proposal:
    """Publishes at once where the author may, else proposes. `act` as in publish(); "removed" takes the entry away.

    Raises NotAllowed, and what publish() raises.
    """
    level = entry.protection_level if entry else ""
    if not ask_review and may_publish(author, level):
        if act == Revision.Act.REMOVED and entry is not None:
            return remove(entry, author=author, reason=summary)
        return publish(
            content,
            author=author,
            entry=entry,
            type=type,
            base=base,
            summary=summary,
            significance=significance,
            act=act,
        )
    return propose(
        content,
        author=author,
        entry=entry,
        type=type,
        base=base,
        summary=summary,
        significance=significance,
        remove_it=act == Revision.Act.REMOVED,
        seconds=seconds,
    )


def propose(
    content: Content,
    *,
    author: User,
    entry: Entry | None = None,
    type: str = "",  # noqa: A002  # the field's own word
    base: int | None = None,
    summary: str = "",
    significance: str = Revision.Significance.CONTENT,
    remove_it: bool = False,
    batch: str = "",
    seconds: int | None = None,
) -> Proposal:
    """Puts content into the review queue. Raises NotAllowed."""
    if not may_propose(author, entry.protection_level if entry else ""):
        raise NotAllowed(
            _("You cannot propose here. Sign in with a confirmed e-mail address, or ask on the talk page.")
        )
    type = entry.type if entry else type  # noqa: A001  # the field's own word
    content = complete(MODELS[type], content)
    act = Proposal.Act.EDIT if entry else Proposal.Act.CREATE
    with transaction.atomic():
        proposal = Proposal.objects.create(
            entry=entry and Entry.objects.get(pk=entry.pk),
            type=type,
            act=Proposal.Act.REMOVE if remove_it else act,
            title=content["title"][:300],
            content=content,
            base=(base or entry.revision_number) if entry else None,
            author=author,
            summary=clean_source(summary),
            significance=significance,
            batch=batch,
            seconds=seconds,
            tested_at=entry.revision_number if entry else 0,
        )
        keep_version(proposal)
        record("proposed", proposal, actor=author, why=proposal.summary)
    return proposal


def keep_version(proposal: Proposal) -> None:
    """Keeps what the proposal says at its present version."""
    ProposalVersion.objects.create(
        proposal=proposal,
        number=proposal.version,
        content=proposal.content,
        base=proposal.base,
        author=proposal.author,
        summary=proposal.summary,
    )


def record(act: str, proposal: Proposal, *, actor: User, why: str = "", **details: Any) -> Event:
    """One line of the log about a proposal."""
    return Event.objects.create(
        actor=actor, act=act, entry=proposal.entry, proposal=proposal, person=proposal.author, why=why, details=details
    )

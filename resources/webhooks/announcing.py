"""What happened, as a message for every webhook that wants to hear of it: written down inside the act's transaction, sent
after it by a task.
"""

import json
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Protocol
from uuid import uuid4

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from resources.history.models import Revision
from resources.links.models import Link
from resources.links.wording import sentence_of
from resources.proposals.models import Proposal
from resources.webhooks.models import Delivery, Happening, Webhook
from resources.webhooks.sending import send_deliveries

MOST = 50
"""Revisions or links that one message names; `count` says how many there are."""

OF_PROPOSALS: Mapping[str, Happening] = {
    "proposed": Happening.PROPOSED,
    "amended": Happening.PROPOSED,
    "reopened": Happening.PROPOSED,
    "accepted": Happening.DECIDED,
    "rejected": Happening.DECIDED,
    "changes_requested": Happening.DECIDED,
    "withdrawn": Happening.DECIDED,
    "superseded": Happening.DECIDED,
}
"""The acts on proposals that are told, as the log calls them."""

type Plain = dict[str, Any]


class Visited(Protocol):
    """A link that was visited, as it is written down, and what readers were told before."""

    @property
    def link(self) -> Link: ...

    @property
    def before(self) -> str: ...


def announce(happening: Happening, data: Mapping[str, Any], *, to: Iterable[Webhook] | None = None) -> list[Delivery]:
    """Writes the message for each webhook that wants it, and has it sent once the caller's transaction is through."""
    hooks = Webhook.objects.filter(state=Webhook.State.ON) if to is None else to
    wanted = [hook for hook in hooks if to is not None or happening in hook.happenings]
    if not wanted:
        return []
    message = {"id": str(uuid4()), "happening": happening.value, "at": timezone.now(), "data": data}
    body = json.dumps(message, cls=DjangoJSONEncoder, ensure_ascii=False)
    made: list[Delivery] = Delivery.objects.bulk_create(
        [Delivery(webhook=hook, happening=happening, body=body) for hook in wanted]
    )
    transaction.on_commit(partial(send_deliveries.enqueue, [one.pk for one in made]), robust=True)
    return made


def announce_published(revisions: Iterable[Revision]) -> None:
    """Tells of what one act made live."""
    made = list(revisions)
    if made:
        announce(Happening.PUBLISHED, {"count": len(made), "revisions": [_revision(one) for one in made[:MOST]]})


def announce_proposal(act: str, proposal: Proposal, *, actor: User) -> None:
    """Tells of an act on a proposal, where it is one of which others hear."""
    if act in OF_PROPOSALS:
        announce(OF_PROPOSALS[act], _of_proposal(act, proposal, actor))


def announce_batch(proposals: Iterable[Proposal]) -> None:
    """Tells of proposals that came together, in a message for each, as if they had come one by one."""
    hooks = [hook for hook in Webhook.objects.filter(state=Webhook.State.ON) if Happening.PROPOSED in hook.happenings]
    for proposal in proposals if hooks else ():
        announce(Happening.PROPOSED, _of_proposal("proposed", proposal, proposal.author), to=hooks)


def announce_links(visited: Iterable[Visited]) -> None:
    """Tells of links that turned broken, and of broken ones that work again."""
    turned = [(one.link, one.before) for one in visited if one.before != one.link.state]
    broken = [link for link, _before in turned if link.state == Link.State.BROKEN]
    works = [link for link, before in turned if before == Link.State.BROKEN]
    for happening, links in ((Happening.LINK_BROKEN, broken), (Happening.LINK_WORKS, works)):
        if links:
            announce(happening, {"count": len(links), "links": [_link(one) for one in links[:MOST]]})


def _revision(revision: Revision) -> Plain:
    entry = revision.entry
    return {
        "type": entry.type,
        "slug": entry.slug,
        "title": entry.title,
        "page": f"{settings.SITE_URL}{entry.get_absolute_url()}",
        "revision": revision.number,
        "act": revision.act,
        "author": revision.author.name,
        "summary": revision.headline,
    }


def _of_proposal(act: str, proposal: Proposal, actor: User) -> Plain:
    return {"act": act, "by": actor.name, "proposal": _proposal(proposal)}


def _proposal(proposal: Proposal) -> Plain:
    return {
        "number": proposal.pk,
        "type": proposal.type,
        "act": proposal.act,
        "title": proposal.title,
        "state": proposal.state,
        "author": proposal.author.name,
        "page": f"{settings.SITE_URL}{proposal.get_absolute_url()}",
    }


def _link(link: Link) -> Plain:
    return {
        "address": link.address,
        "state": link.state,
        "status": link.status,
        "detail": sentence_of(link),
        "page": f"{settings.SITE_URL}{link.get_absolute_url()}",
    }

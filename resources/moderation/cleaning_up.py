"""All that one person did since a moment, taken back everywhere in one act that was seen before."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from resources.discussion.actions import delete_post
from resources.discussion.models import Post
from resources.history.models import Event
from resources.moderation.blocking import block
from resources.moderation.clean_up_plans import Plan, plan_clean_up
from resources.moderation.records import record
from resources.moderation.refusals import NotAllowed
from resources.notices.telling import tell
from resources.permissions import may_review
from resources.proposals.models import Proposal
from resources.publishing import PublishRefused, StaleRead, publish_many
from resources.text.cleaning import clean_source


class NothingToCleanUp(PublishRefused):
    """The person did nothing in this time that could be taken back."""


@dataclass(frozen=True, slots=True)
class Also:
    """What else happens in the same act."""

    block_until: datetime | None = None
    proposals: bool = False
    posts: bool = False


def clean_up(
    person: User, since: datetime, *, by: User, reason: str, plan_digest: str, also: Also | None = None
) -> Event:
    """Does what plan_clean_up() showed, all or nothing; returns the one event that tells it all.

    Cleaning up after a moderator takes a mistaken clean-up back. Raises NotAllowed, StaleRead where the plan is not the
    one that was seen, NothingToCleanUp, and what publish() and block() raise.
    """
    also = also or Also()
    if not may_review(by):
        raise NotAllowed(_("Only moderators clean up. Report what you found."))
    reason = clean_source(reason).strip()
    if not reason:
        raise PublishRefused(_("Say why: it stands in the history of every page."))
    with transaction.atomic():
        plan = plan_clean_up(person, since)
        if plan.digest != plan_digest:
            raise StaleRead(_("Something changed since you looked. Look at the list again, then decide."))
        if plan.is_empty:
            raise NothingToCleanUp(_("Nothing of this person's is left from this time. Choose an earlier moment."))
        done = _take_back(plan, by, reason)
        done["proposals"] = _end_proposals(plan, by, reason) if also.proposals else []
        done["posts"] = _remove_posts(plan, by, reason) if also.posts else []
        if also.block_until is not None:
            block(person, until=also.block_until, reason=reason, by=by)
        tell([person], "cleaned_up", actor=by, words=reason)
        return Event.objects.create(actor=by, act="cleaned_up", person=person, why=reason, details=done)


def _take_back(plan: Plan, by: User, reason: str) -> dict[str, Any]:
    """Publishes every reversal at once; returns what the event says of them."""
    said = _("Clean up after %(name)s: %(reason)s") % {"name": plan.person, "reason": reason}
    revisions = publish_many(
        [step.change({"undone": list(step.numbers), "of": plan.person.name}) for step in plan.reversals],
        author=by,
        summary=said,
    )
    entries = [
        {"entry": revision.entry_id, "title": revision.entry.title, "revision": revision.number, "act": revision.act}
        for revision in revisions
    ]
    left = [{"entry": step.entry.pk, "title": step.entry.title} for step in plan.left_for_hands]
    return {"since": plan.since.isoformat(), "entries": entries, "by_hand": left}


def _end_proposals(plan: Plan, by: User, reason: str) -> list[int]:
    """Rejects what still waits; one's own is withdrawn, since nobody decides their own."""
    held = Proposal.objects.select_for_update(of=("self",)).filter(pk__in=plan.proposals).select_related("entry")
    own = by.pk == plan.person.pk
    for proposal in held.order_by("pk"):
        proposal.state = Proposal.State.WITHDRAWN if own else Proposal.State.REJECTED
        if not own:
            proposal.decided_by, proposal.decided_at, proposal.note = by, timezone.now(), reason
        proposal.claimed_by = proposal.claimed_until = None
        proposal.save(update_fields=["state", "decided_by", "decided_at", "note", "claimed_by", "claimed_until"])
        record("withdrawn" if own else "rejected", proposal, actor=by, why=reason)
    return list(plan.proposals)


def _remove_posts(plan: Plan, by: User, reason: str) -> list[int]:
    for post in Post.objects.filter(pk__in=plan.posts).select_related("author", "thread").order_by("pk"):
        delete_post(post, actor=by, reason=reason)
    return list(plan.posts)

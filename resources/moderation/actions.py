"""What authors do with proposals: each act is one door, with an event and a notice. Moderators' are in deciding.py."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from resources.entries.content import MODELS, Content, complete
from resources.entries.models import Entry
from resources.history.limits import keep_pace
from resources.history.models import Revision
from resources.moderation.blocking import block_words
from resources.moderation.checks import examine
from resources.moderation.opening import ask_to_open
from resources.moderation.protecting import protection_of, protection_words
from resources.moderation.records import (
    drop_claim,
    hold,
    hold_to_decide,
    keep_version,
    live_entry,
    need_moderator,
    record,
)
from resources.moderation.refusals import NotAllowed, StaleProposal, stale_ground, stale_state
from resources.notices.telling import tell
from resources.notices.watching import watch_own
from resources.permissions import may_propose, may_publish
from resources.proposals.models import Proposal
from resources.proposals.moves import may_move
from resources.proposals.standing import stand
from resources.publishing import publish, remove
from resources.text.cleaning import clean_source

__all__ = ["NotAllowed", "amend", "apply_repair", "propose", "recheck", "record", "reopen", "submit", "withdraw"]


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

    Raises NotAllowed, TooFast, and what publish() raises.
    """
    level = entry.protection_level if entry else ""
    if not ask_review and may_publish(author, level):
        keep_pace(author, "publish")
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


def _why_not(author: User, entry: Entry | None) -> str:
    if author.is_blocked:
        return block_words(author)
    protection = protection_of(entry) if entry else None
    if protection and may_propose(author):
        return protection_words(protection)
    return _("You cannot propose here. Sign in with a confirmed e-mail address, or ask on the talk page.")


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
    seconds: int | None = None,
) -> Proposal:
    """Puts content into the review queue; many at once go in by batches.propose_many(). Raises NotAllowed, or TooFast."""
    if not may_propose(author, entry.protection_level if entry else ""):
        raise NotAllowed(_why_not(author, entry))
    keep_pace(author, "propose")
    type = entry.type if entry else type  # noqa: A001  # the field's own word
    content = complete(MODELS[type], content)
    act = Proposal.Act.EDIT if entry else Proposal.Act.CREATE
    with transaction.atomic():
        proposal = Proposal(
            entry=Entry.objects.select_for_update(no_key=True).get(pk=entry.pk) if entry else None,
            type=type,
            act=Proposal.Act.REMOVE if remove_it else act,
            title=content["title"][:300],
            content=content,
            base=(base or entry.revision_number) if entry else None,
            author=author,
            summary=clean_source(summary),
            significance=significance,
            seconds=seconds,
        )
        stand_anew(proposal)
        examine(proposal)
        proposal.save()
        keep_version(proposal)
        record("proposed", proposal, actor=author, why=proposal.summary)
        _announce(proposal)
        ask_to_open([proposal])
    return proposal


def _announce(proposal: Proposal) -> None:
    """Tells the moderators who watch; its author watches the entry from now on."""
    tell(watching_moderators(proposal), "proposal_new", actor=proposal.author, proposal=proposal)
    if proposal.entry_id:
        watch_own(proposal.author, [proposal.entry_id])


def amend(
    proposal: Proposal,
    content: Content,
    *,
    author: User,
    version: int | None = None,
    base: int | None = None,
    summary: str | None = None,
    significance: str | None = None,
) -> Proposal:
    """Replaces what a proposal asks for. Its checks run again, and who decides looks again.

    `version` is the one that the author amends; `base` the revision that they settled it against, where it needed them.
    Where changes had been asked for, its wait begins anew. Raises NotAllowed or StaleProposal.
    """
    with transaction.atomic():
        held = hold(proposal, version=version)
        _need_author(held, author)
        if held.state not in {Proposal.State.OPEN, Proposal.State.CHANGES_REQUESTED}:
            raise stale_state(held)
        if not may_propose(author, held.entry.protection_level if held.entry else ""):
            raise NotAllowed(_("You cannot propose here now. Ask on the talk page of this proposal."))
        keep_pace(author, "amend")
        asked = {moderator for moderator in (asker_of(held), held.claimed_by) if moderator}
        if held.state == Proposal.State.CHANGES_REQUESTED:
            held.state, held.waiting_since = Proposal.State.OPEN, timezone.now()
        if summary is not None:
            held.summary = clean_source(summary)
        held.significance = significance or held.significance
        drop_claim(held)
        replace_content(held, content, base=base)
        record("amended", held, actor=author, why=held.summary, version=held.version)
        tell(asked, "proposal_amended", actor=author, proposal=held)
    return held


def replace_content(held: Proposal, content: Content, *, base: int | None = None, by: User | None = None) -> None:
    """Gives a held proposal its next version and saves it; `by` is a moderator who changed it for its author."""
    held.content = complete(MODELS[held.type], content)
    held.title = held.content["title"][:300]
    held.version += 1
    held.base = (base or held.base) if held.act != Proposal.Act.CREATE else None
    stand_anew(held)
    examine(held)
    held.save()
    keep_version(held, by=by)
    ask_to_open([held])


def apply_repair(proposal: Proposal, name: str, *, by: User, version: int) -> Proposal:
    """Mends what the check of this name found, as its author, or as a moderator in the author's name.

    A moderator's repair is the proposal's next version under the moderator's name; it waits as before. Raises NotAllowed,
    StaleProposal or Claimed.
    """
    with transaction.atomic():
        if proposal.author_id == by.pk:
            held = hold(proposal, version=version)
            return amend(held, held.content | _repair(held, name), author=by, version=version)
        held = hold_to_decide(proposal, moderator=by, version=version, states=(Proposal.State.OPEN,))
        replace_content(held, held.content | _repair(held, name), by=by)
        record("repaired", held, actor=by, check=name, version=held.version)
        tell([held.author], "proposal_amended", actor=by, proposal=held)
    return held


def _repair(held: Proposal, name: str) -> Content:
    repairs: list[Content] = [check["repair"] for check in held.checks if check["name"] == name and check["repair"]]
    if not repairs:
        raise StaleProposal(_("This is mended already. Look again."))
    return repairs[0]


def recheck(proposal: Proposal) -> Proposal:
    """Runs the checks again on what is proposed and live now; the proposal stays at its version."""
    with transaction.atomic():
        held = hold(proposal)
        examine(held)
        held.save(update_fields=["checks", "check_state"])
        ask_to_open([held])
    return held


def withdraw(proposal: Proposal, *, author: User) -> Proposal:
    """Takes a proposal back before it is decided. Raises NotAllowed or StaleProposal."""
    with transaction.atomic():
        held = hold(proposal)
        _need_author(held, author)
        if not may_move(held.state, Proposal.State.WITHDRAWN):
            raise stale_state(held)
        held.state = Proposal.State.WITHDRAWN
        held.save(update_fields=["state", *drop_claim(held)])
        record("withdrawn", held, actor=author)
    return held


def reopen(proposal: Proposal, *, by: User) -> Proposal:
    """Puts a withdrawn proposal back into the queue for its author, or a rejected one for a moderator.

    Raises NotAllowed or StaleProposal.
    """
    with transaction.atomic():
        held = hold(proposal)
        if held.state == Proposal.State.WITHDRAWN:
            _need_author(held, by)
            if not may_propose(by, held.entry.protection_level if held.entry else ""):
                raise NotAllowed(_why_not(by, held.entry))
            keep_pace(by, "amend")
        elif held.state == Proposal.State.REJECTED:
            need_moderator(by, held)
        else:
            raise stale_state(held)
        put_back(held)
        held.waiting_since = timezone.now()
        held.save()
        record("reopened", held, actor=by)
        tell([held.author], "proposal_reopened", actor=by, proposal=held)
    return held


def put_back(held: Proposal) -> None:
    """Makes a held proposal open and undecided, and tests how it stands; unsaved."""
    held.state = Proposal.State.OPEN
    held.decided_by, held.decided_at, held.revision, held.note = None, None, None, ""
    drop_claim(held)
    stand_anew(held)


def stand_anew(proposal: Proposal) -> None:
    """Tests how a proposal stands to what is live now; unsaved. Raises StaleProposal where its base never was."""
    if proposal.act != Proposal.Act.CREATE:
        live = live_entry(proposal)
        if (proposal.base or 0) > live.revision_number:
            raise stale_ground(proposal)
        proposal.standing, proposal.tested_at = stand(proposal, live).word, live.revision_number


def watching_moderators(proposal: Proposal) -> list[User]:
    """Moderators who watch the entry, or the section where it wants to sit."""
    sections = [row["section"] for row in proposal.content.get("placements", ()) if row["section"] > 0]
    watched = [*sections, *([proposal.entry_id] if proposal.entry_id else [])]
    people = User.objects.filter(watches__entry__in=watched, groups__name__in=[Role.MODERATOR, Role.ADMINISTRATOR])
    return list(people.distinct())


def asker_of(proposal: Proposal) -> User | None:
    """The moderator who asked for changes last."""
    event = proposal.events.filter(act="changes_requested").select_related("actor").order_by("-pk").first()
    return event.actor if event else None


def _need_author(proposal: Proposal, person: User) -> None:
    if proposal.author_id != person.pk:
        raise NotAllowed(_("Only its author can do this. Propose a change of your own instead."))

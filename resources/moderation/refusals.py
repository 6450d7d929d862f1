"""Why a proposal cannot be moved: every refusal names what to do."""

from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.refusals import PublishRefused
from resources.proposals.models import Proposal


class NotAllowed(PublishRefused):
    """This person may not do this; the message says who may, or what to do instead."""


class OwnProposal(NotAllowed):
    """Nobody decides what they proposed themselves."""

    def __init__(self) -> None:
        super().__init__(_("This proposal is your own, so somebody else decides it. You can amend or withdraw it."))


class StaleProposal(PublishRefused):
    """The proposal, or what is live, is not what this person saw; nothing was written."""


class Claimed(StaleProposal):
    """Another moderator looks at it now."""

    def __init__(self, by: User | None) -> None:
        super().__init__(
            _("%(name)s is looking at this proposal now. Talk to them, or take the next one.") % {"name": by}
        )


class NeedsAuthor(PublishRefused):
    """It contradicts what is live now."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This proposal contradicts what is live now. Ask its author to settle it, or accept it with changes of"
                " your own."
            )
        )


class NothingLeft(PublishRefused):
    """All that it asks for is live already."""

    def __init__(self) -> None:
        super().__init__(_("What this proposal asks for is live already. Reject it and say so."))


class EntryGone(PublishRefused):
    """The entry that it changes is out of sight."""

    def __init__(self) -> None:
        super().__init__(_("The entry was removed meanwhile. Restore it first, or reject the proposal and say so."))


class NotEmpty(PublishRefused):
    """A section with entries in it stays, and so does a guide that others stand under or lead on to."""

    def __init__(self) -> None:
        super().__init__(
            _("Other entries are in this one or lead on to it. Move them away first, then accept its removal.")
        )


class ReasonMissing(PublishRefused):
    """A refusal without a reason teaches nobody."""

    def __init__(self) -> None:
        super().__init__(_("Say why in a sentence: the author reads it."))


class TooLate(PublishRefused):
    """What was decided stands."""


def stale_state(proposal: Proposal) -> StaleProposal:
    """Says what became of it meanwhile."""
    said = {
        Proposal.State.OPEN: _("“%(title)s” is open again. Look again."),
        Proposal.State.CHANGES_REQUESTED: _("Changes to “%(title)s” were asked for meanwhile. Look again."),
        Proposal.State.ACCEPTED: _("“%(title)s” was accepted by %(name)s meanwhile. Look again."),
        Proposal.State.REJECTED: _("“%(title)s” was rejected by %(name)s meanwhile. Look again."),
        Proposal.State.WITHDRAWN: _("“%(title)s” was withdrawn by its author meanwhile. Look again."),
    }
    sentence = said[Proposal.State(proposal.state)]
    return StaleProposal(sentence % {"title": proposal.title, "name": proposal.decided_by})


def stale_version(proposal: Proposal) -> StaleProposal:
    """Says that it is not what was seen."""
    return StaleProposal(_("“%(title)s” was amended meanwhile. Look again.") % {"title": proposal.title})


def stale_ground(proposal: Proposal) -> StaleProposal:
    """Says that its entry moved, so that accepting does something else than what was seen."""
    return StaleProposal(
        _("“%(title)s” was edited meanwhile, and this proposal now changes something else. Look again.")
        % {"title": proposal.title}
    )

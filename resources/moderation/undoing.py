"""Taking back what an accepted proposal made live."""

from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.content import complete, content_kinds, read_content
from resources.entries.models import Entry
from resources.entries.refusals import PublishRefused
from resources.history.models import Revision
from resources.moderation.records import live_entry
from resources.moderation.taking_back import peopled
from resources.proposals.models import Proposal
from resources.publishing import publish, remove, restore
from resources.text.merge import merge_fields


class CannotTakeBack(PublishRefused):
    """Others built on it meanwhile."""


def take_back(held: Proposal, revision: Revision, *, by: User) -> Revision:
    """Undoes the revision that an accepted, held proposal made; inside a transaction.

    A new entry is removed, a removed one restored, and an edit taken out by a three-way merge. Raises CannotTakeBack.
    """
    entry = live_entry(held)
    if held.act == Proposal.Act.REMOVE:
        if entry.revision_number != revision.number:
            raise CannotTakeBack(_("The entry was restored meanwhile, so there is nothing to undo."))
        return restore(entry, number=revision.number, author=by, summary=_why(held))
    if not entry.live:
        raise CannotTakeBack(_("The entry was removed meanwhile. Restore it first."))
    if held.act == Proposal.Act.CREATE:
        if entry.revision_number != revision.number:
            raise CannotTakeBack(_("Others have edited the new entry meanwhile. Remove it by hand, with a reason."))
        if peopled([entry]):
            raise CannotTakeBack(_("The new section has entries in it already. Move them away first."))
        return remove(entry, author=by, reason=_why(held), settling=held.pk)
    return _take_out(held, entry, revision, by=by)


def _take_out(held: Proposal, entry: Entry, revision: Revision, *, by: User) -> Revision:
    """Publishes what is live without what this revision changed."""
    model = type(entry)
    before = complete(model, entry.revisions.get(number=revision.number - 1).content)
    merge = merge_fields(content_kinds(model), complete(model, revision.content), before, read_content(entry))
    if merge.conflicts:
        raise CannotTakeBack(_("Others have changed the same place meanwhile. Edit the entry instead."))
    return publish(
        merge.content,
        author=by,
        entry=entry,
        base=entry.revision_number,
        summary=_why(held),
        act=Revision.Act.UNDONE,
        settling=held.pk,
    )


def _why(held: Proposal) -> str:
    return _("The decision on proposal %(number)s was undone.") % {"number": held.pk}

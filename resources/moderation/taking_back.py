"""Taking back what was published: one old change by a three-way merge, or all of one person's latest on an entry.

Planning is apart from doing: a page shows what would happen, and names the revision that it was reckoned from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.content import MODELS, Content, complete, content_fields, content_kinds, read_content
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry, Placement, Section
from resources.history.models import Revision
from resources.moderation.refusals import NotAllowed
from resources.permissions import may_publish
from resources.publishing import Change, PublishRefused, StaleRead, publish_many
from resources.text.merge import MergedContent, merge_fields


class CannotUndo(PublishRefused):
    """What shall be taken back does not come off cleanly; the message names what stands in the way."""


@dataclass(frozen=True, slots=True)
class State:
    """What an entry was, is or shall be: its content, and whether it is out of sight."""

    content: Content
    removed: bool


@dataclass(frozen=True, slots=True)
class Reversal:
    """An entry as it is live now (`entry`, at `number`), and what taking something back makes of it."""

    entry: Entry
    before: State
    after: State
    numbers: tuple[int, ...] = ()  # the revisions that are taken back

    @property
    def number(self) -> int:
        """The live revision that this was reckoned from."""
        return self.entry.revision_number

    @property
    def act(self) -> str:
        """The word for it. A removed state always says so in its revision: state_of() relies on that."""
        if self.after.removed:
            return Revision.Act.REMOVED
        return Revision.Act.RESTORED if self.before.removed else Revision.Act.UNDONE

    def change(self, details: dict[str, Any]) -> Change:
        """What publish_many() wants."""
        return Change(self.after.content, self.entry, act=self.act, removed=self.after.removed, details=details)


def state_of(revision: Revision) -> State:
    """What a revision made of its entry."""
    content = complete(MODELS[revision.entry.type], revision.content)
    return State(content, revision.act == Revision.Act.REMOVED)


def state_now(entry: Entry) -> State:
    """What readers see; the entry is of its own kind."""
    return State(read_content(entry), entry.removed_at is not None)


def undo(revision: Revision, *, by: User, reason: str = "", live: int | None = None) -> Revision:
    """Takes one old change out of what is live; `live` is the revision that the person saw it reckoned from.

    Raises NotAllowed, CannotUndo, StaleRead, or what publish() raises.
    """
    with transaction.atomic():
        entry = _entry_for(revision.entry_id, by, live)
        plan = plan_undo(entry, revision)
        said = _("Undo revision %(number)s by %(name)s") % {"number": revision.number, "name": revision.author}
        return _do(plan, {"undone": [revision.number], "of": revision.author.name}, by=by, said=said, reason=reason)


def roll_back(entry: Entry, person: User, *, by: User, reason: str = "", live: int | None = None) -> Revision:
    """Takes back all latest consecutive edits of one person; without an earlier author the entry is removed.

    Raises as undo() does, also when their edits are no longer on top.
    """
    with transaction.atomic():
        present = _entry_for(entry.pk, by, live)
        plan = plan_roll_back(present, person)
        said = _("Roll back the latest edits by %(name)s") % {"name": person}
        return _do(plan, {"undone": list(plan.numbers), "of": person.name}, by=by, said=said, reason=reason)


def _entry_for(pk: int, by: User, live: int | None) -> Entry:
    base = Entry.objects.get(pk=pk)
    if not may_publish(by, base.protection_level):
        raise NotAllowed(_("Only editors take changes back. Propose an edit, or report what is wrong."))
    entry: Entry = MODELS[base.type].objects.get(pk=pk)
    if live is not None and entry.revision_number != live:
        raise StaleRead(_("This page changed since you looked. Look at what would happen now, and decide again."))
    return entry


def _do(plan: Reversal, details: dict[str, Any], *, by: User, said: str, reason: str) -> Revision:
    summary = f"{said}: {reason.strip()}" if reason.strip() else f"{said}."
    return publish_many([plan.change(details)], author=by, summary=summary)[0]


def plan_undo(entry: Entry, revision: Revision) -> Reversal:
    """What undoing a revision makes of an entry. Raises CannotUndo."""
    later = _names(entry.revisions.filter(number__gt=revision.number).exclude(author=revision.author_id))
    previous = entry.revisions.select_related("entry").filter(number=revision.number - 1).first()
    live = state_now(entry)
    after = without(entry, live, state_of(previous) if previous else None, state_of(revision), later)
    return _changing(entry, live, after, (revision.number,))


def plan_roll_back(entry: Entry, person: User) -> Reversal:
    """What taking back a person's latest edits makes of an entry. Raises CannotUndo."""
    revisions = entry.revisions.order_by("-number")
    newest = revisions.values_list("author_id", flat=True).first()
    if newest != person.pk:
        raise CannotUndo(
            _("The latest edit of “%(title)s” is not by %(name)s any more. Undo their edits one by one.")
            % {"title": entry.title, "name": person}
        )
    live = state_now(entry)
    standing = revisions.exclude(author=person).select_related("entry").first()
    after = state_of(standing) if standing else State(live.content, removed=True)
    first = standing.number + 1 if standing else 1
    return _changing(entry, live, after, tuple(range(first, entry.revision_number + 1)))


def _changing(entry: Entry, live: State, after: State, numbers: tuple[int, ...]) -> Reversal:
    if after == live:
        raise CannotUndo(
            _("Nothing of this is left on “%(title)s”: there is nothing to take back.") % {"title": entry.title}
        )
    if after.removed and live.removed:
        raise CannotUndo(_("“%(title)s” was removed. Restore it first, then undo.") % {"title": entry.title})
    if after.removed and peopled([entry]):
        raise CannotUndo(
            _("Other entries are in “%(title)s” or lead on to it. Move them away first.") % {"title": entry.title}
        )
    return Reversal(entry, live, after, numbers)


def peopled(entries: Iterable[Entry], besides: Iterable[int] = ()) -> set[int]:
    """Those of the entries that something live needs, other than `besides`: sections with anything in them, guides that
    others stand under or lead on to.
    """
    entries, besides = list(entries), list(besides)
    sections = [entry.pk for entry in entries if isinstance(entry, Section)]
    guides = [entry.pk for entry in entries if isinstance(entry, WikiPage)]
    return (_full(sections, besides) if sections else set()) | (_leant_on(guides, besides) if guides else set())


def _full(sections: list[int], besides: list[int]) -> set[int]:
    seats = Placement.objects.filter(section__in=sections, resource__removed_at=None).exclude(resource__in=besides)
    below = Section.objects.live().filter(parent__in=sections).exclude(pk__in=besides)
    parents = below.values_list("parent", flat=True)
    return {*seats.values_list("section", flat=True), *(parent for parent in parents if parent)}


def _leant_on(guides: list[int], besides: list[int]) -> set[int]:
    leaning = WikiPage.objects.live().filter(Q(parent__in=guides) | Q(redirect__in=guides)).exclude(pk__in=besides)
    pairs = leaning.values_list("parent", "redirect")
    return {pk for pair in pairs for pk in pair if pk} & set(guides)


def without(entry: Entry, live: State, before: State | None, after: State, later: Iterable[str]) -> State:
    """`live` without the change from `before` to `after`; `before` is None where the change began the entry.

    `later` names who published since. Raises CannotUndo.
    """
    if before is None:
        if later and not live.removed:
            raise CannotUndo(
                _("“%(title)s” was worked on since by %(names)s. Remove it, or edit what is wrong.")
                % {"title": entry.title, "names": ", ".join(later)}
            )
        return State(live.content, removed=True)
    merge = merge_fields(content_kinds(type(entry)), after.content, before.content, live.content)
    if merge.conflicts:
        raise CannotUndo(_in_the_way(entry, merge, later))
    flipped = before.removed != after.removed
    content = {name: list(value) if isinstance(value, tuple) else value for name, value in merge.content.items()}
    return State(complete(type(entry), content), before.removed if flipped else live.removed)


def _in_the_way(entry: Entry, merge: MergedContent, later: Iterable[str]) -> str:
    labels = {field.name: str(field.label) for field in content_fields(type(entry))}
    fields = ", ".join(labels[name] for name in merge.conflicts_by_field)
    words = {"title": entry.title, "fields": fields, "names": ", ".join(later)}
    if later:
        return _("The same place of “%(title)s” changed since (%(fields)s), by %(names)s. Edit it by hand.") % words
    return _("The same place of “%(title)s” changed since (%(fields)s). Edit it by hand.") % words


def _names(revisions: Any) -> list[str]:
    found = revisions.select_related("author").defer("content").order_by("number")
    return list(dict.fromkeys(str(revision.author) for revision in found))

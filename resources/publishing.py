"""publish(): the one door to live.

Whatever makes content live goes through here, in one transaction: a Revision, the entry's own columns and rows, the
rendered HTML, what it mentions, what search knows of it, an Alias where the address changed, and an Event.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.checking import check_content, check_leading
from resources.entries.content import (
    MODELS,
    Content,
    complete,
    content_kinds,
    fill,
    read_content,
)
from resources.entries.keeping import hold_tree, keep_aliases, new_key, save_columns
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry, Section
from resources.entries.naming import Found, Name, Names, title_name
from resources.entries.refusals import (
    EditConflict,
    GuidesBelow,
    Invalid,
    PublishRefused,
    SectionsBelow,
    StaleRead,
    Taken,
)
from resources.entries.rendering import names_in, render_entry
from resources.entries.rows import Checked, keep_rows
from resources.entries.surroundings import face_of, unsettle_around
from resources.history.changing import Change, Given, event_of, revision_of
from resources.history.models import Event, Revision
from resources.links.mentioning import Mentioning, keep_mentions
from resources.links.watching import Watched, watch
from resources.notices.telling import tell_watchers
from resources.proposals.standing import retest
from resources.search.gathering import Given as Indexed
from resources.search.index import index
from resources.text.cleaning import clean_source
from resources.text.merge import merge_fields
from resources.text.render_limits import TextTooComplex, TextTooLarge
from resources.webhooks.announcing import announce_proposal, announce_published

__all__ = [
    "Change",
    "EditConflict",
    "GuidesBelow",
    "Invalid",
    "PublishRefused",
    "SectionsBelow",
    "StaleRead",
    "Taken",
    "publish",
    "publish_many",
    "remove",
    "restore",
]

LONGEST_SUMMARY = 10_000


def publish(
    content: Content,
    *,
    author: User,
    entry: Entry | None = None,
    type: str = "",  # noqa: A002  # the field's own word
    base: int | None = None,
    summary: str = "",
    significance: str = Revision.Significance.CONTENT,
    act: str = "",
    accepted_by: User | None = None,
    settling: int | None = None,
    at: datetime | None = None,
) -> Revision:
    """Makes content live and returns its revision; the live one where nothing changed.

    `accepted_by` is the moderator who let another's proposal through, and `settling` the proposal's key.

    `base` is the number of the revision that the author edited: what others published since is merged in, field by
    field. Raises EditConflict (both sides inside), Taken, Invalid, TextTooLarge or TextTooComplex; nothing is written.
    """
    with transaction.atomic():
        change = Change(content, _locked(entry) if entry else None, type, act)
        if change.entry is not None and base is not None and base != change.entry.revision_number:
            change.content = _merged(change.entry, content, base)
            change.act = change.act or Revision.Act.MERGED
        given = Given(author, summary, at or timezone.now(), significance, accepted_by, settling)
        return _publish_all([change], given)[0]


def publish_many(
    changes: Iterable[Change],
    *,
    author: User,
    summary: str = "",
    at: datetime | None = None,
    expected: Iterable[Found] = (),
) -> list[Revision]:
    """Makes many contents live as one act, all or none: for imports and other batches.

    `expected` are entries that come with later batches of the same transaction: mentions may lead to them already.

    Raises StaleRead when somebody published to one of the entries since it was read.
    """
    changes = list(changes)
    with transaction.atomic():
        _hold([change.entry for change in changes if change.entry is not None])
        return _publish_all(changes, Given(author, summary, at or timezone.now()), expected)


def _hold(entries: list[Entry]) -> None:
    """Locks entries that were read before, and makes sure that they are still as they were read."""
    held = Entry.objects.select_for_update(no_key=True).filter(pk__in=[entry.pk for entry in entries]).order_by("pk")
    numbers = dict(held.values_list("pk", "revision_number"))
    if any(numbers.get(entry.pk) != entry.revision_number for entry in entries):
        raise StaleRead(_("Somebody published to one of these entries meanwhile. Start again."))


def remove(
    entry: Entry,
    *,
    author: User,
    reason: str,
    accepted_by: User | None = None,
    settling: int | None = None,
    at: datetime | None = None,
) -> Revision:
    """Takes an entry out of sight. Its history stays, and restore() brings it back; a section's resources keep their seats
    there until then, unseen. Raises SectionsBelow while live sections stand under it, GuidesBelow while
    live guides do so or lead on to it.
    """
    with transaction.atomic():
        present = _locked(entry)
        if isinstance(present, Section | WikiPage):
            hold_tree()
        if below := Section.objects.live().filter(parent=entry.pk).count():
            raise SectionsBelow(below)
        if isinstance(present, WikiPage) and (leaning := WikiPage.objects.leaning_on(present.pk).count()):
            raise GuidesBelow(leaning)
        change = Change(read_content(present), present, act=Revision.Act.REMOVED, removed=True)
        given = Given(author, reason, at or timezone.now(), Revision.Significance.MAJOR, accepted_by, settling)
        return _publish_all([change], given)[0]


def restore(entry: Entry, *, number: int, author: User, summary: str = "") -> Revision:
    """Makes the content of revision `number` live again, and the entry with it."""
    with transaction.atomic():
        present = _locked(entry)
        content = present.revisions.get(number=number).content
        change = Change(content, present, act=Revision.Act.RESTORED)
        return _publish_all([change], Given(author, summary, timezone.now()))[0]


def _locked(entry: Entry) -> Entry:
    """The entry as it is now, held until the transaction ends (SQLite holds the whole database by BEGIN IMMEDIATE)."""
    model = MODELS[entry.type]
    Entry.objects.select_for_update(no_key=True).only("pk").get(pk=entry.pk)
    present: Entry = model.objects.get(pk=entry.pk)
    return present


def _merged(entry: Entry, mine: Content, base: int) -> Content:
    """Mine and what is live, both seen from the base revision."""
    try:
        origin = entry.revisions.get(number=base).content
    except Revision.DoesNotExist:
        raise PublishRefused(_("This edit started from a revision that does not exist. Open the page again.")) from None
    model = type(entry)
    merge = merge_fields(content_kinds(model), complete(model, origin), complete(model, mine), read_content(entry))
    if merge.conflicts:
        raise EditConflict(entry, merge)
    return merge.content


def _publish_all(changes: list[Change], given: Given, expected: Iterable[Found] = ()) -> list[Revision]:
    """The body of every door above; inside a transaction."""
    given = replace(given, summary=clean_source(given.summary)[:LONGEST_SUMMARY])
    revisions: list[Revision] = []
    fresh: list[Revision] = []
    events: list[Event] = []
    mentioning: list[Mentioning] = []
    names = _names_for(changes, expected)
    for change in changes:
        try:
            made = _make_live(change, given, names, mentioning)
        except (PublishRefused, TextTooLarge, TextTooComplex) as refused:
            refused.add_note(str(change.details.get("file", "")))
            raise
        new = [revision for revision in made if revision._state.adding]
        fresh += new
        events += [event_of(revision, change.details) for revision in new]
        revisions.append(made[-1])
    check_leading(one.entry for one in mentioning)
    Revision.objects.bulk_create(fresh, batch_size=500)
    Event.objects.bulk_create(events, batch_size=500)
    keep_mentions(mentioning, names)
    watch([Watched(one.entry, one.content) for one in mentioning], at=timezone.now())
    index([Indexed(one.entry, one.content) for one in mentioning])
    unsettle_around([one.entry for one in mentioning], [one.entry for one in mentioning if one.new_face])
    superseded = retest(fresh, settling=given.settling)
    tell_watchers(fresh)
    announce_published(fresh)
    for proposal, actor in superseded:
        announce_proposal("superseded", proposal, actor=actor)
    return revisions


def _names_for(changes: list[Change], expected: Iterable[Found]) -> Names:
    """What the mentions in all of these contents lead to, when all of them are live."""
    names = Names()
    names.learn(names_in((MODELS[change.kind], change.content) for change in changes))
    coming = [
        Found(change.entry.pk if change.entry else 0, change.kind, slug, title)
        for change in changes
        if not change.removed
        for slug, title in [(str(change.content.get("slug", "")), str(change.content.get("title", "")))]
    ]
    for found in [*expected, *coming]:
        names.expect(Name(found.type, found.slug), found)
        if found.type == Entry.Type.WIKIPAGE:
            names.expect(Name(found.type, title_name(found.title)), found)
    return names


def _make_live(change: Change, given: Given, names: Names, mentioning: list[Mentioning]) -> list[Revision]:
    """Writes the entry; returns unsaved revisions, or the live one where nothing changed."""
    at = given.at
    entry = change.entry or MODELS[change.type](type=change.type, created_at=at)
    before = read_content(entry) if change.entry else None
    content = complete(type(entry), change.content)
    if before == content and (entry.removed_at is not None) == change.removed:
        keep_aliases(entry, entry.slug, getattr(entry, "name", ""), change.aliases)
        return [entry.revisions.get(number=entry.revision_number)]
    if any(content.get(name) and content[name] != (before or {}).get(name) for name in ("parent", "redirect")):
        hold_tree()
    slug, name, seen = entry.slug, getattr(entry, "name", ""), entry.live and change.entry is not None
    face = face_of(entry) if change.entry else ()
    earlier = [complete(type(entry), one) for one in change.earlier]
    for one in [*earlier, content]:
        fill(entry, one)
        check_content(entry, one)
    entry.key = entry.key or change.key or new_key(entry)
    targets = render_entry(entry, names) if before != content else None
    number = entry.revision_number + 1
    entry.revision_number += len(earlier) + 1
    # A replayed commit brings its own date, which may lie before what stands here already.
    entry.created_at = min(entry.created_at, at)
    entry.changed_at = at if change.entry is None else max(entry.changed_at, at)
    entry.removed_at = at if change.removed else None
    save_columns(entry)
    keep_rows(entry, content, before, checked=Checked(given.author, at), known=change.checked)
    keep_aliases(entry, slug, name, [*change.aliases, *(one["slug"] for one in earlier)])
    appeared = entry.live != seen or (slug, name) != (entry.slug, getattr(entry, "name", ""))
    lost = {Name(entry.type, one) for one in (slug, name)} if seen else ()
    mentioning.append(Mentioning(entry, content, targets, appeared, lost, new_face=face_of(entry) != face))
    first = Revision.Act.EDITED if before is not None else Revision.Act.CREATED
    acts = [change.act or (Revision.Act.EDITED if place else first) for place in range(len(earlier) + 1)]
    return [
        revision_of(entry, one, number + place, acts[place], given) for place, one in enumerate([*earlier, content])
    ]

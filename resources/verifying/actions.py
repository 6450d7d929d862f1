"""Releases and verifications: each act is one door, with an event."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from resources.entries.models import Entry
from resources.history.limits import keep_pace
from resources.history.models import Event
from resources.notices.telling import tell
from resources.permissions import may_administer, may_unverify, may_verify
from resources.search.index import index_again
from resources.text.cleaning import clean_source
from resources.verifying.models import LINE, RayRelease, Verification
from resources.verifying.reading import KINDS, concerned
from resources.verifying.refusals import BadRelease, MovedMeanwhile, NotYours


def add_release(version: str, *, released_on: date, by: User) -> RayRelease:
    """Enters a release of Ray. Where it begins a new line, those are told whose pages were tried with older ones only.

    Raises NotYours or BadRelease.
    """
    if not may_administer(by):
        raise NotYours(_("Only administrators enter releases. Tell one of them that it is out."))
    release = RayRelease(version=version.strip(), released_on=released_on, entered_by=by)
    with transaction.atomic():
        # The newest one is held, so that of two lines that come at the same instant the second sees the first.
        newest = RayRelease.objects.newest().select_for_update().first()
        try:
            release.clean_fields(exclude={"order"})
            with transaction.atomic():
                release.save(force_insert=True)
        except ValidationError as error:
            raise BadRelease(" ".join(error.messages)) from error
        except IntegrityError as error:
            raise BadRelease(_("Ray %(version)s is listed already.") % {"version": release.version}) from error
        Event.objects.create(actor=by, act="release_added", details={"version": release.version})
        if newest is None or newest.order // LINE < release.order // LINE:
            _ask_to_look_again(release, by)
    return release


def _ask_to_look_again(release: RayRelease, by: User) -> None:
    """One notice for each person who verified or wrote pages that nobody has tried with this line."""
    pages = concerned(release)
    for person in User.objects.filter(pk__in=pages):
        tell([person], "look_again", actor=by, words=f"{release.version} {len(pages[person.pk])}")


def verify(entry: Entry, *, release: RayRelease, person: User, revision_number: int, note: str = "") -> Verification:
    """Says that a person tried what the entry says with a release, and found it right.

    `revision_number` is the revision that they tried. The same words twice are one verification. Raises NotYours,
    MovedMeanwhile or TooFast.
    """
    if entry.type not in KINDS or not may_verify(person, entry.protection_level):
        raise NotYours(_("Editors verify pages. Say in the talk what you tried, and one of them will."))
    note = clean_source(note).strip()[:500]
    with transaction.atomic():
        held = Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)
        if not held.live:
            raise NotYours(_("This page was removed meanwhile, so there is nothing to verify."))
        if held.revision_number != revision_number:
            raise MovedMeanwhile(held, min(revision_number, held.revision_number))
        newest = held.verifications.newest().first()
        if newest is not None and _same(newest, release, person, revision_number, note):
            return newest
        keep_pace(person, "publish")
        made = Verification.objects.create(
            entry=held, revision_number=revision_number, release=release, person=person, note=note
        )
        Event.objects.create(
            actor=person, act="verified", entry=held, why=note,
            details={"version": release.version, "revision": revision_number},
        )  # fmt: skip
        index_again([held.pk])
    return made


def _same(newest: Verification, release: RayRelease, person: User, number: int, note: str) -> bool:
    return (newest.release_id, newest.person_id, newest.revision_number, newest.note) == (
        release.pk, person.pk, number, note,
    )  # fmt: skip


def take_back(verification: Verification, *, by: User) -> None:
    """Takes a verification away; the log keeps that it was there. Twice is as good as once. Raises NotYours."""
    if not may_unverify(by, verification.person_id):
        raise NotYours(_("Whoever verified a page takes that back, and so do moderators. Tell one of them."))
    with transaction.atomic():
        held = Verification.objects.select_for_update(of=("self",)).select_related("release", "entry", "person")
        for found in held.filter(pk=verification.pk):
            found.delete()
            Event.objects.create(
                actor=by, act="verification_taken_back", entry=found.entry, person=found.person,
                details={"version": found.release.version, "revision": found.revision_number},
            )  # fmt: skip
            index_again([found.entry_id])

"""Reports: a reader says that something is not right, and a moderator says what becomes of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from resources.discussion.models import Post
from resources.entries.models import Entry
from resources.history.limits import keep_pace
from resources.history.models import Event, Revision
from resources.moderation.models import Report
from resources.moderation.refusals import NotAllowed
from resources.notices.telling import tell
from resources.permissions import may_review, may_talk
from resources.publishing import PublishRefused
from resources.text.cleaning import clean_source

LONGEST_WORDS = 2_000

type Thing = Entry | Revision | Post | User


class CannotReport(PublishRefused):
    """This report makes no sense; the message says what to do instead."""


class AlreadyDecided(PublishRefused):
    """Another moderator was faster."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often a reporter was right. The weight is 1 for a new one, up to 2 for one who always is, down to 0."""

    upheld: int
    dismissed: int

    @property
    def weight(self) -> float:
        """(upheld + 1) / (upheld + dismissed + 2) · 2: as if everybody began with one of each."""
        return round((self.upheld + 1) / (self.upheld + self.dismissed + 2) * 2, 2)


def accuracy_of(reporter: User) -> Accuracy:
    """What became of a person's reports so far."""
    counts = Report.objects.filter(reporter=reporter).aggregate(
        upheld=Count("pk", filter=Q(state=Report.State.UPHELD)),
        dismissed=Count("pk", filter=Q(state=Report.State.DISMISSED)),
    )
    return Accuracy(**counts)


def place_of(thing: Thing) -> dict[str, Any]:
    """The column that names the thing, with the thing as the column wants it."""
    if isinstance(thing, User):
        return {"person": thing}
    if isinstance(thing, Entry):
        return {"entry": getattr(thing, "entry_ptr", thing)}
    return {"revision": thing} if isinstance(thing, Revision) else {"post": thing}


def person_behind(thing: Thing) -> User | None:
    """Who is meant by a report on this; nobody by one on an entry, which is everybody's."""
    if isinstance(thing, User):
        return thing
    return None if isinstance(thing, Entry) else thing.author


def report(thing: Thing, *, reporter: User, reason: str, words: str = "") -> Report:
    """Tells moderators that something is wrong; who has an open report on it already gets that one back.

    Raises NotAllowed, CannotReport or TooFast.
    """
    if not may_talk(reporter):
        raise NotAllowed(_("You cannot report yet. Confirm your e-mail address first."))
    if person_behind(thing) == reporter:
        raise CannotReport(_("This is your own. You can change or remove it yourself."))
    place = place_of(thing)
    with transaction.atomic():
        User.objects.select_for_update().only("pk").get(pk=reporter.pk)
        earlier: Report | None = Report.objects.filter(reporter=reporter, state=Report.State.OPEN, **place).first()
        if earlier is not None:
            return earlier
        keep_pace(reporter, "report")
        made = Report.objects.create(
            reporter=reporter,
            reason=reason,
            words=clean_source(words).strip()[:LONGEST_WORDS],
            weight=accuracy_of(reporter).weight,
            **place,
        )
        _record("reported", made, actor=reporter, why=made.words)
    return made


def uphold(reports: Iterable[Report], *, by: User, note: str = "") -> list[Report]:
    """Says that the reporters were right; what is to be done about it is done apart. Raises as dismiss()."""
    return _decide(reports, Report.State.UPHELD, "report_upheld", by, note)


def dismiss(reports: Iterable[Report], *, by: User, note: str = "") -> list[Report]:
    """Says that there is nothing wrong. Raises NotAllowed, or AlreadyDecided where none of the reports is open still."""
    return _decide(reports, Report.State.DISMISSED, "report_dismissed", by, note)


def _decide(reports: Iterable[Report], state: str, act: str, by: User, note: str) -> list[Report]:
    if not may_review(by):
        raise NotAllowed(_("Only moderators decide reports."))
    note = clean_source(note).strip()
    with transaction.atomic():
        held = Report.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in reports])
        found = list(held.filter(state=Report.State.OPEN).select_related(*RELATED).order_by("pk"))
        if not found:
            raise AlreadyDecided(_("Somebody decided these reports meanwhile. Go on with the next ones."))
        for one in found:
            if person_behind(thing_of(one)) == by:
                raise NotAllowed(_("This report is about you, so another moderator decides it."))
            one.state, one.decided_by, one.decided_at, one.note = state, by, timezone.now(), note
            one.save(update_fields=["state", "decided_by", "decided_at", "note"])
        for thing in dict.fromkeys(thing_of(one) for one in found):
            alike = [one for one in found if thing_of(one) == thing]
            _record(act, alike[0], actor=by, why=note, reports=[one.pk for one in alike])
            about = alike[0].entry or (alike[0].revision.entry if alike[0].revision else None)
            tell([one.reporter for one in alike], act, actor=by, entry=about, post=alike[0].post, words=note)
    return found


RELATED = ("entry", "revision__entry", "revision__author", "post__author", "post__thread", "person", "reporter")
"""What thing_of() and person_behind() look at."""


def thing_of(report: Report) -> Thing:
    """What a report is about."""
    thing: Thing | None = report.entry or report.revision or report.post or report.person
    assert thing is not None  # noqa: S101  # a constraint of the table says so
    return thing


def _record(act: str, report: Report, *, actor: User, why: str, **details: Any) -> None:
    thing = thing_of(report)
    entry = report.entry or (report.revision.entry if report.revision else None)
    details |= {"report": report.pk, "reason": report.reason}
    Event.objects.create(actor=actor, act=act, entry=entry, person=person_behind(thing), why=why, details=details)

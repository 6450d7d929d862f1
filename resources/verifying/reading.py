"""How pages stand to the releases of Ray: what was tried with which, and what should be looked at again."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from accounts.models import User
from rayhub.prepared import Prepared
from resources.entries.models import Entry
from resources.history.models import Revision
from resources.verifying.models import LINE, RayRelease, Verification

KINDS = (Entry.Type.WIKIPAGE, Entry.Type.COMPARISON)
"""What can be tried with a release."""

NEVER, OUTDATED, CHANGED = "never", "outdated", "changed"
"""Why a page should be looked at: nobody tried it; only with an older line; it was changed since."""

type Pages = Any
"""A queryset of Entry with annotated columns, which the type checker does not follow from function to function."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A verification as readers see it: whether a newer line is out, and whether the page changed.

    `since` is how many revisions came; 0 also where that is not known, since the numbers are of another site's history.
    """

    verification: Verification
    newest: str
    outdated: bool
    changed: bool
    since: int


def _last_of(entry: int) -> Pages:
    newest = RayRelease.objects.newest()
    found = Verification.objects.filter(entry=entry).newest().select_related("release", "person")
    return found.annotate(newest=Subquery(newest.values("version")[:1]), highest=Subquery(newest.values("order")[:1]))[
        :1
    ]


_last = Prepared(_last_of)


def standing_of(entry: Entry) -> Standing | None:
    """The verification that counts, with what became of it since; None where nobody verified. One query."""
    found: Any = _last.first(entry.pk)
    if found is None:
        return None
    outdated = found.highest // LINE > found.release.order // LINE
    since = entry.revision_number - found.revision_number
    return Standing(found, found.newest, outdated, changed=since != 0, since=max(since, 0))


def verifiable() -> Pages:
    """Live pages that say something themselves, each with its newest verification's columns as `tried_…`."""
    newest = Verification.objects.filter(entry=OuterRef("pk")).newest()
    found = Entry.objects.speaking().filter(type__in=KINDS)
    return found.annotate(
        tried=Subquery(newest.values("pk")[:1]),
        tried_order=Subquery(newest.values("release__order")[:1]),
        tried_revision=Subquery(newest.values("revision_number")[:1]),
    )


def to_look_at(highest: int) -> Pages:
    """The pages that somebody should look at again, with `state` and its place: outdated ones first, untried ones last.

    `highest` is the order of the newest release.
    """
    line = highest // LINE * LINE
    states = [
        When(tried=None, then=Value(NEVER)),
        When(tried_order__lt=line, then=Value(OUTDATED)),
        When(~Q(tried_revision=F("revision_number")), then=Value(CHANGED)),
    ]
    places = [When(state=state, then=Value(place)) for place, state in enumerate((OUTDATED, CHANGED, NEVER))]
    found = verifiable().annotate(state=Case(*states, default=Value("")))
    return found.annotate(place=Case(*places, default=Value(9), output_field=IntegerField()))


def of_person(pages: Pages, person: User) -> Pages:
    """Those that a person verified last, or wrote last in more than a typo."""
    newest = Verification.objects.filter(entry=OuterRef("pk")).newest()
    return pages.annotate(
        tried_by=Subquery(newest.values("person")[:1]), written_by=Subquery(_significant().values("author")[:1])
    ).filter(Q(tried_by=person.pk) | Q(written_by=person.pk))


def _significant() -> QuerySet[Revision]:
    """The revisions of a page that said something, the last one first."""
    found = Revision.objects.filter(entry=OuterRef("pk")).exclude(significance=Revision.Significance.TYPO)
    return found.order_by("-number")


def concerned(release: RayRelease) -> dict[int, set[int]]:
    """Person → the pages that they verified or wrote last, and that were tried with older lines only."""
    newest = Verification.objects.filter(entry=OuterRef("pk")).newest()
    rows = (
        verifiable()
        .filter(tried_order__lt=release.order // LINE * LINE)
        .annotate(
            tried_by=Subquery(newest.values("person")[:1]), written_by=Subquery(_significant().values("author")[:1])
        )
        .values_list("pk", "tried_by", "written_by")
    )
    found: dict[int, set[int]] = defaultdict(set)
    for pk, verifier, author in rows:
        found[verifier].add(pk)
        if author is not None:
            found[author].add(pk)
    return dict(found)


def releases_with_counts() -> list[dict[str, Any]]:
    """Every release, the newest first, and how many pages were tried with it last."""
    counts = dict(
        verifiable().exclude(tried=None).values("tried_order").annotate(n=Count("pk")).values_list("tried_order", "n")
    )
    found = RayRelease.objects.newest().select_related("entered_by")
    return [{"release": release, "count": counts.get(release.order, 0)} for release in found]

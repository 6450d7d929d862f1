"""What stands around a guide, kept in one row: gathered ahead of its readers by resources/reading/gathering.py, read in the
same query as the guide itself.

Whatever may change it leaves a mark in the same transaction. A guide with a mark is read in full, as if nothing had been
gathered, until it is gathered anew: a page never shows what was. All of it is derived, and comes back when it is deleted.
"""

from collections.abc import Iterable
from itertools import batched
from typing import ClassVar

from django.db import connection, models, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.names import RENAMED
from resources.entries.guides import place_of
from resources.entries.knowledge import WikiPage
from resources.entries.models import Entry

AT_ONCE = 500
"""Keys that one query names."""

type Face = tuple[object, ...]
"""What other pages show of an entry."""


class Surroundings(models.Model):
    """What stands around a guide, as reading/gathering.py writes it. `made_by` is the version of that writing."""

    guide = models.OneToOneField(Entry, primary_key=True, on_delete=models.CASCADE, related_name="surroundings")
    gathered = models.TextField()
    made_by = models.PositiveSmallIntegerField()
    gathered_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("surroundings")
        verbose_name_plural = _("surroundings")

    def __str__(self) -> str:
        return f"{self.guide_id}"


class Neighbour(models.Model):
    """An entry that stands in the surroundings of a guide."""

    guide = models.ForeignKey(Surroundings, on_delete=models.CASCADE, related_name="neighbours")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("neighbour")
        verbose_name_plural = _("neighbours")
        constraints = [models.UniqueConstraint(fields=["guide", "entry"], name="neighbour_once")]

    def __str__(self) -> str:
        return f"{self.guide_id} · {self.entry_id}"


class Unsettled(models.Model):
    """A mark: something around this entry changed, or with `published` the entry itself. Marks are only added and taken away
    one by one, so that nobody waits for another's: nor for the row of an entry that is renamed at this moment, as PostgreSQL
    would make them do to hold the key true.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, db_constraint=False, related_name="unsettled")
    published = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Unsettled"]] = models.Manager()

    class Meta:
        verbose_name = _("mark of a change around a guide")
        verbose_name_plural = _("marks of changes around guides")

    def __str__(self) -> str:
        return f"{self.entry_id}"


def settled(version: int) -> Subquery:
    """What was gathered around the guide of the query around this one, by that version; nothing where it may have changed."""
    marked = Exists(Unsettled.objects.filter(entry=OuterRef("guide")))
    return Subquery(Surroundings.objects.filter(~marked, guide=OuterRef("pk"), made_by=version).values("gathered")[:1])


def face_of(entry: Entry) -> Face:
    """What other pages show of an entry, and what says where they show it."""
    face: list[object] = [entry.title, entry.slug, entry.live, getattr(entry, "summary", "")]
    if isinstance(entry, WikiPage):
        face += [entry.minutes, entry.parent_id, entry.rank, entry.redirect_id]
    return (*face, getattr(entry, "kind", ""))


def unsettle(near: Iterable[int]) -> None:
    """Marks the guides among these entries: something around them changed. Inside the transaction that changes it."""
    guides: set[int] = set()
    for pks in batched(set(near), AT_ONCE, strict=False):
        guides.update(Entry.objects.filter(pk__in=pks, type=Entry.Type.WIKIPAGE).values_list("pk", flat=True))
    _mark(guides)


def unsettle_around(published: Iterable[Entry], new_faces: Iterable[Entry]) -> None:
    """Marks what went live, and all guides that show something of the entries with new faces, or do from now on. Inside the
    transaction that publishes; what another does at the same instant is looked for again once this one is through.
    """
    faces = [one.pk for one in new_faces]
    own = {entry.pk for entry in published}
    _mark(own, published=True)
    _mark(_showing(faces) - own)
    if faces and connection.features.has_select_for_update:  # SQLite lets one write after the other.
        transaction.on_commit(lambda: _mark(_showing(faces)), robust=True)


def _showing(faces: list[int]) -> set[int]:
    """The guides that show something of these entries, or should."""
    found: set[int] = set()
    for pks in batched(faces, AT_ONCE, strict=False):
        found.update(Neighbour.objects.filter(entry__in=pks).values_list("guide", flat=True))
        mentioned = Entry.objects.filter(type=Entry.Type.WIKIPAGE, mentioned_by__source__in=pks)
        found.update(mentioned.values_list("pk", flat=True))
        for guide in WikiPage.objects.pages().filter(pk__in=pks):
            place = place_of(guide)
            found.update(one.pk for one in (*place.above[-1:], place.previous, place.next) if one is not None)
    return found


def register() -> None:
    """Asks to be told when somebody is called otherwise."""
    RENAMED.append(unsettle_writings)


def unsettle_writings(person: User) -> None:
    """Marks what a person wrote: they are called otherwise from now on."""
    wrote: QuerySet[Surroundings] = Surroundings.objects.filter(guide__revisions__author=person)
    _mark(set(wrote.values_list("pk", flat=True)))


def _mark(pks: set[int], *, published: bool = False) -> None:
    Unsettled.objects.bulk_create(
        [Unsettled(entry_id=pk, published=published) for pk in sorted(pks)], batch_size=AT_ONCE
    )

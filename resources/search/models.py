"""What search knows of entries. All of it is derived, and rebuild_search makes it anew."""

from functools import lru_cache
from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Entry


class Traits(NamedTuple):
    """What results are counted by. `kind` is a resource's kind, or the word by which mentions call the kind of entry, as
    "guide"; `sections` are the keys of the sections in which it stands.
    """

    kind: str
    tags: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    state: str = ""
    verified: str = ""

    def __str__(self) -> str:
        return ";".join(part if isinstance(part, str) else ",".join(part) for part in self)

    @staticmethod
    def of(text: str) -> "Traits":
        """The traits of a row; many rows have the same."""
        return _traits(text)


@lru_cache(maxsize=10_000)
def _traits(text: str) -> Traits:
    kind, tags, sections, libraries, state, verified = text.split(";")
    return Traits(kind, _several(tags), _several(sections), _several(libraries), state, verified)


def _several(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()


class SearchPage(models.Model):
    """What a result shows and is narrowed by. Its number is the row of the full text too, and grows: what was indexed
    later has a higher one.

    `folded` is the title in the letters that words are compared by, `facets` is all that results are counted by in one text
    (Traits), since thousands of rows are read at once. `place` is the key of the guide above. A guide that only leads on has
    a row with `leads_to` and is not in the full text. `made_by` is the version of the indexing. PostgreSQL keeps one column
    more, which it makes itself: `titled`, the words of the title.
    """

    number = models.BigAutoField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="search_page")
    title = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, db_index=True)
    summary = models.TextField(blank=True)
    facets = models.TextField()
    place = models.BigIntegerField(null=True)
    leads_to = models.BigIntegerField(null=True, db_index=True)
    changed_at = models.DateTimeField()
    made_by = models.PositiveSmallIntegerField()

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        verbose_name = _("page in the search")
        verbose_name_plural = _("pages in the search")

    def __str__(self) -> str:
        return self.title


class NearWord(models.Model):
    """A word that some page has, and one of its forms: the word itself, or with a letter left out. Two words that share a
    form are a slip of the finger apart. Words stay until a rebuild.
    """

    form = models.CharField(max_length=24)
    word = models.CharField(max_length=24)

    objects: ClassVar[models.Manager["NearWord"]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint("form", "word", name="near_once")]

    def __str__(self) -> str:
        return f"{self.form} ({self.word})"

"""What an imported README looked like, piece by piece; and how far repositories are in step with the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.entries.models import Section


class SourcePiece(models.Model):
    """The bytes of an imported README that stand for one piece of content.

    `source` holds the lines with their line ends and the blank lines after them; put in order, the pieces are the file.
    `key` tells the pieces of one section apart: a resource's id, a passage's key, else nothing. `imported` is {"said":
    what the lines said, "live": what was live after the import, or None where that was something else, "at": the place
    among its section's seats, "level": a heading's}. While the live content is still "live", `source` is what the
    faithful export writes; "said" is the base when a newer file is imported.
    """

    class Form(models.TextChoices):
        HEADING = "heading"
        INTRODUCTION = "introduction"
        PASSAGE = "passage"
        ITEM = "item"

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="source_pieces")
    form = models.CharField(max_length=12, choices=Form)
    key = models.CharField(max_length=40, blank=True)
    source = models.TextField()
    imported = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint("section", "form", "key", name="source_piece_once")]

    def __str__(self) -> str:
        return f"{self.form} of {self.section_id}"


class ReadmeSync(models.Model):
    """How far a repository and the site are in step: what the README there said, and the site's newest revision then.

    `repository` is the id of its first commit, which all copies share; `commit` the one with `readme` in it.
    """

    repository = models.CharField(max_length=64)
    branch = models.CharField(max_length=200)
    commit = models.CharField(max_length=64)
    readme = models.TextField()
    revision = models.BigIntegerField()
    synced_at = models.DateTimeField()

    class Meta:
        verbose_name = _("README in step")
        verbose_name_plural = _("READMEs in step")
        constraints = [models.UniqueConstraint("repository", "branch", name="readme_sync_once")]

    def __str__(self) -> str:
        return f"{self.repository[:10]} {self.branch}: {self.commit[:10]}"

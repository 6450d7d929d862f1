"""What an imported README looked like, piece by piece."""

from django.db import models

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

"""Every table of the knowledge base, in reading order. Imported from outside; inside, packages import one another."""

from resources.entries.models import Alias, Entry, Placement, Resource, Section, Tagging
from resources.history.models import Event, Revision
from resources.readme.models import SourcePiece

__all__ = ["Alias", "Entry", "Event", "Placement", "Resource", "Revision", "Section", "SourcePiece", "Tagging"]

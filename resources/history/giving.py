"""What people's revisions and acts say of them, for the file they can download."""

from accounts.data import SOURCES
from accounts.models import User
from resources.history.models import Event, Revision


def revisions_of(user: User) -> tuple[str, object]:
    """Every revision that the person wrote, with the content as it was."""
    fields = ("entry_id", "number", "act", "created_at", "summary", "content")
    return "revisions", list(Revision.objects.filter(author=user).order_by("pk").values(*fields))


def events_of(user: User) -> tuple[str, object]:
    """Every act of the person in the log."""
    fields = ("act", "happened_at", "entry_id", "person__name", "proposal_id", "why", "details")
    return "events", list(Event.objects.filter(actor=user).order_by("pk").values(*fields))


def register() -> None:
    """Adds both to what people can download."""
    SOURCES.extend([revisions_of, events_of])

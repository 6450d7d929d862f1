"""Why something cannot be verified: every refusal names what to do."""

from django.utils.translation import ngettext

from resources.entries.models import Entry
from resources.entries.refusals import PublishRefused


class NotYours(PublishRefused):
    """This person may not do this; the message says who may."""


class BadRelease(PublishRefused):
    """No release, or one that is listed already."""


class MovedMeanwhile(PublishRefused):
    """Somebody published to the entry since the person looked; `seen` is the revision that they saw."""

    def __init__(self, entry: Entry, seen: int) -> None:
        number = entry.revision_number - seen
        words = ngettext(
            "This page changed while you were trying it: %(number)s revision came since. Look at what changed, then"
            " verify what it says now.",
            "This page changed while you were trying it: %(number)s revisions came since. Look at what changed, then"
            " verify what it says now.",
            number,
        )
        super().__init__(words % {"number": number})
        self.entry = entry
        self.seen = seen

    @property
    def comparison(self) -> str:
        """The address that shows what changed."""
        return f"{self.entry.get_absolute_url()}history/{self.seen}..{self.entry.revision_number}/"


class BadRecord(PublishRefused):
    """A content file says something of releases or verifications that cannot be; the message says where."""

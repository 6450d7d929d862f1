"""Why an act on a link is refused: every refusal names what to do."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from resources.entries.refusals import PublishRefused


class LinkActRefused(PublishRefused):
    """This person may not do this with a link, or it makes no sense; the message says what to do instead."""


class JustTested(LinkActRefused):
    """It was visited a moment ago, and the site shall not be asked again right away."""

    def __init__(self, again: datetime) -> None:
        words = {"time": time_format(timezone.localtime(again), "H:i")}
        super().__init__(
            _("It was visited a few minutes ago. Have a look at what that found, or ask again at %(time)s (UTC).")
            % words
        )
        self.again = again

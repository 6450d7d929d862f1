"""The list of links as a file for programs."""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

from django.conf import settings
from django.utils.translation import gettext as _

from resources.entries.health import health_of
from resources.links.models import Link
from resources.links.wording import sentence_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(links: Iterable[Link]) -> str:
    """Links as for_rows() gives them. A value that a spreadsheet would take for a formula has an apostrophe before it."""
    output = StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(
        [_("Address"), _("Site"), _("State"), _("Cause"), _("Status"), _("What was found"), _("Leads to"),
         _("Last visit"), _("Worked last"), _("Failing since"), _("Ignored because"), _("Stands in"), _("Page")]
    )  # fmt: skip
    for link in links:
        values = [
            link.address, link.host.name, health_of(link), link.cause, str(link.status or ""), sentence_of(link), link.final,
            _moment(link.checked_at), _moment(link.worked_at), _moment(link.failing_since), link.ignored_reason,
            " ".join(dict.fromkeys(f"{settings.SITE_URL}{use.entry.get_absolute_url()}" for use in link.places)),
            f"{settings.SITE_URL}{link.get_absolute_url()}",
        ]  # fmt: skip
        writer.writerow([f"'{value}" if value.startswith(_FORMULA) else value for value in values])
    return output.getvalue()


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""

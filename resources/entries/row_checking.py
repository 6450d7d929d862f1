"""What the rows of case studies and comparisons must be before they go live."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from resources.entries.content import Content
from resources.entries.knowledge import QUOTE_WORDS, CaseStudy, Claim, Comparison
from resources.entries.models import Entry, Resource
from resources.text.addresses import BadAddress, check_address

MOST_CLAIMS, MOST_SUBJECTS, MOST_CRITERIA = 100, 20, 60
LONGEST_LINE, LONGEST_CELL = 300, 4_000
LONGEST_QUOTE = 300
"""Characters of a quotation: scripts without spaces, and words that are joined by signs, have their end there."""

_BETWEEN_WORDS = re.compile("[\u00ad\u034f\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff\uffa0]")
"""Signs that look like a space, or like nothing."""

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_YEAR_OR_MONTH = re.compile(r"[12][0-9]{3}(-(0[1-9]|1[0-2]))?\Z")

type Errors = dict[str, list[str]]
type Row = Mapping[str, Any]


def row_errors(entry: Entry, content: Content) -> Errors:
    """What is wrong with the rows of an entry, by field; nothing for kinds without such rows."""
    if isinstance(entry, CaseStudy):
        return _gathered(claims=_of(content["claims"], claim_errors, MOST_CLAIMS))
    if isinstance(entry, Comparison):
        return _gathered(
            subjects=[*_of(content["subjects"], _subject_errors, MOST_SUBJECTS), *_unknown_resources(content)],
            criteria=_of(content["criteria"], _criterion_errors, MOST_CRITERIA),
            cells=_of(content["cells"], cell_errors, 2 * MOST_SUBJECTS * MOST_CRITERIA),
        )
    return {}


def _gathered(**found: list[str]) -> Errors:
    return {name: lines for name, lines in found.items() if lines}


def _of(rows: list[Row], look: Callable[[Row], Mapping[str, str]], most: int) -> list[str]:
    """The first few troubles, each with the row that it is about."""
    if len(rows) > most:
        return [_("There can be %(most)s at most. Divide the page.") % {"most": most}]
    lines = [f"{row['key']}: {words}" for row in rows for words in look(row).values()]
    return lines[:5]


def claim_errors(row: Row) -> dict[str, str]:
    """What is wrong with a claim, by column."""
    found = _key_error(row["key"]) | _address_error(row["source"])
    for name in ("figure", "unit"):
        most = Claim._meta.get_field(name).max_length or 0  # type: ignore[union-attr]  # a CharField
        if len(row[name]) > most:
            found[name] = _("Use %(most)s characters at most.") % {"most": most}
    if not row["statement"].strip():
        found["statement"] = _("Say what is claimed.")
    if len(_BETWEEN_WORDS.sub(" ", row["quote"]).split()) > QUOTE_WORDS or len(row["quote"]) > LONGEST_QUOTE:
        found["quote"] = _("Quote %(most)s words at most.") % {"most": QUOTE_WORDS}
    if row["published"] and not is_day(row["published"]):
        found["published"] = _("Write the date as 2026, 2026-05 or 2026-05-17.")
    if row["state"] not in Claim.State.values:
        found["state"] = _("Use one of: %(words)s.") % {"words": ", ".join(Claim.State.values)}
    elif row["state"] == Claim.State.VERIFIED and not row["source"]:
        found["state"] = _("A claim without a source cannot be verified. Give its source.")
    return found


def is_day(words: str) -> bool:
    """Whether it is a date of our form: a year, a month or a day."""
    if _YEAR_OR_MONTH.match(words):
        return True
    try:
        return len(words) == 10 and parse_date(words) is not None
    except ValueError:
        return False


def cell_errors(row: Row) -> dict[str, str]:
    """What is wrong with a cell of a comparison, by column."""
    found = _address_error(row["source"])
    subject, slash, criterion = row["key"].partition("/")
    if not (slash and _KEY.match(subject) and _KEY.match(criterion)):
        found["key"] = _("A cell is named by its subject and its criterion, as “ray-train/setup”.")
    if row["verdict"] and row["verdict"] not in Comparison.Verdict.values:
        found["verdict"] = _("Use one of: %(words)s.") % {"words": ", ".join(Comparison.Verdict.values)}
    if len(row["text"]) > LONGEST_CELL or len(row["note"]) > LONGEST_CELL:
        found["text"] = _("Use %(most)s characters at most in a cell.") % {"most": LONGEST_CELL}
    return found


def _subject_errors(row: Row) -> dict[str, str]:
    return _key_error(row["key"]) | _name_error(row["name"])


def _criterion_errors(row: Row) -> dict[str, str]:
    return _key_error(row["key"]) | _name_error(row["name"])


def _key_error(key: str) -> dict[str, str]:
    if _KEY.match(key) and len(key) <= 60:
        return {}
    return {"key": _("Use small letters, digits and hyphens in a key, 60 at most.")}


def _name_error(name: str) -> dict[str, str]:
    if name.strip() and len(name) <= LONGEST_LINE:
        return {}
    return {"name": _("Give a name of 1 to %(most)s characters.") % {"most": LONGEST_LINE}}


def _address_error(address: str) -> dict[str, str]:
    if not address:
        return {}
    try:
        check_address(address)
    except BadAddress as error:
        return {"source": str(error)}
    return {}


def _unknown_resources(content: Content) -> list[str]:
    wanted = {row["resource"] for row in content["subjects"] if row["resource"]}
    known = set(Resource.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
    return [_("The resource of a subject is not there. Choose another one.")] if wanted - known else []

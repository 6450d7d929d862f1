"""What check_links prints: each visit as soon as it is written down, and a summary at the end."""

import json
from collections.abc import Iterable
from typing import Any, Protocol, TextIO

from resources.fetching.visits import Verdict, Visit
from resources.links.checking import Checked

TOLD = (Verdict.BROKEN, Verdict.MOVED)
"""What is printed of each link for people; programs get all."""

WORDS = {
    Verdict.OK: "work",
    Verdict.MOVED: "moved",
    Verdict.BROKEN: "broken",
    Verdict.BLOCKED: "cannot be tested",
    Verdict.SKIPPED: "not tested",
}


class LinkReport(Protocol):
    """Prints visits as they come, and the summary."""

    def visits(self, found: Iterable[Visit]) -> None:
        """More visits."""

    def end(self, checked: Checked) -> None:
        """No more come."""


class PlainReport:
    """Lines for people: what is broken or moved, and the counts."""

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def visits(self, found: Iterable[Visit]) -> None:
        """As LinkReport has it."""
        for visit in found:
            if visit.verdict in TOLD:
                self.out.write(f"{visit.verdict:<8} {visit.address}  {reason(visit)}\n")
        self.out.flush()

    def end(self, checked: Checked) -> None:
        """As LinkReport has it."""
        self.out.write(summary_line(checked) + "\n")


class JsonReport:
    """One JSON document that is written as it grows, a line for each visit, so that a long list takes no memory."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.before = '{"links": [\n '

    def visits(self, found: Iterable[Visit]) -> None:
        """As LinkReport has it."""
        for visit in found:
            self.out.write(f"{self.before}{json.dumps(as_data(visit), ensure_ascii=False)}\n")
            self.before = ","
        self.out.flush()

    def end(self, checked: Checked) -> None:
        """As LinkReport has it."""
        begun = self.before.rstrip(" ,")
        self.out.write(f'{begun}], "summary": {json.dumps(summary_data(checked))}}}\n')


def as_data(visit: Visit) -> dict[str, Any]:
    """A visit as programs read it."""
    return {
        "url": visit.address,
        "verdict": visit.verdict,
        "status": visit.status,
        "final_url": visit.final,
        "note": visit.note,
        "cause": visit.cause,
        "seconds": round(visit.seconds, 3),
    }


def summary_data(checked: Checked) -> dict[str, Any]:
    """The counts as programs read them: every verdict has its number."""
    return {
        "links": checked.links,
        **{verdict.value: checked.verdicts[verdict] for verdict in Verdict},
        "void": checked.void,
        "left": checked.left,
        "requests": checked.requests,
        "seconds": round(checked.seconds, 3),
    }


def summary_line(checked: Checked) -> str:
    """The counts in one line for people."""
    if not checked.links:
        return "No link was tested." if checked.void or checked.left else "No link is due."
    counts = ", ".join(f"{checked.verdicts[verdict]:,} {word}" for verdict, word in WORDS.items())
    noun = "link" if checked.links == 1 else "links"
    return f"{checked.links:,} {noun} tested in {checked.seconds:,.1f} s: {counts}."


def reason(visit: Visit) -> str:
    """Why, in a few words."""
    words = [str(visit.status)] if visit.status else []
    words += [visit.note or visit.cause.replace("_", " ")]
    return " ".join(words) + (f" → {visit.final}" if visit.final else "")

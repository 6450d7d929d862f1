"""check_links --readme: the addresses of any README, without a database."""

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from time import monotonic

from resources.fetching.visiting import visits
from resources.fetching.visits import Asked, Verdict, Visit
from resources.links.checking import Checked
from resources.links.manners import manners
from resources.management.link_report import as_data, reason, summary_data, summary_line
from resources.readme.addresses import addresses_of

HEADINGS = {
    Verdict.BROKEN: "Broken",
    Verdict.MOVED: "Moved for good",
    Verdict.BLOCKED: "Cannot be tested by a program",
    Verdict.SKIPPED: "Not tested",
}


class UnreadableFile(Exception):
    """What was named is no file of text. The message says what to do."""


@dataclass(slots=True)
class ReadmeLinks:
    """What the visits to a README's addresses told."""

    name: str
    lines: dict[str, list[int]]
    visits: list[Visit] = field(default_factory=list)
    checked: Checked = field(default_factory=Checked)

    def as_json(self) -> str:
        """For programs."""
        links = [as_data(visit) | {"lines": self.lines[visit.address]} for visit in self._in_order()]
        return json.dumps({"links": links, "summary": summary_data(self.checked)}, ensure_ascii=False, indent=1)

    def as_markdown(self) -> str:
        """A summary for people, as a forge shows it beside a build."""
        parts = [f"# Links of {self.name}", summary_line(self.checked)]
        for verdict, heading in HEADINGS.items():
            if rows := [self._row(visit) for visit in self._in_order() if visit.verdict is verdict]:
                parts.append(f"## {heading} ({len(rows)})")
                parts.append("\n".join(["| line | address | why |", "|---:|---|---|", *rows]))
        return "\n\n".join(parts)

    def _in_order(self) -> list[Visit]:
        return sorted(self.visits, key=lambda visit: self.lines[visit.address])

    def _row(self, visit: Visit) -> str:
        lines = ", ".join(map(str, self.lines[visit.address]))
        why = reason(visit).replace("|", "\\|").replace("\n", " ")
        return f"| {lines} | `{visit.address.replace('|', '%7C').replace('`', '%60')}` | {why} |"


def read_text(path: Path, largest: int) -> str:
    """The text of a file. Raises UnreadableFile."""
    try:
        data = path.read_bytes()
        if len(data) > largest:
            raise UnreadableFile(f"{path} is larger than {largest:,} bytes. Name a README, or raise README_LIMIT.")
        return data.decode()
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror}. Name a README in Markdown.") from error
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path} is not UTF-8 text. Save it in UTF-8 and try again.") from error


def check_readme(
    path: Path,
    text: str,
    *,
    exclude: tuple[str, ...],
    concurrency: int,
    stop: Event,
    progress: Callable[[int, int], None],
) -> ReadmeLinks:
    """Visits each address of the text once, politely, until `stop` is set."""
    standings = addresses_of(text)
    found = ReadmeLinks(path.name, {one.address: one.lines for one in standings})
    usual = manners(concurrency=concurrency)
    begun = monotonic()
    asked = [Asked(one.address) for one in standings]
    with closing(visits(asked, replace(usual, excluded=(*usual.excluded, *exclude)))) as visiting:
        for visit in visiting:
            if stop.is_set():
                break
            found.checked.requests += visit.requests
            if visit.void:
                found.checked.void += 1
            else:
                found.visits.append(visit)
                found.checked.verdicts[visit.verdict] += 1
            progress(found.checked.links + found.checked.void, len(standings))
    found.checked.seconds = monotonic() - begun
    found.checked.left = len(standings) - found.checked.links - found.checked.void
    found.checked.given_up = found.checked.void > 0 and not found.checked.links
    return found

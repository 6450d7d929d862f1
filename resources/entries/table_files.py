"""A comparison's table as a file: CSV for programs, Markdown for other pages."""

import csv
import re
from io import StringIO

from django.utils.translation import gettext as _

from resources.entries.naming import TYPES
from resources.entries.tables import Cell, Table

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MENTION = re.compile(rf"\[\[(?:(?:{'|'.join(TYPES)}):)?([^\[\]|\n]+)(?:\|([^\[\]\n]+))?\]\]")
_BAR = re.compile(r"(?<!\\)((?:\\\\)*)\|")


def as_csv(table: Table) -> str:
    """The table with four columns for each head: verdict, text, note and source.

    A value that a spreadsheet would take for a formula has an apostrophe before it.
    """
    output = StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    columns = (_("verdict"), _("text"), _("note"), _("source"))
    first = [_("Subject")] if table.turned else [_("Criterion"), _("What is asked")]
    writer.writerow(_safe([*first, *(f"{head.name}: {column}" for head in table.heads for column in columns)]))
    for line in table.lines:
        side = [line.head.name] if table.turned else [line.head.name, line.head.help]
        values = (
            value
            for cell in line.cells
            for value in (cell.verdict_label, cell.text_written, cell.note_written, cell.source)
        )
        writer.writerow(_safe([*side, *values]))
    return output.getvalue()


def _safe(values: list[str]) -> list[str]:
    return [f"'{value}" if value.startswith(_FORMULA) else value for value in values]


def as_markdown(table: Table) -> str:
    """The table as GitHub-flavoured Markdown."""
    names = ["", *(_inline(_plain(head.name)) for head in table.heads)]
    lines = [_line(names), _line(["---"] * len(names))]
    for line in table.lines:
        lines.append(_line([f"**{_inline(_plain(line.head.name))}**", *(_inline(_words(cell)) for cell in line.cells)]))
    return "\n".join(lines) + "\n"


def _words(cell: Cell) -> str:
    """A cell in a line: its verdict, its text, its note in brackets and its source."""
    verdict = f"**{cell.verdict_label}**" if cell.verdict else ""
    said = ": ".join(part for part in (verdict, _spoken(cell.text_written)) if part)
    note = f"({_spoken(cell.note_written)})" if cell.note_written else ""
    source = f"[{cell.host}](<{cell.source.replace('>', '%3E')}>)" if cell.source else ""
    return " ".join(part for part in (said, note, source) if part)


def _spoken(text: str) -> str:
    """A text with the words of its mentions, which lead nowhere on other sites."""
    return _MENTION.sub(lambda found: found[2] or found[1], text)


def _plain(words: str) -> str:
    """Words that are no Markdown, so that none of their signs means anything."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", words)


def _inline(text: str) -> str:
    """Markdown of one line with its bars escaped: those that are not yet."""
    return _BAR.sub(r"\1\\|", " ".join(text.split()))


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"

"""Lines of a difference: there are hundreds on a page, so they are put together here and not by templates."""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resources.templatetags.icons import icon
from resources.text.diff import Row
from resources.text.marks import Span

register = template.Library()

MOST_FOLDED = 400
"""Unchanged lines that a page has folded; of more it only says how many they are."""


@register.simple_tag
def spans(pieces: Iterable[Span], mark: str = "") -> SafeString:
    """The pieces of a line, those that differ within `mark`: "ins", "del", or "" for none."""
    words = [f"<{mark}>{escape(text)}</{mark}>" if changed and mark else escape(text) for text, changed in pieces]
    return SafeString("".join(words))


@register.simple_tag
def fold(row: Row, columns: int) -> SafeString:
    """Unchanged lines, folded away, as a row of a table with so many columns."""
    count = len(row.folded)
    words = ngettext("%(count)s unchanged line", "%(count)s unchanged lines", count) % {"count": count}
    if count <= MOST_FOLDED:
        lines = escape("".join([f"{line}\n" for line in row.folded]))
        words = f"<details><summary>{words}</summary><pre>{lines}</pre></details>"
    return SafeString(f'<tr class="fold"><td colspan="{columns}">{words}</td></tr>')


@register.simple_tag
def unified_rows(rows: Iterable[Row]) -> SafeString:
    """The lines of a text's difference below one another. The first line of a block that moved says so."""
    drawn: list[str] = []
    gone = come = ""
    for row in rows:
        if row.kind == "fold":
            drawn.append(fold(row, 4))
            continue
        if row.kind == "same":
            drawn.append(_line(row.old_number, row.new_number, "", f"<td>{spans(row.new)}</td>"))
            continue
        whole = "" if row.kind == "changed" else " whole"
        if row.old_number:
            cell = _cell(row.kind == "moved_from", gone != row.kind, _("moved away from here"), spans(row.old, "del"))
            drawn.append(_line(row.old_number, None, "−", cell, f"del{whole}"))
            gone = row.kind
        if row.new_number:
            cell = _cell(row.kind == "moved_to", come != row.kind, _("moved to here"), spans(row.new, "ins"))
            drawn.append(_line(None, row.new_number, "+", cell, f"ins{whole}"))
            come = row.kind
    return SafeString("".join(drawn))


def _line(old: int | None, new: int | None, sign: str, cell: str, kind: str = "") -> str:
    start = f'<tr class="{kind}">' if kind else "<tr>"
    return (
        f'{start}<td class="no">{old or ""}</td><td class="no">{new or ""}</td><td class="sign">{sign}</td>{cell}</tr>'
    )


def _cell(moved: bool, first: bool, words: str, text: str) -> str:
    if not moved:
        return f"<td>{text}</td>"
    note = f'<span class="note">{icon("moved")} {words}</span>' if first else ""
    return f'<td class="moved">{note}{text}</td>'

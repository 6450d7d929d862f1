"""How a list is written: its bullets, separators and blank lines, taken from lines that are there already."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from resources.readme.blocks import split_lines
from resources.readme.inline import Env, escape
from resources.readme.items import read_item, split_item
from resources.readme.outline import Wording
from resources.readme.wording import link_text

_FIRST_LINE = re.compile(r"([ \t]*)([-+*]|\d{1,9}[.)])([ \t]+)([^\r\n]*)(\r\n|\n|\r|\Z)(.*)", re.DOTALL)
_ENDED = re.compile(r"[.!?…。！？][\"”')*_]*\Z")
_LAST_STOP = re.compile(r"(?<![.!?…])\.\Z")
_ENOUGH = 40  # lines that show a habit


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one list. `indent` is what one level of nesting adds; `loose` puts blank lines between items."""

    bullet: str = "-"
    gap: str = " "
    indent: str = "  "
    separator: str = " - "
    full_stop: bool = True
    loose: bool = False
    eol: str = "\n"


def section_style(sources: Iterable[str], default: Style | None = None, env: Env | None = None) -> Style:
    """The style that most of the given items have, by their sources.

    What they do not show (the indentation of a flat list, say) is as in `default`. `env` holds the definitions that
    they may refer to.
    """
    style = default or Style()
    lines = [line for source in sources if (line := _FIRST_LINE.match(source.lstrip("\ufeff\r\n")))][:_ENOUGH]
    if not lines:
        return style
    indents = sorted({line[1] for line in lines}, key=lambda indent: len(indent.expandtabs(4)))
    parts = [cut for line in lines if (cut := split_item(line[4].strip(), env or {})) and cut[2].strip()]
    followed = [bool(blank_lines(line.string)) for line in lines[:-1]]
    return replace(
        style,
        bullet=_most([line[2] for line in lines], style.bullet),
        gap=_most([line[3] for line in lines], style.gap),
        indent=indents[1].removeprefix(indents[0]) if len(indents) > 1 else style.indent,
        separator=_most([cut[1] for cut in parts if cut[1].strip()], style.separator),
        full_stop=_most([bool(_ENDED.search(cut[2].strip())) for cut in parts], style.full_stop),
        loose=_most(followed, style.loose),
        eol=_most([line[5] for line in lines if line[5]], style.eol),
    )


def _most[Habit](seen: list[Habit], otherwise: Habit) -> Habit:
    return Counter(seen).most_common(1)[0][0] if seen else otherwise


def blank_lines(source: str) -> str:
    """The blank lines at a source's end."""
    lines = split_lines(source)
    place = len(lines)
    while place and not lines[place - 1].strip():
        place -= 1
    return "".join(lines[place:])


def item_line(wording: Wording, depth: int, style: Style) -> str:
    """One line, with its line end, for a resource that was added."""
    summary = wording.summary
    if summary and style.full_stop and not _ENDED.search(summary):
        summary += "."
    elif summary and not style.full_stop and ". " not in summary:
        summary = _LAST_STOP.sub("", summary)
    text = link_text(wording) + (style.separator + summary if summary else "")
    return f"{style.indent * depth}{style.bullet}{style.gap}{text}{style.eol}"


def reworded_line(wording: Wording, depth: int, source: str, style: Style, env: Env) -> str:
    """The source of an item with another wording: what did not change in it, blank lines too, stays to the letter."""
    head = _FIRST_LINE.match(source.lstrip("\ufeff"))
    if not head:
        return item_line(wording, depth, style) + blank_lines(source)
    indent, bullet, gap, text, eol, _rest = head.groups()
    old, cut = read_item(text, env).wording, split_item(text.rstrip(), env)
    link, separator, summary = link_text(wording), style.separator, wording.summary
    if old and cut:
        link = cut[0] if _same_link(old, wording) else link
        separator = cut[1] if cut[1].strip() or (cut[1] and old.summary) else separator
        summary = cut[2] if old.summary == wording.summary else summary
    line = link + (separator + summary if summary else "")
    bom = "\ufeff" if source.startswith("\ufeff") else ""
    return f"{bom}{indent}{bullet}{gap}{line}{eol}{blank_lines(source)}"


def _same_link(one: Wording, other: Wording) -> bool:
    return replace(one, summary="") == replace(other, summary="")


def heading_line(level: int, markdown: str, source: str, eol: str) -> str:
    """A heading in the form that its source has: with a line below it, with closing signs, or plain."""
    lines = source.lstrip("\ufeff").strip("\r\n").splitlines()
    bom = "\ufeff" if source.startswith("\ufeff") else ""
    if len(lines) > 1 and re.fullmatch(r" {0,3}(=+|-+)[ \t]*", lines[-1]):
        return f"{bom}{markdown}{eol}{lines[-1].strip()[0] * max(3, len(markdown))}{eol}"
    closing = " " + "#" * level if lines and re.search(r"\S[ \t]+#+[ \t]*\Z", lines[0]) else ""
    return f"{bom}{'#' * level} {markdown}{closing}{eol}"


def title_markdown(title: str, heading: str) -> str:
    """A heading's inline Markdown from its two fields."""
    return heading or escape(title)

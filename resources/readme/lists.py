"""Lists of guides, case studies and so on in a README: `{{guides tag=security}}` in a text of the site is, in the file, the
list itself between two comment lines, and an import makes it the short form again.

    <!--list: guides tag=security-->

    - [Ray security](https://ray.example/wiki/ray-security/) - What a cluster needs.

    <!--/list-->
"""

import re
from collections.abc import Callable

from django.conf import settings

from resources.entries.embeds import Embed, entries_of, parse
from resources.entries.knowledge import CaseStudy
from resources.entries.models import Entry
from resources.entries.naming import WORDS
from resources.readme.blocks import split_lines
from resources.readme.inline import escape
from resources.readme.outline import Wording
from resources.readme.tables import align_table
from resources.readme.wording import clean_item
from resources.text.gfm_inlines import PREFIXES

_SHORT = re.compile(r"\{\{([a-z-]+(?: [^{}<>\n]*)?)\}\}[ \t]*\r?\n?\Z")
_OPEN = re.compile(r"<!--list: ([a-z-]+(?: [^{}<>\n]*)?)-->[ \t]*(?:\r?\n)?\Z")
_CLOSE = re.compile(r"<!--/list-->[ \t]*(?:\r?\n)?\Z")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)")
_ROW = re.compile(r"(?:[-*+] |\|)")
_TABLE_HEAD = re.compile(r"\|[^\[\]]*\|\s*\Z")
_LINK = re.compile(r"(?<!\\)\]\((?:[a-z]+://[^/\s)]*)?(/?[^\s)]*)")
_COMMENT = re.compile(r"<!--.*-->\s*\Z")

HEAD = ("Company", "Use case", "Scale", "Key benefit")

type Shift = tuple[int, int]
"""From this line of the folded text on, the file's lines have a number so much higher."""


def folded(text: str) -> tuple[str, list[Shift]]:
    """A file's text with the short form in place of every list between comments, and what that did to its lines."""
    if "<!--list: " not in text:
        return text, []
    lines = split_lines(text)
    out: list[str] = []
    shifts: list[Shift] = []
    place, fence = 0, ""
    while place < len(lines):
        opening = None if fence else _OPEN.match(lines[place])
        fence = _fence_after(lines[place], fence)
        embed = parse(opening[1]) if opening else None
        close = _closing(lines, place + 1, embed) if isinstance(embed, Embed) else None
        if opening is None or close is None:
            out.append(lines[place])
            place += 1
            continue
        end = lines[close][len(lines[close].rstrip("\r\n")) :]
        out.append(f"{{{{{opening[1]}}}}}{end}")
        place = close + 1
        shifts.append((len(out) + 1, place - len(out)))
    return "".join(out), shifts


def _closing(lines: list[str], start: int, embed: Embed) -> int | None:
    """The line that ends a list; None where something else than entries of such a list stands before it, or none does.

    Anybody can write these comments around entries of others: what is no link to a page of that kind is never swallowed.
    """
    prefix = PREFIXES[WORDS[embed.type]]
    for place in range(start, len(lines)):
        line = lines[place]
        if _CLOSE.match(line):
            return place
        links = _LINK.findall(line)
        is_entry = _ROW.match(line) and len(links) == 1 and links[0].startswith(prefix)
        if line.strip() and not is_entry and not (_TABLE_HEAD.match(line) and not links):
            return None
    return None


def line_in_file(line: int, shifts: list[Shift]) -> int:
    """The number that a line of the folded text has in the file."""
    return line + next((by for start, by in reversed(shifts) if line >= start), 0)


def unfolded(text: str, write: Callable[[Embed], str] | None = None) -> str:
    """A text with every list written out, as the site would show it now."""
    if "{{" not in text:
        return text
    write = write or written_list
    out: list[str] = []
    fence = ""
    lines = split_lines(text)
    for place, line in enumerate(lines):
        short = None if fence else _SHORT.match(line)
        fence = _fence_after(line, fence)
        found = parse(short[1]) if short and _stands_alone(lines, place) else None
        if short is None or not isinstance(found, Embed):
            out.append(line)
            continue
        end = line[len(line.rstrip("\r\n")) :]
        eol = end or lines[0][len(lines[0].rstrip("\r\n")) :] or "\n"
        parts = [f"<!--list: {short[1]}-->", write(found), "<!--/list-->"]
        out.append(f"{eol}{eol}".join(part.replace("\n", eol) for part in parts if part) + end)
    return "".join(out)


def _fence_after(line: str, fence: str) -> str:
    """The mark of the block of code that is open after this line, "" for none."""
    mark = _FENCE.match(line)
    if mark is None:
        return fence
    if not fence:
        return mark[1]
    closes = mark[1].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _stands_alone(lines: list[str], place: int) -> bool:
    """Whether a line is a paragraph of its own."""
    before = lines[place - 1] if place else ""
    after = lines[place + 1] if place + 1 < len(lines) else ""
    return (not before.strip() or bool(_HEADING.match(before) or _COMMENT.match(before))) and (
        not after.strip() or bool(_HEADING.match(after))
    )


def written_list(embed: Embed) -> str:
    """The Markdown of a list: a table of case studies, list items of everything else; "" where there is nothing."""
    entries = entries_of(embed)
    if not entries:
        return ""
    if embed.type == Entry.Type.CASESTUDY:
        rows = [HEAD, ("---",) * len(HEAD), *(_row(entry) for entry in entries if isinstance(entry, CaseStudy))]
        return align_table("\n".join(f"| {' | '.join(row)} |" for row in rows))
    return "\n".join(f"- {clean_item(_wording(entry))}" for entry in entries)


def address_of(entry: Entry) -> str:
    """Where an entry's page is, with the site's name."""
    return f"{settings.SITE_URL}{entry.get_absolute_url()}"


def _wording(entry: Entry) -> Wording:
    return Wording(_line(entry.title), address_of(entry), escape(_line(getattr(entry, "summary", ""))))


def _row(study: CaseStudy) -> tuple[str, ...]:
    company = f"[{_cell(study.organisation)}]({address_of(study)})"
    return company, _cell(study.use_case), _cell(study.scale), _cell(study.benefit)


def _cell(words: str) -> str:
    return escape(_line(words)).replace("\\|", "|").replace("|", "\\|")


def _line(words: str) -> str:
    return " ".join(words.split())

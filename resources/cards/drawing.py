"""A card as SVG and as PNG. Words are measured by a small table, since nothing here knows the font before it is drawn.

The font comes with a package, so that cards have Latin, Greek, Cyrillic and CJK letters on a machine without any fonts; what
it lacks is taken from the machine's own.
"""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from unicodedata import east_asian_width

import resvg_py
from noto_cjk_sans_jp_bold import FONT_PATH

from resources.text.cleaning import clean_source

WIDTH, HEIGHT = 1200, 630
LOOK = 1
"""Goes up when cards look different, so that they are drawn anew."""

FONT = "Noto Sans CJK JP"
EDGE = 84
ROOM = WIDTH - 2 * EDGE

SIZES = ((76, 2), (62, 3), (50, 4))
"""Sizes of the title with the lines that fit there; the first that holds it all is taken."""

LONGEST = 400
"""Signs of a text that are looked at."""

_NARROW = frozenset("iljtfrI.,:;!|'`()[]{}- ")
_BROAD = frozenset("mwMW@%&—")


class Card(NamedTuple):
    """What a card says: a title, what kind of page it is, and a line about it."""

    title: str
    kind: str
    line: str


def png_of(card: Card) -> bytes:
    """The card as a picture; about a tenth of a second of work."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg_of(card), width=WIDTH, height=HEIGHT, font_files=[str(FONT_PATH)],
            font_family=FONT, sans_serif_family=FONT,
        )
    )  # fmt: skip


def svg_of(card: Card) -> str:
    """The card as SVG, in which whatever people wrote is text and nothing else."""
    size, lines = _title(card.title)
    step = round(size * 1.22)
    top = 196 + size
    words = [_words(line, EDGE, top + number * step, size, "#ffffff") for number, line in enumerate(lines)]
    below = top + len(lines) * step + 6
    line_size, line_step = 30, 42
    about = _wrapped(_clean(card.line), line_size, max(1, min(4, (HEIGHT - 40 - below) // line_step)))
    words += [_words(line, EDGE, below + number * line_step, line_size, "#b7c4d1") for number, line in enumerate(about)]
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">
<rect width="{WIDTH}" height="{HEIGHT}" fill="#0d1319"/>
<rect width="{WIDTH}" height="12" fill="#0f6dbb"/>
<g transform="translate({EDGE} 76) scale(2.25)"><rect width="32" height="32" rx="7" fill="#0563b0"/>
<g fill="#fff" stroke="#fff" stroke-width="2.2" stroke-linecap="round">
<path d="M16 16V6.5M16 16l8.2 4.8M16 16l-8.2 4.8" fill="none"/>
<circle cx="16" cy="16" r="3.6" stroke="none"/><circle cx="16" cy="6.2" r="2.6" stroke="none"/>
<circle cx="24.6" cy="21" r="2.6" stroke="none"/><circle cx="7.4" cy="21" r="2.6" stroke="none"/></g></g>
{_words("RayHub", EDGE + 96, 126, 40, "#ffffff")}
{_words(_wrapped(_clean(card.kind), 30, 1)[0] if card.kind else "", WIDTH - EDGE, 124, 30, "#5cb4fb", end=True)}
{"".join(words)}
</svg>"""


def _words(text: str, x: int, y: int, size: int, colour: str, *, end: bool = False) -> str:
    anchor = ' text-anchor="end"' if end else ""
    return (
        f'<text x="{x}" y="{y}" font-family="{FONT}, sans-serif" font-weight="700" font-size="{size}" '
        f'fill="{colour}"{anchor}>{escape(text)}</text>\n'
    )


def _clean(text: str) -> str:
    return " ".join(clean_source(text)[:LONGEST].split())


def _title(title: str) -> tuple[int, list[str]]:
    """The size and the lines of a title; cut where even the smallest size has no room."""
    words = _clean(title)
    for size, most in SIZES:
        lines = list(_lines(words, size))
        if len(lines) <= most:
            return size, lines
    size, most = SIZES[-1]
    return size, _wrapped(words, size, most)


def _wrapped(text: str, size: int, most: int) -> list[str]:
    """The text in so many lines at most, its end left out where there are more."""
    lines = list(_lines(text, size))
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and _width(f"{last}…", size) > ROOM:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _lines(text: str, size: int) -> Iterator[str]:
    """Lines that fit: broken between words, and where a word is wider than a line, or has signs as wide as high, in it."""
    line, width, break_at = "", 0.0, 0
    for sign in text:
        line += sign
        width += _em(sign) * size
        if sign == " " or _is_wide(sign):
            break_at = len(line)
        if width > ROOM and len(line) > 1:
            cut = break_at if 0 < break_at < len(line) else len(line) - 1
            yield line[:cut].rstrip()
            line, break_at = line[cut:].lstrip(), 0
            width = _width(line, size)
    if line.strip():
        yield line.strip()


def _width(text: str, size: int) -> float:
    return sum(map(_em, text)) * size


def _em(sign: str) -> float:
    """How wide a letter is, in parts of its size."""
    if _is_wide(sign):
        return 1.0
    if sign in _NARROW:
        return 0.34
    return 0.9 if sign in _BROAD else 0.66 if sign.isupper() else 0.58


def _is_wide(sign: str) -> bool:
    return not sign.isascii() and east_asian_width(sign) in "WF"

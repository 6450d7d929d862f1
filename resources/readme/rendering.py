"""Outline → README text, clean (`render_classic`) or in the style of the file that was read (`render_faithful`)."""

from collections.abc import Callable

from resources.readme.classic import Classic, has_seats_in_prose
from resources.readme.faithful import Faithful
from resources.readme.outline import Outline
from resources.readme.parsing import parse


def render_classic(outline: Outline, written: Callable[[str], str] = str) -> str:
    """The README in the clean form. Reading it and writing it again gives the same bytes.

    `written` gives a text with its lists written out (readme/lists.py).
    """
    text = Classic(outline, written).text()
    if has_seats_in_prose(outline):
        text = Classic(parse(text), written).text()
    return written(text)


def render_faithful(outline: Outline) -> str:
    """The README in the words and the style of the file that was read.

    A piece with a source that was not edited is written as it was, to the letter. An edited one keeps its bullet, its
    indentation, its separator and the blank lines after it; an added one has those of most items of its section.
    """
    return Faithful(outline).text()

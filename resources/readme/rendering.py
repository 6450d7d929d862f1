"""Outline → README text: `render_faithful` gives an unedited file back as it was."""

from resources.readme.outline import Outline


def render_faithful(outline: Outline) -> str:
    """The README in the words and the style of the file that was read."""
    return "".join(outline.sources())

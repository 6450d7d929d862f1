"""The derived HTML of an entry's content: made once, when the content goes live."""

from resources.entries.models import Entry, Placement, Resource, Section
from resources.text.markdown import RENDERER_VERSION, render, render_inline


def render_entry(entry: Entry) -> None:
    """Sets the entry's derived columns from its own fields, saving nothing.

    Raises TextTooLarge or TextTooComplex where the Markdown cannot be rendered in time.
    """
    if isinstance(entry, Resource):
        rendered = render_inline(entry.summary)
    elif isinstance(entry, Section):
        rendered = render(entry.introduction)
        entry.passages_html = {row["key"]: passage_html(row) for row in entry.passages if row["form"] != "contents"}
    else:
        raise TypeError(f"Nobody has said how a {entry.type} is rendered.")
    entry.html, entry.words, entry.renderer = rendered.html, rendered.words, RENDERER_VERSION


def passage_html(row: dict[str, str]) -> str:
    """A passage's HTML: blocks of prose, or the words of one list item."""
    return render(row["text"]).html


def render_placement(placement: Placement) -> None:
    """Sets the HTML of a seat's own wording, saving nothing."""
    placement.html = render_inline(placement.summary).html if placement.summary else ""

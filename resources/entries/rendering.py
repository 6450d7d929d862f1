"""The derived HTML of an entry's content: made once, when the content goes live."""

from django.conf import settings

from resources.entries.models import Entry, Placement, Resource, Section
from resources.text.markdown import RENDERER_VERSION, Rendered, render_inline
from resources.text.safe_rendering import render_safely


def render_entry(entry: Entry) -> None:
    """Sets the entry's derived columns from its own fields, saving nothing.

    Raises TextTooLarge or TextTooComplex where the Markdown cannot be rendered in time.
    """
    if isinstance(entry, Resource):
        rendered = render_inline(entry.summary, limit=settings.MARKDOWN_LIMIT)
    elif isinstance(entry, Section):
        rendered = render_text(entry.introduction)
        entry.passages_html = {row["key"]: passage_html(row) for row in entry.passages if row["form"] != "contents"}
    else:
        raise TypeError(f"Nobody has said how a {entry.type} is rendered.")
    entry.html, entry.words, entry.renderer = rendered.html, rendered.words, RENDERER_VERSION


def render_text(source: str) -> Rendered:
    """Markdown of several paragraphs, in a process of its own where it could take long."""
    return render_safely(source, limit=settings.MARKDOWN_LIMIT)


def passage_html(row: dict[str, str]) -> str:
    """A passage's HTML: blocks of prose, or the words of one list item."""
    return render_text(row["text"]).html


def render_placement(placement: Placement) -> None:
    """Sets the HTML of a seat's own wording, saving nothing."""
    limit = settings.MARKDOWN_LIMIT
    placement.html = render_inline(placement.summary, limit=limit).html if placement.summary else ""

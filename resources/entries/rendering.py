"""The derived HTML of an entry's content: made once, when the content goes live."""

import re
from collections.abc import Iterable
from dataclasses import asdict

from django.conf import settings

from resources.entries.content import Content, content_fields
from resources.entries.knowledge import CaseStudy, Comparison, WikiPage
from resources.entries.models import Entry, Placement, Resource, Section
from resources.entries.naming import Name, Names, name_of, targets_in
from resources.text.gfm_inlines import Resolve
from resources.text.markdown import RENDERER_VERSION, Rendered, render_inline
from resources.text.safe_rendering import render_safely

EMBED = re.compile(r"<p>\{\{([a-z-]+)((?: [^{}<>]*)?)\}\}</p>")
"""Where a list of entries goes into a page's HTML: a paragraph of its own, as `{{resources tag=security}}`."""


def render_entry(entry: Entry, names: Names | None = None) -> list[str]:
    """Sets the entry's derived columns from its own fields, saving nothing; returns the targets of its mentions.

    `names` says what `[[…]]` leads to; without it every mention counts as written. Raises TextTooLarge or TextTooComplex
    where the Markdown cannot be rendered in time.
    """
    drawing = _Drawing(names)
    if isinstance(entry, Resource):
        rendered = drawing.line(entry.summary)
    elif isinstance(entry, Section):
        rendered = drawing.text(entry.introduction)
        entry.passages_html = {
            row["key"]: drawing.text(row["text"]).html for row in entry.passages if row["form"] != "contents"
        }
    elif isinstance(entry, WikiPage | CaseStudy | Comparison):
        rendered = drawing.text(entry.body)
        entry.headings = [asdict(heading) for heading in rendered.headings]
        if isinstance(entry, WikiPage):
            entry.embeds = EMBED.search(rendered.html) is not None
        if isinstance(entry, Comparison):
            entry.cells_html = {
                row["key"]: {column: drawing.line(row[column]).html for column in ("text", "note") if row[column]}
                for row in entry.cells
            }
    else:
        raise TypeError(f"Nobody has said how a {entry.type} is rendered.")
    entry.html, entry.words, entry.renderer = rendered.html, rendered.words, RENDERER_VERSION
    return list(dict.fromkeys(drawing.mentions))


class _Drawing:
    """Draws the texts of one entry and gathers what they mention."""

    def __init__(self, names: Resolve | None) -> None:
        self.names = names
        self.mentions: list[str] = []

    def text(self, source: str) -> Rendered:
        """Markdown of several paragraphs."""
        return self._kept(render_text(source, names=self.names))

    def line(self, source: str) -> Rendered:
        """Markdown of one line."""
        return self._kept(render_inline(source, resolve=self.names, limit=settings.MARKDOWN_LIMIT))

    def _kept(self, rendered: Rendered) -> Rendered:
        self.mentions += rendered.mentions
        return rendered


def render_text(source: str, *, names: Resolve | None = None) -> Rendered:
    """Markdown of several paragraphs, in a process of its own where it could take long."""
    return render_safely(source, resolve=names, limit=settings.MARKDOWN_LIMIT)


def render_placement(placement: Placement) -> None:
    """Sets the HTML of a seat's own wording, saving nothing."""
    limit = settings.MARKDOWN_LIMIT
    placement.html = render_inline(placement.summary, limit=limit).html if placement.summary else ""


def names_in(contents: Iterable[tuple[type[Entry], Content]]) -> set[Name]:
    """What the texts of contents may mention: to be learned before they are rendered."""
    return {
        name_of(target) for model, content in contents for text in _texts(model, content) for target in targets_in(text)
    }


def _texts(model: type[Entry], content: Content) -> Iterable[str]:
    for field in content_fields(model):
        value = content.get(field.name)
        if isinstance(value, str):
            yield value
        elif field.kind == "rows" and field.row_model is None:
            yield from (text for row in value or () for text in row.values() if isinstance(text, str))

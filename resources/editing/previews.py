"""A form as the page that it would become, drawn by the renderer of the page itself."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from resources.editing.knowledge_forms import ComparisonForm
from resources.editing.sheets import Sheet
from resources.editing.wording import suggestions
from resources.entries.claims import claims_in
from resources.entries.content import MODELS, Content, fill
from resources.entries.knowledge import CaseStudy, Claim
from resources.entries.models import Entry, Resource, Section
from resources.entries.rendering import render_entry
from resources.text.markdown import render_inline
from resources.text.render_limits import TextTooComplex, TextTooLarge


@dataclass(slots=True)
class Preview:
    """What a form would look like: an entry that is not saved, its HTML, and words that say what changed.

    `criteria` are those that alone are shown of a comparison; all where there are none.
    """

    entry: Entry
    trouble: str = ""
    seats: list[dict[str, Any]] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    criteria: set[str] = field(default_factory=set)
    claims: list[Claim] = field(default_factory=list)


def preview_of(sheet: Sheet) -> Preview:
    """Draws the form, also where some field is not in order yet."""
    content = sheet.form.as_far_as_valid()
    model = MODELS[sheet.type]
    entry = model(type=sheet.type)
    fill(entry, content)
    preview = Preview(entry, tags=content["tags"], suggestions=suggestions(model, sheet.form.content, content))
    if isinstance(sheet.form, ComparisonForm):
        preview.criteria = {key.partition("/")[2] for key in sheet.form.only}
    try:
        render_entry(entry)
        preview.seats = _seats(content) if isinstance(entry, Resource) else []
    except (TextTooLarge, TextTooComplex) as error:
        preview.trouble = str(error)
    if isinstance(entry, CaseStudy):
        preview.claims = claims_in(content)
    if isinstance(entry, Section):
        rows = sorted(entry.passages, key=lambda row: row["position"])
        preview.passages = [entry.passages_html.get(row["key"], "") for row in rows if row["form"] != "contents"]
    return preview


def _seats(content: Content) -> list[dict[str, Any]]:
    """The sections that the resource sits in, with its wording there."""
    sections = Section.objects.in_bulk([row["section"] for row in content["placements"]])
    return [
        {
            "section": sections[row["section"]],
            "html": render_inline(row["summary"], limit=settings.MARKDOWN_LIMIT).html if row["summary"] else "",
        }
        for row in content["placements"]
        if row["section"] in sections
    ]

"""An entry as Markdown that reads well by itself: what it is, its text with links, its rows as tables.

The source at the same address is the file that the content folder would hold; this is for those who only read.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from resources.content_files.front_matter import join_file
from resources.entries.knowledge import CaseStudy, Claim, Comparison, WikiPage
from resources.entries.models import Entry, Resource, Section
from resources.entries.naming import Names
from resources.entries.seats import Seat, seats_of_all
from resources.entries.table_files import as_markdown
from resources.entries.tables import table_of
from resources.llms.linking import link_words, names_for, written

FORM = "?form=reading"
"""What the address of a source has behind it where the reading form is meant."""

MOST_ROWS = 1_000
"""Resources of a section that are listed."""

_SIGNS = str.maketrans({"\\": "\\\\", "|": "\\|", "\n": " ", "\r": " "})


def reading_address(entry: Entry) -> str:
    """Where the reading form of an entry is, as a whole address."""
    return f"{settings.SITE_URL}{entry.source_address}{FORM}"


def reading_of(entry: Entry) -> str:
    """The entry for reading: front matter of plain words, a heading, and its text; a fixed number of queries."""
    if isinstance(entry, Section):
        return _section(entry)
    texts = [str(getattr(entry, name, "") or "") for name in ("summary", "body")]
    names = names_for(texts)
    return _whole(entry, [written(text, names) for text in texts] + list(_PARTS[type(entry)](entry)))


def guide_text(guide: WikiPage, names: Names) -> str:
    """A guide as one part of a longer text: its title, where it is, its words."""
    head = f"# {_line(guide.title)}\n\n<{settings.SITE_URL}{guide.get_absolute_url()}>"
    return "\n\n".join(part for part in (head, written(guide.summary, names), written(guide.body, names)) if part)


def _whole(entry: Entry, parts: Iterable[str]) -> str:
    said = [f"# {_line(entry.title)}", *(part for part in parts if part)]
    return join_file(_front(entry), "\n\n".join(said))


def _front(entry: Entry) -> dict[str, Any]:
    """What is said of every entry, and the short facts of its kind that are filled in."""
    facts = {
        "title": _line(entry.title),
        "kind": str(entry.get_type_display()),
        "page": f"{settings.SITE_URL}{entry.get_absolute_url()}",
        "source": f"{settings.SITE_URL}{entry.source_address}",
        "changed": entry.changed_at.date().isoformat(),
        "revision": entry.revision_number,
        "tags": entry.tag_names,
        **_facts(entry),
    }
    return {name: value for name, value in facts.items() if value}


def _facts(entry: Entry) -> Mapping[str, Any]:
    if isinstance(entry, Resource):
        return {
            "url": entry.url,
            "sort": str(entry.get_kind_display()),
            "state": str(entry.get_state_display()),
            "libraries": [name for _word, name in entry.library_names],
            "language": entry.language,
            "licence": entry.licence,
            "authors": list(entry.authors),
            "year": entry.year,
        }
    if isinstance(entry, CaseStudy):
        return {
            "organisation": entry.organisation,
            "industry": str(entry.get_industry_display()),
            "libraries": [name for _word, name in entry.library_names],
            "since": entry.since,
        }
    return {}


def _nothing(_entry: Any) -> Sequence[str]:
    return ()


def _resource(entry: Resource) -> Iterable[str]:
    """Where it is found, and the sections that it stands in."""
    yield f"<{entry.url}>"
    seats = entry.placements.filter(section__removed_at=None).select_related("section").order_by("pk")
    if sections := [_link(seat.section) for seat in seats]:
        yield _("Sections: %s") % ", ".join(sections)


def _case_study(entry: CaseStudy) -> Iterable[str]:
    """What it says of itself in one line each, and its claims as a table."""
    lines = ((_("Use case"), entry.use_case), (_("Scale"), entry.scale), (_("Key benefit"), entry.benefit))
    yield "\n".join(f"- {label}: {_line(words)}" for label, words in lines if words)
    claims = list(entry.claims.select_related("checked_by"))
    if claims:
        head = (_("Claim"), _("Figure"), _("State"), _("Source"), _("Published"), _("Quotation"))
        yield f"## {_('Claims and their sources')}\n\n{table([head, *map(_claim, claims)])}"


def _claim(claim: Claim) -> Sequence[str]:
    source = f"<{claim.source}>" if claim.source else _("none")
    figure = f"{claim.figure} {claim.unit}".strip()
    return claim.statement, figure, str(claim.get_state_display()), source, claim.published, claim.quote


def _comparison(entry: Comparison) -> Iterable[str]:
    """What is compared, what is asked, and the table."""
    found = table_of(entry)
    if found.subjects:
        subjects = [_link(one.resource, one.name) if one.resource else _line(one.name) for one in found.subjects]
        yield f"{_('Compared')}: {', '.join(subjects)}"
    asked = [f"- {_line(line.head.name)}: {_line(line.head.help)}" for line in found.lines if line.head.help]
    if asked:
        yield f"## {_('What is asked')}\n\n{'\n'.join(asked)}"
    if found.lines and found.heads:
        yield f"## {_('Table')}\n\n{as_markdown(found).strip()}"


_PARTS: Mapping[type[Entry], Any] = {
    WikiPage: _nothing, Resource: _resource, CaseStudy: _case_study, Comparison: _comparison,
}  # fmt: skip
"""What a kind has beside its summary and text."""


def _section(entry: Section) -> str:
    children = list(entry.children.live().in_order())
    seats = seats_of_all([entry])[entry.pk][:MOST_ROWS]
    passages = [seat.passage["text"] for seat in seats if seat.passage]
    names = names_for([entry.introduction, *passages])
    below = "\n".join(f"- {_link(child)}" for child in children)
    return _whole(
        entry,
        [
            written(entry.introduction, names),
            "\n".join(_seat(seat, names) for seat in seats),
            f"## {_('Sections below')}\n\n{below}" if below else "",
        ],
    )


def _seat(seat: Seat, names: Names) -> str:
    """A resource as a line of a list, or a passage as it stands there."""
    if seat.placement is None:
        return f"\n{written(seat.passage['text'], names)}\n" if seat.passage else ""
    resource = seat.placement.resource
    said = _line(seat.placement.summary or resource.summary)
    return f"- {_link(resource)} (<{resource.url}>){': ' if said else ''}{said}"


def _link(entry: Entry, words: str = "") -> str:
    return f"[{link_words(words or entry.title)}]({settings.SITE_URL}{entry.get_absolute_url()})"


def _line(words: str) -> str:
    return " ".join(words.split())


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of plain words as a Markdown table, the first of them its head."""
    head, *others = ([" ".join(cell.translate(_SIGNS).split()) for cell in row] for row in rows)
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *others])

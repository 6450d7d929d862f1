"""/llms.txt, as llmstxt.org has it: what this is, and links to what there is, each to a text that can be read alone."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from resources.entries.knowledge import CaseStudy, Comparison, WikiPage
from resources.entries.models import Entry
from resources.entries.tree import Branch
from resources.home.context import kept_tree
from resources.llms.linking import link_words, names_for
from resources.llms.reading import FORM, guide_text

MOST = 500
"""Entries that one part of the list names."""

MOST_BYTES = 2_000_000
"""How long /llms-full.txt may be."""

AT_ONCE = 50
"""Guides that are read from the database together."""


def index() -> str:
    """The whole list; a fixed number of queries."""
    about = _(
        "A knowledge base around Ray, the distributed computing framework: libraries, projects, papers and talks in "
        "sections, guides, case studies whose claims have sources, and comparisons. Kept by its readers."
    )
    parts = [
        "# RayHub",
        f"> {about}",
        _(
            "Every page is there as Markdown: at its address with .md in place of the last slash (its source), with "
            "?form=reading behind that (to be read alone), or when asked for with Accept: text/markdown. Claims in case "
            "studies are marked as verified, unverified or disputed."
        ),
        _part(_("Guides"), _lines(WikiPage.objects.pages().in_order(), "summary"), "/wiki/"),
        _part(_("Case studies"), _lines(CaseStudy.objects.live().order_by("organisation", "pk"), "use_case"),
              "/case-studies/"),
        _part(_("Comparisons"), _lines(Comparison.objects.live().order_by("title", "pk"), "summary"), "/compare/"),
        _part(_("Sections"), [_section(branch) for branch in _flat(kept_tree())], "/"),
        f"## Optional\n\n{'\n'.join(_others())}",
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def _part(title: str, lines: list[str], address: str) -> str:
    """A part of the list; of more than MOST lines, the first ones and where the others are."""
    if not lines:
        return ""
    more = [_line(_("More"), address, _("the others of this part"))] if len(lines) > MOST else []
    return f"## {title}\n\n{'\n'.join([*lines[:MOST], *more])}"


def _lines(found: Any, summary: str) -> list[str]:
    rows = found.values_list("type", "slug", "title", summary)[: MOST + 1]
    return [
        _line(title, f"{Entry(type=type_, slug=slug).source_address}{FORM}", said) for type_, slug, title, said in rows
    ]


def _section(branch: Branch) -> str:
    count = _("%(count)s resources") % {"count": branch.count} if branch.count else ""
    return _line(branch.section.title, f"{branch.section.source_address}{FORM}", count)


def _flat(tree: Iterable[Branch]) -> Iterator[Branch]:
    for branch in tree:
        yield branch
        yield from _flat(branch.children)


def _others() -> Iterator[str]:
    """What can be skipped where there is little room; the word above it is the format's own."""
    yield _line("README.md", "/README.md", _("every resource as one awesome list"))
    yield _line("llms-full.txt", "/llms-full.txt", _("the texts of the guides in one file"))
    yield _line(_("Case studies as a table"), "/case-studies.md", _("who uses Ray, for what, at which scale"))
    yield _line(_("The API"), "/api/v1/openapi.json", _("everything as JSON, with search and filters"))
    yield _line(
        "MCP", "/mcp", _("the Model Context Protocol (streamable HTTP, by POST), for assistants that read here")
    )
    yield _line(_("Recent changes"), "/changes.json", _("as a JSON Feed"))
    yield _line(_("Sitemap"), "/sitemap.xml", _("every page with its date"))


def _line(title: str, address: str, said: str = "") -> str:
    words = " ".join(said.split())
    return f"- [{link_words(title)}]({settings.SITE_URL}{address}){': ' if words else ''}{words}"


def whole() -> Iterator[str]:
    """The texts of the guides one after the other, in their order, until MOST_BYTES; the end says what is left out."""
    yield "# RayHub\n\n"
    yield _("The texts of the guides. What else there is stands in %s/llms.txt.") % settings.SITE_URL
    yield "\n"
    room = MOST_BYTES
    keys = list(WikiPage.objects.pages().in_order().values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        guides = WikiPage.objects.only("type", "slug", "title", "summary", "body").in_bulk(
            keys[start : start + AT_ONCE]
        )
        shown = [guides[key] for key in keys[start : start + AT_ONCE] if key in guides]
        names = names_for(text for guide in shown for text in (guide.summary, guide.body))
        for place, guide in enumerate(shown):
            text = f"\n{guide_text(guide, names)}\n"
            room -= len(text.encode())
            if room < 0:
                left = len(keys) - start - place
                yield _cut(left)
                return
            yield text


def _cut(left: int) -> str:
    words = {"left": left, "address": f"{settings.SITE_URL}/wiki/"}
    said = _("This file ends here; %(left)s guides are left out. They are all at %(address)s, each also as Markdown.")
    return f"\n---\n\n{said % words}\n"

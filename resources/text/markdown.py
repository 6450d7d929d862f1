"""Markdown that strangers write → HTML that is safe to show.

`render` for pages, `render_inline` for one line, `plain` for the bare words. GitHub's blocks (`gfm_blocks`), Python-
Markdown with GitHub's inline patterns (`gfm_inlines`), anchors (`anchoring`), and last the sanitiser (`sanitising`).
"""

import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension

from resources.text.anchoring import Anchoring, Heading, count_words, visible_text
from resources.text.cleaning import clean_source
from resources.text.gfm_blocks import INLINE, GitHubBlockParser
from resources.text.gfm_inlines import BoundedInlines, Resolve, TextState, inline_patterns
from resources.text.render_limits import (
    MARKDOWN_LIMIT,
    TextTooComplex,
    TextTooLarge,
    check_lines,
    check_size,
    check_tags,
)
from resources.text.sanitising import sanitise, sanitise_line, well_formed

__all__ = [
    "MARKDOWN_LIMIT",
    "RENDERER_VERSION",
    "Heading",
    "Rendered",
    "TextTooComplex",
    "TextTooLarge",
    "plain",
    "render",
    "render_inline",
]

RENDERER_VERSION = 2
"""Raised by one whenever the same source gives other HTML: what was rendered by an older one is rendered again."""

_MARKS = frozenset("\\`*_~[]<>&@:\u00a0")
_SPACES = re.compile(r"[ \t\n]+")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as a page shows it.

    `links`: the outside http(s) addresses, each once, in order. `mentions`: the targets of `[[…]]`, likewise.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    links: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    words: int = 0


class _GitHub(Extension):
    """Puts GitHub's blocks and inline patterns into a Markdown instance. Its `state` belongs to the current text."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Python-Markdown's name
        self.state = TextState(md.references)
        md.preprocessors.deregister("normalize_whitespace")
        md.preprocessors.deregister("html_block")
        md.parser = GitHubBlockParser(md, self.state.footnotes)
        md.inlinePatterns = inline_patterns(md, self.state)
        md.treeprocessors.register(BoundedInlines(md, self.state), "inline", 20)
        md.treeprocessors.deregister("prettify")


class _Renderer(threading.local):
    """One Markdown instance for each thread: it keeps a text's state while it works."""

    def __init__(self) -> None:
        self.extension = _GitHub()
        self.md = Markdown(extensions=[self.extension])

    def page(self, source: str, resolve: Resolve | None) -> str:
        """Unsafe HTML of a whole text."""
        self._begin(resolve)
        return self.md.convert(source)

    def line(self, source: str, resolve: Resolve | None) -> str:
        """Unsafe HTML of one line: the inline patterns without the blocks."""
        self._begin(resolve)
        root = Element(self.md.doc_tag)
        SubElement(root, INLINE).text = source
        for processor in self.md.treeprocessors:
            processed = processor.run(root)
            root = root if processed is None else processed
        html = self.md.serializer(root)[len("<div>") : -len("</div>")]
        for postprocessor in self.md.postprocessors:
            html = postprocessor.run(html)
        return html

    def _begin(self, resolve: Resolve | None) -> None:
        self.md.reset()
        self.extension.state.begin(resolve)


_renderer = _Renderer()


def render(source: str, *, resolve: Resolve | None = None, limit: int = MARKDOWN_LIMIT) -> Rendered:
    """`source` as a page. `resolve` gives the address of a mentioned page; without it mentions lead to `/wiki/<slug>/`.

    Raises TextTooLarge above `limit` bytes and TextTooComplex where the text would take too long, and nothing else.
    """
    check_size(source, limit)
    return _finished(clean_source(source), resolve, _renderer.page, sanitise)


def render_inline(source: str, *, resolve: Resolve | None = None, limit: int = MARKDOWN_LIMIT) -> Rendered:
    """`source` as one line without a block around it: emphasis, code, links. Raises as `render` does."""
    check_size(source, limit)
    source = _SPACES.sub(" ", clean_source(source)).strip(" ")
    if _MARKS.isdisjoint(source) and "www." not in source:
        return Rendered(html=source, words=count_words(source))
    return _finished(source, resolve, _renderer.line, sanitise_line)


def plain(source: str, *, limit: int = MARKDOWN_LIMIT) -> str:
    """The words that a reader of `source` sees, on one line: for descriptions and feeds. Raises as `render` does."""
    if not _MARKS.isdisjoint(source) or "\n" in source or source[:1] in "#+-=0123456789 ":
        return " ".join(visible_text(render(source, limit=limit).html).split())
    return " ".join(clean_source(source).split())


def _finished(
    source: str, resolve: Resolve | None, convert: Callable[[str, Resolve | None], str], clean: Callable[[str], str]
) -> Rendered:
    try:
        check_lines(source)
        html = convert(source, resolve)
        check_tags(html)
        shaped = well_formed(html)
        anchoring = Anchoring()
        html = clean(anchoring.run(shaped))
    except (TextTooLarge, TextTooComplex):
        raise
    except Exception as error:  # noqa: BLE001  a text must never break its page, whatever a parser stumbles over
        # One line, by %r: what a stranger wrote must not begin a line of the log.
        _log.error("A text is shown as it was written: %r. It begins: %r", error, source[:80])
        shown = escape(source)
        return Rendered(html=shown if clean is sanitise_line else f"<pre>{shown}</pre>", words=count_words(shown))
    return Rendered(
        html=html,
        headings=tuple(anchoring.headings),
        links=tuple(anchoring.links),
        mentions=tuple(_renderer.extension.state.mentions),
        words=count_words(html),
    )

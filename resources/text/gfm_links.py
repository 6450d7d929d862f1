"""Links, images, footnote marks and mentions as Python-Markdown's inline patterns, found as GitHub finds them."""

import re
from typing import ClassVar, Protocol
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString, code_escape

from resources.text.gfm_literals import Found, Sources
from resources.text.link_syntax import Span, find_spans


class Document(Protocol):
    """What links ask of the text they stand in."""

    def reference(self, label: str) -> tuple[str, str] | None:
        """Address and title of a reference definition, None where it is not defined."""

    def footnote(self, label: str) -> tuple[str, str] | None:
        """A footnote's normal label and an empty title, None where it is not defined."""

    def footnote_mark(self, label: str) -> Element:
        """The mark in the text for the footnote of this normal label."""

    def mention(self, target: str) -> Element:
        """The link to another page of the site, with the words that it has by itself."""


class Links(InlineProcessor):
    """Links and footnote marks, or (a second instance) images; found once for a whole text, then handed out."""

    ANCESTOR_EXCLUDES: ClassVar[tuple[str, ...]] = ("a",)

    def __init__(self, md: Markdown, document: Document) -> None:
        super().__init__(r"!?\[", md)
        self.document = document
        self.sources = Sources(md)
        self.begin()

    def begin(self) -> None:
        """Make ready for another stretch of text: there the same placeholders, and the same names of references, stand for
        other addresses.
        """
        self.found: dict[int, Span] = {}
        self.read = ""

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802  the base's types name an older form
        start = m.start()
        # A replacement changes what lies before it, never what follows: places are counted from the end.
        if not self.read.endswith(data[start:]):
            self._find(data)
        span = self.found.get(len(data) - start)
        if span is None:
            return None, None, None
        label = data[start + span.label_start - span.start : start + span.label_end - span.start]
        return self._element(span, label), start, start + span.end - span.start

    def _find(self, data: str) -> None:
        self.read = data
        spans = find_spans(data, self)
        self.found = {len(data) - span.start: span for span in spans if self.wanted(span)}

    def wanted(self, span: Span) -> bool:
        return span.kind != "image"

    def reference(self, label: str) -> tuple[str, str] | None:
        """As `Context` asks."""
        return self.document.reference(self.sources.written(label, "\\"))

    def footnote(self, label: str) -> tuple[str, str] | None:
        """As `Context` asks."""
        return self.document.footnote(label)

    def written(self, text: str) -> str:
        """As `Context` asks."""
        return self.sources.written(text)

    def _element(self, span: Span, label: str) -> Element:
        if span.kind == "footnote":
            return self.document.footnote_mark(span.address)
        element = Element("a", {"href": span.address})
        if span.title:
            element.set("title", self.sources.written(span.title))
        element.text = label
        return element


class Images(Links):
    """Images: after the links, so that an image inside a link stays inside it."""

    ANCESTOR_EXCLUDES: ClassVar[tuple[str, ...]] = ()

    def wanted(self, span: Span) -> bool:
        return span.kind == "image"

    def _element(self, span: Span, label: str) -> Element:
        element = Element("img", {"src": span.address, "alt": self.sources.shown(self._flat(label))})
        if span.title:
            element.set("title", self.sources.written(span.title))
        return element

    def _flat(self, label: str, depth: int = 3) -> str:
        """An image's label with the images inside it reduced to their own labels."""
        if depth == 0 or "](" not in label:
            return label
        flat, done = "", 0
        for span in find_spans(label, self):
            flat += label[done : span.start] + self._flat(label[span.label_start : span.label_end], depth - 1)
            done = span.end
        return flat + label[done:]


class Mentions(InlineProcessor):
    """`[[Title]]`, `[[Title|words]]`, `[[Title#Heading]]` and `[[resource:slug]]`."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown, document: Document) -> None:
        super().__init__(r"(?<!!)\[\[(?!\^)([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\](?![(\[:])", md)
        self.document = document
        self.sources = Sources(md)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802  the base's types name an older form
        target = " ".join(self.sources.written(m.group(1)).split())
        if not target or self.document.reference(target) is not None:
            return None, None, None
        element = self.document.mention(target)
        words = self.sources.shown(m.group(2) or "").strip() or str(element.text)
        element.text = AtomicString(code_escape(words))
        return element, m.start(), m.end()

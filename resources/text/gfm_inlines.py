"""Python-Markdown's inline pass with GitHub's patterns, bounded for each stretch of text, and its footnotes."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from django.utils.text import slugify
from markdown import Markdown
from markdown.inlinepatterns import DelimiterProcessor, Pattern, SubstituteTagInlineProcessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString, Registry, code_escape

from resources.text.anchoring import prefixed, slug
from resources.text.bare_addresses import BareAddresses
from resources.text.gfm_blocks import INLINE
from resources.text.gfm_links import Images, Links, Mentions
from resources.text.gfm_literals import Literals
from resources.text.link_syntax import normal_label
from resources.text.render_limits import REFERENCE_GROWTH, WorkBudget


class Target(NamedTuple):
    """Where a mention leads, and what the page there is called."""

    address: str
    title: str = ""


Resolve = Callable[[str], Target | None]
"""Gives the page that a mention names, or None where there is none yet."""

PREFIXES: Mapping[str, str] = {
    "resource": "/resources/",
    "section": "/sections/",
    "guide": "/wiki/",
    "case-study": "/case-studies/",
    "comparison": "/compare/",
}
"""The word before the colon of a mention → where entries of that kind have their addresses."""

_MARKED = re.compile(r"[\\`*_~\[<&@]|://|www\.| {2}\n")


class TextState:
    """What one text's inline pass knows and gathers; `begin` forgets the text before."""

    def __init__(self, references: dict[str, tuple[str, str]]) -> None:
        self.references = references
        self.footnotes: dict[str, Element] = {}  # normal label → the item that holds its text
        self.begin(None)

    def begin(self, resolve: Resolve | None) -> None:
        """Make ready for a text whose mentions `resolve` finds."""
        self.resolve = resolve
        self.mentions: dict[str, None] = {}
        self.footnotes.clear()
        self.uses: dict[str, list[int]] = {}  # normal label → [number, how often it was used], by first use
        self.growth = 0
        self.budget = WorkBudget()

    def reference(self, label: str) -> tuple[str, str] | None:
        """Address and title of a reference definition; None where undefined, or where uses have grown out of bounds."""
        found = self.references.get(normal_label(label))
        if found is None:
            return None
        self.growth += len(found[0]) + len(found[1])
        return found if self.growth <= REFERENCE_GROWTH else None

    def footnote(self, label: str) -> tuple[str, str] | None:
        """The normal label of a footnote that the text defines."""
        return (normal, "") if (normal := normal_label(label)) in self.footnotes else None

    def footnote_mark(self, label: str) -> Element:
        """`<sup>` with the footnote's number, linked there and back."""
        use = self.uses.setdefault(label, [len(self.uses) + 1, 0])
        use[1] += 1
        mark = Element("sup", {"class": "footnote"})
        link = SubElement(mark, "a", {"href": f"#fn:{use[0]}", "id": f"fnref:{use[0]}:{use[1]}"})
        link.text = AtomicString(str(use[0]))
        return mark

    def mention(self, target: str) -> Element:
        """The link to the page that `target` names; class `wanted` where it is not written yet.

        Its words are the title as it was written, or what the entry of another kind is called.
        """
        self.mentions[target] = None
        title, _, heading = target.partition("#")
        kind, colon, rest = title.partition(":")
        prefix = PREFIXES.get(kind.strip().lower()) if colon else None
        name = rest.strip() if prefix else title
        found = self.resolve(title) if self.resolve else None
        known = self.resolve is None or found is not None
        address = found.address if found else f"{prefix or '/wiki/'}{slugify(name, allow_unicode=True) or 'untitled'}/"
        words = found.title if found and prefix and found.title else name
        if heading:
            address += "#" + prefixed(slug(heading.strip()))
            words += f" § {heading.strip()}"
        link = Element("a", {"class": "mention" if known else "mention wanted", "href": address})
        link.text = AtomicString(words)
        return link


class BoundedInlines(InlineProcessor):
    """Runs the inline patterns over one stretch of text after the other; one that asks too much stays plain text."""

    def __init__(self, md: Markdown, state: TextState) -> None:
        super().__init__(md)
        self.state = state

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """The tree with every `INLINE` element filled, footnotes behind it."""
        self._fill_all(tree)
        notes = Element("ol")
        while pending := list(self.state.uses)[len(notes) :]:  # footnotes may use further footnotes
            for label in pending:
                item = self.state.footnotes[label]
                notes.append(item)
                self._fill_all(item)
        if len(notes):
            self._number(notes)
            SubElement(tree, "section", {"class": "footnotes"}).append(notes)
        return tree

    def _fill_all(self, tree: Element) -> None:
        for holder in list(tree.iter(INLINE)):
            self._fill(holder)

    def _fill(self, holder: Element) -> None:
        text = holder.text or ""
        if isinstance(text, AtomicString) or not _MARKED.search(text):
            holder.text = AtomicString(text)
        elif not self.state.budget.allows(text):
            holder.text = AtomicString(code_escape(text))
        else:
            for pattern in self.md.inlinePatterns:
                if isinstance(pattern, Links):
                    pattern.begin()
            frame = Element("div")
            frame.append(holder)
            tail, holder.tail = holder.tail, None
            try:
                super().run(frame)
            except RecursionError:  # emphasis within emphasis, hundreds deep
                if self.md.delimiters is not None:
                    self.md.delimiters.reset()
                holder[:] = []
                holder.text = AtomicString(code_escape(text))
            holder.tail = tail
        holder.tag = None  # type: ignore[assignment]  # Python-Markdown's serializer writes such an element without tags

    def _number(self, notes: Element) -> None:
        for item, (number, used) in zip(notes, self.state.uses.values(), strict=True):
            item.set("id", f"fn:{number}")
            last = item[-1] if len(item) and item[-1].tag == "p" else item
            for use in range(1, used + 1):
                back = SubElement(last, "a", {"class": "footnote-back", "href": f"#fnref:{number}:{use}"})
                back.text = AtomicString("↩")


def inline_patterns(md: Markdown, state: TextState) -> Registry[Pattern]:
    """The patterns in the order in which they read a text."""
    patterns: Registry[Pattern] = Registry()
    patterns.register(Literals(md), "literals", 190)
    patterns.register(Mentions(md, state), "mentions", 170)
    patterns.register(Links(md, state), "links", 160)
    patterns.register(Images(md, state), "images", 150)
    patterns.register(BareAddresses(md), "bare_addresses", 140)
    patterns.register(SubstituteTagInlineProcessor(r" {2,}\n", "br"), "linebreak", 100)
    emphasis = DelimiterProcessor("*", "strong,em", md)
    emphasis.add("_", "strong,em", smart=True)
    emphasis.add("~", "del,del")
    patterns.register(emphasis, "emphasis", 60)
    return patterns

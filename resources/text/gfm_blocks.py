"""GitHub's blocks for Python-Markdown: its element tree, built from the tokens of markdown-it-py.

Python-Markdown's own block parser reads lists, quotes and HTML otherwise than GitHub does. Here markdown-it-py (a
CommonMark parser) finds the blocks; each stretch of inline text waits in an `INLINE` element for Python-Markdown's
inline patterns.
"""

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.html_block import HTML_SEQUENCES, html_block
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.footnote import footnote_plugin

from resources.text.code_colours import coloured
from resources.text.link_syntax import normal_label
from resources.text.raw_html import tame
from resources.text.render_limits import (
    COLOURED_BLOCK,
    COLOURED_CODE,
    MAX_BLOCKS,
    MAX_NESTING,
    QUOTED_LINES,
    TextTooComplex,
)
from resources.text.sanitising import ADMONITIONS

INLINE = "inline"
"""The tag of an element whose text is still inline source; it is written without any tag."""

_ALIGNED = re.compile(r"text-align:(left|center|right)")
_TRANSPARENT = frozenset({"paragraph_open", "paragraph_close"})


def _parser() -> MarkdownIt:
    """markdown-it-py with GitHub's blocks and no inline work: that is Python-Markdown's."""
    parser = MarkdownIt("commonmark", {"alerts": True, "tasklists": True, "maxNesting": 2 * MAX_NESTING + 2})
    parser.enable("table").use(footnote_plugin, inline=False).use(admon_plugin)
    # Addresses stay as written: the sanitiser judges them.
    parser.normalizeLink = str  # type: ignore[method-assign, assignment]
    parser.validateLink = bool  # type: ignore[method-assign, assignment]
    parser.core.ruler.enableOnly(["normalize", "block"])
    parser.block.ruler.before("table", "bounds", _bounds)
    parser.block.ruler.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    return parser


def _bounds(state: StateBlock, line: int, _end: int, _silent: bool) -> bool:
    """A rule that never matches: it stops a text before it has grown too deep or too large to draw."""
    if state.level > 2 * MAX_NESTING:
        raise TextTooComplex(
            f"Lists or quotes are nested more than {MAX_NESTING} deep (line {line + 1}). Flatten them."
        )
    _check_count(len(state.tokens))
    if state.src.startswith(">", state.bMarks[line] + state.tShift[line]):
        # The quote's rule reads on to the next blank line, however soon the quote ends.
        state.env["quoted"] += state.env["unbroken"][line]
        if state.env["quoted"] > QUOTED_LINES:
            raise TextTooComplex(
                f"Too many quotes stand right against other text (line {line + 1}). "
                "Put a blank line before and after each."
            )
    return False


def _html_block(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """GitHub's reading of a tag alone on a line: it does not end a paragraph, but it does end an item's or a quote's
    when it stands outside of them (`- item`, then `<a name="x"></a>` at the margin).
    """
    outside = state.sCount[line] < state.blkIndent or state.parentType == "blockquote"
    if not (silent and outside) or state.sCount[line] < 0 or state.is_code_block(line):
        return html_block(state, line, end, silent)
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    return text.startswith("<") and any(opening.search(text) for opening, _closing, _ends in HTML_SEQUENCES)


def _check_count(tokens: int) -> None:
    if tokens > 3 * MAX_BLOCKS:
        raise TextTooComplex(
            f"This text has more than {MAX_BLOCKS:,} paragraphs, list items and table cells. "
            "Split it into several pages."
        )


_PARSER = _parser()


def block_tokens(source: str, environment: dict[str, Any]) -> list[Token]:
    """The block tokens of `source`; `environment` receives the reference definitions and the footnotes' labels."""
    environment |= {"quoted": 0, "unbroken": _unbroken(source)}
    return _PARSER.parse(source, environment)


def _unbroken(source: str) -> list[int]:
    """For each line, how many lines follow before a blank one."""
    counts: list[int] = []
    count = 0
    for line in reversed(source.split("\n")):
        count = count + 1 if line.strip() else 0
        counts.append(count)
    counts.reverse()
    return counts


class GitHubBlockParser(BlockParser):
    """Python-Markdown's parser object, with the blocks of GitHub; `footnotes` receives the items by normal label."""

    def __init__(self, md: Markdown, footnotes: dict[str, Element]) -> None:
        super().__init__(md)
        self.footnotes = footnotes

    def parseDocument(self, lines: Any) -> ElementTree:  # noqa: N802  Python-Markdown's name
        """The tree of the text's blocks; reference definitions go to `md.references` as (address, title)."""
        environment: dict[str, Any] = {}
        tokens = block_tokens("\n".join(lines), environment)
        _check_count(len(tokens))
        for label, found in environment.get("references", {}).items():
            self.md.references[label] = (found["href"], found["title"])
        self.root = Element(self.md.doc_tag)
        _Builder(self.md, self.root, self.footnotes).build(tokens)
        return ElementTree(self.root)


class _Builder:
    """Turns tokens into elements; `open` is the path from the root to the element that is being filled."""

    def __init__(self, md: Markdown, root: Element, footnotes: dict[str, Element]) -> None:
        self.md = md
        self.open = [root]
        self.footnotes = footnotes
        self.colours_left = COLOURED_CODE
        self.leaves: dict[str, Callable[[Token], None]] = {
            "inline": self.inline,
            "fence": self.code,
            "code_block": self.code,
            "html_block": self.html,
            "hr": self.rule,
        }

    def build(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.nesting == 0:
                self.leaves[token.type](token)
            elif token.hidden and token.type in _TRANSPARENT:
                continue
            elif token.nesting == 1:
                self.enter(token)
            else:
                self.open.pop()

    def enter(self, token: Token) -> None:
        if token.type == "footnote_reference_open":
            element = Element("li")
            self.footnotes.setdefault(normal_label(str(token.meta["label"])), element)
        else:
            self.separate()
            element = SubElement(self.open[-1], token.tag, _attributes(token))
        element.tail = "\n"
        self.open.append(element)
        if "checked" in token.meta:
            done = bool(token.meta["checked"])
            box = SubElement(element, "span", {"class": "task-done" if done else "task-open"})
            box.text = AtomicString("☑" if done else "☐")
            box.tail = AtomicString(" ")

    def separate(self) -> None:
        """A newline before the next block, where GitHub has one: unclosed raw tags are repeated in such places."""
        parent = self.open[-1]
        if len(parent):
            parent[-1].tail = parent[-1].tail or "\n"
        elif parent.tag != "p":
            parent.text = "\n"

    def inline(self, token: Token) -> None:
        holder = SubElement(self.open[-1], INLINE)
        holder.text = token.content

    def code(self, token: Token) -> None:
        self.separate()
        language = token.info.split()[0] if token.info.split() else ""
        block = SubElement(self.open[-1], "pre")
        block.tail = "\n"
        block.append(coloured(token.content, language, at_most=self.colours_left))
        self.colours_left -= len(token.content) + COLOURED_BLOCK if language else 0

    def html(self, token: Token) -> None:
        self.separate()
        holder = SubElement(self.open[-1], INLINE)
        holder.text = AtomicString(self.md.htmlStash.store(tame(token.content)))
        holder.tail = "\n"

    def rule(self, _token: Token) -> None:
        self.separate()
        SubElement(self.open[-1], "hr").tail = "\n"


def _attributes(token: Token) -> dict[str, str]:
    """The attributes that a block's element gets."""
    if token.type == "ordered_list_open" and "start" in token.attrs:
        return {"start": str(token.attrs["start"])}
    if token.type == "list_item_open" and "checked" in token.meta:
        return {"class": "task"}
    if token.type in {"th_open", "td_open"} and (found := _ALIGNED.search(str(token.attrs.get("style", "")))):
        return {"align": found.group(1)}
    if token.type in {"alert_title_open", "admonition_title_open"}:
        return {"class": "admonition-title"}
    if token.type in {"alert_open", "admonition_open"}:
        kind = str(token.meta.get("kind") or token.meta.get("tag")).lower()
        return {"class": f"admonition {kind if kind in ADMONITIONS else 'note'}"}
    return {}

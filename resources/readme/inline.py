"""Inline Markdown as tokens that know their place in the text.

markdown-it gives blocks a line map and inline tokens no place at all. The rules are wrapped here so that links,
images, HTML, code and emphasis record `meta["span"]` (start and end in the text); links and images record
`meta["label"]` too, and whether they are written as a reference.
"""

import html
import re
from collections.abc import Callable, MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, backtick, emphasis, html_inline, image, link, strikethrough
from markdown_it.token import Token

Rule = Callable[[StateInline, bool], bool]
Env = MutableMapping[str, Any]

_ESCAPABLE = re.compile(r"[\\`*_\[\]]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|~(?=\S)|!(?=\[)")
_MOST_OPEN_BRACKETS = 200
_INNER_UNDERSCORE = re.compile(r"(?<=[^\W_])\\_(?=[^\W_])")
_ATTRIBUTE = r"""\s{name}\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""


def make_parser() -> MarkdownIt:
    """GitHub's Markdown as far as structure goes. Addresses stay as spelled; nothing is refused for its scheme."""
    parser = MarkdownIt("commonmark", {"maxNesting": 100, "strikethrough_single_tilde": True})
    parser.enable(["table", "strikethrough"])
    parser.disable(["inline", "text_join"])
    parser.normalizeLink = str  # type: ignore[method-assign,assignment] # markdown-it's own way to change this
    parser.validateLink = bool  # type: ignore[method-assign,assignment] # the same
    ruler = parser.inline.ruler
    ruler.at("link", _placed_link(link))
    ruler.at("image", _placed_link(image))
    ruler.at("html_inline", _placed(html_inline))
    ruler.at("autolink", _placed(autolink))
    ruler.at("backticks", _placed(backtick))
    ruler.at("emphasis", _placed_marks(emphasis.tokenize))
    ruler.at("strikethrough", _placed_marks(strikethrough.tokenize))
    return parser


def _placed(rule: Rule) -> Rule:
    def placed(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        for token in state.tokens[before:]:
            if token.type != "text" and "span" not in token.meta:
                token.meta["span"] = (start, state.pos)
        return True

    return placed


def _placed_link(rule: Rule) -> Rule:
    def placed(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if state.src.startswith("[^", start):  # a footnote, to GitHub, unless it has an address of its own
            is_link, end, state.pos = rule(state, True), state.pos, start
            if not is_link or state.src[end - 1] == "]":
                return False
        if not rule(state, silent):
            return False
        if silent:
            return True
        end = state.pos
        opener = next(token for token in state.tokens[before:] if token.type in ("link_open", "image"))
        bracket = start if opener.type == "link_open" else start + 1
        label_end = state.md.helpers.parseLinkLabel(state, bracket, opener.type == "link_open")
        opener.meta |= {"span": (start, end), "label": (bracket + 1, label_end), "reference": state.src[end - 1] == "]"}
        return True

    return placed


def _placed_marks(rule: Rule) -> Rule:
    def placed(state: StateInline, silent: bool) -> bool:
        start, before = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        end = state.pos
        for token in reversed(state.tokens[before:]):
            if end <= start:  # text that was pending before the first mark
                break
            token.meta["mark"] = (end - len(token.content), end)
            end -= len(token.content)
        return True

    return placed


_PARSER = make_parser()


def parse_blocks(text: str, env: Env) -> list[Token]:
    """The block tokens of `text`; `env` receives its reference definitions."""
    return _PARSER.parse(text, env)


def parse_inline(text: str, env: Env | None = None) -> list[Token]:
    """The inline tokens of `text`, in which references are looked up in `env`.

    A text with hundreds of brackets that never close is one token of type "unread": markdown-it would look for the
    end of every one of them.
    """
    if is_unreadable(text):
        return [Token("unread", "", 0, content=text)]
    tokens: list[Token] = []
    _PARSER.inline.parse(text, _PARSER, {} if env is None else env, tokens)
    return tokens


def is_unreadable(text: str) -> bool:
    """Whether `parse_inline` would leave the text as it is."""
    return text.count("[") - text.count("]") > _MOST_OPEN_BRACKETS


def mark_span(token: Token) -> tuple[int, int]:
    """Where the mark of an emphasis token (`em`, `strong`, `s`; opening or closing) stands."""
    start, end = token.meta["mark"]
    if token.type == "strong_open":  # markdown-it keeps the inner of its two characters
        return start - 1, end
    if token.type == "strong_close":
        return start, end + 1
    return start, end


def plain_text(tokens: list[Token], *, with_images: bool = True) -> str:
    """What a reader sees of the tokens, on one line; images count as their descriptions."""
    parts: list[str] = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline", "unread"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif with_images and token.type == "image":
            parts.append(plain_text(token.children or []))
        elif with_images and token.type == "html_inline" and token.content[:4].lower() == "<img":
            parts.append(attribute(token.content, "alt"))
    return "".join(parts)


def attribute(tag: str, name: str) -> str:
    """The value of an HTML tag's attribute, "" if it has none."""
    match = re.search(_ATTRIBUTE.format(name=name), tag, re.IGNORECASE)
    return html.unescape(next((group for group in match.groups() if group is not None), "")) if match else ""


def escape(text: str) -> str:
    """Inline Markdown that shows exactly `text`."""
    escaped = _ESCAPABLE.sub(r"\\\g<0>", text)
    return _INNER_UNDERSCORE.sub("_", escaped) if "_" in escaped else escaped


def destination(url: str) -> str:
    """`url` as a link's destination that reads back as the same characters."""
    url = re.sub(r"\\(?=[!-/:-@\[-`{-~])|&(?=#?\w+;)", r"\\\g<0>", url)
    if not url or " " in url or url.startswith("<") or _has_loose_parenthesis(url):
        return "<" + re.sub(r"(?<!\\)[<>]", r"\\\g<0>", url) + ">"
    return url


def _has_loose_parenthesis(url: str) -> bool:
    depth = deepest = 0
    for sign in url:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)
        if depth < 0:
            return True
    return depth != 0 or deepest > 30


def quoted_hint(hint: str) -> str:
    """A link's tooltip with the space before it and the quotes around it, "" for none."""
    if not hint:
        return ""
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~])|&(?=#?\w+;)|'", r"\\\g<0>", hint)
    return f" '{text}'"


def inline_references(text: str, env: Env) -> str:
    """`text` with every reference-style link and image that `env` defines written out."""
    done: list[str] = []
    position = 0
    for start, end, new in _written_out_references(text, env):
        done += [text[position:start], new]
        position = end
    return "".join([*done, text[position:]])


def _written_out_references(text: str, env: Env) -> list[tuple[int, int, str]]:
    if "[" not in text or not env.get("references"):
        return []
    found: list[tuple[int, int, str]] = []
    covered = 0
    for token in parse_inline(text, env):
        if token.meta.get("reference") and token.meta["span"][0] >= covered:
            start, covered = token.meta["span"]
            found.append((start, covered, _written_out(text, token, env)))
    return found


def _written_out(text: str, token: Token, env: Env) -> str:
    start, end = token.meta["label"]
    href = str(token.attrs.get("href") or token.attrs.get("src") or "")
    target = destination(href) + quoted_hint(str(token.attrs.get("title") or ""))
    label = text[start:end] if token.type == "image" else inline_references(text[start:end], env)
    return f"{'!' if token.type == 'image' else ''}[{label}]({target})"


def block_references(block: str, inlines: list[str], env: Env) -> str:
    """A block's text with its references written out; `inlines` are the inline texts that markdown-it found in it.

    A reference is found in the block by its spelling and by how often that stands before it. One that is broken over
    lines of a quote or a list stays as it is.
    """
    done: list[str] = []
    position = 0
    whole, offset, last = "\n".join(inlines), 0, 0
    for inline in inlines:
        for start, end, new in _written_out_references(inline, env):
            old = inline[start:end]
            found = _nth(block, old, position, whole.count(old, last, offset + start))
            if found >= 0:
                done += [block[position:found], new]
                position = found + len(old)
                last = offset + end
        offset += len(inline) + 1
    return "".join([*done, block[position:]])


def _nth(text: str, part: str, start: int, skipped: int) -> int:
    """Where `part` stands in `text` after `start`, apart from its first occurrences; -1 if not often enough."""
    found = text.find(part, start)
    for _ in range(skipped):
        if found < 0:
            break
        found = text.find(part, found + len(part))
    return found

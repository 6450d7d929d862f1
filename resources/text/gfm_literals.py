"""What hides its content from every other inline pattern: escapes, code spans, `<address>`, raw tags, entities."""

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, INLINE_PLACEHOLDER_RE, STX, AtomicString, code_escape

from resources.text.raw_html import tame

_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_ESCAPED_CHARACTER = re.compile(f"{STX}([0-9]+){ETX}")
_TAG_LIKE = (
    r"<(?:/[A-Za-z][A-Za-z0-9-]*+\s*+"
    r"|[A-Za-z][A-Za-z0-9-]*+(?:\s++[A-Za-z_:][A-Za-z0-9_.:-]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+)*+\s*+/?"
    r"|!--(?:(?!-->).)*--|\?(?:(?!\?>).)*\?|![A-Z]+\s[^>]*|!\[CDATA\[(?:(?!\]\]>).)*\]\])>"
)
LITERAL = (
    r"\\(?P<escaped>.)|(?P<ticks>`+)|<(?P<address>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>"
    r"|<(?P<mail>[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9][A-Za-z0-9.-]*)>"
    rf"|(?P<html>{_TAG_LIKE})|(?P<entity>&(?:#[0-9]{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[a-zA-Z][a-zA-Z0-9]{{1,31}});)"
)

_TICKS = re.compile("`+")

Found = tuple[Element | str | None, int | None, int | None]


def _escape(text: str) -> str:
    """`text` as Python-Markdown's escaped characters: no pattern reads them, and they come back at the end.

    An ampersand comes back as an entity, which the serializer leaves alone.
    """
    return "".join(f"{STX}{ord(character)}{ETX}{'amp;' * (character == '&')}" for character in text)


class Literals(InlineProcessor):
    """Escapes, code spans, `<address>`, raw tags and entities: whichever comes first hides what is inside it."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(LITERAL, md)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802  the base's types name an older form
        if m["escaped"]:
            return self._escaped(m)
        if m["ticks"]:
            return self._code(m, data)
        if m["address"] or m["mail"]:
            return self._address(m)
        if m["html"]:
            return self.md.htmlStash.store(tame(m["html"])), m.start(), m.end()
        return _escape(unescape(m["entity"])), m.start(), m.end()

    def _escaped(self, m: re.Match[str]) -> Found:
        character = m["escaped"]
        if character == "\n":
            return Element("br"), m.start(), m.end()
        if character in _PUNCTUATION:
            return _escape(character), m.start(), m.end()
        return None, None, None

    def _code(self, m: re.Match[str], data: str) -> Found:
        ticks = m["ticks"]
        if ticks in data[m.end() :]:
            for closing in _TICKS.finditer(data, m.end()):
                if closing.group() == ticks:
                    element = Element("code")
                    text = data[m.end() : closing.start()].replace("\n", " ")
                    if text[0] == " " == text[-1] and text.strip(" "):
                        text = text[1:-1]
                    element.text = AtomicString(code_escape(text))
                    return element, m.start(), closing.end()
        return _escape(ticks), m.start(), m.end()

    def _address(self, m: re.Match[str]) -> Found:
        shown = m["address"] or m["mail"]
        element = Element("a", {"href": shown if m["address"] else f"mailto:{shown}"})
        element.text = AtomicString(code_escape(shown))
        return element, m.start(), m.end()


class Sources:
    """Gives back what stands behind Python-Markdown's placeholders."""

    def __init__(self, md: Markdown) -> None:
        self.md = md

    def _node(self, match: re.Match[str]) -> str:
        nodes: dict[str, Element | str] = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        node = nodes.get(match.group(1), "")
        if isinstance(node, str):
            return node
        text = unescape("".join(node.itertext()))
        return f"<{text}>" if node.tag == "a" else f"`{text}`" if node.tag == "code" else text

    def _html(self, match: re.Match[str]) -> str:
        return str(self.md.htmlStash.rawHtmlBlocks[int(match.group(1))])

    def written(self, text: str, escapes: str = "") -> str:
        """`text` as it was written; escaped characters stand bare, or behind `escapes`."""
        if STX not in text:
            return text
        text = INLINE_PLACEHOLDER_RE.sub(self._node, text)
        text = HTML_PLACEHOLDER_RE.sub(self._html, text)
        return _ESCAPED_CHARACTER.sub(lambda match: escapes + chr(int(match.group(1))), text)

    def before_markup(self, text: str) -> str:
        """`text` up to its first placeholder that stands for an element or a raw tag."""
        nodes: dict[str, Element | str] = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        for match in INLINE_PLACEHOLDER_RE.finditer(text):
            node = nodes.get(match.group(1))
            if not isinstance(node, str) or HTML_PLACEHOLDER_RE.search(node):
                return text[: match.start()]
        return text

    def shown(self, text: str) -> str:
        """What a reader sees of `text`: markup between the placeholders stays, tags go."""
        if STX not in text:
            return text
        text = INLINE_PLACEHOLDER_RE.sub(self._visible, text)
        text = HTML_PLACEHOLDER_RE.sub("", text)
        return _ESCAPED_CHARACTER.sub(lambda match: chr(int(match.group(1))), text)

    def _visible(self, match: re.Match[str]) -> str:
        nodes: dict[str, Element | str] = self.md.treeprocessors["inline"].stashed_nodes  # type: ignore[attr-defined]
        node = nodes.get(match.group(1), "")
        if isinstance(node, str):
            return node
        return node.get("alt", "") if node.tag == "img" else "".join(node.itertext())

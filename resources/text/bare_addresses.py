"""Addresses that stand in a text without any mark: `https://…`, `www.…`, `name@example.org`."""

import re
import unicodedata
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import ETX, STX, AtomicString, code_escape

from resources.text.gfm_literals import Found, Sources

_PART = rf"(?:[^\s<{STX}{ETX}]|{STX}klzzwxh:[0-9]+{ETX})"  # placeholders stand for escapes, entities, lone backticks
_BARE = (
    rf"(?<![A-Za-z])(?i:(?P<scheme>https?://|ftp://)){_PART}+|(?<![^\s*_~(])www\.{_PART}+"
    r"|(?<![A-Za-z0-9.+_-])[A-Za-z0-9.+_-]++(?P<at>@)[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)++(?!@)"
)
_ENTITY_AT_END = re.compile(r"&[A-Za-z]+;$")


class BareAddresses(InlineProcessor):
    """GitHub's extended autolinks."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(_BARE, md)
        self.sources = Sources(md)

    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]  # noqa: N802  the base's types name an older form
        shown = m.group()
        if m["at"]:
            if shown[-1] in "-_":
                return None, None, None
            length, address = len(shown), f"mailto:{shown}"
        else:
            if _in_bracket(data[: m.start()]):
                return None, None, None
            part = _trimmed(self.sources.before_markup(shown))
            length, shown = len(part), self.sources.written(part)
            scheme = m["scheme"] or ""
            if not _has_host(shown[len(scheme) :], dotted=not scheme):
                return None, None, None
            address = shown if scheme else f"http://{shown}"
        element = Element("a", {"href": address})
        element.text = AtomicString(code_escape(shown))
        return element, m.start(), m.start() + length


def _in_bracket(before: str) -> bool:
    """Whether a bracket is open behind `before`: GitHub's parser leaves addresses alone there."""
    opened = before.rfind("[")
    return opened >= 0 and (opened > before.rfind("]") or before.count("[") > before.count("]"))


def _has_host(rest: str, *, dotted: bool) -> bool:
    """Whether `rest` begins with a name that may be a host's; `dotted` asks for two labels at least."""
    host = ""
    for character in rest[:300]:
        if character not in "-_." and unicodedata.category(character)[0] in "PSZC":
            break
        host += character
    labels = host.split(".")
    if any("_" in label for label in labels[-2:]) or not host[:1].isalnum():
        return False
    return len([label for label in labels if label]) > 1 or not dotted


def _trimmed(address: str) -> str:
    """`address` without the punctuation that ends a sentence and without brackets that were opened before it."""
    unopened = address.count(")") - address.count("(")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ")" and unopened > 0:
            unopened -= 1
            end -= 1
        elif last in "?!.,:*_~'\"":
            end -= 1
        elif last == ";":
            entity = _ENTITY_AT_END.search(address[max(0, end - 40) : end])
            end -= len(entity.group()) if entity else 1
        else:
            break
    return address[:end]

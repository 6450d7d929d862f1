"""Code blocks, coloured by Pygments' classes where the language is known and the block is not huge."""

from functools import cache
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown.util import AtomicString
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


LANGUAGES = _words(
    "bash c c++ cpp css diff docker dockerfile go graphql groovy html http ini java javascript js json jsx julia "
    "kotlin lua make makefile markdown md nginx perl php powershell proto protobuf py pycon python python3 r rb "
    "rst ruby rust scala sh shell sql swift tcl terraform hcl toml ts tsx typescript xml yaml yml zsh console"
)
"""The names behind a fence that are coloured; others stay plain."""

MAX_COLOURED = 20_000
"""Characters of the longest block that is coloured: lexers are not all linear."""

CLASSES = frozenset(name for name in STANDARD_TYPES.values() if name)
"""Every class that Pygments can give."""


def coloured(code: str, language: str, *, at_most: int = MAX_COLOURED) -> Element:
    """A `code` element with `code`; its class names the language, its spans carry Pygments' classes.

    Code longer than `at_most` characters stays plain.
    """
    name = language.strip("{}.").lower()
    element = Element("code")
    if name.replace("+", "").replace("-", "").replace("#", "").isalnum() and len(name) <= 30:
        element.set("class", f"language-{name}")
    if name not in LANGUAGES or len(code) > min(at_most, MAX_COLOURED):
        element.text = _atomic(code)
        return element
    last: Element | None = None
    plain: list[str] = []
    for kind, text in _lexer(name).get_tokens(code):
        style = STANDARD_TYPES.get(kind, "")
        if not style or style == "w":
            plain.append(text)
            continue
        _settle(element, last, plain)
        last = SubElement(element, "span", {"class": style})
        last.text = _atomic(text)
    _settle(element, last, plain)
    return element


def _settle(element: Element, last: Element | None, plain: list[str]) -> None:
    """Put the uncoloured text that has gathered behind the last coloured one."""
    if last is None:
        element.text = _atomic("".join(plain))
    else:
        last.tail = _atomic("".join(plain))
    plain.clear()


def _atomic(code: str) -> AtomicString:
    """Text that no inline pattern touches; escaped here since Python-Markdown's serializer leaves entities alone."""
    return AtomicString(escape(code, quote=False))


@cache
def _lexer(name: str) -> Lexer:
    return get_lexer_by_name(name, stripnl=False, ensurenl=False)

"""`{% drawn_once "name" … %}…{% end_drawn_once %}`: a part of a page that is the same on many pages, drawn once.

    {% drawn_once "tabs" tab entry.live with url=entry_url number=entry.revision_number %}…{{ url }}…{% end_drawn_once %}

It is drawn anew for each language and each combination of the values behind its name. What stands behind "with" differs from
page to page: inside it may only be printed, as it is and without a filter; it is put in, escaped, each time. Nothing else of
the page may be used inside. Each process keeps its own drawings.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rayhub.drawing import EachTime
from rayhub.escaping import escaped

register = template.Library()

MOST_KEPT = 2_000
"""Parts that a process keeps; when there are more, it begins anew."""

_MARK = "\ue0f1"

_drawn: dict[tuple[Any, ...], list[str]] = {}


def drawn(draw: Callable[[], str], *key: Any) -> list[str]:
    """What `draw` gives for this key in the present language, cut at its marks: drawn the first time, kept from then on."""
    whole = (get_language(), *key)
    found = _drawn.get(whole)
    if found is None:
        if len(_drawn) >= MOST_KEPT:
            _drawn.clear()
        found = _drawn[whole] = draw().split(_MARK)
    return found


class _DrawnOnce(template.Node):
    """Its name, the values that it differs by, and those that are put in."""

    def __init__(
        self, nodes: NodeList, name: str, values: list[FilterExpression], filled: dict[str, FilterExpression]
    ) -> None:
        self.nodelist, self.name, self.values, self.filled = nodes, name, values, filled

    def render(self, context: template.Context) -> SafeString:
        given = {name: one.resolve(context) for name, one in self.filled.items()}
        if settings.DEBUG:
            with context.push(**given):
                return self.nodelist.render(context)
        pieces = drawn(lambda: self._draw(context), self.name, *(one.resolve(context) for one in self.values))
        return _filled(pieces, given)

    def _draw(self, context: template.Context) -> str:
        with context.push(**_marks(self.filled)):
            return self.nodelist.render(context)


def part(name: str, key: Mapping[str, Any], /, **values: Any) -> SafeString:
    """A template with values put in, where the template itself is drawn once for each key: for rows of long lists, and for
    pages of many small values. The key says which shape it has; the values may only be printed, as they are.
    """
    return _filled(_pieces(name, key, values), values)


def parts(name: str, key: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> list[SafeString]:
    """The same for many rows with values of the same names."""
    pieces: list[str] = []
    drawings = []
    for values in rows:
        pieces = pieces or _pieces(name, key, values)
        drawings.append(_filled(pieces, values))
    return drawings


def _pieces(name: str, key: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    return drawn(lambda: render_to_string(name, {**key, **_marks(names)}), name, *key.values())


def _filled(pieces: list[str], given: Mapping[str, Any]) -> SafeString:
    """A drawing with these values, escaped, in place of their names, which are every second piece."""
    whole = pieces.copy()
    whole[1::2] = [escaped(given[name]) for name in pieces[1::2]]
    return SafeString("".join(whole))


def _marks(names: Iterable[str]) -> dict[str, SafeString]:
    """For each name what stands where its value goes."""
    return {one: SafeString(f"{_MARK}{one}{_MARK}") for one in names}


@register.tag
def drawn_once(parser: Parser, token: Token) -> _DrawnOnce:
    """Reads the tag: a name in quotes, values, and behind "with" what is put in."""
    _tag, name, *words = token.split_contents()
    cut = words.index("with") if "with" in words else len(words)
    values = [parser.compile_filter(word) for word in words[:cut]]
    filled = token_kwargs(words[cut + 1 :], parser)
    nodes = parser.parse(("end_drawn_once",))
    parser.delete_first_token()
    return _DrawnOnce(nodes, name.strip("\"'"), values, filled)


@register.tag
def each_time(parser: Parser, token: Token) -> EachTime:
    """What differs from page to page, in a template that is drawn once for all strangers: see rayhub/drawing.py."""
    nodes = parser.parse(("end_each_time",))
    parser.delete_first_token()
    return EachTime(nodes)

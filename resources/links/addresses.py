"""The addresses of the outside that an entry's content mentions."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any, NamedTuple

from django.conf import settings

from resources.entries.content import Content, content_fields
from resources.entries.models import Entry
from resources.text.addresses import BadAddress, is_web_address, normalise
from resources.text.markdown import render_inline
from resources.text.render_limits import TextTooComplex, TextTooLarge

_LEADING = re.compile(r"""(?:href|src)="(https?:[^"]+)""")
"""Where rendered HTML leads: the sanitiser writes every attribute this way."""

_DRAWN = {"body": "html", "introduction": "html", "passages": "passages_html"}
"""Fields whose Markdown is drawn already, and the column that has the HTML."""


class Mentioned(NamedTuple):
    """An address in one field of an entry's content: its one spelling, and the one that stands there."""

    field: str
    key: str
    written: str


def addresses_in(entry: Entry, content: Content) -> list[Mentioned]:
    """Every address of the outside in the content of an entry that was drawn, once for each field."""
    found: dict[tuple[str, str], Mentioned] = {}
    for field in content_fields(type(entry)):
        if field.name in _DRAWN:
            written: Iterable[str] = _in_html(getattr(entry, _DRAWN[field.name]))
        else:
            written = _in_value(content.get(field.name))
        for address in written:
            try:
                key = normalise(address)
            except BadAddress:
                continue
            found.setdefault((field.name, key), Mentioned(field.name, key, address))
    return list(found.values())


def _in_html(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from (unescape(address) for address in _LEADING.findall(value))
    elif isinstance(value, dict):
        for part in value.values():
            yield from _in_html(part)


def _in_value(value: Any) -> Iterator[str]:
    """The addresses in a value of content: a string that is one, or one line of Markdown, or rows of such strings."""
    if isinstance(value, str):
        if "://" not in value:
            return
        if is_web_address(value):
            yield value
            return
        try:
            yield from _in_html(render_inline(value, limit=settings.MARKDOWN_LIMIT).html)
        except (TextTooLarge, TextTooComplex):
            return
    elif isinstance(value, list):
        for part in value:
            yield from _in_value(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _in_value(part)

"""Lines of a difference: there are hundreds on a page, so they are put together here and not by templates."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from resources.text.marks import Span

register = template.Library()


@register.simple_tag
def spans(pieces: Iterable[Span], mark: str = "") -> SafeString:
    """The pieces of a line, those that differ within `mark`: "ins", "del", or "" for none."""
    words = (
        f"<{mark}>{escape(piece.text)}</{mark}>" if piece.changed and mark else escape(piece.text) for piece in pieces
    )
    return mark_safe("".join(words))  # noqa: S308  # escaped pieces between fixed tags


@register.simple_tag
def line(old: int | None, new: int | None, pieces: Iterable[Span]) -> SafeString:
    """A line that both sides have, as a row of the table."""
    numbers = "".join(f'<td class="no">{number or ""}</td>' for number in (old, new))
    return mark_safe(f'<tr>{numbers}<td class="sign"></td><td>{spans(pieces)}</td></tr>')  # noqa: S308  # escaped by spans()


@register.filter
def lines(folded: Iterable[str]) -> SafeString:
    """Lines of text below one another."""
    return mark_safe("".join(f"{escape(one)}\n" for one in folded))  # noqa: S308  # escaped

"""Small pictures that stand beside words: `{% icon "search" %}`. Drawn on a grid of 16, in the colour of the text."""

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_SHAPES = {
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="m10.5 10.5 4 4"/>',
    "add": '<path d="M8 3v10M3 8h10"/>',
    "menu": '<path d="M2 4h12M2 8h12M2 12h12"/>',
    "close": '<path d="m4 4 8 8m0-8-8 8"/>',
    "outward": '<path d="M6 3H3v10h10v-3M9 3h4v4M13 3 7 9"/>',
    "next": '<path d="m6 3 5 5-5 5"/>',
    "previous": '<path d="m10 3-5 5 5 5"/>',
    "up": '<path d="M8 13V3M4.5 6.5 8 3l3.5 3.5"/>',
    "down": '<path d="M8 3v10M4.5 9.5 8 13l3.5-3.5"/>',
    "link": '<path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.3-2.3a2.6 2.6 0 0 0-3.7-3.7l-.9.9"/>'
    '<path d="M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.2 9.1a2.6 2.6 0 0 0 3.7 3.7l.9-.9"/>',
    "edit": '<path d="M10.8 2.6 13.4 5.2 5.6 13l-3.1.5.5-3.1zM9.2 4.2l2.6 2.6"/>',
    "review": '<path d="M2.5 3.5h2v2h-2zM7 4.5h6.5M2.5 9.5l1 1 1.6-2M7 10h6.5M7 13h4"/>',
    "person": '<circle cx="8" cy="5" r="2.75"/><path d="M2.75 14c.5-3 2.6-4.5 5.25-4.5s4.75 1.5 5.25 4.5"/>',
    "key": '<circle cx="5.5" cy="8" r="3"/><path d="M8.5 8h6M12 8v2.5M14.3 8v1.8"/>',
    "leave": '<path d="M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3"/>',
    "feed": '<path d="M3 9a4 4 0 0 1 4 4M3 4a9 9 0 0 1 9 9"/><circle class="filled" cx="4" cy="12" r="1"/>',
    "history": '<path d="M2.5 8a5.5 5.5 0 1 0 1.8-4.1L2.5 5.5M2.5 2v3.5H6M8 5v3.2l2.2 1.6"/>',
    "active": '<circle cx="8" cy="8" r="6"/><path d="m5.3 8.2 2 2 3.5-4"/>',
    "archived": '<path d="M2 3h12v3H2zM3 6v7h10V6M6.3 9h3.4"/>',
    "gone": '<circle cx="8" cy="8" r="6"/><path d="m5.7 5.7 4.6 4.6m0-4.6-4.6 4.6"/>',
    "warning": '<path d="M8 2 1.8 13.3h12.4zM8 6.5v3.2m0 1.7v.2"/>',
    "lock": '<rect x="3" y="7" width="10" height="7" rx="1"/><path d="M5.2 7V4.8a2.8 2.8 0 0 1 5.6 0V7"/>',
    "unknown": '<circle cx="8" cy="8" r="6"/><path d="M6.2 6.4a1.9 1.9 0 1 1 2.5 1.9c-.5.2-.7.5-.7 1.1M8 11.3v.2"/>',
    "print": '<path d="M4.5 6V2.5h7V6M4.5 11.5h-2V6h11v5.5h-2M4.5 9.5h7v4h-7z"/>',
    "info": '<circle cx="8" cy="8" r="6"/><path d="M8 7.3v3.6M8 5v.3"/>',
    "file": '<path d="M4 1.8h5l3.2 3.2v9.2H4zM9 1.8V5h3.2M6 8.3h4M6 10.8h4"/>',
    "tag": '<path d="M2 2.5h5.5l6.3 6.2-5 5L2.5 7.5z"/><circle class="filled" cx="5.2" cy="5.5" r=".8"/>',
    "talk": '<path d="M2.5 3h11v7.5h-6L4.5 13v-2.5h-2z"/>',
    "bell": '<path d="M8 2a3.9 3.9 0 0 1 3.9 3.9c0 3.3 1.6 4.8 1.6 4.8h-11s1.6-1.5 1.6-4.8A3.9 3.9 0 0 1 8 2z"/>'
    '<path d="M6.5 13a1.6 1.6 0 0 0 3 0"/>',
    "eye": '<path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z"/><circle cx="8" cy="8" r="2"/>',
    "moved": '<path d="M5 13V3M2.5 5.5 5 3l2.5 2.5M11 3v10m-2.5-2.5L11 13l2.5-2.5"/>',
    "auto": '<circle cx="8" cy="8" r="5.5"/><path class="filled" d="M8 2.5a5.5 5.5 0 0 1 0 11z"/>',
    "light": '<circle cx="8" cy="8" r="2.8"/>'
    '<path d="M8 1v1.8M8 13.2V15M1 8h1.8M13.2 8H15M3 3l1.3 1.3M11.7 11.7 13 13M3 13l1.3-1.3M11.7 4.3 13 3"/>',
    "dark": '<path d="M13.3 9.6A5.8 5.8 0 0 1 6.4 2.7a5.8 5.8 0 1 0 6.9 6.9z"/>',
    "hub": '<path d="M8 8V2.4M8 8l5 2.7M8 8l-5 2.7"/><circle class="filled" cx="8" cy="8" r="2.1"/>'
    '<circle class="filled" cx="8" cy="2.2" r="1.5"/><circle class="filled" cx="13.1" cy="10.8" r="1.5"/>'
    '<circle class="filled" cx="2.9" cy="10.8" r="1.5"/>',
}
_FRAME = '<svg class="icon icon-{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>'
_PICTURES = {name: mark_safe(_FRAME.format(name, shape)) for name, shape in _SHAPES.items()}  # noqa: S308  # the constants above


@register.simple_tag
def icon(name: str) -> SafeString:
    """The picture as inline SVG, hidden from screen readers: a word stands beside it."""
    return _PICTURES[name]

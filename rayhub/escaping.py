"""HTML's five signs, for pages of many small texts."""

import html
import re

_special = re.compile("[&<>\"']").search


def escaped(value: object) -> str:
    """A value as HTML: what is HTML already stays as it is. As Django's conditional_escape, which is made for lazy texts too
    and takes several times as long; most texts have nothing to escape.
    """
    found = value if isinstance(value, str) else str(value)
    return html.escape(found) if _special(found) and not hasattr(found, "__html__") else found

"""HTML that people write inside Markdown: made harmless to its neighbours before it joins the page.

Nothing here makes HTML safe (the sanitiser does, last); it keeps what would swallow the rest of the page as text.
"""

import re

# GitHub's tag filter: these switch the HTML parser into another mode and hide everything that follows them.
_SWALLOWING = re.compile(
    r"<(?=/?(?:title|textarea|style|xmp|iframe|noembed|noframes|noscript|script|plaintext|template|select|svg|math)"
    r"(?:[\s/>]|$))",
    re.IGNORECASE,
)


def tame(html: str) -> str:
    """`html` with the tags that would swallow what follows shown as text."""
    return _SWALLOWING.sub("&lt;", html)

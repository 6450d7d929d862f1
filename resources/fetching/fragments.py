"""Whether the place that a #fragment names is in a page, as far as one page's HTML can tell."""

import re
from urllib.parse import unquote, urlsplit

# No place in the HTML: highlights of text, routes of an application, times of a film, lines of code, pages of a document.
_NO_PLACE = re.compile(
    r"!.*|/.*|:~:.*|.*=.*|[Ll]\d+(?:C\d+)?(?:-[Ll]?\d+(?:C\d+)?)?|lines-\d+.*|line-?\d+|\d+(?:[-,:]\d+)*|page\d+",
    re.DOTALL,
)
# What forges add to a page only after it was opened.
_ADDED_LATER = re.compile(
    r"(?:issuecomment|discussion_r|discussioncomment|pullrequestreview|commitcomment|issue|ref-commit|ref-pullrequest|event|note|diff)"
    r"[-_].*|readme|readme-ov-file|repo-content.*|start-of-content"
)
_PREFIXES = ("", "user-content-", "md-", "wiki-", "markdown-header-")


def fragment_of(address: str) -> str:
    """What stands behind the #, decoded, without instructions to the browser; "" where it names no place in the page."""
    fragment = urlsplit(address).fragment.partition(":~:")[0]
    return "" if not fragment or _NO_PLACE.fullmatch(fragment) else fragment


def holds(ids: frozenset[str], fragment: str) -> bool:
    """Whether these ids have the place that the fragment names, in any of the ways browsers and forges find it."""
    if fragment.lower() == "top" or _ADDED_LATER.fullmatch(fragment.lower()):
        return True
    spellings = {fragment, unquote(fragment)}
    spellings |= {spelling.removeprefix("user-content-") for spelling in spellings}
    if any(prefix + spelling in ids for spelling in spellings for prefix in _PREFIXES):
        return True
    # Forges make ids in lower case, and some sites write them encoded.
    folded = {spelling.casefold() for spelling in spellings}
    return any(unquote(one).removeprefix("user-content-").casefold() in folded for one in ids)

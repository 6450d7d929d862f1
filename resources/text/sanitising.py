"""The allow-list: which elements, attributes, classes and addresses a stranger's text may put on a page."""

import re
from html import unescape
from urllib.parse import unquote

import nh3

from resources.text.code_colours import CLASSES

ID_PREFIX = "c-"
"""Stands before every id and fragment of a text, so that none shadows a name of the page itself."""

OUTSIDE_REL = "nofollow ugc noopener noreferrer"


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


TAGS = _words(
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 "
    "hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table "
    "tbody td tfoot th thead tr tt u ul var wbr"
)
_INLINE_TAGS = _words(
    "a abbr b br cite code del dfn em i ins kbd mark q rp rt ruby s samp small span strike strong sub sup tt u var wbr"
)
ADMONITIONS = _words("note tip important warning caution danger info hint attention error")

_CLASSES: dict[str, frozenset[str]] = {
    "a": frozenset({"mention", "wanted", "footnote-back"}),
    "div": ADMONITIONS | {"admonition"},
    "li": frozenset({"task"}),
    "p": frozenset({"admonition-title"}),
    "section": frozenset({"footnotes"}),
    "span": CLASSES | {"task-done", "task-open"},
    "sup": frozenset({"footnote"}),
}
_WITH_ID = frozenset(["a", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "section", "span", "sup"])
_WITH_ALIGN = frozenset(["div", "h1", "h2", "h3", "h4", "h5", "h6", "img", "p", "td", "th", "tr"])
_ALIGNMENTS = frozenset({"left", "center", "right"})
_SIZE = re.compile(r"[0-9]{1,4}(?:%|px)?")
_COUNT = re.compile(r"-?[0-9]{1,9}")
_LANGUAGE = re.compile(r"language-[\w+#-]{1,30}")
_ID = re.compile(rf"{ID_PREFIX}[^\s<>\"'`&]{{1,200}}")

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_WEB = re.compile(r"https?://(?P<host>[^/\\?#@\s]+)(?=[/?#]|$)", re.IGNORECASE)
_CONTROLS_AND_SPACE = "".join(map(chr, range(33)))
_AS_BROWSERS_READ = str.maketrans(
    {"\t": None, "\n": None, "\r": None, " ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "`": "%60"}
)


def safe_address(address: str) -> str | None:
    """`address` as a browser reads it, if a link may lead there, otherwise None.

    http, https and mailto; addresses within the site. Refused: other schemes, `//host`, backslashes that browsers read
    as slashes, user names before the host, which imitate another site, and whatever has a colon where a scheme ends.
    """
    address = address.strip(_CONTROLS_AND_SPACE).translate(_AS_BROWSERS_READ)
    if (scheme := _SCHEME.match(address)) is None:
        beginning = re.split("[/?#]", unescape(unquote(address)), maxsplit=1)[0]
        return None if ":" in beginning or address.startswith(("//", "\\", "/\\")) else address
    if scheme.group(1).lower() == "mailto":
        return address
    return address if _WEB.match(address) else None


def is_outside(address: str) -> bool:
    """Whether a safe address leads to another site."""
    return _WEB.match(address) is not None


def safe_image(address: str) -> str | None:
    """`address` of an image by https (http is raised to it), otherwise None."""
    safe = safe_address(address)
    if safe is None or not is_outside(safe):
        return None
    return "https://" + safe.split("://", 1)[1]


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    """The value that may stay, or None. It catches what it can meet: nh3 drops the attribute where it raises."""
    if attribute == "href":
        return safe_address(value)
    if attribute == "src":
        return safe_image(value)
    if attribute == "class":
        return _classes(tag, value)
    if attribute == "id":
        return value if _ID.fullmatch(value) else None
    if attribute == "align":
        return value.lower() if value.lower() in _ALIGNMENTS else None
    if attribute in {"width", "height"}:
        return value if _SIZE.fullmatch(value) else None
    if attribute in {"start", "value", "colspan", "rowspan"}:
        return value if _COUNT.fullmatch(value) else None
    if attribute in {"rel", "loading"}:
        return value if value in {OUTSIDE_REL, "lazy"} else None
    return value


def _classes(tag: str, value: str) -> str | None:
    if tag == "code":
        return value if _LANGUAGE.fullmatch(value) else None
    allowed = _CLASSES.get(tag, frozenset())
    return " ".join(name for name in value.split() if name in allowed) or None


def _attributes(tags: frozenset[str]) -> dict[str, set[str]]:
    own: dict[str, set[str]] = {
        "a": {"href", "title", "rel"},
        "abbr": {"title"},
        "code": {"class"},
        "details": {"open"},
        "img": {"src", "alt", "title", "width", "height", "loading"},
        "li": {"value"},
        "ol": {"start", "reversed"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    }
    for tag in tags:
        names = own.setdefault(tag, set())
        names |= {"id"} if tag in _WITH_ID else set()
        names |= {"align"} if tag in _WITH_ALIGN else set()
        names |= {"class"} if tag in _CLASSES else set()
    everywhere: dict[str, set[str]] = {"*": set()}  # said, since nh3 otherwise allows `title` and `lang` on everything
    return everywhere | {tag: names for tag, names in own.items() if names and tag in tags}


def _cleaner(tags: frozenset[str]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(tags),
        clean_content_tags={"script", "style"},
        attributes=_attributes(tags),
        attribute_filter=_filtered,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


_PAGE = _cleaner(TAGS)
_LINE = _cleaner(_INLINE_TAGS)
_SHAPE = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags={"script", "style"},
    attributes={tag: names | {"name"} for tag, names in _attributes(TAGS).items()},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)


def sanitise(html: str) -> str:
    """`html` with nothing but what the allow-list names. Ids that lack the prefix are dropped. Idempotent."""
    return _PAGE.clean(html)


def sanitise_line(html: str) -> str:
    """The same for a line of text: no blocks, no images."""
    return _LINE.clean(html)


def well_formed(html: str) -> str:
    """`html` as a browser's parser understands it, every attribute quoted: what `anchoring` can read. Not yet safe."""
    return _SHAPE.clean(html)

"""Which redirects are a page's new home: precision first, since a wrong repair misleads every reader."""

import re
from urllib.parse import urlsplit

from resources.links.manners import is_out_of_reach
from resources.links.models import Check, Link
from resources.repairs.models import Repair
from resources.text.addresses import BadAddress, check_address, is_on_forge, normalise, without_trackers
from resources.text.wording import similarity

Cause = Repair.Cause

PERMANENT = frozenset({301, 308})

ALIKE = 0.3
"""From this likeness on a page is surely the one that was accepted: more than what lets a visit pass."""

SAME_TITLE = 0.5
"""From this likeness of words on a page has the title of an entry."""

_SIGN_IN = re.compile(
    r"(?:^|[/._?&=-])(?:log-?in|sign-?in|sso|oauth2?|authori[sz]e|auth|session|consent|captcha)(?:$|[/._?&=-])",
    re.IGNORECASE,
)
_TROUBLE = re.compile(
    r"(?:^|[/._-])(?:404|not-?found|error|errors|expired|suspended|unavailable|removed|gone|parked|sorry)(?:$|[/._-])",
    re.IGNORECASE,
)
_SESSION = re.compile(r"[;?&](?:jsessionid|phpsessid|sessionid|session_id|sid)=", re.IGNORECASE)
_HOME = re.compile(
    r"/?(?:(?:index|home|default|main|welcome)(?:\.[a-z]{2,5})?|[a-z]{2}(?:[-_][a-z]{2,4})?)?/?", re.IGNORECASE
)
_INDEX = re.compile(r"(?:index|default)\.[a-z]{2,5}", re.IGNORECASE)


def moved_to(link: Link, titles: tuple[str, ...] = ()) -> str:
    """The new address of a link that moved for good, as it should be written; "" where that is doubtful.

    `titles` are those of the entries that have the link: what a page on another site is compared with.
    """
    try:
        new = without_trackers(check_address(link.final))
        if is_out_of_reach(new) or normalise(link.address) != link.key:
            return ""
        new = _with_fragment(link, new)
        key = normalise(new)
    except BadAddress:
        return ""
    if key == link.key:
        return new if new != link.address and not _is_downgrade(link.address, new) else ""
    return new if not _is_doubtful(link, new) and _is_related(link, new, titles) else ""


def cause_of(link: Link, new: str) -> str:
    """What kind of a move it is."""
    key = normalise(new)
    if key == link.key:
        return Cause.HTTPS if urlsplit(link.address).scheme.lower() != urlsplit(new).scheme.lower() else Cause.SPELLING
    old_host, old_path = _parts(link.key)
    host, path = _parts(key)
    same_rest = old_path[2:] == path[2:] and len(old_path) >= 2
    return Cause.RENAMED if is_on_forge(key) and old_host == host and same_rest else Cause.MOVED


def is_settled(check: Check | None, link: Link, visits: int) -> bool:
    """Whether so many visits on different days in a row told of the same new address, by permanent redirects alone."""
    if check is None or check.verdict != "moved" or check.final != link.final or check.times < visits:
        return False
    if any(hop["status"] not in PERMANENT for hop in check.hops):
        return False
    return (check.last_at.date() - check.first_at.date()).days >= visits - 1


def _with_fragment(link: Link, new: str) -> str:
    """With the place in the page that the link leads to, where it is there too; visits hand it on in any case."""
    fragment = link.address.partition("#")[2]
    page, _sign, place = new.partition("#")
    if "fragment" in link.note:
        return page if place == fragment else new
    return f"{page}#{fragment}" if fragment and not place else new


def _is_downgrade(old: str, new: str) -> bool:
    return old.lower().startswith("https:") and new.lower().startswith("http:")


def _is_doubtful(link: Link, new: str) -> bool:
    """Whether it looks like a place where visitors are sent whose page is not there, or who are not known."""
    _host, old_path = _parts(link.key)
    parts = urlsplit(new)
    suspect = any(_words(signs, new) - _words(signs, link.address) for signs in (_SIGN_IN, _TROUBLE, _SESSION))
    if suspect or _is_downgrade(link.address, new):
        return True
    if old_path and _HOME.fullmatch(parts.path):
        return True
    path = _parts(normalise(new))[1]
    # From a page to what stands above it: what a site does with pages that it has no more.
    above = path == old_path[: len(path)] and len(path) < len(old_path)
    return above and not all(_INDEX.fullmatch(part) for part in old_path[len(path) :])


def _words(signs: re.Pattern[str], address: str) -> set[str]:
    return {word.lower().strip("/._?&=-;") for word in signs.findall(address.partition("://")[2])}


def _is_related(link: Link, new: str, titles: tuple[str, ...]) -> bool:
    """Whether it is the same page: by what was accepted, else by the site, its path, or its title."""
    if link.likeness is not None:
        return link.likeness >= ALIKE
    old_host, old_path = _parts(link.key)
    host, path = _parts(normalise(new))
    if _site(old_host) == _site(host):
        return True
    if old_path and path and old_path[-1].lower() == path[-1].lower() and len(old_path[-1]) > 3:
        return True
    return any(similarity(title.casefold(), link.title.casefold()) >= SAME_TITLE for title in titles if link.title)


def _parts(key: str) -> tuple[str, list[str]]:
    """Host and segments of the path of a key."""
    host, _slash, rest = key.removeprefix("https://").partition("/")
    path = re.split(r"[?#]", rest, maxsplit=1)[0]
    return re.split(r"[?#]", host, maxsplit=1)[0], [part for part in path.split("/") if part]


_SHARED = frozenset(
    {"github.io", "gitlab.io", "readthedocs.io", "netlify.app", "vercel.app", "pages.dev", "blogspot.com"}
)
"""Names below which each name is another's site."""


def _site(host: str) -> str:
    """The part of a host's name that its owner has: two labels, three where the last two are shared by many."""
    labels = host.partition(":")[0].split(".")
    last = ".".join(labels[-2:])
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:]) if last in _SHARED or short else last

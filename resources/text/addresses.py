"""Web addresses: which ones are accepted, and the one spelling that tells two of them apart.

`check_address` is for what a person typed and keeps their spelling; `normalise` gives the key under which an address is
unique.
"""

import re
import unicodedata
from dataclasses import dataclass

from resources.text.hosts import is_private_host, normalise_host, readable_host, without_www

LONGEST_ADDRESS = 2_000


class BadAddress(ValueError):
    """An address that cannot be a resource's; the message says what to change."""


@dataclass(frozen=True)
class _Parts:
    scheme: str
    host: str  # normalised, still with its www
    port: str
    path: str
    query: str
    fragment: str


_SHAPE = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.DOTALL)
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})|([^A-Za-z0-9._~-])", re.DOTALL)
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
# The marks of RFC 2396: parentheses and their kind are escaped by some tools and not by others, and mean the same.
_PLAIN = _LETTERS | frozenset("-._~!*'()")
_PATH_SIGNS = frozenset("$&+,;=:@/") | _PLAIN
_QUERY_SIGNS = _PATH_SIGNS | frozenset("?")

_TRACKER = re.compile(
    r"utm_.*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_cid|mc_eid|ref_src", re.IGNORECASE | re.DOTALL
)
# Forges that open Owner/Repo and owner/repo.git as one and the same repository.
_FORGES = frozenset({"github.com", "gitlab.com", "bitbucket.org", "codeberg.org"})
_GITHUB_README_TAB = "tab=readme-ov-file"


def check_address(address: str) -> str:
    """The address as typed, without the white space or angle brackets around it and with scheme and host in lower case.

    Raises BadAddress unless it is an http or https address of at most 2,000 characters (also when written in ASCII, as
    it is sent) with a host, without credentials, spaces, control characters or invisible signs.
    """
    text = _trimmed(address)
    parts = _parse(text)
    _refuse_long(_key(parts))
    start = text.index("//") + 2
    end = start + len(re.split(r"[/?#]", text[start:], maxsplit=1)[0])
    return text[:end].lower() + text[end:]


def is_web_address(text: str) -> bool:
    """Whether `check_address` accepts it."""
    try:
        check_address(text)
    except BadAddress:
        return False
    return True


def normalise(address: str) -> str:
    """The one spelling of an address, ASCII and at most 2,000 characters: two that share it are one resource.

    Not for opening: `https`, no `www.`, no trailing slash and no trackers, whatever the site itself prefers. The
    fragment counts. Raises BadAddress where `check_address` does. Normalising twice changes nothing.
    """
    key = _key(_parse(_trimmed(address)))
    _refuse_long(key)
    return key


def without_trackers(address: str) -> str:
    """The address, in its own spelling, without the parts of its query that only tell a site where its visitors come from."""
    before, hash_, fragment = address.partition("#")
    path, question, query = before.partition("?")
    kept = [pair for pair in query.split("&") if not _TRACKER.fullmatch(pair.partition("=")[0])]
    if len(kept) == query.count("&") + 1:
        return address
    return path + (question + "&".join(kept) if any(kept) else "") + hash_ + fragment


def is_on_forge(key: str) -> bool:
    """Whether a key, as normalise() gives it, leads to a site whose first two names of a path are a project."""
    return key.removeprefix("https://").partition("/")[0] in _FORGES


def host_of(address: str) -> str:
    """The site's name for readers: without `www.`, in its own letters unless they could imitate another name.

    Raises BadAddress where `check_address` does.
    """
    return readable_host(_parse(_trimmed(address)).host)


def leads_inside(address: str) -> bool:
    """Whether it names a private network, the reader's own machine, or a site that cannot exist.

    By its spelling alone: a public name can still lead inside. Raises BadAddress where `check_address` does.
    """
    return is_private_host(_parse(_trimmed(address)).host)


def _trimmed(address: str) -> str:
    text = address.strip().strip("\ufeff\u200b")
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1].strip()
    _refuse_long(text)
    return text


def _refuse_long(text: str) -> None:
    if len(text) > LONGEST_ADDRESS:
        raise BadAddress(f"This address is too long. Use one of at most {LONGEST_ADDRESS:,} characters.")


def _parse(text: str) -> _Parts:
    _refuse_signs(text)
    shape = _SHAPE.fullmatch(text)
    scheme, authority, path, query, fragment = shape.groups("") if shape else ("", "", text, "", "")
    _refuse_scheme(scheme, authority, path)
    if "@" in authority:
        raise BadAddress(
            "This address holds a user name or password. Remove everything before the @ in the site's name."
        )
    if "\\" in authority + path:
        raise BadAddress("This address has a backslash. Write / in its place.")
    host, port = _host_and_port(authority)
    return _Parts(scheme.lower(), host, port, path, query, fragment)


def _refuse_signs(text: str) -> None:
    if not text:
        raise BadAddress("The address is missing. Paste it from the browser, beginning with https://.")
    for sign in text:
        category = unicodedata.category(sign)
        if category[0] == "Z":
            raise BadAddress("This address has a space in it. Remove it, or write it as %20.")
        # ZWNJ and ZWJ belong to the spelling of Persian and Indic pages.
        if category in {"Cc", "Cs"} or (category == "Cf" and sign not in "\u200c\u200d"):
            raise BadAddress("This address has an invisible character in it. Copy it again from the browser.")


def _refuse_scheme(scheme: str, authority: str, path: str) -> None:
    if scheme.lower() in {"http", "https"}:
        if not authority:
            raise BadAddress("This address names no site. Write it as https://example.org/page.")
    elif scheme and not path.partition("/")[0].isdecimal():  # `localhost:8000/x` has a port there, not a path
        raise BadAddress(
            f"Addresses that begin with {scheme}: are not accepted here. Use one with https:// or http://."
        )
    else:
        raise BadAddress("Begin the address with https:// or http://.")


def _host_and_port(authority: str) -> tuple[str, str]:
    shape = re.fullmatch(r"(\[[^\]]*\]|[^:]*)(?::([0-9]*))?", authority)
    if not shape:
        raise BadAddress("The site's name and port in this address are not readable. Write them as example.org:8080.")
    name, port = shape[1], (shape[2] or "").lstrip("0")
    if len(port) > 5 or (port and int(port) > 65_535):
        raise BadAddress("The port in this address does not exist. Use a number from 1 to 65535, or leave it out.")
    try:
        return normalise_host(name), port
    except ValueError:
        raise BadAddress("The site's name in this address is not valid. Check it for a typing error.") from None


def _key(parts: _Parts) -> str:
    host = without_www(parts.host)
    # Schemes are alike here, so the default port of either is.
    port = "" if parts.port in {"", "80", "443"} else f":{parts.port}"
    path = _key_path(_escaped(parts.path, _PATH_SIGNS), forge=host in _FORGES)
    query = "&".join(
        pair
        for pair in _escaped(parts.query, _QUERY_SIGNS).split("&")
        if pair
        and not _TRACKER.fullmatch(pair.partition("=")[0])
        and not (host == "github.com" and pair == _GITHUB_README_TAB)
    )
    # What follows :~: tells the browser what to highlight; the place stays the same.
    fragment = _escaped(parts.fragment, _QUERY_SIGNS).partition(":~:")[0]
    return f"https://{host}{port}{path}" + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")


def _key_path(path: str, *, forge: bool) -> str:
    segments: list[str] = []
    for segment in path.split("/")[1:]:
        if segment == "..":
            del segments[-1:]
        elif segment != ".":
            segments.append(segment)
    while segments and not segments[-1]:
        segments.pop()
    if forge:
        segments[:2] = [segment if "%" in segment else segment.lower() for segment in segments[:2]]
        while len(segments) > 1 and segments[1].endswith(".git") and segments[1] != ".git":
            segments[1] = segments[1][: -len(".git")]
    return "".join(f"/{segment}" for segment in segments)


def _escaped(text: str, allowed: frozenset[str]) -> str:
    """Plain signs bare, others not allowed here as %XX of their UTF-8 bytes; escaped delimiters stay escaped."""

    def spell(match: re.Match[str]) -> str:
        if match[1]:
            sign = chr(int(match[1], 16))
            return sign if sign in _PLAIN else f"%{match[1].upper()}"
        if match[2] in allowed:
            return match[2]
        return "".join(f"%{byte:02X}" for byte in match[2].encode())

    return _PERCENT.sub(spell, text)

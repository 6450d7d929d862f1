"""Addresses in a text: found as the renderer finds them, and led to another place."""

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from resources.text.addresses import BadAddress, normalise
from resources.text.hosts import normalise_host, without_www
from resources.text.markdown import MARKDOWN_LIMIT, render_inline
from resources.text.safe_rendering import render_safely

MOST_ALONE = 20
"""Places of a text that are looked at one by one, where looking at all together told nothing."""

_BEGINNING = re.compile(r"https?://(?:www\.)?|(?<![A-Za-z0-9./-])www\.", re.IGNORECASE)
_HOST = re.compile(r"[^\s/?#:<>()\[\]{}\"'`|*\\&]+")
_LEADING = re.compile(r"""(?:href|src)="(https?:[^"]+)""")
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,32});)|.", re.DOTALL
)
_AS_READ = str.maketrans(
    {"\t": None, "\n": None, "\r": None, " ": "%20", '"': "%22", "<": "%3C", ">": "%3E", "`": "%60"}
)
_RISKY = re.compile(r"[()\[\]<>{}*_~!'\"`|\\^]")

type Wanted = Callable[[str], bool]
"""Whether an address, as the renderer reads it, is meant."""


def replace_in_text(source: str, key: str, new: str, *, line: bool = False, only: Wanted = bool) -> str:
    """The text with `new` where the address of this key (as normalise() gives it) stands as a link or a picture; all else
    stays. `only` narrows it to some spellings.

    What only looks like one (in code, in a link's words, a longer address that begins alike) is none. Where it cannot be
    written so that the text then leads exactly there, the text stays as it is. `line` is for texts of one line. Raises
    TextTooLarge or TextTooComplex, as the renderer does.
    """
    places = [one for one in _BEGINNING.finditer(source) if _host_at(source, one.end()) == _host_of_key(key)]
    if not places:
        return source
    before = list(_addresses(source, line=line))
    if not any(_is(address, key, only) for address in before):
        return source
    after = [_key_of(new) if _is(address, key, only) else _key_of(address) for address in before]
    for found in _ways(source, places, line=line):
        spans = [_span(source, place, address) for place, address in found.items() if _is(address, key, only)]
        for spelling in dict.fromkeys((new, _careful(new))):
            changed = _with(source, [span for span in spans if span is not None], spelling)
            if [_key_of(address) for address in _addresses(changed, line=line)] == after:
                return changed
    return source


def read_addresses(source: str, *, line: bool = False) -> list[str]:
    """The addresses of the outside that a text leads to, in order, as often as it does."""
    return list(_addresses(source, line=line))


def _addresses(source: str, *, line: bool) -> Iterator[str]:
    html = (render_inline(source) if line else render_safely(source, resolve=None, limit=MARKDOWN_LIMIT)).html
    return (unescape(address) for address in _LEADING.findall(html))


def _ways(source: str, places: list[re.Match[str]], *, line: bool) -> Iterator[dict[re.Match[str], str]]:
    """Which of these places are links, and what the renderer reads there: seen all together, then each alone.

    Together is quick, and enough unless an address is also the name of a reference.
    """
    yield _real(source, places, line=line)
    if len(places) <= MOST_ALONE:
        yield {place: address for one in places for place, address in _real(source, [one], line=line).items()}


def _real(source: str, places: list[re.Match[str]], *, line: bool) -> dict[re.Match[str], str]:
    """The renderer itself says which places are links: each is given a host that it can be told by."""
    mark = next(word for word in _marks() if word not in source.lower())
    named = re.compile(rf"{mark}(\d+)x\.invalid", re.IGNORECASE)
    begins = re.compile(rf"https?://(?:www\.)?{named.pattern}", re.IGNORECASE)
    hosts = [_written_host(source, place.end()) for place in places]
    marked, here = [], 0
    for number, place in enumerate(places):
        marked += [source[here : place.end()], f"{mark}{number}x.invalid"]
        here = place.end() + len(hosts[number])
    found = {}
    for address in _addresses("".join([*marked, source[here:]]), line=line):
        if one := begins.match(address):
            found[places[int(one[1])]] = named.sub(lambda other: hosts[int(other[1])], address)
    return found


def _marks() -> Iterator[str]:
    number = 0
    while True:
        yield f"zplace{number}z"
        number += 1


def _span(source: str, place: re.Match[str], address: str) -> tuple[int, int] | None:
    """From where to where an address stands that the renderer reads at this place; None where its spelling is not known."""
    _scheme, _slashes, rest = address.partition("://")
    start = place.start() + (source[place.start() : place.end()].find("://") + 3 if "://" in place.group() else 0)
    if source.startswith(rest, start):
        return place.start(), start + len(rest)
    read, end = "", start
    while len(read) < len(rest) and (token := _TOKEN.match(source, end)):
        read += (token["escaped"] or unescape(token.group())).translate(_AS_READ)
        end = token.end()
    return (place.start(), end) if read == rest else None


def _with(source: str, spans: Iterable[tuple[int, int]], new: str) -> str:
    """The text with `new` in these places."""
    parts, here = [], 0
    for start, end in sorted(spans):
        parts += [source[here:start], new]
        here = end
    return "".join([*parts, source[here:]])


def _careful(address: str) -> str:
    """The same address without signs that mean something to Markdown."""
    last = address[-1:]
    plain = address[:-1] + f"%{ord(last):02X}" if last in ".,:;?" else address
    return _RISKY.sub(lambda sign: f"%{ord(sign.group()):02X}", plain).replace("&", "&amp;")


def _is(address: str, key: str, only: Wanted) -> bool:
    return _key_of(address) == key and only(address)


def _key_of(address: str) -> str:
    try:
        return normalise(address)
    except BadAddress:
        return address


def _host_of_key(key: str) -> str:
    return re.split(r"[/?#:]", key.removeprefix("https://"), maxsplit=1)[0]


def _host_at(source: str, start: int) -> str:
    try:
        return without_www(normalise_host(_written_host(source, start)))
    except ValueError:
        return ""


def _written_host(source: str, start: int) -> str:
    """A host as it is written, without what ends a sentence."""
    found = _HOST.match(source, start)
    return found.group().rstrip(".,;!?_~") if found else ""

"""What a rendered text gets once its HTML is well-formed: headings' anchors, prefixed ids and fragments, `rel`, `alt`;
and what is read from it: its headings, its outside links, its words.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape, unescape

from resources.text.sanitising import ID_PREFIX, OUTSIDE_REL, is_outside, safe_address

_TAG = re.compile(r"</?[a-z][^\s<>\"]*(?:[^<>\"]|\"[^\"]*\")*>")
_HEADING = re.compile(r"<(h([1-6]))((?: [^\s<>\"=]+=\"[^\"]*\")*)>")
_WITH_ATTRIBUTES = re.compile(r"<([a-z]+[1-6]?)((?: [^\s<>\"=]+=\"[^\"]*\")+|(?<=<img))>")
_ATTRIBUTE = re.compile(r" ([^\s<>\"=]+)=\"([^\"]*)\"")
_PREFIX = re.compile(rf" (id=\"|href=\"#){ID_PREFIX}")
_NOT_IN_ID = re.compile(r"[\s<>\"'`&]")
_NOT_IN_SLUG = re.compile(r"[^\w\- ]")
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text: its level (1–6), its visible text, and its id on the page (prefix included)."""

    level: int
    text: str
    anchor: str


def slug(heading: str) -> str:
    """GitHub's anchor for a heading's text: lower case, punctuation gone, each space a hyphen."""
    return _NOT_IN_SLUG.sub(_keep_mark, heading.lower()).replace(" ", "-")


def _keep_mark(match: re.Match[str]) -> str:
    # Ruby's word characters include combining marks, Python's do not.
    character = match.group()
    return character if unicodedata.category(character).startswith("M") else ""


def visible_text(html: str) -> str:
    """The text of well-formed HTML without its tags, entities decoded."""
    return unescape(_TAG.sub("", html))


def count_words(html: str) -> int:
    """How many words a reader of this well-formed HTML sees."""
    return sum(1 for _ in _WORD.finditer(unescape(_TAG.sub(" ", html))))


@dataclass
class Anchoring:
    """One text's pass over its well-formed HTML; `headings` and `links` fill while it runs."""

    headings: list[Heading] = field(default_factory=list)
    links: dict[str, None] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)

    def run(self, html: str) -> str:
        """`html` with every id and fragment prefixed, headings anchored, outside links marked, images described."""
        return _WITH_ATTRIBUTES.sub(self._finish, self._anchored(html))

    def _anchored(self, html: str) -> str:
        """`html` with an id on every heading, not yet prefixed."""
        pieces: list[str] = []
        done = inside = 0
        for match in _HEADING.finditer(html):
            if match.start() < inside:  # a heading in a heading: the outer one has the anchor
                continue
            inside = html.find(f"</{match[1]}>", match.end())
            text = " ".join(visible_text(html[match.end() : inside]).split(" ")).strip("\n")
            own = dict(reversed(_ATTRIBUTE.findall(match[3]))).get("id")
            anchor = unescape(own) if own else self._unique(slug(text))
            self.headings.append(Heading(int(match[2]), " ".join(text.split()), prefixed(anchor)))
            if not own:
                pieces += [html[done : match.start()], f'<{match[1]}{match[3]} id="{escape(anchor)}">']
                done = match.end()
        return "".join([*pieces, html[done:]])

    def _unique(self, anchor: str) -> str:
        """`anchor`, or with the first free number behind it, as GitHub numbers headings of one name."""
        candidate = anchor
        while candidate in self._used:
            self._used[anchor] += 1
            candidate = f"{anchor}-{self._used[anchor]}"
        self._used[candidate] = 0
        return candidate

    def _finish(self, match: re.Match[str]) -> str:
        tag, source = match.groups()
        # Of an attribute given twice the first counts, as in a browser.
        attributes = {name: unescape(value) for name, value in reversed(_ATTRIBUTE.findall(source))}
        name = attributes.pop("name", "")
        if identity := attributes.get("id") or (name if tag == "a" else ""):
            attributes["id"] = prefixed(identity)
        if tag == "a" and "href" in attributes:
            self._finish_link(attributes)
        elif tag == "img":
            attributes = {"alt": "", **attributes, "loading": "lazy"}
        return f"<{tag}" + "".join(f' {key}="{escape(value)}"' for key, value in attributes.items()) + ">"

    def _finish_link(self, attributes: dict[str, str]) -> None:
        address = safe_address(attributes["href"])
        if address is None:
            del attributes["href"]
            return
        if address.startswith("#") and len(address) > 1:
            address = "#" + prefixed(address[1:].removeprefix("user-content-"))
        if is_outside(address):
            self.links[address] = None
            attributes["rel"] = OUTSIDE_REL
        attributes["href"] = address


def prefixed(identity: str) -> str:
    """An id or fragment as it stands on the page; what no id can hold becomes a hyphen."""
    return ID_PREFIX + _NOT_IN_ID.sub("-", identity)[:200]


def with_ids(html: str, prefix: str) -> str:
    """A text's well-formed HTML with another prefix before its ids and fragments: for several texts on one page."""
    return _TAG.sub(lambda tag: _PREFIX.sub(rf" \1{prefix}", tag[0]), html)


def beside_headings(html: str, beside: Callable[[str, str], str]) -> str:
    """A text's HTML with `beside(anchor, words)` after every heading, both in a div of the class "part-head".

    A heading in a link or a summary stays alone: there is no room for a second thing to press.
    """
    pieces: list[str] = []
    done = 0
    for match in _HEADING.finditer(html):
        end = html.find(f"</{match[1]}>", match.end()) + len(f"</{match[1]}>")
        identity = dict(reversed(_ATTRIBUTE.findall(match[3]))).get("id", "")
        if match.start() < done or not identity or _is_pressed(html, match.start()):
            continue
        words = " ".join(visible_text(html[match.end() : end]).split())
        pieces += [html[done : match.start()], '<div class="part-head">', html[match.start() : end]]
        pieces += [beside(unescape(identity), words), "</div>"]
        done = end
    return "".join([*pieces, html[done:]])


def _is_pressed(html: str, place: int) -> bool:
    """Whether a place of well-formed HTML lies inside a link or a summary."""
    opened = {"<a ": "</a>", "<summary": "</summary>"}
    return any(html.rfind(tag, 0, place) > html.rfind(end, 0, place) for tag, end in opened.items())

"""What one list item says about its resource: the words before the link, the link, the words after it."""

import html
import re
from dataclasses import dataclass, replace

from markdown_it.token import Token

from resources.readme.inline import Env, attribute, escape, inline_references, mark_span, parse_inline, plain_text
from resources.readme.outline import Wording
from resources.text.addresses import BadAddress, normalise

NO_LINK = "has no link"
RELATIVE = "has a relative address"
NO_PAGE = "has an address that is not a web page's"
ENTANGLED = "has a link within emphasis that cannot be taken apart"
NO_NAME = "has a link without a name"
REVERSED = "has its link reversed; it was read as [name](address)"

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_REVERSED = re.compile(r"\(([^()\[\]]+)\)\[(https?://[^\]\s]+)\]")
_BEFORE_WORDS = re.compile(r"\s*(?:[-–—:,;|.]+\s+|[:,;]\s*)?")
_BARE = re.compile(r"https?://[^\s<]+", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\s", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"""
      \s* (?: => | -> | → ) \s*
    | \s+ (?: -{1,3} | [–—―‒−] ) (?: \s+ | $ )   # a dash between spaces
    | (?: -{1,3} | [–—―‒−] ) (?: \s+ | $ )        # a dash glued to the link
    | \s+ - (?= [^\s-] )                         # a dash glued to the text, unless that is an --option
    | \s* [–—―‒−]
    | \s* : (?! [\w+-]+ : ) \s*                  # a colon, unless it begins a :shortcode:
    | \s* [,;：，；、] \s*
    | \s* [|·•] (?: \s+ | $ )
    | \. (?: \s+ | $ )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A list item read: its wording, or none and the reason. A note says what was repaired."""

    wording: Wording | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Link:
    start: int
    end: int
    label: str
    inner: list[Token]
    url: str
    hint: str
    first: int  # places of its opening and closing token
    last: int

    @property
    def has_words(self) -> bool:
        return bool(plain_text(self.inner, with_images=False).strip())


def read_item(text: str, env: Env) -> Reading:
    """Read the inline Markdown of a list item's first paragraph."""
    text = inline_references(one_line(text), env).strip()
    tokens = parse_inline(text)
    links = _links(text, tokens)
    if not links:
        return _without_link(text)
    link = next((link for link in links if link.has_words), links[0])
    if not re.match(r"https?://", link.url, re.IGNORECASE):
        return Reading(note=RELATIVE if not _SCHEME.match(link.url) else NO_PAGE)
    lead, label, rest = _parted(text, tokens, link)
    if _around(tokens, link) and _shown(lead + label + rest) != _shown(
        text[: link.start] + link.label + text[link.end :]
    ):
        return Reading(note=ENTANGLED)
    return _checked(_wording(lead, label, link.url, rest, link.hint))


def one_line(text: str) -> str:
    """Inline Markdown on one line; a line break that was marked counts as a blank."""
    if "\n" not in text:
        return text
    lines = [line.strip(" \t") for line in text.split("\n")]
    return " ".join(line[:-1] if re.search(r"(?<!\\)(?:\\\\)*\\\Z", line) else line for line in lines)


def split_item(text: str, env: Env) -> tuple[str, str, str] | None:
    """An item's text cut after its link and after the separator; None where no Markdown link can be read."""
    tokens = parse_inline(text, env)
    links = _links(text, tokens)
    if not links:
        return None
    end = next((link for link in links if link.has_words), links[0]).end
    separator = _SEPARATOR.match(text, end)
    cut = separator.end() if separator else end
    return text[:end], text[end:cut], text[cut:]


def _without_link(text: str) -> Reading:
    if match := _REVERSED.search(text):
        wording = _wording(text[: match.start()], escape(match[1]), match[2], text[match.end() :], "")
        return replace(_checked(wording), note=REVERSED)
    if match := _BARE.match(text):
        url = re.sub(r"[?!.,:*_~'\"]+$", "", match[0])
        while url.endswith(")") and url.count(")") > url.count("("):
            url = url[:-1]
        return _checked(_wording("", escape(url), html.unescape(url), text[len(url) :], ""))
    return Reading(note=NO_LINK)


def _checked(wording: Wording) -> Reading:
    if not wording.title:
        return Reading(note=NO_NAME)
    try:
        normalise(wording.url)
    except BadAddress as refusal:
        return Reading(note=f"has an address that is not accepted. {refusal}")
    return Reading(wording)


def _wording(lead: str, label: str, url: str, rest: str, hint: str) -> Wording:
    tokens = parse_inline(label)
    title = " ".join(plain_text(tokens).split())
    is_plain = all(token.type in ("text", "text_special", "softbreak") for token in tokens)
    separator = _SEPARATOR.match(rest)
    summary = rest[separator.end() :] if separator else rest
    return Wording(
        title=title,
        url=url,
        summary=summary.strip(),
        lead=lead.lstrip(),
        label="" if is_plain else label.strip(),
        hint=" ".join(hint.split()),
    )


def _links(text: str, tokens: list[Token]) -> list[_Link]:
    links: list[_Link] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        last = place
        if token.type == "link_open":
            last = _closing(tokens, place, "link_open", "link_close")
            links.append(_markdown_link(text, tokens, place, last))
        elif token.type == "html_inline" and _ANCHOR.match(token.content) and attribute(token.content, "href"):
            last = _closing_tag(tokens, place)
            if last > place:
                links.append(_html_link(text, tokens, place, last))
        place = last + 1
    return links


def _closing(tokens: list[Token], place: int, opening: str, closing: str) -> int:
    depth = 0
    for last in range(place, len(tokens)):
        depth += (tokens[last].type == opening) - (tokens[last].type == closing)
        if depth == 0:
            return last
    return place


def _closing_tag(tokens: list[Token], place: int) -> int:
    for last in range(place + 1, len(tokens)):
        if tokens[last].type == "html_inline" and tokens[last].content.lower().startswith("</a"):
            return last
    return place


def _markdown_link(text: str, tokens: list[Token], place: int, last: int) -> _Link:
    token = tokens[place]
    start, end = token.meta["span"]
    inner = tokens[place + 1 : last]
    if "label" in token.meta:
        label_start, label_end = token.meta["label"]
        label = text[label_start:label_end]
    else:
        label = escape(plain_text(inner))
    url, hint = str(token.attrs["href"]), str(token.attrs.get("title") or "")
    return _Link(start, end, label, inner, url, hint, place, last)


def _html_link(text: str, tokens: list[Token], place: int, last: int) -> _Link:
    opening, closing = tokens[place], tokens[last]
    start, label_start = opening.meta["span"]
    label_end, end = closing.meta["span"]
    hint = attribute(opening.content, "title")
    url = attribute(opening.content, "href")
    return _Link(start, end, text[label_start:label_end], tokens[place + 1 : last], url, hint, place, last)


def _parted(text: str, tokens: list[Token], link: _Link) -> tuple[str, str, str]:
    """The text before the link, its label and the text after it, each with its emphasis closed.

    Emphasis and brackets around the link alone go into the label; what emphasis covers beside it is emphasised on its
    own.
    """
    lead, label, rest = text[: link.start], link.label, text[link.end :]
    for opening, closing in reversed(_around(tokens, link)):
        before, after = mark_span(opening), mark_span(closing)
        mark = text[before[0] : before[1]]
        lead = lead[: before[0]] + _emphasised(lead[before[1] :], mark)
        inner = after[0] - len(text) + len(rest)
        rest = _emphasised(rest[:inner], mark) + rest[inner + len(mark) :]
        label = f"{mark}{label}{mark}"
    for left, right in ("()", "[]"):
        if lead.endswith(left) and rest.startswith(right) and not lead.endswith("\\" + left):
            lead, label, rest = lead[:-1], f"{escape(left)}{label}{escape(right)}", rest[1:]
    return lead, label, rest


def _around(tokens: list[Token], link: _Link) -> list[tuple[Token, Token]]:
    """The emphasis that the link stands in: opening and closing tokens, outermost first."""
    opened: list[Token] = []
    for token in tokens[: link.first]:
        if "mark" in token.meta and token.nesting == 1:
            opened.append(token)
        elif "mark" in token.meta and token.nesting == -1:
            opened.pop()
    pairs: list[tuple[Token, Token]] = []
    depth = 0
    for token in tokens[link.last + 1 :]:
        if "mark" in token.meta and token.nesting:
            depth += token.nesting
            if depth < 0 and opened:
                pairs.insert(0, (opened.pop(), token))
                depth = 0
    return pairs


def _shown(text: str) -> str:
    return plain_text(parse_inline(text))


def _emphasised(text: str, mark: str) -> str:
    start = _BEFORE_WORDS.match(text).end()  # type: ignore[union-attr] # it matches nothing at all, too
    words = text[start:].rstrip()
    if not re.search(r"\w", words):
        return text
    return f"{text[:start]}{mark}{words}{mark}{text[start + len(words) :]}"

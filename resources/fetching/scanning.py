"""One pass over HTML that nobody vouches for: titles, words, ids. Linear in its length, whatever is inside."""

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from resources.fetching.fingerprints import words_of

LONGEST_TEXT = 20_000
_COUNTED_IN = 6_000

_NEXT = re.compile(r"<(?:/?[a-zA-Z]|[!?])")
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>""")
_PLAIN_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
_ATTRIBUTE = r"""(?<![^\s"'/])%s\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))"""
_IDS = re.compile(_ATTRIBUTE % "id", re.IGNORECASE)
_NAMES = re.compile(_ATTRIBUTE % "(?:name|id)", re.IGNORECASE)
_PAIRS = re.compile(_ATTRIBUTE % r"([a-zA-Z:-]{1,20})")
_RENDERED_BY_FORGES = re.compile(r"user-content-([^\"'\\\s<>&]{1,200})")
_HIDDEN = re.compile(r"(?<![^\s\"'/])hidden(?=[\s/=\"']|$)|display\s*+:\s*+none", re.IGNORECASE)

# What stands in these is no word for readers.
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
_BESIDE = frozenset({"nav", "header", "footer", "aside"})
_COUNTED = _BESIDE | {"main", "article", "noscript", "svg"}
_HEADINGS = frozenset({"h1", "h2"})
_CAN_HIDE = frozenset({"div", "section", "form", "dialog", "span", "template", "aside", "ul", "details", "svg"})


@dataclass(slots=True)
class Scan:
    """What one pass found. `words` is what readers see, `main` without what stands beside it on every page of a site."""

    title: str = ""
    headings: list[str] = field(default_factory=list)
    words: str = ""
    main: str = ""
    without_scripts: str = ""
    """The words that only show where scripts do not run."""
    ids: set[str] = field(default_factory=set)
    metas: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    scripts: int = 0
    passwords: int = 0
    dated: int = 0
    count: int = 0
    """How many words there are; of a long text only the beginning is counted."""
    main_count: int = 0


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found = Scan()
        self.open: Counter[str] = Counter()
        self.hidden_by = ""
        self.hidden_depth = 0
        self.heading: list[str] | None = None
        self.all: list[str] = []
        self.main: list[str] = []
        self.article: list[str] = []
        self.noscript: list[str] = []
        self.quoting = True
        """Whether a > inside quotes belongs to the value; given up where the quotes of a page never close."""

    def run(self) -> Scan:
        text, place = self.text, 0
        while begin := _NEXT.search(text, place):
            start = begin.start()
            if start > place:
                self._words(text[place:start])
            place = self._comment_end(start) if text[start + 1] in "!?" else self._tag(start)
            if place < 0:
                break
        else:
            self._words(text[place:])
        return self._finished()

    def _comment_end(self, start: int) -> int:
        if self.text.startswith("<!--", start):
            end = self.text.find("-->", start + 2)
            return end + 3 if end >= 0 else -1
        end = self.text.find(">", start)
        return end + 1 if end >= 0 else -1

    def _tag(self, start: int) -> int:
        tag = _TAG.match(self.text, start) if self.quoting else None
        if tag is None:
            self.quoting = False
            tag = _PLAIN_TAG.match(self.text, start)
            if tag is None:
                return -1
        name = tag[2].lower()
        if tag[1]:
            self._end(name)
            return tag.end()
        self._start(name, tag[3])
        return self._raw(name, tag.end()) if name in _RAW else tag.end()

    def _raw(self, name: str, place: int) -> int:
        """Past the text of an element that holds no tags; -1 where it never ends."""
        end = _RAW_END[name].search(self.text, place)
        if name == "title" and not self.found.title and not self.open["svg"]:
            self.found.title = _collapsed(self.text[place : end.start() if end else place + 500])[:500]
        return end.start() if end else -1

    def _start(self, name: str, attributes: str) -> None:
        found = self.found
        if attributes:
            if name == "a":
                found.ids.update(a or b or c for a, b, c in _NAMES.findall(attributes))
            elif "id" in attributes or "ID" in attributes:
                found.ids.update(a or b or c for a, b, c in _IDS.findall(attributes))
        if self.hidden_by:
            self.hidden_depth += name == self.hidden_by
            return
        if name in _CAN_HIDE and (name == "template" or (attributes and _HIDDEN.search(attributes))):
            self.hidden_by, self.hidden_depth = name, 1
        if name in _COUNTED:
            self.open[name] += 1
        elif name in _HEADINGS and len(found.headings) < 5:
            self.heading = []
        elif name in _FACTS:
            self._fact(name, attributes)

    def _end(self, name: str) -> None:
        if self.hidden_by:
            if name == self.hidden_by:
                self.hidden_depth -= 1
                if not self.hidden_depth:
                    self.hidden_by = ""
                    self.open[name] = max(0, self.open[name] - (name in _COUNTED))
            return
        if name in _COUNTED:
            self.open[name] = max(0, self.open[name] - 1)
        elif name in _HEADINGS and self.heading is not None:
            self.found.headings.append(_collapsed("".join(self.heading))[:300])
            self.heading = None

    def _fact(self, name: str, attributes: str) -> None:
        found = self.found
        if name == "script":
            found.scripts += 1
        elif name == "time":
            found.dated += 1
        else:
            pairs = {key.lower(): a or b or c for key, a, b, c in _PAIRS.findall(attributes)}
            if name == "meta" and len(found.metas) < 100:
                key = pairs.get("name") or pairs.get("property") or pairs.get("http-equiv") or ""
                found.metas.setdefault(key.lower(), html.unescape(pairs.get("content", ""))[:500])
            elif name == "link" and pairs.get("rel", "").lower() == "canonical" and not found.canonical:
                found.canonical = html.unescape(pairs.get("href", ""))[:2_000].strip()
            elif name == "input" and pairs.get("type", "").lower() == "password":
                found.passwords += 1

    def _words(self, words: str) -> None:
        if self.hidden_by or self.open["svg"] or words.isspace():
            return
        if self.open["noscript"]:
            self.noscript.append(words)
            return
        self.all.append(words)
        if self.heading is not None:
            self.heading.append(words)
        if self.open["main"] or self.open["article"]:
            self.article.append(words)
        if not (self.open["nav"] or self.open["header"] or self.open["footer"] or self.open["aside"]):
            self.main.append(words)

    def _finished(self) -> Scan:
        found = self.found
        found.words = _collapsed(" ".join(self.all))
        article, main = _collapsed(" ".join(self.article)), _collapsed(" ".join(self.main))
        found.main = next((text for text in (article, main, found.words) if len(text) > 40), found.words)
        found.count = len(words_of(found.words[:_COUNTED_IN]))
        found.main_count = found.count if found.main is found.words else len(words_of(found.main[:_COUNTED_IN]))
        found.without_scripts = _collapsed(" ".join(self.noscript))
        if "user-content-" in self.text:
            found.ids.update(f"user-content-{name}" for name in _RENDERED_BY_FORGES.findall(self.text))
        found.ids.discard("")
        if any("&" in one for one in found.ids):
            found.ids = {html.unescape(one) for one in found.ids}
        return found


_FACTS = frozenset({"script", "time", "meta", "link", "input"})


def scan(text: str) -> Scan:
    """Reads the text of an HTML page once."""
    return _Scanner(text).run()


def _collapsed(text: str) -> str:
    text = text[: 4 * LONGEST_TEXT]
    if "&" in text:
        text = html.unescape(text)
    return " ".join(text.replace("\x00", "").split())[:LONGEST_TEXT]

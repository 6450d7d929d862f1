"""What a README holds, read by GitHub's own parser: to tell whether a round trip kept it."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CONTENTS = re.compile(r"\W*(table of )?contents?\W*|\W*toc\W*|\W*目录\W*|\W*", re.IGNORECASE)
WORD = re.compile(r"[^\W_]+(?:_+[^\W_]+)*")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<]*", re.IGNORECASE)


@dataclass
class Holdings:
    """Multisets of what a README holds; the table of contents is not counted (links within the page and its heading)."""

    links: Counter[str] = field(default_factory=Counter)
    images: Counter[str] = field(default_factory=Counter)
    headings: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    comments: Counter[str] = field(default_factory=Counter)

    def lost(self, other: "Holdings") -> dict[str, Counter[str]]:
        """What this one holds and `other` does not."""
        kinds = ("links", "images", "headings", "words", "comments")
        missing = {kind: getattr(self, kind) - getattr(other, kind) for kind in kinds}
        return {kind: counter for kind, counter in missing.items() if counter}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.holdings = Holdings()
        self.heading: list[str] | None = None
        self.within_page = 0

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "a" and values.get("href") is not None:
            if values["href"].startswith("#"):
                self.within_page += 1
            elif values["href"]:
                self.holdings.links[values["href"]] += 1
        elif tag == "img" and values.get("src"):
            self.holdings.images[values["src"]] += 1
            self.text(values.get("alt") or "")
        elif tag in HEADINGS:
            self.heading = []

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag):
        if tag == "a" and self.within_page:
            self.within_page -= 1
        elif tag in HEADINGS and self.heading is not None:
            words = plain("".join(self.heading))
            self.heading = None
            if not CONTENTS.fullmatch(words):
                self.holdings.headings[words] += 1
                self.words(words)

    def handle_comment(self, data):
        self.holdings.comments[plain(data)] += 1

    def handle_data(self, data):
        self.text(data)

    def text(self, data):
        if self.heading is not None:
            self.heading.append(data)
        elif not self.within_page:
            self.words(data)

    def words(self, text):
        self.holdings.words.update(WORD.findall(ADDRESS.sub(" ", plain(text))))


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def holdings(markdown: str) -> Holdings:
    """What GitHub's parser finds in a README."""
    html = cmarkgfm.github_flavored_markdown_to_html(markdown.removeprefix("\ufeff"), options=Options.CMARK_OPT_UNSAFE)
    reader = _Reader()
    reader.feed(html.replace("&lt;iframe", "<iframe"))
    reader.close()
    return reader.holdings

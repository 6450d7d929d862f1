"""The search index of a copy: files of JavaScript that a page loads one by one, since a page from disk may not fetch.

Words are split by buckets, so that a search loads a few small files however large the site is. static/js/offline-search.js
reads them, and splits what is asked for into the same words.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

BUCKETS = 256
WEIGHTS = {"title": 12, "tags": 6, "summary": 4, "body": 1}
MOST_TIMES = 5
"""So often a word of the body counts at most."""

_WORD = re.compile(r"[^\W_]+")
_TOGETHER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
"""Scripts that part no words: pairs of neighbouring signs are looked for."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page that can be found: where it is, and its words."""

    file: str
    kind: str
    title: str
    summary: str
    tags: str
    body: str


def words_of(text: str) -> Iterator[str]:
    """The words of a text, folded: lower case, without accents; pairs of signs where no words are parted."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = unicodedata.normalize("NFC", "".join(sign for sign in folded if not unicodedata.combining(sign)))
    for match in _WORD.finditer(folded):
        start = 0
        for run in _TOGETHER.finditer(match[0]):
            if run.start() > start:
                yield match[0][start : run.start()]
            signs = run[0]
            yield from (signs[place : place + 2] for place in range(max(1, len(signs) - 1)))
            start = run.end()
        if start < len(match[0]):
            yield match[0][start:]


def bucket_of(word: str) -> int:
    """The bucket of a word, by its first two signs: a beginning of two signs is in the same one."""
    return (ord(word[0]) * 31 + (ord(word[1]) if len(word) > 1 else 0)) % BUCKETS


def index_files(documents: Iterable[Document]) -> Iterator[tuple[str, bytes]]:
    """(file, bytes) of the index: `search/pages.js`, and `search/<bucket>.js` for each bucket that has words."""
    pages: list[list[str]] = []
    buckets: dict[int, dict[str, list[list[int]]]] = defaultdict(lambda: defaultdict(list))
    for number, document in enumerate(documents):
        pages.append([document.title, document.file, document.kind, document.summary])
        for word, weight in sorted(_weighed(document).items()):
            buckets[bucket_of(word)][word].append([number, weight])
    yield "search/pages.js", _call("rayhubPages", pages)
    for bucket in range(BUCKETS):
        if bucket in buckets:
            yield f"search/{bucket}.js", _call("rayhubWords", {"bucket": bucket, "words": buckets[bucket]})


def _weighed(document: Document) -> Counter[str]:
    found: Counter[str] = Counter()
    for field, weight in WEIGHTS.items():
        counts = Counter(words_of(getattr(document, field)))
        for word, times in counts.items():
            found[word] += weight * min(times, MOST_TIMES)
    return found


def _call(name: str, value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # Two line ends of Unicode are none in JSON, but were in older JavaScript.
    return f"{name}({text.replace(chr(0x2028), ' ').replace(chr(0x2029), ' ')});\n".encode()

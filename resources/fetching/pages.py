"""What a page says of itself: title, words, ids, and whether it is there at all or only looks so."""

from dataclasses import dataclass
from urllib.parse import urljoin

from resources.fetching.charsets import decode
from resources.fetching.fingerprints import fingerprint, likeness, words_of
from resources.fetching.fragments import fragment_of, holds
from resources.fetching.gone import gone
from resources.fetching.parking import parked
from resources.fetching.scanning import LONGEST_TEXT, Scan, scan
from resources.fetching.walls import wall

LONGEST_BODY = 512 * 1024
NONSENSE_ALIKE = 0.9
_FEWEST_WORDS = 20


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was read. `soft_404`, `parked` and `wall` hold the reason in plain words, "" where it is none.

    `sign_in` tells a wall that asks who one is from one that asks whether one is a person. `shell` is a page that scripts
    fill: nobody can tell what is in it. `whole` is whether the body was read to its end.
    """

    title: str = ""
    text: str = ""
    ids: frozenset[str] = frozenset()
    fingerprint: str = ""
    soft_404: str = ""
    parked: str = ""
    wall: str = ""
    sign_in: bool = False
    canonical: str = ""
    shell: bool = False
    html: bool = False
    whole: bool = True

    def lacks(self, address: str) -> bool:
        """Whether the place that the address's fragment names is surely missing here."""
        fragment = fragment_of(address)
        if not fragment or not self.html or self.shell or not self.whole:
            return False
        return not holds(self.ids, fragment)


def read_page(body: bytes, content_type: str, address: str, *, landed: str = "", whole: bool = True) -> Page:
    """Reads what a visit brought. Never raises, whatever the bytes are.

    `address` is the one that was asked: a page that it names is no pretence. `landed` is where redirects led, if anywhere.
    """
    text = decode(body[:LONGEST_BODY], content_type)
    kind = content_type.partition(";")[0].strip().lower()
    if not _is_html(kind, text):
        return _read_other(kind, text, whole=whole)
    found = scan(text)
    shell = _is_shell(found)
    reason, sign_in = wall(found, text, address)
    return Page(
        title=found.title,
        text=found.words,
        ids=frozenset(found.ids),
        fingerprint=fingerprint(found.title, found.main),
        soft_404="" if reason else gone(found, text, address, landed),
        parked="" if reason else parked(found, text),
        wall=reason,
        sign_in=sign_in,
        canonical=_joined(landed or address, found.canonical),
        shell=shell,
        html=True,
        whole=whole,
    )


def same_as_nonsense(page: Page, nonsense: str) -> bool:
    """Whether this page is the one that its host shows for paths that nobody wrote.

    Never true for a page that scripts fill, or one with hardly a word: such hosts answer with one shell for everything.
    """
    if page.shell or page.wall or len(words_of(page.text)) < _FEWEST_WORDS or nonsense in {"", "404"}:
        return False
    return likeness(page.fingerprint, nonsense) >= NONSENSE_ALIKE


def _is_html(kind: str, text: str) -> bool:
    if kind in {"text/html", "application/xhtml+xml"}:
        return True
    beginning = text[:1_000].lstrip().lower()
    return kind in {"", "application/octet-stream", "unknown/unknown"} and beginning.startswith(
        ("<!doctype html", "<html")
    )


def _read_other(kind: str, text: str, *, whole: bool) -> Page:
    if kind not in {"text/plain", "text/markdown", "text/x-rst"}:
        return Page(whole=whole)
    words = " ".join(text[: 4 * LONGEST_TEXT].replace("\x00", "").split())[:LONGEST_TEXT]
    return Page(text=words, fingerprint=fingerprint("", words), whole=whole)


def _is_shell(found: Scan) -> bool:
    return found.scripts > 0 and found.count < _FEWEST_WORDS * 2


def _joined(address: str, canonical: str) -> str:
    try:
        return urljoin(address, canonical) if canonical else ""
    except ValueError:
        return ""

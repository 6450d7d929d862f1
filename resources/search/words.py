"""From text to the words that are indexed and looked for: pure, and the same for both databases.

Letters are folded (case, accents, width); a run of Chinese, Japanese or Korean, which has no spaces, becomes its pairs of
signs, so that any part of it of two signs or more is found. Stemming is the database's.
"""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_WORD = 60
"""Letters of a word; what is longer is no word (a key, a picture written as text) and is not indexed."""

_CJK = (
    "\u1100-\u11ff\u3005\u3041-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\U00020000-\U000323af"
)
_RUN = re.compile(r"[^\W_]+")
_CJK_RUN = re.compile(f"[{_CJK}]+")
_ACRONYMS = re.compile(r"[b-df-hj-np-tv-xz]{1,3}[b-df-hj-np-rtu-xz]s")
"""GPUs, LLMs, VMs: stemmers leave some of them as they are."""

_ENDING = re.compile(r"['’]s\b")


class _Folds(dict[int, str]):
    """Sign → what it is looked for as, one sign for one, so that places in a text stay what they are."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = unicodedata.normalize("NFKC" if _CJK_RUN.match(sign) else "NFKD", sign)
        kept = "".join(one for one in plain if not unicodedata.combining(one)).lower()
        folded = self[code] = kept if len(kept) == 1 else sign.lower() if len(sign.lower()) == 1 else sign
        return folded


_SAME = "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
"""Signs that are looked for as they are, and of which whole texts consist: looking each of them up would take long."""

_CHANGING = re.compile(rf"[^\x00-\x40\x5b-\x7f{_SAME}]+")

_FOLDS = _Folds({ord(sign): letter for sign, letter in zip("øØłŁđĐıħĦŧŦ", "oOlLdDihHtT".lower(), strict=True)})


def fold(text: str) -> str:
    """The text in the letters that words are compared by; sign for sign as long as it was."""
    return text.lower() if text.isascii() else _CHANGING.sub(lambda run: run.group().translate(_FOLDS), text)


def clean(text: str) -> str:
    """Text as it is kept: one line, letters with their accents in one sign, nothing that a database refuses."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.replace("\0", " ").split())


def runs(text: str) -> Iterator[tuple[str, bool]]:
    """The words of a text that was cleaned, folded, each with whether it is a run of CJK signs."""
    folded = fold(_ENDING.sub("", text) if "s" in text else text)
    for found in _RUN.finditer(folded):
        word = found.group()
        if word.isascii():
            yield (word[:-1] if word[-1] == "s" and _ACRONYMS.fullmatch(word) else word), False
            continue
        start = 0
        for cjk in _CJK_RUN.finditer(word):
            if cjk.start() > start:
                yield word[start : cjk.start()], False
            yield cjk.group(), True
            start = cjk.end()
        if start < len(word):
            yield word[start:], False


def pairs(run: str) -> list[str]:
    """The pairs of neighbouring signs of a run, and its last sign alone."""
    return [run[place : place + 2] for place in range(len(run))]


def indexed(text: str) -> str:
    """The words of a text as the full text takes them in, with spaces between."""
    if text.isascii():
        return " ".join(word for word, _cjk in runs(text) if len(word) <= LONGEST_WORD)
    return " ".join(
        " ".join(pairs(word)) if cjk else word for word, cjk in runs(text) if cjk or len(word) <= LONGEST_WORD
    )


_SUFFIX = re.compile(r"(?:ations?|ators?|ating|ated|ates?|ings?|ies|ers?|ed|es|s|e|y|ion|ions)$")


def root(word: str) -> str:
    """About what is left of an English word without its ending: enough to mark what the database found."""
    short = _SUFFIX.sub("", word)
    if len(short) >= 3:
        return short[:-1] if len(short) > 3 and short[-1] == short[-2] else short
    return word

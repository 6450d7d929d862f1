"""Signs of spam and of imitation in what somebody typed."""

import re
import unicodedata
from collections.abc import Iterable

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"']+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}
"""Scripts whose letters look like one another's."""


def addresses_in(text: str) -> list[str]:
    """The web addresses that a text mentions, in order."""
    return _ADDRESS.findall(text)


def mixed_words(text: str) -> list[str]:
    """The words that mix letters of scripts that look alike, each once."""
    if text.isascii():
        return []
    return list(dict.fromkeys(word for word in _WORD.findall(text) if len(_scripts(word) & _ALIKE) > 1))


def _scripts(word: str) -> set[str]:
    # The micro sign and the ohm sign stand beside Latin letters in units.
    return {unicodedata.name(letter, "?").partition(" ")[0] for letter in word if letter not in "µμΩΩ"}


def naming(words: Iterable[str], text: str) -> list[str]:
    """Those of the words (or phrases) that the text has in it as whole words, whatever their case."""
    said = text.casefold()
    return [
        word
        for word in words
        if word.strip() and re.search(rf"(?<!\w){re.escape(word.casefold().strip())}(?!\w)", said)
    ]

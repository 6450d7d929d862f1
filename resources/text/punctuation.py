"""Whether a list's sentence reads like the others: the rules of awesome lists for what follows a link."""

import re

LONGEST = 300
"""More than this is no sentence for a list."""

_ENDS = (".", "!", "?", "…", "。", "！", "？")
_CLOSING = "*_`)\"'”’»）」"
_OPENING = "*_`(\"'“‘«（「["


def faults(summary: str, title: str) -> list[str]:
    """What is wrong with a summary: "capital", "end", "spaces", "title", "long", "lines"; nothing for an empty one."""
    words = summary.strip()
    if not words:
        return []
    found = []
    if words != summary or re.search(r"[ \t]{2,}", words):
        found.append("spaces")
    if "\n" in words:
        found.append("lines")
    first = words.lstrip(_OPENING)[:1]
    if first.islower() and not words.startswith("`") and not _is_name(words):
        found.append("capital")
    if not words.rstrip(_CLOSING).endswith(_ENDS):
        found.append("end")
    if _plain(words) == _plain(title):
        found.append("title")
    if len(words) > LONGEST:
        found.append("long")
    return found


def mended(summary: str) -> str:
    """The summary with a capital first, a full stop last, and single spaces."""
    words = " ".join(summary.split())
    start = len(words) - len(words.lstrip(_OPENING))
    if words[start : start + 1].islower() and not words.startswith("`") and not _is_name(words):
        words = words[:start] + words[start].upper() + words[start + 1 :]
    if words and not words.rstrip(_CLOSING).endswith(_ENDS):
        words = f"{words.rstrip(',;:')}."
    return words


def _is_name(words: str) -> bool:
    """Whether it begins with a name that has its capital inside, as iOS or vLLM."""
    first = words.split()[0]
    return any(letter.isupper() for letter in first[1:]) or "://" in first


def _plain(words: str) -> str:
    return re.sub(r"\W+", "", words).casefold()

"""A resource's words as awesome-lint wants them, without losing one."""

import re
from itertools import islice

from markdown_it.token import Token

from resources.readme.inline import destination, escape, parse_inline, plain_text, quoted_hint
from resources.readme.marks import with_escaped_brackets, with_one_mark
from resources.readme.outline import Wording

_PLAIN = re.compile(r"[^*_`\[\]<>&!\\~@:]*(?::(?!//)[^*_`\[\]<>&!\\~@:]*)*\Z")
_ENDED = re.compile(r"[.!?…][\"”]?\Z")
_ENDED_WITHIN = re.compile(r"[.!?…][\"”]?[*_~]+\Z")
_SIGN_NAME = re.compile(r"(?::[\w+-]+:|&#?\w+;)\Z")
_MOST_MARKS = 8  # a name at the start of a summary ends after a few
_SIGN_NAME_FIRST = re.compile(r":[\w+-]+:")
_SILENT_IMAGES = re.compile(r"(?:!\[\]\([^()\s]*\)\s*)+")
_ENDED_TWICE = re.compile(r"([.!?…][\"”])[.!?…]+\Z")
_TASK_BOX = re.compile(r"\[[ xX]\]\s")
_BADGE_LAST = re.compile(r"(?:\[!\[[^\[\]]*\]\([^()\s]*\)\]|!\[[^\[\]]*\])\([^()\s]*\)\Z")
_CJK_END = str.maketrans("。！？", ".!?")
_BOUNDARY = re.compile(r"[\s.,!?:-]|\Z")


def link_text(wording: Wording) -> str:
    """The words before the link and the link itself."""
    label = with_one_mark(wording.label) or escape(wording.title)
    return f"{_clean_lead(wording.lead)}[{label}]({destination(wording.url)}{quoted_hint(wording.hint)})"


def _clean_lead(lead: str) -> str:
    box = _TASK_BOX.match(lead)
    start = box.end() if box else 0
    return lead[:start] + with_escaped_brackets(with_one_mark(lead[start:]))


def clean_item(wording: Wording) -> str:
    """The item in the clean form, `[name](address) - Summary.`, without its bullet."""
    summary = clean_summary(wording)
    return f"{link_text(wording)} - {summary}" if summary else link_text(wording)


def clean_summary(wording: Wording) -> str:
    """The summary with a capital first, a full stop last and, if it begins with the resource's name, that in quotes."""
    summary = with_escaped_brackets(with_one_mark(wording.summary.strip()))
    if not summary:
        return ""
    return _ended(_begun(_without_repetition(summary, wording.title)))


def _without_repetition(summary: str, title: str) -> str:
    badges = _SILENT_IMAGES.match(summary)
    start = badges.end() if badges else 0
    before, after = summary[:start], summary[start:]
    if after[: len(title)].casefold() == title.casefold():
        length = len(title)
    elif after[:1] and after[0] in "*`[<":
        length = _length_of(after, title.casefold())
    else:
        length = 0
    if not length or not _BOUNDARY.match(after, length):
        return summary
    opening, closing = ("“", "”") if '"' in title else ('"', '"')
    return f"{before}{opening}{after[:length]}{closing}{after[length:]}"


def _length_of(summary: str, name: str) -> int:
    """How long the markup at the start is that shows exactly the name; 0 if none does."""
    for end in islice(re.finditer(r"[*`)>_]+", summary), _MOST_MARKS):
        if plain_text(parse_inline(summary[: end.end()])).casefold() == name:
            return end.end()
    return 0


def _begun(summary: str) -> str:
    word = next(filter(None, re.split(r"[- ;./']", summary)), "")
    letters = re.sub(r"[^A-Za-z0-9_]+", "", word)
    if not letters[:1].islower() or not word[:1].isascii() or word == "npm":
        return summary
    if summary.startswith("--") or _SIGN_NAME_FIRST.match(summary):  # an --option, a :shortcode:
        return summary
    if re.search(r"\d", word) or summary[0] in "/@#$~&%\"'(" or word[0] in "\"'(":
        return summary
    if letters != letters.lower() and "_" not in letters:  # camelCase, such as iOS or eBPF
        return summary
    if not _PLAIN.match(summary) and not _is_text(summary):
        return summary
    place = re.search(r"[A-Za-z]", summary)
    return summary[: place.start()] + place[0].upper() + summary[place.end() :] if place else summary


def _is_text(summary: str) -> bool:
    """Whether it is one run of text: no markup and no address that GitHub would make a link."""
    if re.search(r"https?://|www\.|\w@\w", summary):
        return False
    return all(token.type in ("text", "text_special") for token in parse_inline(summary))


def _ended(summary: str) -> str:
    summary = _ENDED_TWICE.sub(r"\1", summary)
    if summary[-1] in ".!?…" or _ENDED.search(summary) or _ENDED_WITHIN.search(summary):
        return summary
    if summary[-1] in "。！？":
        return summary[:-1] + summary[-1].translate(_CJK_END)
    if summary[-1] in ",;:、，；：" and not _SIGN_NAME.search(summary):
        return (summary[:-1].rstrip() or summary) + "."
    if _BADGE_LAST.search(summary):
        return summary
    if summary[-1] in ")]>":
        return summary if _ends_well(parse_inline(summary)) else summary + "."
    if summary[-1] == "\\":
        return summary + "\\."
    return summary + "."


def _ends_well(tokens: list[Token]) -> bool:
    """Whether a text that ends with a bracket needs no full stop: an image, a badge, HTML, or "(a sentence.)"."""
    last = tokens[-1]
    if last.type == "link_close":
        return tokens[-2].type == "image"
    if last.type in ("image", "html_inline"):
        return True
    return last.type == "text" and last.content.endswith(")") and bool(re.search(r"[.!?…]", plain_text(tokens)))

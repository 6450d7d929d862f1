"""Characters that never belong in a text: they hide, reorder or collide with the renderer's own marks."""

import re

# Controls but tab and newline (STX and ETX are Python-Markdown's placeholders), bidi marks and overrides, zero-width
# characters but ZWNJ and ZWJ (Persian, Indic scripts and emoji need them), byte-order marks, interlinear marks, and
# the two that no XML may have.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_NEWLINE = re.compile("\r\n?")


def clean_source(source: str) -> str:
    """`source` with newlines as LF, invisible characters removed and lone surrogates replaced by U+FFFD."""
    if "\r" in source:
        source = _NEWLINE.sub("\n", source)
    if source.isascii() and source.isprintable():
        return source
    return _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", source))

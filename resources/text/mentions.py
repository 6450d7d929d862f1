"""Mentions in a text: found as the renderer finds them, and led to another name."""

import re
from collections.abc import Collection, Iterator

from django.utils.text import slugify

from resources.text.gfm_inlines import PREFIXES
from resources.text.markdown import MARKDOWN_LIMIT, render_inline
from resources.text.safe_rendering import render_safely

LONGEST_KEY = 120

_MENTION = re.compile(r"(?<!!)\[\[(?!\^)(?P<target>[^\[\]|\n]{1,300})(?:\|[^\[\]\n]{1,300})?\]\](?![(\[:])")


def mention_key(target: str) -> tuple[str, str]:
    """The kind of a mention, as its word, and the slug of the name in it: what two spellings of one mention share."""
    name = target.partition("#")[0]
    word, colon, rest = name.partition(":")
    kind = word.strip().lower()
    if colon and kind in PREFIXES:
        return kind, slugify(rest.strip(), allow_unicode=True)[:LONGEST_KEY]
    return "guide", slugify(name, allow_unicode=True)[:LONGEST_KEY]


def rewrite_mentions(source: str, old: Collection[str], new: str, *, line: bool = False) -> str:
    """The text with `new` in place of the names in its mentions of `old`, in whatever spelling; all else stays.

    A mention keeps its kind, its heading and its words: `[[resource:old#Part|so]]` becomes `[[resource:new#Part|so]]`.
    What only looks like one (in code, escaped, in a link's words) is none. `line` is for texts of one line. Raises
    TextTooLarge or TextTooComplex, as the renderer does.
    """
    keys = {mention_key(one) for one in old}
    found = [one for one in _MENTION.finditer(source) if mention_key(one["target"]) in keys]
    if not found:
        return source
    # The renderer itself says which of them are mentions: each is given a name that it can be told by.
    mark = next(word for word in _marks() if word not in source.lower())
    present = _mentioned(_with(source, found, [f"{mark}{number}x" for number in range(len(found))]), line=line)
    real = [one for number, one in enumerate(found) if f"{mark}{number}x" in present]
    return _with(source, real, [new] * len(real))


def _marks() -> Iterator[str]:
    number = 0
    while True:
        yield f"zmention{number}z"
        number += 1


def _mentioned(source: str, *, line: bool) -> set[str]:
    """The names that a text mentions."""
    rendered = render_inline(source) if line else render_safely(source, resolve=None, limit=MARKDOWN_LIMIT)
    return {mention_key(target)[1] for target in rendered.mentions}


def _with(source: str, found: list[re.Match[str]], names: list[str]) -> str:
    """The text with other names in these mentions."""
    parts, here = [], 0
    for one, name in zip(found, names, strict=True):
        start = one.start("target") + _name_at(one["target"])
        parts += [source[here:start], name]
        here = one.start("target") + len(one["target"].partition("#")[0])
    return "".join([*parts, source[here:]])


def _name_at(target: str) -> int:
    """Where the name begins, behind the word for its kind."""
    word, colon, _rest = target.partition("#")[0].partition(":")
    return len(word) + 1 if colon and word.strip().lower() in PREFIXES else 0

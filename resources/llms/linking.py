"""Texts whose mentions are links: whoever reads them elsewhere can follow them, and knows no `[[…]]`."""

import re
from collections.abc import Iterable

from django.conf import settings

from resources.entries.naming import Names, name_of, targets_in
from resources.readme.lists import unfolded

_MENTION = re.compile(r"(?<!!)\[\[(?!\^)([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\](?![(\[:])")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CODE = re.compile(r"(?<!`)(`{1,8})[^`]{1,2000}\1(?!`)")
_SIGNS = re.compile(r"([\\\[\]])")


def names_for(texts: Iterable[str]) -> Names:
    """What the mentions of these texts lead to, read in a fixed number of queries."""
    names = Names()
    names.learn({name_of(target) for text in texts for target in targets_in(text)})
    return names


def linked(text: str, names: Names) -> str:
    """The text with links in place of mentions, those in code left alone; of what nobody wrote yet the words are left."""
    if "[[" not in text:
        return text
    fence, lines = "", []
    for line in text.splitlines(keepends=True):
        mark = _FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        elif not fence:
            line = _outside_code(line, names)  # the line as it is read elsewhere
        lines.append(line)
    return "".join(lines)


def _outside_code(line: str, names: Names) -> str:
    done, place = [], 0
    for code in _CODE.finditer(line):
        done += [_with_links(line[place : code.start()], names), code[0]]
        place = code.end()
    return "".join([*done, _with_links(line[place:], names)])


def _with_links(text: str, names: Names) -> str:
    def link(found: re.Match[str]) -> str:
        target = " ".join(found[1].split())
        known = names(target)
        words = found[2] or (known.title if known else target)
        return f"[{link_words(words)}]({settings.SITE_URL}{known.address})" if known else link_words(words)

    return _MENTION.sub(link, text)


def link_words(words: str) -> str:
    """Words inside the brackets of a link, on one line."""
    return _SIGNS.sub(r"\\\1", " ".join(words.split()))


def written(text: str, names: Names) -> str:
    """A text for reading elsewhere: its lists of entries written out, its mentions links."""
    return linked(unfolded(text), names).strip()

"""What a text may cost: the refusals and the bounds that keep every rendering short.

Each bound counts something that is known before the work is done, so the same text always gives the same page.
"""

import re
from collections import Counter

MARKDOWN_LIMIT = 200 * 1024
"""The longest text that is rendered, in bytes of UTF-8."""

MAX_NESTING = 60
"""Lists and quotes inside one another; a person's text has fewer than ten."""

MAX_BLOCKS = 20_000
"""Block tokens' openings (paragraphs, items, rows, cells); an honest 200 KB list has fewer than 8,000."""

QUOTED_LINES = 100_000
"""Lines that the quotes of a text are looked for in, summed over the quotes."""

BLOCK_WORK = 20_000_000
"""The work (see `inline_work`) that one paragraph, heading, item or cell may ask for."""

DOCUMENT_WORK = 120_000_000
"""The work that all of them may ask for together."""

MARK_WORK = 4_000
"""What a mark costs beside the text that it copies."""

REFERENCE_GROWTH = 200_000
"""Characters that uses of reference definitions may add: one long address used 30,000 times would fill the memory."""


MAX_LINES = 60_000
"""Lines of a text; an honest 200 KB list has fewer than 4,000."""

MAX_OPEN_TAGS = 1_000
"""Raw HTML tags open at once; browsers themselves stop at 512."""

MAX_LEFT_OPEN = 4_000
"""The same for tags that HTML lets people leave open, such as <li> and <p>."""

MAX_TAG_WORK = 1_000_000
"""Open formatting tags times tags; each may be repeated in each."""

COLOURED_BLOCK = 100
"""Characters that a block of code costs at least: starting a lexer takes as long."""

COLOURED_CODE = 50_000
"""Characters of code that are coloured in one text; what follows stays plain."""


class TextTooLarge(ValueError):
    """The text is longer than the limit. The message says by how much and what to do."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"This text is {_kilobytes(size)} long; at most {_kilobytes(limit)} can be shown. "
            "Shorten it or split it into several pages."
        )


class TextTooComplex(ValueError):
    """The text would take too long to draw. The message names the part to simplify."""


def check_size(source: str, limit: int) -> None:
    """Raise TextTooLarge where `source` has more than `limit` bytes of UTF-8."""
    size = len(source)
    if size * 4 > limit:
        size = len(source.encode("utf-8", "replace"))
    if size > limit:
        raise TextTooLarge(size, limit)


def _kilobytes(size: int) -> str:
    return f"{size / 1024:,.0f} KB"


_MARKS = ("\\", "`", "[", "<", "&", "@", "://", "www.", "  \n")


class WorkBudget:
    """What a text's stretches of inline source may still ask for."""

    def __init__(self) -> None:
        self.left = DOCUMENT_WORK

    def allows(self, text: str) -> bool:
        """Whether `text` may be read with all its marks; its work is then spent."""
        work = inline_work(text)
        if work > BLOCK_WORK or work > self.left:
            return False
        self.left -= work
        return True


def inline_work(text: str) -> int:
    """What the marks of one stretch of text cost at worst: each replacement copies the text, and each run of emphasis
    may be compared with every other.
    """
    marks = sum(map(text.count, _MARKS))
    emphasis = sum(map(text.count, "*_~"))
    return (marks + 8 * emphasis) * (len(text) + 16 * marks + MARK_WORK)


_FORMATTING = frozenset({"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
_VOID = frozenset({"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_OFTEN_LEFT_OPEN = frozenset({"a", "dd", "dt", "li", "option", "p", "td", "th", "tr"})
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")


def check_tags(html: str) -> None:
    """Raise TextTooComplex where a browser's parser would work without end on HTML that is never closed.

    It keeps each open element on a pile that it searches, and opens every unclosed `<b>` again in each paragraph.
    """
    open_tags: Counter[str] = Counter()
    depth = left_open = formatting = deepest_formatting = tags = 0
    for closing, written in _TAG.findall(html):
        tags += 1
        name = written.lower()
        if name in _VOID or (closing and not open_tags[name]):
            continue
        step = -1 if closing else 1
        open_tags[name] += step
        if name in _OFTEN_LEFT_OPEN:
            left_open += step
        else:
            depth += step
        if depth > MAX_OPEN_TAGS or left_open > MAX_LEFT_OPEN:
            most, count = open_tags.most_common(1)[0]
            raise TextTooComplex(f"{count:,} tags such as <{most}> are open at once. Close each where it ends.")
        formatting += step if name in _FORMATTING else 0
        deepest_formatting = max(deepest_formatting, formatting)
    if deepest_formatting * tags > MAX_TAG_WORK:
        raise TextTooComplex(
            f"{deepest_formatting} formatting tags such as <b> are open at once, and {tags:,} tags would repeat them. "
            "Close each where it ends."
        )


def check_lines(source: str) -> None:
    """Raise TextTooComplex where `source` has more lines than a text of its length can need."""
    lines = source.count("\n")
    if lines > MAX_LINES:
        raise TextTooComplex(
            f"This text has {lines:,} lines; at most {MAX_LINES:,} can be shown. Join some or split it."
        )

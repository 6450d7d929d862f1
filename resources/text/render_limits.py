"""What a text may cost: the refusals and the bounds that keep every rendering short.

Each bound counts something that is known before the work is done, so the same text always gives the same page.
"""

import re

MARKDOWN_LIMIT = 200 * 1024
"""The longest text that is rendered, in bytes of UTF-8."""

MAX_NESTING = 60
"""Lists and quotes inside one another; a person's text has fewer than ten."""

MAX_BLOCKS = 30_000
"""Block tokens' openings (paragraphs, items, rows, cells); an honest 200 KB list has fewer than 8,000."""

BLOCK_WORK = 20_000_000
"""The work (see `inline_work`) that one paragraph, heading, item or cell may ask for."""

DOCUMENT_WORK = 150_000_000
"""The work that all of them may ask for together."""

REFERENCE_GROWTH = 200_000
"""Characters that uses of reference definitions may add: one long address used 30,000 times would fill the memory."""


MAX_TAG_WORK = 300_000
"""Open formatting tags times tags; each may be repeated in each."""


class TextTooLarge(ValueError):  # noqa: N818  it says what is wrong with the text
    """The text is longer than the limit. The message says by how much and what to do."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"This text is {_kilobytes(size)} long; at most {_kilobytes(limit)} can be shown. "
            "Shorten it or split it into several pages."
        )


class TextTooComplex(ValueError):  # noqa: N818  the same
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
    marks = sum(map(text.count, "\\`[<&@:"))
    emphasis = sum(map(text.count, "*_~"))
    return (marks + 8 * emphasis) * (len(text) + 16 * marks)


_FORMATTING = re.compile(r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[A-Za-z]")


def check_tags(html: str) -> None:
    """Raise TextTooComplex where unclosed formatting tags would be repeated in too many blocks.

    A browser's parser opens every unclosed `<b>` again in each paragraph that follows.
    """
    depths: dict[str, int] = {}
    deepest = depth = 0
    for closing, name in _FORMATTING.findall(html):
        if not closing:
            depths[name] = depths.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif depths.get(name):
            depths[name] -= 1
            depth -= 1
    if deepest > MAX_NESTING and deepest * len(_ANY_TAG.findall(html)) > MAX_TAG_WORK:
        raise TextTooComplex(
            f"{deepest} formatting tags such as <b> or <a> are open at once. Close each where it ends."
        )

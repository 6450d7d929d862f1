"""The anchors that GitHub gives to headings."""

import unicodedata
from collections.abc import Iterable

from resources.readme.inline import parse_inline, plain_text
from resources.readme.outline import Node

_VARIATION_SELECTOR = "\ufe0f"


def heading_text(node: Node) -> str:
    """A heading's words as GitHub makes its anchor of them: without images, but with the blanks beside them."""
    return plain_text(parse_inline(node.heading), with_images=False) if node.heading else node.title


def slug(text: str) -> str:
    """The anchor of a heading that is the first with its words: lower case, letters, digits, `-` and `_`."""
    kept = (sign for sign in text.lower().replace(_VARIATION_SELECTOR, "") if sign in " -" or _is_word(sign))
    return "".join(kept).replace(" ", "-")


def _is_word(sign: str) -> bool:
    category = unicodedata.category(sign)
    return category[0] in "LM" or category in ("Nd", "Nl", "Pc")


class Anchors:
    """Gives anchors in the order of the headings, numbering those that are taken."""

    def __init__(self) -> None:
        self.taken: dict[str, int] = {}

    def next(self, text: str) -> str:
        """The anchor of the next heading."""
        first = anchor = slug(text)
        while anchor in self.taken:
            self.taken[first] += 1
            anchor = f"{first}-{self.taken[first]}"
        self.taken[anchor] = 0
        return anchor

    def of(self, main: Node | None, sections: Iterable[Node]) -> dict[int, str]:
        """The anchors of all sections by the node's `id`, below a main heading and the heading Contents."""
        if main:
            self.next(heading_text(main))
        self.next("Contents")
        return {id(node): self.next(heading_text(node)) for section in sections for node in section.walk()}

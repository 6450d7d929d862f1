"""Which of the pages that match come first: the database says how well words match, and this what else speaks for a page."""

import re
from collections.abc import Sequence

from resources.search.models import Traits
from resources.search.words import root

EXACT, BEGINS, WITHIN, PART = 1.5, 0.35, 0.5, 0.2
"""For a title that is what was asked; begins with it; has all its words, by how much of the title they are; has some of its
words, by how many."""

LESS = {"broken": 0.25, "failing": 0.05, "gone": 0.4, "archived": 0.12}
"""What a page loses by how its link does, and by its state."""

PRIOR = {"section": 0.05, "guide": 0.3, "comparison": 0.2, "case-study": 0.15}
"""What a page gains by what it is."""


type Found = tuple[int, float, str, str, str | None]
"""A page that matches, as the database gives it: its number, the full text's score, its folded title, its traits in one
text, the state of its link.
"""


def ranked(found: Sequence[Found], words: list[str]) -> list[Found]:
    """The best first; of equals the one that changed last."""
    highest = max((one[1] for one in found), default=0.0) or 1.0
    asked = " ".join(words)
    roots = [root(word) for word in words]
    titled = re.compile("|".join(map(re.escape, roots))).search
    prior, less = PRIOR.get, LESS.get
    scored = []
    for place, (number, own, title, text, health) in enumerate(found):
        traits = Traits.of(text)
        score = own / highest + prior(traits.kind, 0.0) - less(traits.state, 0.0) - less(health or "", 0.0)
        if titled(title):
            score += _title_score(title, asked, roots)
        scored.append((int(score * 50), number, place))
    scored.sort(reverse=True)
    return [found[place] for _score, _number, place in scored]


def _title_score(title: str, asked: str, roots: list[str]) -> float:
    """What a title adds that has at least one of the roots."""
    there = sum(part in title for part in roots)
    score = EXACT if title == asked else BEGINS if title.startswith(asked) else 0.0
    if there == len(roots):
        score += WITHIN * min(1.0, len(asked) / len(title))
    return score + PART * there / len(roots)

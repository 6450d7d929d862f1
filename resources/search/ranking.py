"""Which of the pages that match come first: the database says how well words match, and this what else speaks for a page."""

from collections.abc import Iterable
from typing import NamedTuple

from resources.search.words import root

EXACT, BEGINS, WITHIN = 1.5, 0.35, 0.5
"""For a title that is what was asked; begins with it; has all its words, by how much of the title they are."""

LESS = {"broken": 0.25, "failing": 0.05, "gone": 0.4, "archived": 0.12}
"""What a page loses by how its link does, and by its state."""

PRIOR = {"section": -0.1, "guide": 0.08, "comparison": 0.03, "case-study": 0.02}
"""What a page gains by what it is."""


class Candidate(NamedTuple):
    """A page that matches, as the database gives it: `score` is the full text's, `health` the state of its link."""

    number: int
    score: float
    folded: str
    kind: str
    tags: str
    sections: str
    libraries: str
    state: str
    verified: str
    health: str | None


def ranked(found: Iterable[Candidate], words: list[str]) -> list[Candidate]:
    """The best first; of equals the one that changed last."""
    found = list(found)
    highest = max((one.score for one in found), default=0.0) or 1.0
    asked = " ".join(words)
    roots = [root(word) for word in words]
    scored = []
    for one in found:
        title = one.folded
        score = one.score / highest
        if title == asked:
            score += EXACT
        elif title.startswith(asked):
            score += BEGINS
        if all(part in title for part in roots):
            score += WITHIN * min(1.0, len(asked) / len(title))
        if one.health in LESS:
            score -= LESS[one.health]
        if one.state in LESS:
            score -= LESS[one.state]
        scored.append((round(score + PRIOR.get(one.kind, 0.0), 2), one.number, one))
    scored.sort(key=_order, reverse=True)
    return [one for _score, _number, one in scored]


def _order(scored: tuple[float, int, Candidate]) -> tuple[float, int]:
    return scored[:2]

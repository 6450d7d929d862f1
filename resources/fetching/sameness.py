"""Pages of one host that are all the same: is that the page it shows for whatever it does not have?"""

from dataclasses import dataclass, field

from resources.fetching.fingerprints import likeness
from resources.fetching.pages import NONSENSE_ALIKE
from resources.fetching.sights import Sight
from resources.fetching.visits import Cause, HostMemory, Verdict

COMPARED = 8
"""So many different pages of a host are kept for comparison."""
UNLIKE = 0.5
"""A page that is less like the one for nonsense shows that the host has pages of its own. One in between tells nothing."""
HONEST = "404"


@dataclass(slots=True)
class Sameness:
    """Holds good pages of a host back until it is known whether they are its page for nonsense.

    `asks` is set when a request for a nonsense path would decide something. `others` says whether a page was seen that
    is not like that for nonsense: where all are, the page is a frame for whatever comes, and tells nothing.
    """

    memory: HostMemory
    different: list[Sight] = field(default_factory=list)
    suspects: list[Sight] = field(default_factory=list)
    asks: bool = False
    others: bool = False

    def add(self, sight: Sight) -> list[Sight]:
        """What is settled now that this page is known."""
        if not sight.good or not sight.mark or sight.changed or self.memory.nonsense == HONEST:
            return [sight]
        if self.memory.nonsense:
            return self._against(sight)
        if any(other.landed != sight.landed and _alike(sight.mark, other.mark) for other in self.different):
            self.suspects.append(sight)
            self.asks = True
            return []
        self.different.append(sight)
        return [self.different.pop(0)] if len(self.different) > COMPARED else []

    def learn(self, fingerprint: str) -> list[Sight]:
        """The host was asked for nonsense: `fingerprint` of its page, "404" where it said so, "" where it told nothing."""
        self.asks = False
        self.memory.nonsense = fingerprint or HONEST
        known, self.different, self.suspects = [*self.different, *self.suspects], [], []
        return [settled for sight in known for settled in self.add(sight)]

    def settle(self) -> list[Sight]:
        """All that is held: nothing more is to come."""
        held, self.different, self.suspects = [*self.different, *self.suspects], [], []
        return held

    def _against(self, sight: Sight) -> list[Sight]:
        like = likeness(sight.mark, self.memory.nonsense)
        if like < UNLIKE:
            self.others = True
            waiting, self.suspects = self.suspects, []
            return [sight, *map(_gone, waiting)]
        if like < NONSENSE_ALIKE:
            return [sight]
        if self.others:
            return [_gone(sight)]
        self.suspects.append(sight)
        return []


def _alike(one: str, other: str) -> bool:
    return likeness(one, other) >= NONSENSE_ALIKE


def _gone(sight: Sight) -> Sight:
    sight.change(Verdict.BROKEN, Cause.SOFT_404, "the site shows this page for addresses that do not exist")
    return sight

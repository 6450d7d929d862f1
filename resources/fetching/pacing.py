"""When one host may be asked the next time. Pure arithmetic: whoever asks brings the time along, in seconds of one clock."""

from collections import deque
from dataclasses import dataclass, field
from math import inf

from resources.fetching.visits import Pace

ON_THE_WAY = 0.25
"""A request may reach the host so long after it was sent; an answer tells that it has."""
HUNG_UP = 1.25
"""A slot stays taken for so long after we hung up on a host that sends slowly: it may still be at work for nobody."""
ACCIDENTS = 2
"""So many complaints (429 or 503 without Retry-After, no answer) among the last five tell nothing of the pace."""


@dataclass(eq=False, slots=True)
class Turn:
    """One request. `reached` is the latest time at which it may have come to the host; None while nothing was sent."""

    begun: float
    reached: float | None = None

    def sent(self, now: float) -> None:
        """All of it is on the way."""
        self.reached = now + ON_THE_WAY

    def answered(self, now: float) -> None:
        """The host spoke."""
        self.reached = min(self.reached or now, now)


@dataclass(slots=True)
class Gate:
    """Keeps one host's pace: so many at once, so many in any second of the host's own clock, and rests it asked for.

    The seconds are counted from when requests may have come to the host, not from when they were begun: a slow handshake
    would else push two seconds' requests into one.
    """

    pace: Pace
    delay: float = 0.0
    """What its robots.txt asks for between two requests."""
    rests_until: float = 0.0
    rested: float = 0.0
    """How long it was given rest in this run, in seconds."""
    turns: list[Turn] = field(default_factory=list)
    under_way: int = 0
    strain: deque[bool] = field(default_factory=lambda: deque(maxlen=5))

    @property
    def slow(self) -> float:
        """How many times slower than its pace it is asked: twice when most of the last answers were complaints, and so on."""
        complaints = sum(self.strain)
        return 2.0 ** (complaints - ACCIDENTS) if complaints > ACCIDENTS else 1.0

    @property
    def limit(self) -> tuple[float, float]:
        """So many requests in so many seconds."""
        rate = self.pace.a_second
        count, period = (int(rate), 1.0) if 1 <= rate < inf else (1, 1 / rate if rate < 1 else 0.0)
        if self.delay > period / count:
            count, period = 1, self.delay
        return count, period * self.slow

    def free_at(self, now: float) -> float | None:
        """When the next request may begin, or None while all slots are taken."""
        if self.under_way >= self.pace.at_once:
            return None
        if not self.pace.a_second < inf and not self.delay:
            return self.rests_until
        count, period = self.limit
        reached = sorted(now if turn.reached is None else turn.reached for turn in self.turns)
        if len(reached) < count:
            return self.rests_until
        return max(reached[-int(count)] + period, self.rests_until)

    def begin(self, now: float) -> Turn:
        """Takes a slot and a place in the second."""
        _, period = self.limit
        self.turns = [turn for turn in self.turns if turn.reached is None or turn.reached > now - period - 1]
        turn = Turn(now)
        if self.pace.a_second < inf or self.delay:
            self.turns.append(turn)
        self.under_way += 1
        return turn

    def end(self, turn: Turn, now: float) -> None:
        """The slot is free again."""
        turn.answered(now)
        self.under_way -= 1

    def rest(self, now: float, seconds: float) -> None:
        """The host asked for it. Rests that overlap are one."""
        until = now + seconds
        if until > self.rests_until:
            self.rested += until - max(now, self.rests_until)
            self.rests_until = until

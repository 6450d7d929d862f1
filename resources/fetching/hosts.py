"""One host in one run: its pace, its queue, and what its answers so far say of the next."""

from asyncio import TimerHandle
from collections import Counter
from datetime import UTC, datetime, timedelta

from resources.fetching.jobs import Job, Queue
from resources.fetching.landings import Landings
from resources.fetching.pacing import Gate
from resources.fetching.sameness import Sameness
from resources.fetching.sights import Sight
from resources.fetching.troubles import Trouble
from resources.fetching.visits import Cause, HostMemory, Manners

FRESH = timedelta(days=7)
"""So long a crawl delay and a page for nonsense are remembered."""
CROWD = 20
"""A host with more addresses than these in one run gets less patience for each that does not answer."""
LIVELY = 5
SAME_FATE = 3
"""So many addresses of a host that fail in the same way before any came through speak for the rest."""
_OF_THE_HOST = {Cause.NO_SUCH_HOST, Cause.TIMEOUT, Cause.CONNECTION_REFUSED, Cause.TOO_MANY_REQUESTS}


class Host:
    """What the run knows of one host."""

    def __init__(self, name: str, manners: Manners, memory: HostMemory, now: float) -> None:
        self.name = name
        self.manners = manners
        self.memory = memory
        self.gate = Gate(manners.paces.get(name, manners.pace))
        self.queue = Queue()
        self.landings = Landings()
        self.met = 0
        self.open = 0
        """Its own pages of which nothing was concluded yet."""
        self.complete = False
        """Whether all of them were asked for."""
        self.answers = 0
        self.slowest = 0.0
        self.hanging = 0
        self.alarm: TimerHandle | None = None
        self.waits_for_room = False
        self.in_a_row: Counter[tuple[Cause, int]] = Counter()
        self.fates: dict[int, Trouble] = {}
        self.asked_robots = _is_fresh(memory.robots_at)
        self.asked_nonsense = _is_fresh(memory.nonsense_at)
        if self.asked_robots:
            self.gate.delay = memory.crawl_delay or 0.0
        if not self.asked_nonsense:
            memory.nonsense = ""
        if memory.rests_until and memory.rests_until > datetime.now(UTC):
            self.gate.rest(now, (memory.rests_until - datetime.now(UTC)).total_seconds())
        self.sameness = Sameness(memory)

    @property
    def idle(self) -> bool:
        """Whether nothing of it waits or is under way."""
        return not self.queue and not self.gate.under_way

    @property
    def slots_to_hang(self) -> int:
        """How many slots second tries of what hung may take: all, or all but one while others wait."""
        allowed = self.gate.pace.at_once - bool(self.queue.fresh or self.queue.ahead)
        return max(0, allowed - self.hanging)

    def patience(self, job: Job) -> float:
        """Seconds that an answer is waited for.

        Where many addresses wait and others are answered, one that is not gets a quarter of the time, twice: at a polite
        pace it would else hold up the rest. The same address gets all of the time when it is asked again among few.
        """
        full = self.manners.timeout
        if self.met <= CROWD or self.answers < LIVELY:
            return full
        return min(full, max(full / 4, 4 * self.slowest))

    def answered(self, seconds: float) -> None:
        """It spoke."""
        self.answers += 1
        self.slowest = max(self.slowest, seconds)

    def fate(self, port: int) -> Trouble | None:
        """What all addresses on this port get, when the host has shown that it answers none."""
        return self.fates.get(port)

    def passed(self) -> None:
        """An address came through: what failed before was not the host."""
        self.in_a_row.clear()

    def failed(self, trouble: Trouble, port: int) -> None:
        """One address got its last verdict. The host itself may be what fails."""
        if trouble.cause not in _OF_THE_HOST:
            return
        count = self.in_a_row[trouble.cause, port] = self.in_a_row[trouble.cause, port] + 1
        at_once = trouble.cause is Cause.NO_SUCH_HOST
        if trouble.cause is Cause.TIMEOUT and self.answers:
            return
        if at_once or count >= SAME_FATE:
            self.fates[port] = trouble

    def rest(self, now: float, seconds: float) -> None:
        """It asked not to be asked for so long."""
        self.gate.rest(now, seconds)
        until = datetime.now(UTC) + timedelta(seconds=min(seconds, 86_400 * 7))
        self.memory.rests_until = max(self.memory.rests_until or until, until)

    def settle(self) -> list[Sight]:
        """What was held back, when nothing more is to come."""
        sights = [settled for sight in self.landings.settle() for settled in self.sameness.add(sight)]
        return [*sights, *self.sameness.settle()]


def _is_fresh(at: datetime | None) -> bool:
    return at is not None and datetime.now(UTC) - at < FRESH

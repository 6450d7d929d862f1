"""One host in one run: its pace, its queue, and what its answers so far say of the next."""

from asyncio import TimerHandle
from collections import Counter
from datetime import UTC, datetime, timedelta

from resources.fetching.jobs import Job
from resources.fetching.landings import Landings
from resources.fetching.pacing import Gate
from resources.fetching.queues import Queue
from resources.fetching.sameness import Sameness
from resources.fetching.sights import Sight
from resources.fetching.troubles import Trouble
from resources.fetching.visits import Cause, HostMemory, Manners

FRESH = timedelta(days=7)
"""So long a crawl delay and a page for nonsense are remembered."""
CROWD = 20
"""A host with more addresses than these in one run gets less patience for each that does not answer:"""
FIRST, SECOND = 0.075, 0.25
"""so much of the time at first, and so much on the second try, or a few times the slowest of its answers."""
KNOWN = 40
"""After so many answers a host is known, even where each of its pages lies in a folder of its own."""
FORGETS = 0.95
"""With each answer the slowest one counts a little less."""
LIVELY = 5
SAME_FATE = 3
"""So many addresses of a host that fail in the same way before any came through speak for the rest."""
WEARY = 8
"""So many times in a row a host may say that these are too many requests, or the above if it never said anything else."""
_OF_THE_HOST = {Cause.NO_SUCH_HOST, Cause.TIMEOUT, Cause.CONNECTION_REFUSED}


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
        self.complaints = 0
        self.obliging = False
        self.beside = 0
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

    def is_forgettable(self, now: float) -> bool:
        """Whether the next address of it can as well begin with a new one of these."""
        free = self.gate.free_at(now + 1)
        waits = not self.idle or self.landings.held or self.sameness.different or self.sameness.suspects
        return not waits and free is not None and free <= now

    @property
    def room_beside(self) -> int:
        """How many more may be asked that are likely to take long: all slots, or all but one while others wait.

        At first none: folders that nobody knows yet may take long as well.
        """
        if self.queue.fresh.unknown and self.answers < KNOWN:
            return 0
        allowed = self.gate.pace.at_once - bool(self.queue.fresh or self.queue.ahead)
        return max(0, allowed - self.beside)

    def patience(self, job: Job) -> float:
        """Seconds that an answer is waited for.

        On a host that answers others and has many, an address that does not answer at once is put off, and gets more time
        beside the others: at a polite pace it would else hold up the rest. Among few, as when it is asked again another
        day, it gets all of the time at once.
        """
        full = self.manners.timeout
        if self.met <= CROWD or self.answers < LIVELY:
            return full
        if job.hung:
            return min(full, max(full * SECOND, 4 * self.slowest))
        return min(full, max(full * FIRST, 1.5 * self.slowest))

    @property
    def weary(self) -> bool:
        """Whether it takes no more requests in this run."""
        return self.complaints >= (WEARY if self.obliging else SAME_FATE)

    def counted(self, status: int) -> None:
        """A page was answered with this status."""
        self.complaints = self.complaints + 1 if status == 429 else 0
        self.obliging |= status != 429

    def answered(self, job: Job, seconds: float) -> None:
        """It spoke."""
        self.queue.fresh.spoke(job.folder)
        self.answers += 1
        self.slowest = max(self.slowest * FORGETS, seconds)

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

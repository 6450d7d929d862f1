"""The order of a run: whose turn it is, within the pace of every host and the room that there is in all."""

import asyncio
from collections import deque
from collections.abc import AsyncIterable, Coroutine, Iterable

from yarl import URL

from resources.fetching.asking import Asker
from resources.fetching.hosts import Host
from resources.fetching.intake import Intake
from resources.fetching.jobs import Job, Purpose
from resources.fetching.lag import Lag
from resources.fetching.network import Network
from resources.fetching.pacing import Turn
from resources.fetching.sights import Sight, sight_of
from resources.fetching.steps import Step
from resources.fetching.troubles import Trouble
from resources.fetching.verdicts import Finding, found_trouble
from resources.fetching.visits import Asked, Cause, HostDone, HostMemory, Manners, Verdict, Visit

UNREAD = 1_000
"""So many visits wait for whoever reads them; then no new request begins."""
HOSTS_KEPT = 5_000
"""So many hosts are remembered before those that have nothing to do are forgotten."""
DOUBTED_FOR = 30.0
"""Seconds after which what may have been our own fault is judged, where nobody answers at all."""


class Run:
    """All hosts of one run. Driven by what happens: a new address, an answer, a second that is over."""

    def __init__(self, manners: Manners, memories: dict[str, HostMemory], asker: Asker, lag: Lag) -> None:
        self.manners = manners
        self.memories = memories
        self.asker = asker
        self.lag = lag
        self.network = Network()
        self.loop = asyncio.get_running_loop()
        self.hosts: dict[str, Host] = {}
        self.busy: set[Host] = set()
        self.intake = Intake(self)
        self.visits: deque[Visit] = deque()
        self.news = asyncio.Event()
        self.waiting: deque[Host] = deque()
        self.room = manners.concurrency
        self.tasks: set[asyncio.Task[None]] = set()
        self.failure: BaseException | None = None

    # From the beginning to the end

    def start(self, asked: Iterable[Asked | HostDone] | AsyncIterable[Asked | HostDone]) -> None:
        """Begins to take what is asked."""
        self._spawn(self.intake.take(asked))

    def complain(self) -> None:
        """Raises what went wrong in a task: the source of addresses, or ourselves."""
        if self.failure:
            raise self.failure

    async def stop(self) -> None:
        """Whatever is under way is given up."""
        for host in self.hosts.values():
            if host.alarm:
                host.alarm.cancel()
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def done(self) -> bool:
        """Whether everything that was asked is told."""
        return self.intake.done and not self.busy and not self.visits

    # Whose turn it is

    def place(self, job: Job) -> None:
        """Into the queue of the host whose turn it is now; chains that are under way go ahead."""
        host = self.host(job.url.host or "")
        if job.hops or job.purpose is not Purpose.PAGE:
            host.queue.ahead.append(job)
        else:
            host.met += 1
            host.queue.fresh.add(job)
            if host.met > 1 and not host.asked_robots:
                host.asked_robots = True
                robots = job.url.with_path("/robots.txt").with_query(None)
                host.queue.ahead.append(Job(str(robots), robots, purpose=Purpose.ROBOTS))
        self.busy.add(host)
        self.poke(host)

    def host(self, name: str) -> Host:
        """The host of this name."""
        name = name.lower().rstrip(".")
        if name not in self.hosts:
            if len(self.hosts) % HOSTS_KEPT == HOSTS_KEPT - 1:
                self._forget_hosts()
            memory = self.memories.setdefault(name, HostMemory())
            self.hosts[name] = Host(name, self.manners, memory, self.loop.time())
        return self.hosts[name]

    def _forget_hosts(self) -> None:
        now = self.loop.time()
        self.hosts = {name: host for name, host in self.hosts.items() if host.open or not host.is_forgettable(now)}

    def poke(self, host: Host) -> None:
        """Begins whatever this host may be asked now, or sets an alarm for when it may."""
        if host.alarm:
            host.alarm.cancel()
            host.alarm = None
        while host.queue:
            now = self.loop.time()
            if host.weary or host.gate.rests_until - now > self.manners.patience:
                self._turn_away(host, max(0.0, host.gate.rests_until - now))
                return
            free, due = host.gate.free_at(now), host.queue.due(now, host.room_beside)
            if free is None or due is None:
                return
            if max(free, due) > now:
                host.alarm = self.loop.call_at(max(free, due) + 0.0005, self.poke, host)
                return
            if self.room <= 0 or len(self.visits) >= UNREAD:
                if not host.waits_for_room:
                    host.waits_for_room = True
                    self.waiting.append(host)
                return
            self._begin(host, now)

    def _turn_away(self, host: Host, seconds: float) -> None:
        """It asked for more rest than we wait."""
        note = "the site takes no more requests for now"
        for job in host.queue.drain():
            if job.purpose is Purpose.PAGE:
                finding = Finding(Verdict.BLOCKED, Cause.TOO_MANY_REQUESTS, note, retry_after=round(seconds, 1))
                self.conclude(host, job, finding)
            else:
                self.end(host, job, Trouble(Cause.TOO_MANY_REQUESTS, note))

    def _begin(self, host: Host, now: float) -> None:
        job = host.queue.take(now, host.room_beside)
        if trouble := host.fate(job.url.port or 0):
            self.end(host, job, trouble)
            return
        self.room -= 1
        host.beside += job.beside
        turn = host.gate.begin(now)
        self._spawn(Step(self, host, job, turn).take())

    def _spawn(self, step: Coroutine[None, None, None]) -> None:
        task = self.loop.create_task(step)
        self.tasks.add(task)
        task.add_done_callback(self._after)

    def _after(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception():
            self.failure = task.exception()
            self.news.set()

    def over(self, host: Host, turn: Turn, lingers: float) -> None:
        """A request is over; the room is free, and the slot in so many seconds, when the host surely is."""
        turn.answered(self.loop.time())
        if lingers:
            self.loop.call_later(lingers, self._free, host, turn)
        else:
            self._free(host, turn)
        self.room += 1
        self.let_in()

    def _free(self, host: Host, turn: Turn) -> None:
        host.gate.end(turn, self.loop.time())
        self.poke(host)
        self._quiet(host)

    def let_in(self) -> None:
        """Those who waited for room, in the order in which they came."""
        while self.waiting and self.room > 0 and len(self.visits) < UNREAD:
            host = self.waiting.popleft()
            host.waits_for_room = False
            self.poke(host)

    # What comes out

    def end(self, host: Host, job: Job, trouble: Trouble) -> None:
        """The last word on a job that brought no answer."""
        if job.purpose is not Purpose.PAGE:
            first = self.host(URL(job.page).host or "")
            self.tell(first.sameness.learn("") if job.purpose is Purpose.NONSENSE else [])
            self.settle(first)
        elif self.network.doubts(self.loop.time(), job, trouble, host.name):
            self.intake.leave(job)
            self.loop.call_later(DOUBTED_FOR, self._doubt_no_more)
        else:
            host.failed(trouble, job.url.port or 0)
            self.conclude(host, job, found_trouble(trouble))
        self._quiet(host)

    def heard(self) -> None:
        """Somebody answered."""
        for job, trouble, name in self.network.heard(self.loop.time()):
            host = self.host(name)
            host.failed(trouble, job.url.port or 0)
            self.conclude(host, job, found_trouble(trouble))

    def conclude(self, host: Host, job: Job, finding: Finding) -> None:
        """A page is judged as far as it alone can be; its first host may know more."""
        sight = sight_of(job, finding)
        self.intake.keep(job, sight)
        first = self.host(URL(sight.page).host or "")
        first.open -= 1
        if first.landings.add(sight):
            self.tell(first.sameness.add(sight))
        if first.sameness.asks and not first.asked_nonsense:
            first.asked_nonsense = True
            self.place(Step.nonsense_for(sight.page))
        self._quiet(first)

    def tell(self, sights: Iterable[Sight]) -> None:
        """Hands visits out."""
        for sight in sights:
            self.visits.extend(sight.tell())
        self.news.set()

    def _quiet(self, host: Host) -> None:
        if not host.idle:
            return
        self.busy.discard(host)
        self.settle(host)
        self.intake.go_on()
        self.settle_if_done()

    def settle(self, host: Host) -> None:
        """What a host's pages say of one another is told as soon as all of them are known."""
        if host.complete and not host.open and not host.sameness.asks:
            self.tell(host.settle())

    def _doubt_no_more(self) -> None:
        if not self.network.was_heard(self.loop.time(), DOUBTED_FOR):
            self._judge_doubts()

    def _judge_doubts(self) -> None:
        for job, trouble in self.network.settle():
            self.conclude(self.host(URL(job.page).host or ""), job, found_trouble(trouble))

    def settle_if_done(self) -> None:
        """Nothing more is to come: what was held back is told."""
        if not self.intake.done or self.busy:
            return
        self._judge_doubts()
        for host in list(self.hosts.values()):
            self.tell(host.settle())
        self.news.set()

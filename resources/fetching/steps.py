"""One request of one job, and what follows from it: the next address, another try, or the end."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from aiohttp import CookieJar
from yarl import URL

from resources.fetching.asking import PAGES, TEXTS, Answer
from resources.fetching.bodies import End
from resources.fetching.guard import Refused, openable
from resources.fetching.jobs import Job, Purpose
from resources.fetching.lag import SHARE
from resources.fetching.pacing import HUNG_UP, ON_THE_WAY, Turn
from resources.fetching.pages import Page, read_page
from resources.fetching.robots import crawl_delay
from resources.fetching.sameness import HONEST
from resources.fetching.troubles import Trouble
from resources.fetching.verdicts import REDIRECTS, Finding, found
from resources.fetching.visits import Cause, Hop, Verdict

if TYPE_CHECKING:
    from resources.fetching.hosts import Host
    from resources.fetching.running import Run

OVERLOADED = {429, 503}
PASSING = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 527, 530}
"""Answers that another try may change."""
SOON = 0.25
"""What did not answer at all is tried again after this part of the pause: it waits long enough by itself."""
VOIDS = 3
"""So often a visit is made again when this machine was to blame."""


class Step:
    """One request of one job to one host."""

    def __init__(self, run: "Run", host: "Host", job: Job, turn: Turn) -> None:
        self.run = run
        self.host = host
        self.job = job
        self.turn = turn

    @staticmethod
    def nonsense_for(page: str) -> Job:
        """A path of that host that surely nobody wrote."""
        url = URL(page).with_path(f"/{secrets.token_hex(8)}/{secrets.token_hex(4)}").with_query(None)
        return Job(str(url), url, purpose=Purpose.NONSENSE)

    async def take(self) -> None:
        """Asks, gives the slot back, and goes on."""
        loop, job = self.run.loop, self.job
        begun, lost = loop.time(), self.run.lag.total(loop.time())
        job.requests += 1
        answer, trouble = None, None
        try:
            kinds = TEXTS if job.purpose is Purpose.ROBOTS else PAGES
            answer = await self.run.asker.ask(job.url, self._headers(), self._patience, self._sent, kinds=kinds)
        except Trouble as found_trouble:
            trouble = found_trouble
        now = loop.time()
        job.seconds += now - begun
        self.host.beside -= job.beside
        job.beside = False
        hung_up = _lingers(answer, trouble)
        if answer:
            self.host.answered(job, answer.seconds)
            self._after_answer(answer)
        elif trouble:
            self._after_trouble(trouble, self.run.lag.total(now) - lost > SHARE * (now - begun))
        self.run.over(self.host, self.turn, hung_up)

    def _patience(self) -> float:
        return self.host.patience(self.job)

    def _sent(self) -> None:
        self.turn.sent(self.run.loop.time())

    def _headers(self) -> dict[str, str]:
        job = self.job
        headers = {"Cookie": cookie} if (cookie := job.cookie()) else {}
        first = job.asked[0] if len(job.asked) == 1 and not job.hops else None
        if first and "#" not in first.address:
            if first.etag:
                headers["If-None-Match"] = first.etag
            if first.modified:
                headers["If-Modified-Since"] = first.modified
        return headers

    # No answer

    def _after_trouble(self, trouble: Trouble, lagging: bool) -> None:
        job, now = self.job, self.run.loop.time()
        if not trouble.unheard:
            self.run.heard()
        if trouble.own or (silent(trouble) and lagging):
            self._again_since_ours(trouble)
            return
        if silent(trouble):
            self.host.gate.strain.append(True)
            self.host.queue.fresh.fell_silent(job.folder)
        self._again_or_end(trouble, now + self._pause(trouble))

    def _again_since_ours(self, trouble: Trouble) -> None:
        """This try does not count; silence in the next one does, when we listened well."""
        job = self.job
        job.voids, job.hung = job.voids + 1, silent(trouble)
        job.trouble = trouble if job.hung else job.trouble
        if job.voids <= VOIDS:
            self.host.queue.defer(job, self.run.loop.time() + self._pause(trouble))
        else:
            self.run.end(self.host, job, Trouble(Cause.VOID, "this machine was too busy to tell", own=True))

    def _pause(self, trouble: Trouble) -> float:
        return self.run.manners.later * (SOON if silent(trouble) else 1)

    def _again_or_end(self, trouble: Trouble, due: float) -> None:
        job = self.job
        job.tries += 1
        again = job.trouble and job.trouble.cause is trouble.cause
        if trouble.lasting or again or job.tries > self.run.manners.retries or job.purpose is not Purpose.PAGE:
            self.run.end(self.host, job, trouble)
            return
        job.trouble, job.hung = trouble, silent(trouble)
        self.host.queue.defer(job, due)

    # An answer

    def _after_answer(self, answer: Answer) -> None:
        self.run.heard()
        job, status = self.job, answer.status
        # A host that says how much rest it wants gets that; one that only complains is asked more slowly.
        named = retry_after(answer.headers.get("Retry-After", "")) is not None
        self.host.gate.strain.append(status in OVERLOADED and not named)
        if job.purpose is Purpose.PAGE:
            self.host.counted(status)
        if job.purpose is Purpose.ROBOTS:
            self._learn_delay(answer)
        elif status in REDIRECTS and answer.headers.get("Location"):
            self._redirected(answer)
        elif job.purpose is Purpose.NONSENSE:
            self._learn_nonsense(answer)
        else:
            page = self._page(answer)
            if status in PASSING and not (page and page.wall):
                self._passing(answer)
                return
            self.host.passed()
            self.run.conclude(self.host, job, found(answer, job, page))

    def _page(self, answer: Answer) -> Page | None:
        if not answer.body:
            return None
        content_type = answer.headers.get("Content-Type", "")
        whole = answer.end is End.WHOLE
        page = read_page(answer.body, content_type, self.job.page, landed=str(self.job.url), whole=whole)
        # Half a page is like no other, and not like itself the next time.
        return replace(page, fingerprint="") if answer.end is End.BROKEN else page

    def _passing(self, answer: Answer) -> None:
        run, job, host, now = self.run, self.job, self.host, self.run.loop.time()
        finding = found(answer, job, None)
        named = retry_after(answer.headers.get("Retry-After", ""))
        pause = named if named is not None else run.manners.later if answer.status == 429 else 0.0
        trouble = Trouble(finding.cause, finding.note)
        if pause > run.manners.patience:
            if answer.status == 429:
                host.rest(now, pause)
            note = "it asks to come back later than we wait"
            run.conclude(
                host, job, Finding(Verdict.BLOCKED, Cause.TOO_MANY_REQUESTS, note, answer.status, retry_after=pause)
            )
            return
        if pause:
            host.rest(now, pause)
            host.queue.leave_for_last(job.folder, pause)
        again = job.trouble and job.trouble.cause is finding.cause
        job.tries += 1
        if again or job.tries > run.manners.retries:
            host.failed(trouble, job.url.port or 0)
            run.conclude(
                host, job, Finding(finding.verdict, finding.cause, finding.note, answer.status, retry_after=pause)
            )
            return
        job.trouble, job.hung, job.wary = trouble, False, pause
        host.queue.defer(job, now + max(pause, run.manners.later if named is None else 0.0))

    def _redirected(self, answer: Answer) -> None:
        job, run = self.job, self.run
        job.seen.add((str(job.url.with_fragment(None)), job.cookie()))
        self._keep_cookies(answer)
        try:
            target = job.url.join(URL(answer.headers["Location"].strip()))
            target = URL(openable(str(target), run.manners))
        except Refused as refused:
            self._give_up(refused.cause, f"it leads to where nobody is let in: {refused}")
            return
        except ValueError:
            self._give_up(Cause.NOT_HTTP, "it leads to an address that is not readable")
            return
        job.hops.append(Hop(answer.status, str(target)))
        job.url = target
        if (str(target.with_fragment(None)), job.cookie()) in job.seen:
            self._give_up(Cause.REDIRECT_LOOP, "its redirects lead in a circle")
        elif len(job.hops) > run.manners.redirects:
            self._give_up(Cause.TOO_MANY_REDIRECTS, f"more than {run.manners.redirects} redirects")
        else:
            job.hung = False
            run.place(job)

    def _give_up(self, cause: Cause, note: str) -> None:
        if self.job.purpose is Purpose.PAGE:
            self.host.passed()
        self.run.end(self.host, self.job, Trouble(cause, note))

    def _keep_cookies(self, answer: Answer) -> None:
        named = answer.headers.getall("Set-Cookie", [])
        if named:
            if self.job.cookies is None:
                self.job.cookies = CookieJar(unsafe=True)
            self.job.cookies.update_cookies_from_headers(named[:20], self.job.url)

    def _learn_delay(self, answer: Answer) -> None:
        memory = self.host.memory
        memory.robots_at = datetime.now(UTC)
        memory.crawl_delay = crawl_delay(answer.body.decode("utf-8", "replace")) if answer.status == 200 else 0.0
        self.host.gate.delay = memory.crawl_delay

    def _learn_nonsense(self, answer: Answer) -> None:
        page = self._page(answer)
        first = self.run.host(URL(self.job.page).host or "")
        first.memory.nonsense_at = datetime.now(UTC)
        honest = not 200 <= answer.status < 300 or page is None or page.soft_404 or not page.fingerprint
        self.run.tell(first.sameness.learn(HONEST if honest or page is None else page.fingerprint))


def silent(trouble: Trouble | None) -> bool:
    """Whether nobody said anything in the time that was given."""
    return trouble is not None and trouble.cause is Cause.TIMEOUT


def retry_after(text: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> float | None:
    """Seconds to wait, from a Retry-After in seconds or as a date; None where it says nothing readable."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now()).total_seconds())


def _lingers(answer: Answer | None, trouble: Trouble | None) -> float:
    """Seconds for which a slot stays taken: whoever sends something notices that we hung up; whoever sends slowly, later."""
    if answer and answer.cut:
        return HUNG_UP if answer.end is End.BROKEN else ON_THE_WAY
    return ON_THE_WAY if silent(trouble) else 0.0

"""From what came back to a verdict."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urldefrag

from resources.fetching.asking import Answer
from resources.fetching.fingerprints import ALIKE, likeness
from resources.fetching.jobs import Job
from resources.fetching.pages import Page
from resources.fetching.parking import taken_over
from resources.fetching.troubles import Trouble
from resources.fetching.visits import Asked, Cause, Verdict, Visit

PERMANENT = {301, 308}
REDIRECTS = {301, 302, 303, 307, 308}

_STATUS = {
    401: (Verdict.BLOCKED, Cause.SIGN_IN, "it wants a sign-in"),
    403: (Verdict.BLOCKED, Cause.FORBIDDEN, "it does not let machines in"),
    404: (Verdict.BROKEN, Cause.NOT_FOUND, "not found"),
    407: (Verdict.BLOCKED, Cause.SIGN_IN, "a proxy wants a sign-in"),
    410: (Verdict.BROKEN, Cause.GONE, "gone for good"),
    429: (Verdict.BLOCKED, Cause.TOO_MANY_REQUESTS, "it takes no more requests for now"),
    451: (Verdict.BLOCKED, Cause.LEGAL, "kept back for legal reasons"),
    999: (Verdict.BLOCKED, Cause.BOT_WALL, "it does not let machines in"),
}
_BLOCKED = {
    Cause.SIGN_IN,
    Cause.FORBIDDEN,
    Cause.TOO_MANY_REQUESTS,
    Cause.LEGAL,
    Cause.BOT_WALL,
}
_SKIPPED = {Cause.GUARD, Cause.NOT_WEB, Cause.PLACEHOLDER, Cause.EXCLUDED, Cause.VOID}


@dataclass(frozen=True, slots=True)
class Finding:
    """What a page's visit told, for all addresses that differ only in the fragment."""

    verdict: Verdict
    cause: Cause
    note: str = ""
    status: int = 0
    page: Page | None = None
    etag: str = ""
    modified: str = ""
    retry_after: float = 0.0


def verdict_of(cause: Cause) -> Verdict:
    """The verdict that a cause without a good answer stands for."""
    if cause in _SKIPPED:
        return Verdict.SKIPPED
    return Verdict.BLOCKED if cause in _BLOCKED else Verdict.BROKEN


def found_trouble(trouble: Trouble) -> Finding:
    """No answer."""
    return Finding(verdict_of(trouble.cause), trouble.cause, trouble.note)


def found(answer: Answer, job: Job, page: Page | None) -> Finding:
    """The last answer of a chain. `page` is what its body says, where it was read."""
    status = answer.status
    finding = _by_page(page, status) or _by_status(status)
    if finding:
        return replace(finding, status=status, page=page)
    moved = bool(job.hops) and all(hop.status in PERMANENT for hop in job.hops) and str(job.url) != job.page
    if status == 304:
        verdict, cause = (Verdict.MOVED, Cause.MOVED) if moved else (Verdict.OK, Cause.UNCHANGED)
        return Finding(verdict, cause, status=status)
    verdict, cause = (Verdict.MOVED, Cause.MOVED) if moved else (Verdict.OK, Cause.FOUND)
    etag, modified = answer.headers.get("ETag", "")[:500], answer.headers.get("Last-Modified", "")[:100]
    return Finding(verdict, cause, "", status, page, etag, modified)


def _by_page(page: Page | None, status: int) -> Finding | None:
    if page is None:
        return None
    if page.wall:
        return Finding(Verdict.BLOCKED, Cause.SIGN_IN if page.sign_in else Cause.BOT_WALL, page.wall)
    if not 200 <= status < 300:
        return None
    if page.parked:
        return Finding(Verdict.BROKEN, Cause.PARKED, page.parked)
    if page.soft_404:
        return Finding(Verdict.BROKEN, Cause.SOFT_404, page.soft_404)
    return None


def _by_status(status: int) -> Finding | None:
    if 200 <= status < 300 or status == 304:
        return None
    if status in _STATUS:
        return Finding(*_STATUS[status])
    if status in REDIRECTS:
        return Finding(Verdict.BROKEN, Cause.NOT_HTTP, "it leads on without saying where to")
    if 300 <= status < 500:
        return Finding(Verdict.BROKEN, Cause.REFUSED_REQUEST, f"it refuses this address ({status})")
    return Finding(Verdict.BROKEN, Cause.SERVER_ERROR, f"the site has an error of its own ({status})")


def visits_of(job: Job, finding: Finding) -> Iterator[Visit]:
    """One for each who asked."""
    final = str(job.url) if job.hops else ""
    for asked in job.asked:
        yield _visit(job, finding, asked, "" if final == job.page else final)


def _visit(job: Job, finding: Finding, asked: Asked, final: str) -> Visit:
    page = finding.page
    good = finding.verdict in {Verdict.OK, Verdict.MOVED}
    visit = Visit(
        address=asked.address,
        verdict=finding.verdict,
        cause=finding.cause,
        status=finding.status,
        final=_with_fragment(final, asked.address),
        hops=tuple(job.hops),
        note=finding.note,
        seconds=round(job.seconds, 3),
        title=page.title if page else "",
        fingerprint=page.fingerprint if page else "",
        etag=finding.etag,
        modified=finding.modified,
        requests=job.requests,
        retry_after=finding.retry_after,
    )
    if finding.cause is Cause.UNCHANGED:
        return replace(visit, fingerprint=asked.fingerprint, etag=asked.etag, modified=asked.modified)
    if not good or page is None:
        return visit
    return _compared(_with_fragment_judged(visit, page, visit.final or asked.address), asked, page)


def _with_fragment(final: str, address: str) -> str:
    fragment = urldefrag(address).fragment
    return f"{final}#{fragment}" if final and fragment and "#" not in final else final


def _with_fragment_judged(visit: Visit, page: Page, landed: str) -> Visit:
    if not page.lacks(landed):
        return visit
    cause = Cause.FRAGMENT_MISSING if visit.verdict is Verdict.OK else visit.cause
    return replace(visit, cause=cause, note="fragment missing")


def _compared(visit: Visit, asked: Asked, page: Page) -> Visit:
    if not asked.fingerprint or not visit.fingerprint:
        return visit
    like = likeness(asked.fingerprint, visit.fingerprint)
    trade = taken_over(page.title, page.text, page.fingerprint, asked.fingerprint)
    if trade:
        return replace(visit, likeness=round(like, 3), verdict=Verdict.BROKEN, cause=Cause.PARKED, note=trade)
    drifted = like < ALIKE and visit.cause is Cause.FOUND
    return replace(visit, likeness=round(like, 3), cause=Cause.DRIFTED if drifted else visit.cause)

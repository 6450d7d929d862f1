"""A page that was seen, and what is told of it to everybody who asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from resources.fetching.jobs import Job
from resources.fetching.pages import same_as_nonsense
from resources.fetching.verdicts import Finding, visits_of
from resources.fetching.visits import Asked, Cause, Verdict, Visit

IDS_KEPT = 500


@dataclass(eq=False, slots=True)
class Sight:
    """What one page's visit told. Others of its host may change it before it is told: see landings and sameness.

    `mark` is the fingerprint where it tells something, "" on pages with hardly a word; `landed` is where the redirects led.
    """

    page: str
    landed: str
    good: bool
    redirected: bool
    mark: str
    visits: list[Visit]
    finding: Finding
    hops: Job
    told: bool = False
    changed: dict[str, object] = field(default_factory=dict)

    def change(self, verdict: Verdict, cause: Cause, note: str) -> None:
        """Another verdict, for all who asked."""
        self.changed = {"verdict": verdict, "cause": cause, "note": note}

    def tell(self) -> Iterator[Visit]:
        """What was not told yet."""
        self.told = True
        visits, self.visits = self.visits, []
        for visit in visits:
            yield replace(visit, **self.changed) if self.changed else visit  # type: ignore[arg-type]  # see change()

    def join(self, asked: Asked) -> None:
        """Somebody asks for the same page later."""
        self.hops.asked = [asked]
        self.visits += visits_of(self.hops, self.finding)


def sight_of(job: Job, finding: Finding) -> Sight:
    """What the job ended in."""
    page = finding.page
    mark = page.fingerprint if page and page.fingerprint and same_as_nonsense(page, page.fingerprint) else ""
    good = finding.verdict in {Verdict.OK, Verdict.MOVED}
    visits = list(visits_of(job, finding))
    if page:
        finding = replace(
            finding, page=replace(page, text="", ids=page.ids if len(page.ids) <= IDS_KEPT else frozenset())
        )
    job.asked, job.cookies, job.seen, job.trouble = [], None, set(), None
    return Sight(job.page, str(job.url), good and page is not None, bool(job.hops), mark, visits, finding, job)

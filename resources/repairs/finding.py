"""What can be put right, read from what visits told: nothing here opens an address, and nothing is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from resources.entries.models import Entry, Resource
from resources.links.models import Check, Link, Project, Use
from resources.repairs.judging import cause_of, is_settled, moved_to
from resources.repairs.models import Repair, Trial, mark_of
from resources.text.addresses import BadAddress, is_web_address, normalise, without_trackers

Cause, State = Repair.Cause, Link.State

SHOWN = 5
"""Runs of visits that are kept as evidence."""

TITLES = 5
"""Entries whose titles a page on another site is compared with."""


@dataclass(frozen=True, slots=True)
class Found:
    """A link, what should take its place, why, and what tells so."""

    link: Link
    cause: str
    new: str
    evidence: list[dict[str, Any]] = field(default_factory=list)

    @property
    def mark(self) -> str:
        """What tells it from other repairs."""
        return mark_of(self.cause, self.link.key, self.new)


def find_repairs() -> Iterator[Found]:
    """What can be put right, each link at most once, whatever is proposed already."""
    seen: set[int] = set()
    for found in (finder() for finder in _FINDERS):
        for one in found:
            if one.link.pk not in seen:
                seen.add(one.link.pk)
                yield one


def found_for(link: Link) -> Found | None:
    """What can be put right about one link."""
    one = Link.objects.counted().filter(pk=link.pk)
    return next((found for finder in _FINDERS for found in finder(one)), None)


def _moves(links: Any = None) -> Iterator[Found]:
    """Links that moved for good, as visits on different days agree."""
    known = Link.objects.counted() if links is None else links
    for link in known.filter(state=State.MOVED).exclude(final="").order_by("pk").iterator(chunk_size=500):
        checks = list(link.checks.order_by("-last_at", "-pk")[:SHOWN])
        if not is_settled(checks[0] if checks else None, link, settings.LINK_REPAIR_VISITS):
            continue
        if new := moved_to(link, _titles(link)):
            yield Found(link, cause_of(link, new), new, evidence_of(checks))


def _secured(links: Any = None) -> Iterator[Found]:
    """Links that stand somewhere by http, while their https address is the one that is tested, and works."""
    known = Link.objects.counted() if links is None else links
    fitting = known.filter(state=State.OK, address__istartswith="https:")
    uses = (
        Use.objects.filter(link__in=fitting, written__istartswith="http:").select_related("link").order_by("link", "pk")
    )
    for use in uses.iterator(chunk_size=500):
        yield Found(use.link, Cause.HTTPS, use.link.address, evidence_of(use.link.checks.all()[:SHOWN]))


def _tried(links: Any = None) -> Iterator[Found]:
    """Links for which another address was tried, with the same good answer on different days."""
    trials = Trial.objects.exclude(found="").filter(times__gte=settings.LINK_REPAIR_VISITS).order_by("pk")
    known = Link.objects.counted() if links is None else links
    for kind, state in ((Trial.Kind.HTTPS, State.OK), (Trial.Kind.COPY, State.BROKEN)):
        for trial in trials.filter(kind=kind, link__in=known.filter(state=state)).select_related("link"):
            days = (trial.last_at.date() - trial.first_at.date()).days
            if days >= settings.LINK_REPAIR_VISITS - 1:
                checks = trial.link.checks.all()[:SHOWN]
                yield Found(trial.link, Cause(kind), trial.found, [evidence_of_trial(trial), *evidence_of(checks)])


def _tracked(links: Any = None) -> Iterator[Found]:
    """Links that stand somewhere with what only tells a site where its visitors come from."""
    known = Link.objects.counted() if links is None else links
    fitting = known.filter(state__in=[State.OK, State.MOVED, State.UNTESTED, State.BLOCKED])
    uses = Use.objects.filter(link__in=fitting, written__contains="?").select_related("link").order_by("link", "pk")
    for use in uses.iterator(chunk_size=500):
        new = without_trackers(use.written)
        try:
            if new != use.written and normalise(new) == use.link.key:
                yield Found(use.link, Cause.TRACKERS, new, evidence_of(use.link.checks.all()[:SHOWN]))
        except BadAddress:
            continue


def _renamed(links: Any = None) -> Iterator[Found]:
    """Repositories that are called otherwise by the word of their forge, where visits cannot tell."""
    known = Link.objects.counted() if links is None else links
    fitting = known.filter(state__in=[State.OK, State.BLOCKED, State.UNTESTED]).exclude(project__renamed_to="")
    for link in fitting.filter(project__told_at__isnull=False).select_related("project").order_by("pk"):
        project: Any = link.project
        new = f"https://{project.renamed_to}"
        if link.key == f"https://{project.key}" and is_web_address(new) and normalise(new) != link.key:
            yield Found(link, Cause.RENAMED, new, [evidence_of_project(project)])


def _archived(links: Any = None) -> Iterator[Found]:
    """Resources that are a repository which its owner archived, and are said to be alive."""
    known = Link.objects.counted() if links is None else links
    fitting = known.filter(project__archived=True, resources__removed_at=None, resources__state=Resource.State.ACTIVE)
    for link in fitting.select_related("project").order_by("pk").distinct():
        project: Any = link.project
        if link.key == f"https://{project.key}":
            yield Found(link, Cause.ARCHIVED, "", [evidence_of_project(project)])


def evidence_of_project(project: Project) -> dict[str, Any]:
    """What a forge said of a project, as a repair keeps it."""
    day = project.archived_at.date().isoformat() if project.archived_at else ""
    said = (
        _("%(source)s says that it is called %(name)s now")
        if project.renamed_to
        else _("%(source)s says that its owner archived it")
    )
    if day and not project.renamed_to:
        said = _("%(source)s says that its owner archived it on %(day)s")
    at = (project.told_at or project.due_at).isoformat()
    return {
        "verdict": "told",
        "cause": "project",
        "final": "",
        "note": said % {"source": project.source, "name": project.renamed_to, "day": day},
        "first_at": at,
        "last_at": at,
        "times": 1,
        "status": 0,
        "hops": [],
    }


def _titles(link: Link) -> tuple[str, ...]:
    entries = Entry.objects.filter(link_uses__link=link).order_by("pk").values_list("title", flat=True).distinct()
    return tuple(entries[:TITLES])


def evidence_of(checks: Iterable[Check]) -> list[dict[str, Any]]:
    """Runs of visits as a repair keeps them."""
    return [
        {
            "verdict": check.verdict,
            "cause": check.cause,
            "status": check.status,
            "final": check.final,
            "note": check.note,
            "hops": check.hops,
            "first_at": check.first_at.isoformat(),
            "last_at": check.last_at.isoformat(),
            "times": check.times,
        }
        for check in checks
    ]


def evidence_of_trial(trial: Trial) -> dict[str, Any]:
    """What another address told, as a repair keeps it."""
    return {
        "verdict": "tried",
        "cause": trial.kind,
        "final": trial.found,
        "note": trial.words,
        "first_at": trial.first_at.isoformat(),
        "last_at": trial.last_at.isoformat(),
        "times": trial.times,
        "status": 0,
        "hops": [],
    }


_FINDERS = (_moves, _renamed, _secured, _tried, _tracked, _archived)
"""In this order: a link has one repair at a time."""

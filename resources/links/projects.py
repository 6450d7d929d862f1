"""How alive the projects are that links lead to: what forges and registries say of them, with its source and its date."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import batched
from random import Random, SystemRandom
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from resources.fetching.forges import HOSTS, repository_of
from resources.links.manners import manners, with_own_pace
from resources.links.models import Link, Project

AGAIN = timedelta(days=7)
"""After which a project is asked about again."""

UNKNOWN_AGAIN = timedelta(days=30)
"""The same for one of which nobody could tell anything."""

JITTER = 0.15

LONGEST = 300
"""Characters of a project's key; whatever is longer is nobody's project."""

AT_ONCE = 500


class Facts(Protocol):
    """What a source said of a project, as fetching/projects.py has it."""

    @property
    def source(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def archived(self) -> bool: ...
    @property
    def archived_at(self) -> datetime | None: ...
    @property
    def renamed_to(self) -> str: ...
    @property
    def last_commit(self) -> datetime | None: ...
    @property
    def last_release(self) -> datetime | None: ...
    @property
    def release_name(self) -> str: ...


type Ask = Callable[[Collection[str]], Mapping[str, Facts | None]]
"""Asks about projects by their keys ("github.com/ray-project/ray"): what was said of each; None or nothing where nobody knew."""


def project_key(address: str) -> str:
    """The project that a link's key leads to or into, as "github.com/ray-project/ray"; "" where it is none."""
    found = repository_of(address, settings.PACKAGE_INDEXES)
    return found.key if found and len(found.key) <= LONGEST else ""


def ask_outside(keys: Collection[str]) -> Mapping[str, Facts | None]:
    """Asks forges and package indexes, as the settings allow."""
    from resources.fetching.projects import Sources, ask_projects  # noqa: PLC0415  # heavy, and only the worker asks

    sources = Sources(github_token=settings.GITHUB_TOKEN, indexes=settings.PACKAGE_INDEXES)
    return ask_projects(keys, manners(with_own_pace()), sources)


def refresh_projects(limit: int, *, ask: Ask = ask_outside, chance: Random | None = None) -> int:
    """Asks about up to `limit` projects that are due, and writes down what was said; returns how many were asked about.

    The asking is done outside of any transaction. What nobody could tell leaves what was known.
    """
    chance = chance or SystemRandom()
    recognise(Link.objects.in_use().filter(project=None, host__name__in=[*HOSTS, *settings.PACKAGE_INDEXES]))
    now = timezone.now()
    due = Project.objects.filter(due_at__lte=now, links__unused_since=None).order_by("due_at", "pk").distinct()
    projects = list(due[:limit])
    said = ask([one.key for one in projects]) if projects else {}
    for project in projects:
        _take(project, said.get(project.key), now, chance)
    return len(projects)


def recognise(links: Iterable[Link]) -> None:
    """Points links at their projects, which are made where they are new."""
    keys = {link.pk: key for link in links if (key := project_key(link.key))}
    for pks in batched(keys, AT_ONCE, strict=False):
        names = {keys[pk] for pk in pks}
        with transaction.atomic():
            Project.objects.bulk_create([Project(key=name) for name in sorted(names)], ignore_conflicts=True)
            known = dict(Project.objects.filter(key__in=names).values_list("key", "pk"))
            for name in names:
                Link.objects.filter(pk__in=[pk for pk in pks if keys[pk] == name]).update(project=known[name])


def _take(project: Project, facts: Facts | None, now: datetime, chance: Random) -> None:
    """Writes down what was said of one project, and when it is asked about again."""
    wait = UNKNOWN_AGAIN if facts is None else AGAIN
    values: dict[str, object] = {"due_at": now + wait * (1 + JITTER * (2 * chance.random() - 1)), "asked_at": now}
    if facts is not None:
        values |= {
            "source": facts.source[:60],
            "told_at": facts.at,
            "archived": facts.archived,
            "archived_at": facts.archived_at,
            "renamed_to": facts.renamed_to[:300],
            "last_commit": facts.last_commit,
            "last_release": facts.last_release,
            "release_name": facts.release_name[:100],
        }
    Project.objects.filter(pk=project.pk).update(**values)

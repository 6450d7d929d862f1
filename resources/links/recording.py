"""Writes down what visits told: how each link stands now, and its history in runs of the same answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import batched
from random import Random

from django.db import transaction
from django.db.models import Count

from resources.fetching.visits import Cause, HostMemory, Verdict, Visit
from resources.links.judging import Standing, judge
from resources.links.models import Check, Host, Link, Tally

LONGEST_HISTORY = 60
"""Runs of the same answer that are kept of one link; the oldest go."""

AT_ONCE = 200

_STANDING = ("state", "cause", "failures", "failing_since", "due_at")
_SEEN = (
    "status",
    "final",
    "note",
    "title",
    "fingerprint",
    "likeness",
    "etag",
    "modified",
    "worked_at",
    "checked_at",
)


@dataclass(frozen=True, slots=True)
class Turned:
    """A link about which readers are told something else than before."""

    link: Link
    before: str


def record(visits: Mapping[int, Visit], *, chance: Random) -> list[Turned]:
    """Writes down visits by the key of their links, all or none; returns those links that stand otherwise than before.

    A link that went meanwhile is passed over. `chance` spreads the next visits.
    """
    turned: list[Turned] = []
    for pks in batched(sorted(visits), AT_ONCE, strict=False):
        with transaction.atomic():
            links = list(Link.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
            for link in links:
                before = link.state
                _take(link, visits[link.pk], chance)
                link.save(update_fields=[*_STANDING, *_SEEN])  # one by one is quicker than a CASE of so many columns
                turned += [Turned(link, before)] if link.state != before else []
            _keep_checks((link, visits[link.pk]) for link in links if not visits[link.pk].void)
    return turned


def _take(link: Link, visit: Visit, chance: Random) -> None:
    """Sets the link's columns by a visit, saving nothing. A visit that was void only changes when it is due."""
    standing = Standing(link.state, link.failures, link.failing_since, link.cause)
    after = judge(standing, visit, chance=chance)
    link.state, link.failures, link.failing_since = after.state, after.failures, after.failing_since
    link.due_at = after.due_at
    if visit.void:
        return
    link.cause, link.status, link.checked_at = visit.cause, visit.status, visit.at
    link.final, link.note, link.likeness = visit.final[:2000], visit.note[:300], visit.likeness
    if visit.verdict in (Verdict.OK, Verdict.MOVED):
        link.worked_at = visit.at
        # Of another page than the accepted one nothing is kept: unchanged since then, it would pass for that one.
        drifted = visit.cause is Cause.DRIFTED
        link.etag, link.modified = ("", "") if drifted else (visit.etag[:300], visit.modified[:100])
        if visit.cause is not Cause.UNCHANGED:
            link.title = visit.title[:300]
            link.fingerprint = link.fingerprint or visit.fingerprint


def _keep_checks(seen: Iterable[tuple[Link, Visit]]) -> None:
    """Lengthens the newest run of each link where the visit told the same, or begins another."""
    visits = {link.pk: visit for link, visit in seen}
    newest: dict[int, Check] = {}
    for check in Check.objects.filter(link__in=visits).order_by("last_at", "pk"):
        newest[check.link_id] = check
    fresh = []
    for pk, visit in visits.items():
        known = newest.get(pk)
        if known is not None and _answer(known) == (visit.verdict, visit.cause, visit.status, visit.final[:2000]):
            known.last_at, known.times, known.seconds = max(known.last_at, visit.at), known.times + 1, visit.seconds
            known.note, known.hops = visit.note[:300], _hops(visit)
            known.save(update_fields=["last_at", "times", "seconds", "note", "hops"])
        else:
            fresh.append(_check(pk, visit))
    Check.objects.bulk_create(fresh)
    long = Check.objects.filter(link__in=[check.link_id for check in fresh]).values("link").annotate(runs=Count("pk"))
    for row in long.filter(runs__gt=LONGEST_HISTORY):
        kept = Check.objects.filter(link=row["link"]).order_by("-last_at", "-pk")[:LONGEST_HISTORY]
        Check.objects.filter(link=row["link"]).exclude(pk__in=[check.pk for check in kept]).delete()


def _answer(check: Check) -> tuple[str, str, int, str]:
    return check.verdict, check.cause, check.status, check.final


def _hops(visit: Visit) -> list[dict[str, int | str]]:
    return [{"status": hop.status, "address": hop.address[:2000]} for hop in visit.hops]


def _check(link: int, visit: Visit) -> Check:
    return Check(
        link_id=link,
        verdict=visit.verdict,
        cause=visit.cause,
        status=visit.status,
        final=visit.final[:2000],
        note=visit.note[:300],
        hops=_hops(visit),
        seconds=visit.seconds,
        first_at=visit.at,
        last_at=visit.at,
    )


def remember(hosts: Mapping[int, HostMemory]) -> None:
    """Writes down what was learnt of hosts, by their keys."""
    names = ("crawl_delay", "robots_at", "rests_until", "nonsense", "nonsense_at")
    for pk, memory in hosts.items():
        Host.objects.filter(pk=pk).update(**{name: getattr(memory, name) for name in names})


def tally(day: date) -> Tally:
    """Counts for the trend how the links in use stand on that day; a later count of the same day takes its place."""
    rows = Link.objects.in_use().values_list("state").annotate(Count("pk")).order_by("state")
    return Tally.objects.update_or_create(day=day, defaults={"counts": dict(rows)})[0]

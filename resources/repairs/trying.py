"""Other addresses in place of a link's: its https spelling, or a copy in an archive. Asked politely, and only when due.

What was told is written down as a Trial; finding.py reads it. Nothing here runs inside a transaction but the writing down.
"""

import asyncio
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from resources.fetching.opening import Opener
from resources.fetching.troubles import Trouble
from resources.fetching.visits import Asked, Cause, Verdict, Visit
from resources.links.asking import ask_now
from resources.links.manners import manners
from resources.links.models import Link
from resources.repairs.judging import ALIKE
from resources.repairs.models import Trial
from resources.text.addresses import BadAddress, check_address, normalise

SOON = timedelta(days=1)
"""After which another address is asked again that answered well, until it did so often enough."""

LATE = timedelta(days=30)
"""The same for one that did not, and for one of which enough is known."""

Kind = Trial.Kind


def try_addresses(limit: int = 50) -> int:
    """Asks other addresses for up to `limit` links of each kind, where they are due; returns how many answers came."""
    if not settings.LINK_CHECKS:
        return 0
    return _try_https(limit) + (_try_copies(limit) if settings.ARCHIVE_URL else 0)


def _due(links: QuerySet[Link], kind: str, limit: int) -> list[Link]:
    tried = Trial.objects.filter(kind=kind, due_at__gt=timezone.now()).values("link")
    return list(links.exclude(pk__in=tried).order_by("pk")[:limit])


def _try_https(limit: int) -> int:
    """Links that are opened by http, and work: does the same page answer by https?"""
    links = Link.objects.counted().filter(state=Link.State.OK, address__istartswith="http:")
    due = _due(links.exclude(Q(fingerprint="") & Q(title="")), Kind.HTTPS, limit)
    asked = {
        link.pk: Asked(f"https:{link.address[5:]}", fingerprint=link.fingerprint) for link in due if not _port(link)
    }
    told = ask_now(asked.values()) if asked else {}
    answers = 0
    for link in due:
        visit = told.get(asked[link.pk].address) if link.pk in asked else None
        if visit is not None and not visit.void:
            found = _same_page(link, visit)
            words = _("It shows the same page") if found else visit.note or visit.cause
            _write_down(link, Kind.HTTPS, visit.address, found, words, visit.at)
            answers += 1
    return answers


def _port(link: Link) -> bool:
    """Whether the address names a port, where nothing but http is to be expected."""
    return urlsplit(link.address).port not in {None, 80}


def _same_page(link: Link, visit: Visit) -> str:
    """The https address where it shows the page of the link; "" where it does not, or leads back to http."""
    address = visit.final if visit.verdict is Verdict.MOVED else visit.address
    good = visit.verdict in {Verdict.OK, Verdict.MOVED} and visit.cause not in {Cause.DRIFTED, Cause.FRAGMENT_MISSING}
    led_back = any(hop.address.lower().startswith("http:") for hop in visit.hops)
    try:
        same_place = normalise(address) == link.key
    except BadAddress:
        return ""
    if not good or led_back or not same_place or not address.lower().startswith("https:"):
        return ""
    if visit.likeness is not None:
        return address if visit.likeness >= ALIKE else ""
    return address if visit.title and visit.title[:300] == link.title else ""


def _try_copies(limit: int) -> int:
    """Links that are broken: has an archive a copy from when they worked?"""
    due = _due(Link.objects.broken(), Kind.COPY, limit)
    told = asyncio.run(_ask_archive(due)) if due else {}
    for link in due:
        if link.pk in told:
            found = told[link.pk]
            words = _("The archive kept a copy") if found else _("The archive has no copy")
            _write_down(link, Kind.COPY, link.address, found, words, timezone.now())
    return len(told)


async def _ask_archive(links: Iterable[Link]) -> dict[int, str]:
    """Link's key → the address of a copy, "" where there is none; nothing where the archive did not answer."""
    found: dict[int, str] = {}
    async with Opener(manners()) as opener:
        for link in links:
            when = f"&timestamp={link.worked_at:%Y%m%d%H%M%S}" if link.worked_at else ""
            address = f"{settings.ARCHIVE_URL}?url={quote(link.address, safe='')}{when}"
            try:
                answer = await opener.open(address, accept="application/json")
            except Trouble:
                break  # it is the same archive for all: another time
            if answer.status == 200 and isinstance(answer.data, dict):
                found[link.pk] = _copy_in(answer.data, link)
    return found


def _copy_in(data: dict[str, object], link: Link) -> str:
    """The address of a good copy in an answer of the availability interface."""
    snapshots = data.get("archived_snapshots")
    closest = snapshots.get("closest") if isinstance(snapshots, dict) else None
    if not isinstance(closest, dict) or closest.get("available") is not True or str(closest.get("status")) != "200":
        return ""
    try:
        address = check_address(str(closest.get("url", "")))
        is_another = normalise(address) != link.key
    except BadAddress:
        return ""
    return (
        f"https:{address[5:]}" if is_another and address.startswith("http:") and not urlsplit(address).port else address
    )


def _write_down(link: Link, kind: str, address: str, found: str, words: str, at: datetime) -> None:
    """Lengthens the run of the same answer, or begins another."""
    trial = Trial.objects.filter(link=link, kind=kind).first()
    again = trial is not None and trial.found == found and trial.address == address
    times = trial.times + 1 if trial is not None and again else 1
    is_soon = found and times < settings.LINK_REPAIR_VISITS
    Trial.objects.update_or_create(
        link=link,
        kind=kind,
        defaults={
            "address": address,
            "found": found[:2000],
            "words": words[:300],
            "first_at": trial.first_at if trial is not None and again else at,
            "last_at": at,
            "due_at": at + (SOON if is_soon else LATE),
            "times": times,
        },
    )

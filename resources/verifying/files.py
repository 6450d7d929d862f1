"""Releases and verifications as content files have them.

`releases.yaml` maps versions to days, the oldest first. The front matter of a page has
`verified: [{ray: 2.60.0, on: 2026-11-12, by: ada, revision: 3, note: …}]`, the oldest first; `revision` is left out where
the page still says what was tried.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import yaml
from django.core.exceptions import ValidationError

from accounts.credits import account_named, written_name
from accounts.models import User
from resources.entries.models import Entry
from resources.verifying.models import RayRelease, Verification
from resources.verifying.refusals import BadRecord

FILE = "releases.yaml"
"""What the file of the releases is called in a content folder."""

type Record = dict[str, Any]


def read_releases(text: str) -> int:
    """Enters the releases of a file that are not listed yet, and mends their days; nobody is told.

    Returns how many rows changed. Raises BadRecord; call it inside a transaction.
    """
    try:
        given = yaml.safe_load(text) or {}
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a day that no calendar has, a number without end
        raise BadRecord(f"{FILE}: this is no YAML: {error}.") from error
    except RecursionError as error:
        raise BadRecord(f"{FILE}: too many lists in one another. Write one line for each release.") from error
    if not isinstance(given, dict):
        raise BadRecord(f"{FILE}: write one line for each release, as 2.60.0: 2026-11-04.")
    listed = {release.version: release for release in RayRelease.objects.all()}
    fresh = [_release(version, day) for version, day in given.items() if version not in listed]
    moved = [listed[version] for version, day in given.items() if version in listed and _moved(listed[version], day)]
    RayRelease.objects.bulk_create(fresh)
    RayRelease.objects.bulk_update(moved, ["released_on"])
    return len(fresh) + len(moved)


def _release(version: Any, day: Any) -> RayRelease:
    release = RayRelease(version=str(version), released_on=_day(version, day))
    try:
        release.clean_fields(exclude={"order"})
    except ValidationError as error:
        raise BadRecord(f"{FILE}: {version}: {' '.join(error.messages)}") from error
    return release


def _moved(release: RayRelease, day: Any) -> bool:
    given = _day(release.version, day)
    if release.released_on == given:
        return False
    release.released_on = given
    return True


def _day(version: Any, day: Any) -> date:
    # A moment is a day to Python, but not to whoever reads the file.
    if not isinstance(day, date) or isinstance(day, datetime):
        raise BadRecord(f"{FILE}: {version}: write its day as 2026-11-04.")
    return day


def write_releases() -> str:
    """The file that read_releases() reads; "" where there are none."""
    rows = RayRelease.objects.order_by("order").values_list("version", "released_on")
    return "".join(f"{version}: {day.isoformat()}\n" for version, day in rows)


def verifications_of(entries: Iterable[Entry]) -> dict[int, list[Record]]:
    """Entry → its verifications as front matter, for entries that have any; one query."""
    numbers = {entry.pk: entry.revision_number for entry in entries}
    found: dict[int, list[Record]] = defaultdict(list)
    rows = Verification.objects.filter(entry__in=numbers).select_related("release", "person")
    for one in rows.order_by("entry", "at", "pk"):
        record: Record = {"ray": one.release.version, "on": _on(one), "by": written_name(one.person)}
        if one.revision_number != numbers[one.entry_id]:
            record["revision"] = one.revision_number
        found[one.entry_id].append(record | ({"note": one.note} if one.note else {}))
    return dict(found)


def _on(one: Verification) -> date:
    return one.at.astimezone(UTC).date()


def keep_verifications(given: Mapping[Entry, list[Record]]) -> int:
    """Adds what front matter says of entries as they are live now, without what is there already; returns how many.

    A verifier who has no account here gets one that nobody signs in to. Raises BadRecord; call it inside a transaction.
    """
    present = set(
        Verification.objects.filter(entry__in=[entry.pk for entry in given]).values_list(
            "entry", "release__version", "person__name", "revision_number", "note", "at__date"
        )
    )
    releases = {release.version: release for release in RayRelease.objects.all()}
    people: dict[str, User] = {}
    fresh = []
    for entry, records in given.items():
        for record in records:
            one = _verification(entry, record, releases, people)
            key = (entry.pk, one.release.version, one.person.name, one.revision_number, one.note, _on(one))
            if key not in present:
                present.add(key)
                fresh.append(one)
    Verification.objects.bulk_create(fresh)
    return len(fresh)


def _verification(
    entry: Entry, record: Any, releases: Mapping[str, RayRelease], people: dict[str, User]
) -> Verification:
    where = f"{entry.slug}: verified"
    # To YAML 1.1 a bare "on" is the word for true.
    fields = {"on" if key is True else key: value for key, value in record.items()} if isinstance(record, dict) else {}
    if unknown := set(fields) - {"ray", "on", "by", "revision", "note"}:
        raise BadRecord(f"{where}: {', '.join(sorted(map(str, unknown)))}: no such field.")
    version, day, name = str(fields.get("ray", "")), fields.get("on"), str(fields.get("by") or "").strip()
    number = fields.get("revision", entry.revision_number)
    if version not in releases:
        raise BadRecord(f"{where}: Ray “{version}” is no release that is listed. Add it to {FILE}.")
    if not isinstance(day, date) or isinstance(day, datetime):
        raise BadRecord(f"{where}: write the day as on: 2026-11-12.")
    if not name or not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**31:
        raise BadRecord(f"{where}: say by whom, and which revision, as by: ada, revision: 3.")
    people[name] = people.get(name) or account_named(name)
    return Verification(
        entry=Entry(pk=entry.pk), release=releases[version], person=people[name], revision_number=number,
        note=str(fields.get("note") or "")[:500], at=datetime.combine(day, time(12), UTC),
    )  # fmt: skip

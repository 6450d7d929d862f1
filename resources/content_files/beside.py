"""What files tell of entries beside their content, read for many at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC

from accounts.credits import written_name
from resources.content_files.form import Beside, Check
from resources.entries.knowledge import Claim
from resources.entries.models import Alias, Entry
from resources.verifying.files import verifications_of


def read_beside(entries: Collection[Entry]) -> Mapping[int, Beside]:
    """Entry's key → what its file tells beside its content."""
    pks = [entry.pk for entry in entries]
    aliases = _aliases(pks)
    checks = _checks(pks) if any(entry.type == Entry.Type.CASESTUDY for entry in entries) else {}
    verified = verifications_of(entries)
    return {pk: Beside(aliases.get(pk, ()), checks.get(pk, {}), verified.get(pk, ())) for pk in pks}


def _aliases(pks: list[int]) -> Mapping[int, list[str]]:
    """The addresses that entries once had, without those that another entry has now."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Alias.objects.filter(entry__in=pks).order_by("slug").values_list("entry", "type", "slug")
    slugs = {slug for _pk, _type, slug in rows}
    in_use = set(Entry.objects.filter(slug__in=slugs).values_list("type", "slug")) if slugs else set()
    for pk, type_, slug in rows:
        if (type_, slug) not in in_use:
            found[pk].append(slug)
    return found


def _checks(pks: list[int]) -> Mapping[int, Mapping[str, Check]]:
    found: dict[int, dict[str, Check]] = defaultdict(dict)
    claims = Claim.objects.filter(case_study__in=pks).exclude(checked_by=None).exclude(checked_at=None)
    for claim in claims.select_related("checked_by").only("case_study", "key", "checked_at", "checked_by"):
        person, at = claim.checked_by, claim.checked_at
        if person is not None and at is not None:
            found[claim.case_study_id][claim.key] = Check(written_name(person), at.astimezone(UTC).date().isoformat())
    return found

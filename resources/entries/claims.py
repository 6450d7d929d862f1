"""Claims of all case studies: what each of them needs, and how many there are of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.entries.content import Content
from resources.entries.knowledge import CaseStudy, Claim

OLD_AFTER = 3
"""Years after which a source may not hold any more."""

NEEDS = {
    "source": _("without a source"),
    "check": _("unverified"),
    "decision": _("disputed"),
    "fresh": _("with an old source"),
    "nothing": _("verified"),
}
"""What a claim needs, in the order in which help is wanted, by what the claim is called then."""


def live_claims() -> Any:
    """The claims that readers see, each with `need`, a word of NEEDS."""
    oldest = str(timezone.now().year - OLD_AFTER)
    need = Case(
        When(source="", then=Value("source")),
        When(state=Claim.State.UNVERIFIED, then=Value("check")),
        When(state=Claim.State.DISPUTED, then=Value("decision")),
        When(Q(published__lt=oldest) & ~Q(published=""), then=Value("fresh")),
        default=Value("nothing"),
        output_field=CharField(),
    )
    return Claim.objects.filter(case_study__removed_at=None).annotate(need=need)


def most_needed_first(claims: Any) -> Any:
    """Claims in the order of NEEDS, those of one organisation together."""
    rank = Case(*(When(need=word, then=Value(number)) for number, word in enumerate(NEEDS)), default=Value(len(NEEDS)))
    return claims.annotate(rank=rank).order_by("rank", "case_study__organisation", "case_study", "position", "key")


def claims_of_need(need: str) -> Any:
    """The live claims that need this, all that need anything where it is no word of NEEDS. A disputed claim counts as such
    also when it has no source, which it needs first.
    """
    if need == "decision":
        return live_claims().filter(state=Claim.State.DISPUTED)
    return live_claims().filter(need=need) if need in NEEDS else live_claims().exclude(need="nothing")


def counts_of_needs() -> tuple[dict[str, int], int]:
    """How many live claims need what, and how many need anything, each counted once; one query."""
    disputed = Count("pk", filter=Q(state=Claim.State.DISPUTED))
    rows = live_claims().order_by().values("need").annotate(count=Count("pk"), disputed=disputed)
    counted = list(rows.values_list("need", "count", "disputed"))
    counts = dict.fromkeys(NEEDS, 0) | {need: count for need, count, _disputed in counted}
    open_count = sum(counts.values()) - counts["nothing"]
    return counts | {"decision": sum(disputed for _need, _count, disputed in counted)}, open_count


def unsourced_claims() -> Any:
    """The claims that readers see and that have no source."""
    return Claim.objects.filter(case_study__removed_at=None, source="")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many claims of a page there are, by what is known of them."""

    total: int
    verified: int
    disputed: int
    unsourced: int


def tally_of(claims: Iterable[Claim]) -> Tally:
    """The tally of one case study."""
    claims = list(claims)
    states = [claim.state for claim in claims]
    return Tally(
        len(claims),
        states.count(Claim.State.VERIFIED),
        states.count(Claim.State.DISPUTED),
        sum(not claim.source for claim in claims),
    )


def claims_in(content: Content) -> list[Claim]:
    """The claims of a content that is not live: unsaved, in their order."""
    rows = sorted(content.get("claims") or (), key=lambda row: (row["position"], row["key"]))
    return [Claim(**row) for row in rows]


def tell_doubts(entry: CaseStudy, claims: Iterable[Claim]) -> None:
    """Gives disputed claims of an entry, as `doubt`, what was said when they were disputed; no query where none is."""
    moments = {claim.checked_at for claim in claims if claim.state == Claim.State.DISPUTED and claim.checked_at}
    if not moments:
        return
    # What began a page, or brought it in with a file, says nothing of one claim.
    told = entry.revisions.filter(created_at__in=moments, number__gt=1)
    said = dict(told.values_list("created_at", "summary"))
    for claim in claims:
        if claim.state == Claim.State.DISPUTED and claim.checked_at:
            claim.doubt = said.get(claim.checked_at, "")

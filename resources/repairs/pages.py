"""The pages that a repair concerns, and what they would say after it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from resources.entries.content import MODELS, Content, content_fields, read_content
from resources.entries.models import Entry, Resource
from resources.links.models import Use
from resources.repairs.models import Repair
from resources.repairs.replacing import replace_address
from resources.text.addresses import BadAddress, normalise, without_trackers
from resources.text.readdressing import Wanted
from resources.text.render_limits import TextTooComplex, TextTooLarge

MOST = 100
"""Pages of one repair; those left are proposed once it is decided."""


@dataclass(frozen=True, slots=True)
class Becoming:
    """A page as it is live, and as it would be."""

    entry: Entry
    before: Content
    after: Content


def pages_of(repair: Repair) -> list[Becoming]:
    """The live pages in which something is to change, in the order of their keys, MOST of them."""
    pks = Use.objects.filter(link=repair.link_id).exclude(entry__in=repair.left_out).order_by("entry")
    found = []
    for entry in read_entries(list(pks.values_list("entry", flat=True).distinct())):
        after = mended(repair, entry)
        if after is not None:
            found.append(Becoming(entry, read_content(entry), after))
    return sorted(found, key=lambda one: one.entry.pk)[:MOST]


def mended(repair: Repair, entry: Entry) -> Content | None:
    """What a page would say after a repair; None where nothing changes, or where its text cannot be drawn."""
    before = read_content(entry)
    if repair.cause == Repair.Cause.ARCHIVED:
        after = before | {"state": Resource.State.ARCHIVED} if is_own(repair, entry) else before
    else:
        try:
            after = replace_address(type(entry), before, repair.key, repair.new, only=_meant(repair))
        except (TextTooLarge, TextTooComplex):
            return None
    if repair.double_id is not None and is_own(repair, entry):
        # The new address is another entry's: what becomes of this one is left to a person.
        after |= {name: before[name] for name in ("url", "placements")}
    return after if after != before else None


def is_own(repair: Repair, entry: Entry) -> bool:
    """Whether the address is this resource's own."""
    return isinstance(entry, Resource) and entry.address == repair.key


def double_of(key: str, new: str) -> Resource | None:
    """The other resource that has the new address, where one has the old one as its own."""
    try:
        address = normalise(new)
    except BadAddress:
        return None
    if address == key or not Resource.objects.live().filter(address=key).exists():
        return None
    return Resource.objects.filter(address=address).first()


def _meant(repair: Repair) -> Wanted:
    """Which spellings of the address are to change."""
    if repair.cause == Repair.Cause.HTTPS:
        return lambda address: address.lower().startswith("http:")
    if repair.cause == Repair.Cause.TRACKERS:
        return lambda address: without_trackers(address) != address
    if repair.cause == Repair.Cause.SPELLING:
        return lambda address: address == repair.old
    return bool


def read_entries(pks: Collection[int]) -> Iterator[Entry]:
    """The live entries of these keys, each of its own kind, with all that read_content() looks at."""
    types = Entry.objects.live().filter(pk__in=pks).order_by("type").values_list("type", flat=True).distinct()
    for type_ in types:
        model = MODELS[type_]
        yield from model._default_manager.filter(pk__in=pks, removed_at=None).prefetch_related(*_rows(model))


@cache
def _rows(model: type[Entry]) -> tuple[str, ...]:
    return ("taggings__tag", *(field.name for field in content_fields(model) if field.row_model))

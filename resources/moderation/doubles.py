"""What else has the same link or nearly the same title: live, removed, or proposed. A bounded look, in a few queries."""

from resources.entries.models import Entry, Resource
from resources.proposals.models import Proposal
from resources.text.addresses import BadAddress, normalise
from resources.text.wording import similarity

NEARLY = 0.85
"""From this likeness on two titles are nearly the same."""
LOOKED_AT = 200


def same_address(url: str, proposal: Proposal) -> tuple[Resource | None, Proposal | None]:
    """The other resource that has this address, and another unfinished proposal that asks for it."""
    try:
        address = normalise(url)
    except BadAddress:
        return None, None
    listed = Resource.objects.filter(address=address).exclude(pk=proposal.entry_id or 0).first()
    # The last part of an address survives every spelling of the rest.
    last = address.rstrip("/").rpartition("/")[2]
    others = Proposal.objects.unfinished().filter(type=Entry.Type.RESOURCE, content__url__icontains=last)
    if proposal.entry_id:
        others = others.exclude(entry=proposal.entry_id)
    others = others.exclude(pk=proposal.pk or 0).exclude(act=Proposal.Act.REMOVE).order_by("pk")
    for other in others[:LOOKED_AT]:
        if _normalised(other.content["url"]) == address:
            return listed, other
    return listed, None


def _normalised(url: str) -> str:
    try:
        return normalise(url)
    except BadAddress:
        return ""


def same_title(title: str, proposal: Proposal) -> str:
    """The most similar title of another live entry or unfinished proposal of the kind, where it is nearly the same."""
    start = max(title.split(), key=len, default="")[:4]
    if not start:
        return ""
    entries = Entry.objects.live().filter(type=proposal.type, title__icontains=start).exclude(pk=proposal.entry_id or 0)
    waiting = Proposal.objects.unfinished().filter(type=proposal.type, title__icontains=start)
    waiting = waiting.exclude(pk=proposal.pk or 0)
    if proposal.entry_id:
        waiting = waiting.exclude(entry=proposal.entry_id)
    titles = [*entries.order_by("pk").values_list("title", flat=True)[:LOOKED_AT]]
    titles += waiting.order_by("pk").values_list("title", flat=True)[:LOOKED_AT]
    likeness = {other: likeness_of_titles(title, other) for other in titles}
    best = max(likeness, key=lambda other: likeness[other], default="")
    return best if best and likeness[best] >= NEARLY else ""


def likeness_of_titles(one: str, other: str) -> float:
    """How alike two titles are, from 0 to 1: by their words in any order, or by their pairs of letters."""
    by_words = similarity(one.casefold(), other.casefold())
    first, second = _pairs(one), _pairs(other)
    by_letters = 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0
    return max(by_words, by_letters)


def _pairs(title: str) -> set[str]:
    letters = "".join(letter for letter in title.casefold() if letter.isalnum())
    return {letters[place : place + 2] for place in range(len(letters) - 1)} or {letters}

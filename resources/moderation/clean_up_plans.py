"""What taking back all that one person did since a moment would do: reckoned here, done in cleaning_up.py.

What others built upon is not touched: the plan lists it as work for hands.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from resources.discussion.models import Post
from resources.entries.content import MODELS, content_fields
from resources.entries.models import Entry, Resource
from resources.history.models import Revision
from resources.moderation.taking_back import CannotUndo, Reversal, State, peopled, state_now, state_of, without
from resources.proposals.models import Proposal
from resources.text.addresses import normalise

ROLLED_BACK, UNDONE, REMOVED, RESTORED = "rolled_back", "undone", "removed", "restored"
BY_HAND, NOTHING = "by_hand", "nothing"

WORDS = {
    ROLLED_BACK: _("goes back to what it was"),
    UNDONE: _("their changes are taken out, what others wrote stays"),
    REMOVED: _("is removed"),
    RESTORED: _("comes back"),
    BY_HAND: _("is left for you"),
    NOTHING: _("nothing of theirs is left"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one entry. `what` is a word of WORDS; `why` says what stands in the way of a cleaner answer."""

    entry: Entry
    numbers: tuple[int, ...]
    what: str
    reversal: Reversal | None = None
    why: Any = ""

    @property
    def words(self) -> Any:
        """What happens, for people."""
        return WORDS[self.what]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a clean-up would do; `digest` changes whenever something of it does."""

    person: User
    since: datetime
    steps: tuple[Step, ...]
    proposals: tuple[int, ...]
    posts: tuple[int, ...]

    @property
    def digest(self) -> str:
        """Names this very plan."""
        parts = [f"{step.entry.pk}@{step.entry.revision_number}:{step.what}:{step.numbers}" for step in self.steps]
        said = f"{self.person.pk} {self.since.isoformat()} {self.proposals} {self.posts} {' '.join(parts)}"
        return sha256(said.encode()).hexdigest()[:32]

    @property
    def reversals(self) -> list[Reversal]:
        """What will be published, in an order in which no two entries want one address at the same time."""
        return [step.reversal for step in self.steps if step.reversal]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all to do."""
        return not self.reversals and not self.proposals and not self.posts

    @property
    def left_for_hands(self) -> list[Step]:
        """What others built upon."""
        return [step for step in self.steps if step.what == BY_HAND]

    @property
    def counts(self) -> list[tuple[Any, int]]:
        """(words, how many entries), of what happens at all."""
        found = [(words, sum(step.what == what for step in self.steps)) for what, words in WORDS.items()]
        return [(words, number) for words, number in found if number]


def plan_clean_up(person: User, since: datetime) -> Plan:
    """What cleaning up after a person would do; reads in a fixed number of queries, writes nothing."""
    history = _histories(person, since)
    entries = _read(history)
    steps = _keep_peopled([_step(entries[pk], revisions, person, since) for pk, revisions in history.items()])
    return Plan(
        person,
        since,
        tuple(_in_order(steps)),
        _keys(Proposal.objects.unfinished().filter(author=person, created_at__gte=since)),
        _keys(Post.objects.filter(author=person, created_at__gte=since, removed_at=None)),
    )


def _keys(found: Any) -> tuple[int, ...]:
    return tuple(found.order_by("pk").values_list("pk", flat=True))


def _histories(person: User, since: datetime) -> dict[int, list[Revision]]:
    """Entry → its revisions from the one before the person's first on, in order."""
    theirs = Revision.objects.filter(author=person, created_at__gte=since)
    first = dict(theirs.order_by("-number").values_list("entry", "number"))
    histories: dict[int, list[Revision]] = defaultdict(list)
    touched = Revision.objects.filter(entry__in=theirs.values("entry")).select_related("author", "entry")
    for revision in touched.defer("entry__html").order_by("entry", "number"):
        if revision.number >= first.get(revision.entry_id, 2**31) - 1:
            histories[revision.entry_id].append(revision)
    return histories


def _read(pks: Iterable[int]) -> dict[int, Entry]:
    """The entries of these keys, each of its own kind, with all that read_content() looks at."""
    pks = list(pks)
    found: dict[int, Entry] = {}
    for type_ in Entry.objects.filter(pk__in=pks).values_list("type", flat=True).distinct():
        model = MODELS[type_]
        rows = [field.name for field in content_fields(model) if field.row_model]
        found |= model.objects.prefetch_related("taggings__tag", *rows).in_bulk(pks)
    return found


def _step(entry: Entry, revisions: list[Revision], person: User, since: datetime) -> Step:
    def is_theirs(revision: Revision) -> bool:
        return revision.author_id == person.pk and revision.created_at >= since

    live = state_now(entry)
    numbers = tuple(revision.number for revision in revisions if is_theirs(revision))
    start = next(place for place, revision in enumerate(revisions) if is_theirs(revision))
    try:
        if all(is_theirs(revision) for revision in revisions[start:]):
            after = state_of(revisions[start - 1]) if start else State(live.content, removed=True)
        else:
            after = _without_runs(entry, live, revisions, is_theirs)
    except CannotUndo as refusal:
        return Step(entry, numbers, BY_HAND, why=str(refusal))
    if after == live or (after.removed and live.removed):
        return Step(entry, numbers, NOTHING)
    on_top = all(is_theirs(revision) for revision in revisions[start:])
    what = REMOVED if after.removed else RESTORED if live.removed else ROLLED_BACK if on_top else UNDONE
    return Step(entry, numbers, what, Reversal(entry, live, after, numbers))


def _keep_peopled(steps: list[Step]) -> list[Step]:
    """A section goes only with all that is in it, a guide with all that stands under it or leads on to it."""
    going = [step.entry for step in steps if step.what == REMOVED]
    kept = peopled(going, besides=[entry.pk for entry in going])
    said = _("Entries of others are in it or lead on to it. Move them away, then remove it.")
    return [Step(step.entry, step.numbers, BY_HAND, why=said) if step.entry.pk in kept else step for step in steps]


def _without_runs(entry: Entry, live: State, revisions: list[Revision], is_theirs: Any) -> State:
    """`live` without each run of the person's revisions, the latest run first."""
    places = [place for place, revision in enumerate(revisions) if is_theirs(revision)]
    ends = [place for place in places if place + 1 not in places]
    for end in reversed(ends):
        start = end
        while start - 1 in places:
            start -= 1
        before = state_of(revisions[start - 1]) if start else None
        later = [str(revision.author) for revision in revisions[end + 1 :] if not is_theirs(revision)]
        live = without(entry, live, before, state_of(revisions[end]), list(dict.fromkeys(later)))
    return live


def _in_order(steps: list[Step]) -> list[Step]:
    """The steps so that an address is free when its entry comes back to it; what cannot come back is left for hands."""
    wanted = {step.entry.pk: _addresses(step.reversal) for step in steps if step.reversal}
    holders = _holders({address for addresses in wanted.values() for address in addresses})
    pending = {step.entry.pk: step for step in steps if step.reversal}
    done: list[Step] = []
    moved = True
    while pending and moved:
        moved = False
        for pk in list(pending):
            if all(holders.get(address, pk) == pk for address in wanted[pk]):
                done.append(pending.pop(pk))
                holders = {address: holder for address, holder in holders.items() if holder != pk}
                holders |= dict.fromkeys(wanted[pk], pk)
                moved = True
    said = _("Another page has its address or its link now. Change that one first.")
    blocked = [Step(step.entry, step.numbers, BY_HAND, why=said) for step in pending.values()]
    return done + blocked + [step for step in steps if not step.reversal]


def _addresses(reversal: Reversal) -> list[str]:
    """What only one entry may have: the page's address, and a resource's link."""
    content = reversal.after.content
    found = [f"{reversal.entry.type} {content['slug']}"]
    return [*found, normalise(content["url"])] if "url" in content else found


def _holders(addresses: set[str]) -> dict[str, int]:
    """Address → the entry that has it now."""
    slugs = {address.partition(" ")[2] for address in addresses if " " in address}
    found = {
        f"{type_} {slug}": pk
        for type_, slug, pk in Entry.objects.filter(slug__in=slugs).values_list("type", "slug", "pk")
    }
    links = Resource.objects.filter(address__in=addresses - set(found)).values_list("address", "pk")
    return found | dict(links)

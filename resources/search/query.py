"""search(): from what was typed to results, with everything that a page or a program shows of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from resources.entries.models import ADDRESSES, Entry
from resources.search.asking import EVERYTHING, TEXT, All, Any, Ask, Match, Without
from resources.search.facets import Facet, count_facets
from resources.search.finding import pages_of, shown_of
from resources.search.fulltext import fulltext
from resources.search.language import Question, Term, read
from resources.search.models import Traits
from resources.search.narrowing import Narrowing, narrow
from resources.search.ranking import Found, ranked
from resources.search.snippets import Piece, Pieces
from resources.search.spelling import known_of, meant
from resources.search.standing import Sections, guides_above

MOST = 500
"""Pages that are ranked: of more, those that changed last."""

PER_PAGE = 20

SORTS = ("best", "newest", "title")

FEW, MANY_MORE = 3, 5
"""Where so few pages are found, other words may have been meant: when so many times more pages have them."""


class Place(NamedTuple):
    """A section or guide in which a result stands."""

    address: str
    title: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `title` and `piece` have what was found marked: as pairs of a text and whether it is marked."""

    entry: int
    type: str
    kind: str
    address: str
    plain_title: str
    title: Piece
    piece: Piece
    places: tuple[Place, ...]
    tags: tuple[str, ...]
    libraries: tuple[str, ...]
    state: str
    verified: str
    health: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: the typed text; `typing` where its last word may not be ended; the order; which results: the last
    ones, where there are fewer than `start`.
    """

    text: str
    typing: bool = False
    sort: str = "best"
    start: int = 0
    most: int = PER_PAGE
    facets: bool = True
    ranked_at_most: int = MOST


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `total` is how many pages match, or MOST where `bounded`: then the ones that changed last were ranked.

    `instead` is what was looked for because nothing has what was typed; `any_word` says that no page has all the words.
    `suggestion` is what may have been meant where something was found nevertheless. `problems` are operators that were
    not understood and narrow nothing.
    """

    question: Question
    hits: tuple[Hit, ...] = ()
    total: int = 0
    bounded: bool = False
    facets: tuple[Facet, ...] = ()
    instead: str = ""
    any_word: bool = False
    suggestion: str = ""
    problems: tuple[str, ...] = field(default=())


def search(query: Query) -> Results:
    """Looks for what was typed. Any text gives an answer."""
    question = read(query.text)
    if question.empty:
        return Results(question)
    narrowing = narrow(question.wanted)
    found = _found(question, narrowing, query)
    instead, any_word, suggestion = "", False, ""
    if question.terms and not found and not query.typing:
        found = _found(question, narrowing, replace(query, typing=True))
    if question.terms and not found:
        other = corrected(query.text, question)
        if other:
            better = read(other)
            found = _found(better, narrowing, query)
            if found:
                instead, question = other, better
    if not found and len([term for term in question.terms if not term.without]) > 1 and not query.typing:
        found = _found(question, narrowing, query, any_word=True)
        any_word = bool(found)
    if 0 < len(found) <= FEW and not (query.typing or instead or any_word):
        suggestion = _suggested(query, question, found)
    bounded = len(found) > query.ranked_at_most
    if bounded:
        found = sorted(found, key=lambda one: (one[1] > 0, one[0]), reverse=True)[: query.ranked_at_most]
    ordered = _ordered(found, question, query)
    start = min(query.start, max(0, len(found) - 1) // query.most * query.most)
    return Results(
        question,
        hits=tuple(_hits(ordered[start : start + query.most], question)),
        total=len(found),
        bounded=bounded,
        facets=count_facets(found, question) if query.facets else (),
        instead=instead,
        any_word=any_word,
        suggestion=suggestion,
        problems=tuple(narrowing.problems),
    )


def _found(question: Question, narrowing: Narrowing, query: Query, *, any_word: bool = False) -> list[Found]:
    ask = asked(question, narrowing, typing=query.typing, any_word=any_word)
    rank = query.sort == "best" and any(not term.without for term in question.terms)
    take = fulltext().best if rank else fulltext().last
    return pages_of(take(ask, narrowing.only, query.ranked_at_most))


def asked(question: Question, narrowing: Narrowing, *, typing: bool = False, any_word: bool = False) -> Ask:
    """What the full text is asked."""
    columns = ("title",) if question.in_title else TEXT
    wanted = [_asked_of(term, columns, typing) for term in question.needed]
    if (joined := _joined(question)) and len(wanted) > 1:
        wanted = [Any((All(tuple(wanted)), Match(joined, columns=columns)))]
    unwanted = [_asked_of(term, columns, typing) for term in question.terms if term.without]
    must: list[Ask] = [Any(tuple(wanted))] if any_word else [*wanted]
    must += narrowing.must
    ask: Ask = All(tuple(must)) if len(must) > 1 else must[0] if must else EVERYTHING
    for other in [*unwanted, *narrowing.must_not]:
        ask = Without(ask, other)
    return ask


def _joined(question: Question) -> tuple[str, ...]:
    """The one word that two words make, where pages have it: "kube ray"."""
    terms = question.needed
    if len(terms) != 2 or any(
        term.quoted or (term.begins and not term.typing) or len(term.words) > 1 for term in terms
    ):
        return ()
    whole = "".join(term.words[0] for term in terms)
    return (whole,) if known_of([whole]) else ()


def _asked_of(term: Term, columns: tuple[str, ...], typing: bool) -> Ask:
    begins = term.begins and (typing or not term.typing)
    return Match(term.words, begins, columns)


def _ordered(found: list[Found], question: Question, query: Query) -> list[Found]:
    if query.sort == "title":
        return sorted(found, key=lambda one: (one[2], one[0]))
    if query.sort == "newest" or not question.words:
        return sorted(found, key=lambda one: -one[0])
    return ranked(found, question.words)


def corrected(typed: str, question: Question) -> str:
    """What was typed with words that no page has put right; "" where nothing is near."""
    words = _letters(question)
    return _put_right(typed, words, known_of(words))


def _suggested(query: Query, question: Question, found: list[Found]) -> str:
    """What may have been meant where few pages have what was typed, none of them in its title; "" otherwise."""
    words = _letters(question)
    named = [word for word in words if any(word in one[2] for one in found)]
    other = _put_right(query.text, words, named) if len(named) < len(words) else ""
    better = read(other)
    most = MANY_MORE * len(found)
    enough = other and len(_found(better, narrow(better.wanted), replace(query, ranked_at_most=most))) >= most
    return other if enough else ""


def _letters(question: Question) -> list[str]:
    return [word for term in question.needed for word in term.words if word.isalpha()]


def _put_right(typed: str, words: list[str], right: Collection[str]) -> str:
    other = typed
    for word in words:
        if word not in right and (better := meant(word)):
            other = _replaced(other, word, better)
    return other if other != typed else ""


def _replaced(typed: str, word: str, better: str) -> str:
    place = typed.lower().find(word)
    return f"{typed[:place]}{better}{typed[place + len(word) :]}" if place >= 0 else typed


def _hits(found: Sequence[Found], question: Question) -> list[Hit]:
    numbers = [one[0] for one in found]
    pages = shown_of(numbers)
    texts = fulltext().texts(numbers) if numbers else {}
    pieces = Pieces(question)
    # What somebody published anew at this instant has another number.
    present = [(one, Traits.of(one[3]), *pages[one[0]]) for one in found if one[0] in pages]
    places = _Places([traits for _one, traits, *_row in present], {row[7] for row in present if row[7]})
    return [
        Hit(
            entry=entry,
            type=type_,
            kind=traits.kind,
            address=f"{ADDRESSES[type_]}{slug}/",
            plain_title=title,
            title=pieces.marked(title),
            piece=pieces.best(summary, texts.get(one[0], "")),
            places=places.of(traits, place),
            tags=traits.tags,
            libraries=traits.libraries,
            state=traits.state,
            verified=traits.verified,
            health=one[4] or "",
            changed_at=changed_at,
        )
        for one, traits, entry, type_, slug, title, summary, place, changed_at in present
    ]


class _Places:
    """Where results stand, looked up for all at once."""

    def __init__(self, found: list[Traits], guides: set[int]) -> None:
        self.sections = Sections().rows if any(traits.sections for traits in found) else {}
        self.guides = guides_above(guides)

    def of(self, traits: Traits, place: int | None) -> tuple[Place, ...]:
        """The sections or the guide of one."""
        if place in self.guides:
            slug, title = self.guides[place]
            return (Place(f"{ADDRESSES[Entry.Type.WIKIPAGE]}{slug}/", title),)
        rows = [self.sections[int(pk)] for pk in traits.sections if int(pk) in self.sections]
        return tuple(Place(f"{ADDRESSES[Entry.Type.SECTION]}{slug}/", title) for _above, slug, title in rows[:2])

"""What somebody may have meant: the words that pages have, found by what is left when a letter is left out.

A word that is written and one that is meant share such a form when they are one slip apart: a letter too many or too few, another
letter, two letters the wrong way round. Looked for with two letters left out, most words two slips apart are found as well.
"""

from collections.abc import Collection, Iterable
from itertools import batched

from django.db import connection
from django.db.models import F, Max

from resources.search.asking import EVERYTHING, TEXT, All, Match
from resources.search.engine import Row
from resources.search.fulltext import fulltext
from resources.search.models import NearWord

SHORTEST, LONGEST = 3, 20
"""Letters of a word that is remembered; of one with fewer than SHORTEST_SLIP only as it is."""

SHORTEST_SLIP = 4
TWO_SLIPS = 6
"""From this length on a word may have two slips in it."""

AT_ONCE = 400

LIKELY = 5
"""Words whose pages are counted, to tell which one was meant."""

COUNTED = 200


def words_in(rows: Iterable[Row]) -> set[str]:
    """The words of pages that are worth remembering."""
    return {word for row in rows for column in row.columns[: len(TEXT)] for word in column.split() if _fits(word)}


def _fits(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def learn(words: Collection[str]) -> None:
    """Remembers the words that are new. Inside the transaction that brings them."""
    for some in batched(sorted(words), AT_ONCE, strict=False):
        known = set(known_of(some))
        new = [NearWord(form=form, word=word) for word in some if word not in known for form in sorted(_forms(word))]
        if new:
            NearWord.objects.bulk_create(new, ignore_conflicts=True, batch_size=AT_ONCE)


def known_of(words: Iterable[str]) -> list[str]:
    """Those of these words that pages have, or had."""
    wanted = list(words)
    if not wanted:
        return []
    places = ", ".join(["%s"] * len(wanted))
    with (
        connection.cursor() as cursor
    ):  # the ORM takes longer to write hundreds of values down than the database to look
        cursor.execute(f"SELECT word FROM resources_nearword WHERE form = word AND form IN ({places})", wanted)
        return [word for (word,) in cursor.fetchall()]


def last_learnt() -> int:
    """The key of the newest row."""
    return NearWord.objects.aggregate(last=Max("pk"))["last"] or 0


def forget_unused(used: set[str], *, until: int) -> None:
    """Forgets words that no page has any more; those learnt after `until` stay."""
    known = NearWord.objects.filter(pk__lte=until, form=F("word")).values_list("word", flat=True)
    for some in batched([word for word in known if word not in used], AT_ONCE, strict=False):
        forms = {form for word in some for form in _forms(word)}
        for part in batched(sorted(forms), AT_ONCE, strict=False):
            NearWord.objects.filter(form__in=part, word__in=some).delete()


def _forms(word: str) -> set[str]:
    return {word, *_shorter(word)} if len(word) >= SHORTEST_SLIP else {word}


def _shorter(word: str) -> set[str]:
    return {word[:place] + word[place + 1 :] for place in range(len(word))}


def meant(word: str) -> str:
    """The word that was meant by one that no page has; "" where nothing is near. Two words where a space was left out."""
    if not (SHORTEST_SLIP <= len(word) <= LONGEST and word.isalpha()):
        return ""
    forms = {word, *_shorter(word)}
    if len(word) >= TWO_SLIPS:
        forms |= {shorter for once in _shorter(word) for shorter in _shorter(once)}
    found = set(NearWord.objects.filter(form__in=forms).values_list("word", flat=True)) - {word}
    most = 2 if len(word) >= TWO_SLIPS else 1
    near = [(slips, one[:1] != word[:1], one) for one in found if (slips := distance(word, one, most)) <= most]
    best = min((slips for slips, _other, _one in near), default=0)
    likely = sorted(one for one in near if one[0] == best)[: LIKELY * 4]
    counted = [
        (-(count := fulltext().count(Match((one,)), (), COUNTED)), other, one, count) for _slips, other, one in likely
    ]
    counted = [one for one in counted if one[-1]]
    return min(counted)[2] if counted else _two_words(word)


def _two_words(word: str) -> str:
    halves = [(word[:place], word[place:]) for place in range(SHORTEST, len(word) - SHORTEST + 1)]
    known = set(known_of({half for pair in halves for half in pair})) if halves else set()
    for pair in halves:
        if known.issuperset(pair) and fulltext().count(All((EVERYTHING, Match(pair))), (), 1):
            return " ".join(pair)
    return ""


def distance(one: str, other: str, most: int) -> int:
    """Slips between two words (Damerau's, neighbours swapped once); above `most` just more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        present = [row] + [0] * len(other)
        for place, mate in enumerate(other, 1):
            cost = min(last[place] + 1, present[place - 1] + 1, last[place - 1] + (letter != mate))
            if row > 1 and place > 1 and letter == other[place - 2] and one[row - 2] == mate:
                cost = min(cost, before[place - 2] + 1)
            present[place] = cost
        before, last = last, present
    return last[-1]

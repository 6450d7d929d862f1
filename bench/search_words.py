"""The words of the made-up pages that searches are measured on."""

import random

WORDS, LENGTH = 30_000, 600
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu bra cle dri flo gru".split()  # noqa: SIM905


def word(number: int) -> str:
    """The word of a rank: made of syllables, so that neighbours differ in more than a letter."""
    number, letters = number * 7_919 % 104_729, ""
    for _place in range(4):
        number, place = divmod(number, len(_SYLLABLES))
        letters += _SYLLABLES[place]
    return letters


def rank(random_: random.Random) -> int:
    """A rank by Zipf's law."""
    return min(WORDS - 1, int(WORDS ** random_.random()) - 1)

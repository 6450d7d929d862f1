"""What people type into the box: words, "phrases", -words, beginnings*, and operators as kind:paper or -tag:llm.

Whatever stands there is read somehow: nothing is refused, and nothing reaches the database but letters and digits.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from resources.search.words import clean, pairs, runs

LONGEST = 400
"""Signs of a question that are read."""

MOST_WORDS = 24
"""Words and operators that are read: nobody means more."""

OPERATORS = ("kind", "tag", "library", "section", "is", "by", "in")

_PIECE = re.compile(
    r"""(?P<without>-)?(?:(?P<operator>[A-Za-z]+):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]+))|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))"""
)


class Term(NamedTuple):
    """Words that stand in a row. With `begins` the last one may go on; `typing` when that is only because somebody may
    not have ended it.
    """

    words: tuple[str, ...]
    without: bool = False
    begins: bool = False
    typing: bool = False
    quoted: bool = False


SMALL = frozenset(
    "a an the of for in on at to by with from and or is are was be do does did how i my me can what which when where why "  # noqa: SIM905  # read best in a line
    "who it its this that there into as if your you we vs versus not".split()
)
"""Words that need not stand in a page when others are asked for too."""


class Wanted(NamedTuple):
    """An operator: its name, its value as it was written, and whether pages with it are left out."""

    name: str
    value: str
    without: bool = False

    def __str__(self) -> str:
        value = f'"{self.value}"' if " " in self.value else self.value
        return f"{'-' if self.without else ''}{self.name}:{value}"


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, as it was read: `pieces` are its parts as they were written. `cut` says that it was too long to be
    read whole.
    """

    terms: tuple[Term, ...]
    wanted: tuple[Wanted, ...]
    in_title: bool = False
    cut: bool = False
    pieces: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is looked for."""
        return not self.terms and not self.wanted

    @property
    def words(self) -> list[str]:
        """The words that are looked for."""
        return [word for term in self.terms if not term.without for word in term.words]

    @property
    def needed(self) -> list[Term]:
        """The terms that a page must have: small words need not, but where there are no others."""
        terms = [term for term in self.terms if not term.without]
        large = [term for term in terms if term.quoted or term.begins or not SMALL.issuperset(term.words)]
        return large or terms

    def without_operator(self, operator: str) -> str:
        """What was typed without this operator."""
        return " ".join(piece for piece in self.pieces if piece != operator)


def read(typed: str) -> Question:
    """Reads what was typed."""
    text = clean(typed)
    terms: list[Term] = []
    wanted: list[Wanted] = []
    pieces: list[str] = []
    in_title = False
    cut = len(text) > LONGEST
    text = text[:LONGEST]
    for found in _PIECE.finditer(text):
        if len(terms) + len(wanted) >= MOST_WORDS:
            cut = True
            break
        name = (found["operator"] or "").lower()
        value = found["quoted"] if found["quoted"] is not None else found["value"] or ""
        pieces.append(found.group())
        if name == "in" and value.lower() == "title":
            in_title = True
        elif name in OPERATORS and name != "in" and value.strip():
            wanted.append(Wanted(name, value.strip(), bool(found["without"])))
            pieces[-1] = str(wanted[-1])
        else:
            terms += _terms(found, last=found.end() == len(text))
    return Question(tuple(terms), tuple(wanted), in_title, cut, tuple(pieces))


def _terms(found: "re.Match[str]", *, last: bool) -> list[Term]:
    """The term of a piece: a phrase, a word, or a word whose signs make several, which then stand in a row."""
    written = found["phrase"] if found["phrase"] is not None else found.group().removeprefix("-")
    begins = found["phrase"] is None and written.endswith("*")
    words: list[str] = []
    for run, cjk in runs(written):
        parts = pairs(run) if cjk else [run]
        # The last pair of a run is one sign, which in the text may be followed by another.
        words += parts[:-1] if cjk and len(run) > 1 else parts
        begins = begins or (cjk and len(run) == 1)
    if not words:
        return []
    typing = last and found["phrase"] is None and not found["without"] and not begins and words[-1].isascii()
    typing = typing and len(words[-1]) > 1
    return [Term(tuple(words), bool(found["without"]), begins or typing, typing, found["phrase"] is not None)]

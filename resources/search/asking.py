"""What the full text is asked: a tree of Match, All, Any and Without, in no database's language."""

from typing import NamedTuple

COLUMNS = ("title", "names", "summary", "body", "marks")
TEXT = COLUMNS[:-1]


class Match(NamedTuple):
    """Words in a row, in any of the columns; with `prefix`, words that begin like the last one."""

    words: tuple[str, ...]
    prefix: bool = False
    columns: tuple[str, ...] = TEXT


class All(NamedTuple):
    """Every one of these."""

    parts: tuple["Ask", ...]


class Any(NamedTuple):
    """At least one of these."""

    parts: tuple["Ask", ...]


class Without(NamedTuple):
    """The first, and not the second."""

    part: "Ask"
    other: "Ask"


type Ask = Match | All | Any | Without

EVERYTHING = Match(("mall0",), columns=("marks",))
"""What every page has."""


def matches(ask: Ask) -> list[Match]:
    """All that is looked for, and all that must not be there."""
    if isinstance(ask, Match):
        return [ask]
    parts = (ask.part, ask.other) if isinstance(ask, Without) else ask.parts
    return [one for part in parts for one in matches(part)]


def words_of(ask: Ask) -> Ask | None:
    """The same without what pages are narrowed by and what must not be there, in any column; None where no word is left."""
    if isinstance(ask, Match):
        return None if ask.columns == ("marks",) else ask._replace(columns=TEXT)
    if isinstance(ask, Without):
        return words_of(ask.part)
    parts = [one for part in ask.parts if (one := words_of(part)) is not None]
    return type(ask)(tuple(parts)) if parts and (isinstance(ask, All) or len(parts) == len(ask.parts)) else None


def within(ask: Ask, columns: tuple[str, ...]) -> Ask:
    """The same, in these columns alone, but for what pages are narrowed by and what must not be there."""
    if isinstance(ask, Match):
        return ask if ask.columns == ("marks",) else ask._replace(columns=columns)
    if isinstance(ask, Without):
        return Without(within(ask.part, columns), ask.other)
    return type(ask)(tuple(within(part, columns) for part in ask.parts))

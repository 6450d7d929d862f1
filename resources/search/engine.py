"""What each database's full text is to the search: what is put in and asked, and what comes back."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from resources.search.asking import Ask

TABLE = "resources_search_words"

NONE = "{}"
"""An array of no numbers, as PostgreSQL writes it."""

type Only = tuple[tuple[bool, str], ...]
"""What narrows a question beside the full text: SQL that gives numbers of pages, each with whether these are left out."""

type Values = list[Any]
"""What SQL is given."""


class Row(NamedTuple):
    """A page in the full text: the words of its columns, as words.indexed() gives them, and its text."""

    number: int
    columns: tuple[str, str, str, str, str]
    text: str


class Scores(NamedTuple):
    """Pages that match, with scores; higher is better. Either SQL that gives (number, score); or `numbers`, as PostgreSQL
    writes an array (drivers take long for a thousand of them), with the scores of those that do not have 0 in `known`.
    """

    sql: str = ""
    values: Values = []
    numbers: str = ""
    known: Mapping[int, float] = {}


class FullText(Protocol):
    """What a full text can do."""

    def put(self, rows: Iterable[Row]) -> None:
        """Takes pages in. Inside a transaction."""

    def drop(self, numbers: Sequence[int]) -> None:
        """Takes pages out."""

    def matching(self, ask: Ask, only: Only, most: int) -> tuple[str, Values]:
        """SQL that gives the numbers of the `most` pages that were indexed last among those that match. `only` narrows them
        further.
        """

    def count(self, ask: Ask, only: Only, most: int) -> int:
        """How many pages match, counted up to `most`."""

    def last(self, ask: Ask, only: Only, most: int) -> Scores:
        """The freshest pages that match, without scores: of more than `most`, one more."""

    def best(self, ask: Ask, only: Only, most: int) -> Scores:
        """The pages that match, with scores. Of more than `most` the freshest, one more than `most`, and those that match in
        better columns than the text, where that is cheap.
        """

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """The texts of these pages."""

"""The databases' own full text behind one small face: FTS5 in SQLite, tsvector and GIN in PostgreSQL.

Both keep for each page its words in five columns, of which the last, `marks`, has what pages are narrowed by, as words that no
text contains; and beside them the text as readers see it. A question is a tree of Match, All, Any and Without; each database has
its own way to write it.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any as Any_
from typing import NamedTuple, Protocol

from django.db import connection

COLUMNS = ("title", "names", "summary", "body", "marks")
TEXT = COLUMNS[:-1]
TABLE = "resources_search_words"


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


COMMON = 8_000
"""Pages that a word may stand in so that SQLite ranks by it."""

type Values = list[Any_]
"""What SQL is given."""

type Ask = Match | All | Any | Without

EVERYTHING = Match(("mall0",), columns=("marks",))
"""What every page has."""


class Row(NamedTuple):
    """A page in the full text: the words of its columns, as words.indexed() gives them, and its text."""

    number: int
    columns: tuple[str, str, str, str, str]
    text: str


class FullText(Protocol):
    """What a full text can do."""

    def put(self, rows: Iterable[Row]) -> None:
        """Takes pages in. Inside a transaction."""

    def drop(self, numbers: Sequence[int]) -> None:
        """Takes pages out."""

    def scored(self, ask: Ask, only: str, most: int, *, ranked: bool) -> tuple[str, Values]:
        """SQL that gives (number, score) of the `most` pages that were indexed last among those that match; higher is
        better. `only` narrows them further: SQL that gives numbers, or "".
        """

    def count(self, ask: Ask, only: str, most: int) -> int:
        """How many pages match, counted up to `most`."""

    def best(self, ask: Ask, only: str, most: int) -> tuple[str, Values, bool]:
        """As `scored`, one more than `most`, and whether the scores tell something: where they would take long, the freshest,
        and those whose titles match, must do.
        """

    def prefers(self, ask: Ask, only: str, most: int) -> list[tuple[str, Values]]:
        """SQL that gives (number, score) of pages that match in better columns than the text, where that is cheap."""

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """The texts of these pages."""


class Sqlite:
    """FTS5 with its Porter stemmer."""

    WEIGHTS = (10.0, 6.0, 3.0, 1.0, 0.0, 0.0)

    def put(self, rows: Iterable[Row]) -> None:
        """Takes pages in."""
        sql = f"INSERT INTO {TABLE}(rowid, {', '.join(COLUMNS)}, plain) VALUES (%s, %s, %s, %s, %s, %s, %s)"
        with connection.cursor() as cursor:
            cursor.executemany(sql, [(row.number, *row.columns, row.text) for row in rows])

    def drop(self, numbers: Sequence[int]) -> None:
        """Takes pages out."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE rowid IN ({_places(numbers)})", list(numbers))

    def scored(self, ask: Ask, only: str, most: int, *, ranked: bool) -> tuple[str, Values]:
        """The rows of the match from the last one on: FTS5 walks its lists backwards, and stops at the limit."""
        score = f"-bm25({TABLE}, {', '.join(map(str, self.WEIGHTS))})" if ranked else "0.0"
        sql = f"SELECT rowid AS number, {score} AS score FROM {TABLE} WHERE {TABLE} MATCH %s"
        sql += f" AND +rowid IN ({only})" if only else ""
        return f"{sql} ORDER BY rowid DESC LIMIT %s", [self.written(ask), most]

    def count(self, ask: Ask, only: str, most: int) -> int:
        """How many pages match, up to a limit."""
        sql, given = self.scored(ask, only, most, ranked=False)
        with connection.cursor() as cursor:
            return int(cursor.execute(f"SELECT COUNT(*) FROM ({sql})", given).fetchone()[0])

    def best(self, ask: Ask, only: str, most: int) -> tuple[str, Values, bool]:
        """bm25 counts every page of every word, however few have them all."""
        words = (
            [one for one in _matches(ask) if one.columns != ("marks",)] if only or not isinstance(ask, Match) else []
        )
        ranked = self.count(ask, only, most + 1) <= most
        ranked = ranked and all(self.count(one, "", COMMON + 1) <= COMMON for one in words)
        return *self.scored(ask, only, most + 1, ranked=ranked), ranked

    def prefers(self, ask: Ask, only: str, most: int) -> list[tuple[str, Values]]:
        """Each column has its own list."""
        found = []
        for name, worth in (("title", 1.0), ("names", 0.6), ("summary", 0.3)):
            sql, given = self.scored(_within(ask, (name,)), only, most // 4, ranked=False)
            found.append((f"SELECT number, {worth} AS score FROM ({sql})", given))
        return found

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """The texts of these pages."""
        with connection.cursor() as cursor:
            found = cursor.execute(
                f"SELECT rowid, plain FROM {TABLE} WHERE rowid IN ({_places(numbers)})", list(numbers)
            )
            return dict(found.fetchall())

    def written(self, ask: Ask) -> str:
        """The question in FTS5's language. Words have letters and digits only, and stand in quotes."""
        if isinstance(ask, Match):
            words = f'"{" ".join(ask.words)}"{"*" if ask.prefix else ""}'
            return f"{{{' '.join(ask.columns)}}} : {words}"
        if isinstance(ask, Without):
            return f"({self.written(ask.part)} NOT {self.written(ask.other)})"
        sign = " AND " if isinstance(ask, All) else " OR "
        return f"({sign.join(self.written(part) for part in ask.parts)})"


class Postgresql:
    """tsvector and GIN, with a configuration of our own: English stems, and no word left out."""

    LETTERS = {"title": "A", "names": "B", "summary": "C", "body": "D", "marks": "D"}
    WEIGHTS = "{0.08, 0.3, 0.6, 1.0}"
    TITLES = r"to_tsvector('rayhub', regexp_replace(folded, '[!-/:-@\[-`{-~]+', ' ', 'g'))"
    """What the index of titles has: without signs, which the parser would keep in addresses and numbers."""

    def put(self, rows: Iterable[Row]) -> None:
        """Takes pages in."""
        sets = " || ".join(f"setweight(to_tsvector('rayhub', %s), '{self.LETTERS[name]}')" for name in TEXT)
        marks = "array_to_tsvector(%s)"
        sql = f"INSERT INTO {TABLE}(number, words, plain) VALUES (%s, {sets} || {marks}, %s)"
        with connection.cursor() as cursor:
            cursor.executemany(
                sql,
                [
                    (row.number, *row.columns[:-1], [f"={mark}" for mark in row.columns[-1].split()], row.text)
                    for row in rows
                ],
            )

    def drop(self, numbers: Sequence[int]) -> None:
        """Takes pages out."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {TABLE} WHERE number = ANY(%s)", [list(numbers)])

    def scored(self, ask: Ask, only: str, most: int, *, ranked: bool) -> tuple[str, Values]:
        """The rows of the match. Titles have an index of their own: asking `words` for a column reads those of every page."""
        if not ranked and isinstance(ask, Match) and ask.columns == ("title",) and "".join(ask.words).isascii():
            asked, given = self.written(ask._replace(columns=TEXT))
            sql = "SELECT number, 0.0::float8 AS score FROM resources_searchpage"
            sql += f" WHERE leads_to IS NULL AND {self.TITLES} @@ ({asked})"
        else:
            asked, given = self.written(ask)
            score = f"ts_rank_cd('{self.WEIGHTS}', words, asked)::float8" if ranked else "0.0::float8"
            sql = f"SELECT number, {score} AS score FROM {TABLE}, (SELECT {asked} AS asked) a WHERE words @@ asked"
        # Reckoned once, whatever the planner takes the tables to be: without statistics it would do so for every row.
        sql += f" AND number IN (WITH narrowed AS MATERIALIZED ({only}) SELECT number FROM narrowed)" if only else ""
        return f"{sql} ORDER BY number DESC LIMIT %s", [*given, most]

    def count(self, ask: Ask, only: str, most: int) -> int:
        """How many pages match, up to a limit."""
        sql, given = self.scored(ask, only, most, ranked=False)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS found", given)
            return int(cursor.fetchone()[0])

    def best(self, ask: Ask, only: str, most: int) -> tuple[str, Values, bool]:
        """ts_rank_cd reads the words of every page that it scores: of those that were found, when they are few enough."""
        sql, given = self.scored(ask, only, most + 1, ranked=False)
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            found = cursor.fetchall()
        # An array as PostgreSQL writes it: drivers take long to make one of a thousand numbers.
        numbers = f"{{{','.join([str(number) for number, _score in found])}}}"
        if len(found) > most:
            return "SELECT unnest(%s::bigint[]) AS number, 0.0::float8 AS score", [numbers], False
        asked, given = self.written(ask)
        score = f"ts_rank_cd('{self.WEIGHTS}', words, asked)::float8"
        sql = f"SELECT number, {score} AS score FROM {TABLE}, (SELECT {asked} AS asked) a WHERE number = ANY(%s::bigint[])"
        return sql, [*given, numbers], True

    def prefers(self, ask: Ask, only: str, most: int) -> list[tuple[str, Values]]:
        """GIN knows no columns, and asking for one would read the words of all pages that match: titles have an index."""
        in_title = _words_of(ask)
        if in_title is None:
            return []
        (asked, given), (titled, named) = self.written(ask), self.written(in_title)
        sql = f"""SELECT number, 1.0::float8 AS score FROM {TABLE} WHERE words @@ ({asked}) AND number IN (
            WITH titled AS MATERIALIZED (SELECT number FROM resources_searchpage
                WHERE {self.TITLES} @@ ({titled}) ORDER BY number DESC LIMIT %s) SELECT number FROM titled)"""
        sql += f" AND number IN (WITH narrowed AS MATERIALIZED ({only}) SELECT number FROM narrowed)" if only else ""
        return [(sql, [*given, *named, most // 4])]

    def texts(self, numbers: Collection[int]) -> dict[int, str]:
        """The texts of these pages."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number, plain FROM {TABLE} WHERE number = ANY(%s)", [list(numbers)])
            return dict(cursor.fetchall())

    def written(self, ask: Ask) -> tuple[str, Values]:
        """The question as an expression of tsquery, and its values."""
        if isinstance(ask, Match):
            if ask.columns == ("marks",):
                return "%s::tsquery", [f"'={ask.words[0]}'"]
            letters = "".join(sorted({self.LETTERS[name] for name in ask.columns})) if ask.columns != TEXT else ""
            words = [f"{word}:{letters}" if letters else word for word in ask.words]
            if ask.prefix:
                words[-1] += "*" if letters else ":*"
            return "to_tsquery('rayhub', %s)", [" <-> ".join(words)]
        if isinstance(ask, Without):
            part, other = self.written(ask.part), self.written(ask.other)
            return f"({part[0]} && !!{other[0]})", [*part[1], *other[1]]
        parts = [self.written(part) for part in ask.parts]
        sign = " && " if isinstance(ask, All) else " || "
        return f"({sign.join(sql for sql, _given in parts)})", [one for _sql, given in parts for one in given]


def _matches(ask: Ask) -> list[Match]:
    """All that is looked for, and all that must not be there."""
    if isinstance(ask, Match):
        return [ask]
    parts = (ask.part, ask.other) if isinstance(ask, Without) else ask.parts
    return [one for part in parts for one in _matches(part)]


def _words_of(ask: Ask) -> Ask | None:
    """The same without what pages are narrowed by and what must not be there, in any column; None where no word is left."""
    if isinstance(ask, Match):
        return None if ask.columns == ("marks",) else ask._replace(columns=TEXT)
    if isinstance(ask, Without):
        return _words_of(ask.part)
    parts = [one for part in ask.parts if (one := _words_of(part)) is not None]
    return type(ask)(tuple(parts)) if parts and (isinstance(ask, All) or len(parts) == len(ask.parts)) else None


def _within(ask: Ask, columns: tuple[str, ...]) -> Ask:
    """The same, in these columns alone, but for what pages are narrowed by and what must not be there."""
    if isinstance(ask, Match):
        return ask if ask.columns == ("marks",) else ask._replace(columns=columns)
    if isinstance(ask, Without):
        return Without(_within(ask.part, columns), ask.other)
    return type(ask)(tuple(_within(part, columns) for part in ask.parts))


def _places(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


_SQLITE, _POSTGRESQL = Sqlite(), Postgresql()


def fulltext() -> FullText:
    """That of the database in use."""
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL

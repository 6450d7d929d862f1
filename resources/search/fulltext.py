"""The databases' own full text behind one small face: FTS5 in SQLite, tsvector and GIN in PostgreSQL.

Both keep for each page its words in five columns, of which the last, `marks`, has what pages are narrowed by, as words that no
text contains; and beside them the text as readers see it. A question is a tree of Match, All, Any and Without; each database has
its own way to write it.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple, Protocol

from django.db import connection

from resources.search.asking import COLUMNS, TEXT, All, Ask, Match, Without, matches, within, words_of

TABLE = "resources_search_words"


COMMON = 8_000
"""Pages that a word may stand in so that SQLite ranks by it."""

MANY_TITLES = 20
"""So many times more titles than are wanted are walked through on PostgreSQL, and not looked up."""

type Values = list[Any]
"""What SQL is given."""


class Row(NamedTuple):
    """A page in the full text: the words of its columns, as words.indexed() gives them, and its text."""

    number: int
    columns: tuple[str, str, str, str, str]
    text: str


class Scores(NamedTuple):
    """SQL that gives (number, score) of pages; higher is better. `numbers` are the pages, where they are known by now, as
    PostgreSQL writes an array: drivers take long for a thousand numbers. NONE, where there are none.
    """

    sql: str
    values: Values
    numbers: str = ""


NONE = "{}"


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

    def best(self, ask: Ask, only: str, most: int) -> Scores:
        """The pages that match, with scores. Of more than `most` the freshest, one more than `most`, and those that match in
        better columns than the text, where that is cheap.
        """

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

    def best(self, ask: Ask, only: str, most: int) -> Scores:
        """bm25 counts every page of every word, however few have them all."""
        words = [one for one in matches(ask) if one.columns != ("marks",)] if only or not isinstance(ask, Match) else []
        ranked = self.count(ask, only, most + 1) <= most
        ranked = ranked and all(self.count(one, "", COMMON + 1) <= COMMON for one in words)
        sql, given = self.scored(ask, only, most + 1, ranked=ranked)
        if ranked:
            return Scores(sql, given)
        parts = [f"SELECT number, score FROM ({sql})"]
        # Each column has its own list.
        for name, worth in (("title", 1.0), ("names", 0.6), ("summary", 0.3)):
            sql, more = self.scored(within(ask, (name,)), only, most // 4, ranked=False)
            parts.append(f"SELECT number, {worth} AS score FROM ({sql})")
            given = [*given, *more]
        return Scores(f"SELECT number, SUM(score) AS score FROM ({' UNION ALL '.join(parts)}) GROUP BY number", given)

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
        if not ranked and _is_of_titles(ask):
            _numbers, sql, given = self._titles(ask, None if only else most)
            sql = f"SELECT number, 0.0::float8 AS score FROM ({sql}) titled WHERE TRUE"
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

    def best(self, ask: Ask, only: str, most: int) -> Scores:
        """ts_rank_cd reads the words of every page that it scores: of those that were found, when they are few enough."""
        count, numbers = self._last(ask, only, most + 1)
        if count <= most:
            asked, given = self.written(ask)
            score = f"ts_rank_cd('{self.WEIGHTS}', words, asked)::float8"
            sql = f"SELECT number, {score} AS score FROM {TABLE}, (SELECT {asked} AS asked) a"
            return Scores(f"{sql} WHERE number = ANY(%s::bigint[])", [*given, numbers], numbers)
        sql, given = self._titled(ask, only, most // 4)
        titled = self._counted(sql, given)[1] if sql else NONE
        both = f"{{{','.join([part for part in (numbers[1:-1], titled[1:-1]) if part])}}}"
        sql = "SELECT unnest(%s::bigint[]) AS number, 0.0::float8 AS score UNION ALL SELECT unnest(%s::bigint[]), 1.0"
        return Scores(
            f"SELECT number, SUM(score) AS score FROM ({sql}) every_one GROUP BY number", [numbers, titled], both
        )

    def _last(self, ask: Ask, only: str, most: int) -> tuple[int, str]:
        """The last pages that match: how many, and their numbers."""
        numbers = self._titles(ask, most)[0] if _is_of_titles(ask) and not only else ""
        if numbers:
            kept = [one for one in numbers[1:-1].split(",") if one][:most]
            return len(kept), f"{{{','.join(kept)}}}"
        return self._counted(*self.scored(ask, only, most, ranked=False))

    def _counted(self, sql: str, given: Values) -> tuple[int, str]:
        """How many pages this SQL gives, and their numbers as PostgreSQL writes an array, the last first."""
        numbers = f"COALESCE(array_agg(number ORDER BY number DESC), '{NONE}')::text"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*), {numbers} FROM ({sql}) AS found", given)
            count, found = cursor.fetchone()
        return count, found

    def _titled(self, ask: Ask, only: str, most: int) -> tuple[str, Values]:
        """SQL for pages that match by their titles; "" where no word is asked for. GIN knows no columns, and asking for one
        would read the words of all pages that match: titles have an index.
        """
        in_title = words_of(ask)
        if in_title is None:
            return "", []
        asked, given = self.written(ask)
        _numbers, sql, named = self._titles(in_title, most)
        sql = f"""SELECT number FROM {TABLE} WHERE words @@ ({asked}) AND number IN (
            WITH titled AS MATERIALIZED (SELECT number FROM ({sql}) every_one ORDER BY number DESC LIMIT %s)
            SELECT number FROM titled)"""
        sql += f" AND number IN (WITH narrowed AS MATERIALIZED ({only}) SELECT number FROM narrowed)" if only else ""
        return sql, [*given, *named, most]

    def _titles(self, ask: Ask, most: int | None) -> tuple[str, str, Values]:
        """The numbers of the pages whose titles match, and SQL for them: looked up in the index, or where very many match found
        by walking backwards, which makes words of every title on the way and is quick only then, to the last `most`; their
        numbers are not known then. The planner, which knows the limit, cannot tell the two apart.
        """
        asked, given = self.written(ask._replace(columns=TEXT) if isinstance(ask, Match) else ask)
        sql = f"SELECT number FROM resources_searchpage WHERE leads_to IS NULL AND {self.TITLES} @@ ({asked})"
        if most is None:
            return "", sql, given
        many = MANY_TITLES * most
        count, numbers = self._counted(f"{sql} LIMIT %s", [*given, many + 1])
        if count <= many:
            return numbers, "SELECT unnest(%s::bigint[]) AS number", [numbers]
        return "", f"{sql} ORDER BY number DESC LIMIT %s", [*given, most]

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


def _is_of_titles(ask: Ask) -> bool:
    """Whether it asks for words of titles alone: of those that PostgreSQL's index of titles has."""
    return isinstance(ask, Match) and ask.columns == ("title",) and "".join(ask.words).isascii()


def _places(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


_SQLITE, _POSTGRESQL = Sqlite(), Postgresql()


def fulltext() -> FullText:
    """That of the database in use."""
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL

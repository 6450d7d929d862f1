"""tsvector and GIN as the search asks them."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from django.db import connection

from resources.search.asking import TEXT, All, Ask, Match, Without, words_of
from resources.search.engine import NONE, TABLE, Only, Row, Scores, Values

MANY = 5_000
"""Pages that are not named one by one."""

_NUMBERS = f"COALESCE(array_agg(number ORDER BY number DESC), '{NONE}')::text"


class Postgresql:
    """tsvector and GIN, with a configuration of our own: English stems, and no word left out."""

    LETTERS = {"title": "A", "names": "B", "summary": "C", "body": "D", "marks": "D"}
    WEIGHTS = "{0.08, 0.3, 0.6, 1.0}"

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

    def matching(self, ask: Ask, only: Only, most: int) -> tuple[str, Values]:
        """The numbers of the pages that match."""
        return self._matching(ask, self._narrowed(only), most)

    def _matching(self, ask: Ask, narrowed: tuple[str, Values], most: int) -> tuple[str, Values]:
        """Titles have an index of their own: asking `words` for a column reads those of every page."""
        if _is_of_titles(ask):
            return self._titles(ask, narrowed, most)
        asked, given = self.written(ask)
        sql = f"SELECT number FROM {TABLE} WHERE words @@ ({asked}){narrowed[0]} ORDER BY number DESC LIMIT %s"
        return sql, [*given, *narrowed[1], most]

    def count(self, ask: Ask, only: Only, most: int) -> int:
        """How many pages match, up to a limit."""
        sql, given = self.matching(ask, only, most)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS found", given)
            return int(cursor.fetchone()[0])

    def last(self, ask: Ask, only: Only, most: int) -> Scores:
        """The freshest pages that match."""
        return Scores(numbers=self._numbers(*self.matching(ask, only, most + 1)))

    def best(self, ask: Ask, only: Only, most: int) -> Scores:
        """ts_rank_cd reads the words of every page that it scores: of those that were found, when they are few enough."""
        narrowed = self._narrowed(only)
        sql, given = self._matching(ask, narrowed, most + 1)
        asked, values = self.written(ask)
        ranks = f"array_agg(number)::text || ';' || array_agg(ts_rank_cd('{self.WEIGHTS}', words, {asked}))::text"
        sql = f"""WITH counted AS MATERIALIZED (SELECT COUNT(*) AS count, {_NUMBERS} AS numbers FROM ({sql}) found)
            SELECT count, numbers, CASE WHEN count BETWEEN 1 AND %s
            THEN (SELECT {ranks} FROM {TABLE} WHERE number = ANY(numbers::bigint[])) END FROM counted"""
        with connection.cursor() as cursor:
            cursor.execute(sql, [*given, most, *values])
            count, numbers, scores = cursor.fetchone()
        if count <= most:
            some, ranks = (scores or f"{NONE};{NONE}").split(";")
            return Scores(numbers=numbers, known=dict(zip(_read(some, int), _read(ranks, float), strict=True)))
        titled = self._titled(ask, narrowed, most // 2)
        both = f"{{{','.join([part for part in (numbers[1:-1], titled[1:-1]) if part])}}}"
        return Scores(numbers=both, known=dict.fromkeys(_read(titled, int), 1.0))

    def _narrowed(self, only: Only) -> tuple[str, Values]:
        """Conditions for `number`. A few pages are named, so that the planner begins with them; many are only held against what
        was found: taken for a table to join with, they were looked up one by one.
        """
        sql, given = "", []
        for without, numbers in only:
            some = NONE if without else self._numbers(f"{numbers} LIMIT {MANY}", [])
            if without or some.count(",") + 1 == MANY:
                isin = f"number IN (WITH linked AS MATERIALIZED ({numbers}) SELECT number FROM linked)"
                sql += f" AND ({isin}) IS {'FALSE' if without else 'TRUE'}"
            else:
                sql += " AND number = ANY(%s::bigint[])"
                given.append(some)
        return sql, given

    def _numbers(self, sql: str, given: Values) -> str:
        """The numbers that this SQL gives, as PostgreSQL writes an array, the last first."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {_NUMBERS} FROM ({sql}) AS found", given)
            return str(cursor.fetchone()[0])

    def _titled(self, ask: Ask, narrowed: tuple[str, Values], most: int) -> str:
        """The pages that match by their titles; none where no word is asked for. GIN knows no columns, and asking for one would
        read the words of all pages that match: titles have an index.
        """
        in_title = words_of(ask)
        titled = NONE if in_title is None else self._numbers(*self._titles(in_title, ("", []), most))
        if titled == NONE or (in_title == ask and not narrowed[0]):
            return titled
        asked, given = self.written(ask)
        sql = f"SELECT number FROM {TABLE} WHERE number = ANY(%s::bigint[]) AND words @@ ({asked}){narrowed[0]}"
        return self._numbers(sql, [titled, *given, *narrowed[1]])

    def _titles(self, ask: Ask, narrowed: tuple[str, Values], most: int) -> tuple[str, Values]:
        """SQL for the numbers of pages whose titles match, of more than `most` the freshest."""
        asked, given = self.written(ask._replace(columns=TEXT) if isinstance(ask, Match) else ask)
        sql = f"SELECT number FROM resources_searchpage WHERE leads_to IS NULL AND titled @@ ({asked}){narrowed[0]}"
        return f"{sql} ORDER BY number DESC LIMIT %s", [*given, *narrowed[1], most]

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


def _read[Value](array: str, value: Callable[[str], Value]) -> Iterator[Value]:
    return map(value, array[1:-1].split(",")) if array != NONE else iter(())

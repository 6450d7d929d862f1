"""FTS5 as the search asks it."""

from collections.abc import Collection, Iterable, Sequence

from django.db import connection

from resources.search.asking import COLUMNS, All, Ask, Match, Without, matches, within
from resources.search.engine import TABLE, Only, Row, Scores, Values

COMMON = 8_000
"""Pages that a word may stand in so that SQLite ranks by it."""


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

    def matching(self, ask: Ask, only: Only, most: int) -> tuple[str, Values]:
        """The numbers of the pages that match."""
        sql, given = self._scored(ask, only, most, ranked=False)
        return f"SELECT number FROM ({sql})", given

    def _scored(self, ask: Ask, only: Only, most: int, *, ranked: bool) -> tuple[str, Values]:
        """The rows of the match from the last one on: FTS5 walks its lists backwards, and stops at the limit."""
        score = f"-bm25({TABLE}, {', '.join(map(str, self.WEIGHTS))})" if ranked else "0.0"
        sql = f"SELECT rowid AS number, {score} AS score FROM {TABLE} WHERE {TABLE} MATCH %s"
        sql += "".join(f" AND +rowid {'NOT ' if without else ''}IN ({numbers})" for without, numbers in only)
        return f"{sql} ORDER BY rowid DESC LIMIT %s", [self.written(ask), most]

    def count(self, ask: Ask, only: Only, most: int) -> int:
        """How many pages match, up to a limit."""
        sql, given = self.matching(ask, only, most)
        with connection.cursor() as cursor:
            return int(cursor.execute(f"SELECT COUNT(*) FROM ({sql})", given).fetchone()[0])

    def last(self, ask: Ask, only: Only, most: int) -> Scores:
        """The freshest pages that match."""
        return Scores(*self._scored(ask, only, most + 1, ranked=False))

    def best(self, ask: Ask, only: Only, most: int) -> Scores:
        """bm25 counts every page of every word, however few have them all."""
        words = [one for one in matches(ask) if one.columns != ("marks",)] if only or not isinstance(ask, Match) else []
        ranked = self.count(ask, only, most + 1) <= most
        ranked = ranked and all(self.count(one, (), COMMON + 1) <= COMMON for one in words)
        sql, given = self._scored(ask, only, most + 1, ranked=ranked)
        if ranked:
            return Scores(sql, given)
        parts = [f"SELECT number, score FROM ({sql})"]
        # Each column has its own list.
        for name, worth in (("title", 1.0), ("names", 0.6), ("summary", 0.3)):
            sql, more = self._scored(within(ask, (name,)), only, most // 2, ranked=False)
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


def _places(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))

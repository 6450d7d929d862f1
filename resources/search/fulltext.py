"""The databases' own full text behind one small face: FTS5 in SQLite, tsvector and GIN in PostgreSQL.

Both keep for each page its words in five columns, of which the last, `marks`, has what pages are narrowed by, as words that no
text contains; and beside them the text as readers see it. A question is a tree of Match, All, Any and Without; each database has
its own way to write it.
"""

from django.db import connection

from resources.search.engine import FullText
from resources.search.postgresql import Postgresql
from resources.search.sqlite import Sqlite

_SQLITE, _POSTGRESQL = Sqlite(), Postgresql()


def fulltext() -> FullText:
    """That of the database in use."""
    return _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL

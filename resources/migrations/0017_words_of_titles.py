"""PostgreSQL keeps the words of titles beside them: a search that walks over many rows made them again for each."""

from django.db import migrations

TITLES = r"to_tsvector('rayhub', regexp_replace(folded, '[!-/:-@\[-`{-~]+', ' ', 'g'))"
"""A page's title as words: without signs, which the parser would keep in addresses and numbers."""

MAKE = [
    "DROP INDEX search_titles",
    f"ALTER TABLE resources_searchpage ADD COLUMN titled tsvector GENERATED ALWAYS AS ({TITLES}) STORED",
    "CREATE INDEX search_titles ON resources_searchpage USING gin (titled) WITH (fastupdate = off)",
]

UNMAKE = [
    "ALTER TABLE resources_searchpage DROP COLUMN titled",
    f"CREATE INDEX search_titles ON resources_searchpage USING gin ({TITLES}) WITH (fastupdate = off)",
]


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in MAKE:
            schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in UNMAKE:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("resources", "0016_what_stands_around")]

    operations = [migrations.RunPython(make, unmake)]

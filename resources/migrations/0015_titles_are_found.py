"""PostgreSQL finds the words of titles by themselves: for words that stand in very many pages."""

from django.db import migrations


TITLES = r"to_tsvector('rayhub', regexp_replace(folded, '[!-/:-@\[-`{-~]+', ' ', 'g'))"
"""A page's title as words: without signs, which the parser would keep in addresses and numbers."""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX search_titles ON resources_searchpage USING gin ({TITLES}) WITH (fastupdate = off)",
            params=None,
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_titles")


class Migration(migrations.Migration):
    dependencies = [("resources", "0014_search_traits")]

    operations = [migrations.RunPython(make, drop)]

"""PostgreSQL finds the words of titles by themselves: for words that stand in very many pages."""

from django.db import migrations


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX search_titles ON resources_searchpage USING gin (to_tsvector('rayhub', folded)) WITH (fastupdate = off)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_titles")


class Migration(migrations.Migration):
    dependencies = [("resources", "0014_search_traits")]

    operations = [migrations.RunPython(make, drop)]

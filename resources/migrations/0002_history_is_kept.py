from django.db import migrations

from resources.history import immutability


def install(apps, schema_editor):
    immutability.install(schema_editor)


def uninstall(apps, schema_editor):
    immutability.uninstall(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_the_spine")]

    operations = [migrations.RunPython(install, uninstall)]

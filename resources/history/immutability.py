"""Triggers that keep history as it was: revisions and events are written once, on every database."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("resources_revision", "resources_event")
MESSAGE = "History is never changed: write a new revision instead."

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION rayhub_keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Adds the triggers; those that stand already stay."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION rayhub_keep_history()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
                )


def uninstall(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Takes the triggers away, for a migration back."""
    for table in TABLES:
        for verb in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")

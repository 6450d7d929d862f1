"""From which state a proposal may go to which: known to the code, and held by triggers in the database."""

from collections.abc import Mapping

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LEGAL: Mapping[str, frozenset[str]] = {
    "open": frozenset({"changes_requested", "accepted", "rejected", "withdrawn"}),
    "changes_requested": frozenset({"open", "rejected", "withdrawn"}),
    "accepted": frozenset({"open"}),
    "rejected": frozenset({"open"}),
    "withdrawn": frozenset({"open"}),
}
"""A decision that is undone, and a proposal that is reopened, go through open."""

MESSAGE = "A proposal cannot go from this state to that one."
TRIGGER = "resources_proposal_moves"

_PAIRS = ", ".join(f"'{old}>{new}'" for old, news in sorted(LEGAL.items()) for new in sorted(news))
_ILLEGAL = f"OLD.state <> NEW.state AND (OLD.state || '>' || NEW.state) NOT IN ({_PAIRS})"


def may_move(old: str, new: str) -> bool:
    """Whether a proposal may go from one state to the other."""
    return new in LEGAL[old]


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Adds the trigger, or brings it up to date."""
    uninstall(schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION rayhub_proposal_moves() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE OF state ON resources_proposal FOR EACH ROW "
            f"WHEN ({_ILLEGAL}) EXECUTE FUNCTION rayhub_proposal_moves()"
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER {TRIGGER} BEFORE UPDATE OF state ON resources_proposal FOR EACH ROW "
            f"WHEN {_ILLEGAL} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def uninstall(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Takes the trigger away, for a migration back."""
    on = " ON resources_proposal" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {TRIGGER}{on}")

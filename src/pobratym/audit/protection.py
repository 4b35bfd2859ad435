"""The database itself refuses to change or delete rows of the trail, whatever program asks.

Who owns the database can still take the triggers off: `audit.checking` says when they are missing, and a seal kept
elsewhere names what was changed meanwhile. On SQLite a later migration that alters one of these tables builds it anew
and loses its triggers: it must call `protect` again (a test finds the omission).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

TABLES = ("audit_entry", "audit_seal", "audit_sealedhead")

# What identifies a row, for SQLite: INSERT OR REPLACE deletes without asking the triggers for deletion.
KEYS = {
    "audit_entry": "id = NEW.id OR (subject = NEW.subject AND position = NEW.position)",
    "audit_seal": "id = NEW.id OR number = NEW.number",
    "audit_sealedhead": "id = NEW.id OR (subject = NEW.subject AND (position = NEW.position OR number = NEW.number))",
}
WORDS = "the trail is only appended to"

POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def protect(connection: Any, tables: Iterable[str] = TABLES) -> None:
    """Put the triggers on the tables, whichever of them are there already."""
    tables = tuple(tables)
    unprotect(connection, tables)
    for statement in statements(connection.vendor, tables):
        _run(connection, statement)


def unprotect(connection: Any, tables: Iterable[str] = TABLES) -> None:
    """Take the triggers off the tables."""
    on = {"postgresql": " ON {table}", "sqlite": ""}[connection.vendor]
    for table in tables:
        for name in names(connection.vendor, table):
            _run(connection, f"DROP TRIGGER IF EXISTS {name}{on.format(table=table)}")


def missing(connection: Any) -> list[str]:
    """Names of triggers that should be there and are not, or are switched off."""
    present = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(present)
        found = {name for (name,) in cursor.fetchall()}
    return [name for table in TABLES for name in names(connection.vendor, table) if name not in found]


@contextmanager
def lifted() -> Iterator[None]:
    """Within this block rows can be deleted; others never see the tables without their triggers."""
    connection = transaction.get_connection()
    with transaction.atomic():
        unprotect(connection)
        yield
        protect(connection)


def names(vendor: str, table: str) -> list[str]:
    """The triggers of a table."""
    events = {"postgresql": ("rows", "truncate"), "sqlite": ("update", "delete", "replace")}[vendor]
    return [f"{table}_no_{event}" for event in events]


def statements(vendor: str, tables: Iterable[str]) -> Iterator[str]:
    """What makes the triggers in this kind of database."""
    if vendor == "postgresql":
        yield POSTGRESQL_FUNCTION
        for table in tables:
            rows, truncate = names(vendor, table)
            yield (
                f"CREATE TRIGGER {rows} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
            )
            yield (
                f"CREATE TRIGGER {truncate} BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
            )
        return
    for table in tables:
        update, delete, replace = names(vendor, table)
        refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        yield f"CREATE TRIGGER {update} BEFORE UPDATE ON {table} {refuse}"
        yield f"CREATE TRIGGER {delete} BEFORE DELETE ON {table} {refuse}"
        exists = f"EXISTS (SELECT 1 FROM {table} WHERE {KEYS[table]})"  # noqa: S608  # our own names
        yield f"CREATE TRIGGER {replace} BEFORE INSERT ON {table} WHEN {exists} {refuse}"


def _run(connection: Any, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)

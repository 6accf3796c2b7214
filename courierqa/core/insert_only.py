"""Tables that can only grow: the database itself refuses UPDATE, DELETE and TRUNCATE.

Use it in a migration: `operations = [insert_only("core_statuschange")]`. The whole database can
still be emptied by `manage.py flush`, which lifts and restores the triggers (see that command).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations

from courierqa.core.rows_of_migrations import RunRows

SUFFIX = "_insert_only"

_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION core_insert_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'table % is insert-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def _postgres_sql(table: str) -> list[str]:
    call = "EXECUTE FUNCTION core_insert_only()"
    return [
        _POSTGRES_FUNCTION,
        f"CREATE TRIGGER {table}{SUFFIX} BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER {table}_truncate{SUFFIX} BEFORE TRUNCATE ON {table} {call}",
    ]


def _sqlite_sql(table: str) -> list[str]:
    stop = f"BEGIN SELECT RAISE(ABORT, 'table {table} is insert-only'); END"
    # INSERT OR REPLACE deletes without firing a delete trigger, hence the third one.
    known = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    return [
        f"CREATE TRIGGER {table}_update{SUFFIX} BEFORE UPDATE ON {table} {stop}",
        f"CREATE TRIGGER {table}_delete{SUFFIX} BEFORE DELETE ON {table} {stop}",
        f"CREATE TRIGGER {table}_replace{SUFFIX} BEFORE INSERT ON {table} {known} {stop}",
    ]


def _drop_sql(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        names = [f"{table}{kind}{SUFFIX}" for kind in ("_update", "_delete", "_replace")]
        return [f"DROP TRIGGER IF EXISTS {name}" for name in names]
    names = [f"{table}{kind}{SUFFIX}" for kind in ("", "_truncate")]
    return [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in names]


def guard(schema_editor: Any, table: str) -> None:
    """Put the triggers on one table."""
    vendor = schema_editor.connection.vendor
    for sql in _sqlite_sql(table) if vendor == "sqlite" else _postgres_sql(table):
        schema_editor.execute(sql, params=None)


def unguard(schema_editor: Any, table: str) -> None:
    """Take the triggers off again; only a reversed migration does this."""
    for sql in _drop_sql(schema_editor.connection.vendor, table):
        schema_editor.execute(sql, params=None)


def insert_only(table: str) -> migrations.RunPython:
    """Return the migration operation that makes `table` insert-only."""
    return RunRows(
        lambda apps, editor: guard(editor, table), lambda apps, editor: unguard(editor, table)
    )


def guarded_tables(connection: Any) -> set[str]:
    """Return the tables that carry the triggers now."""
    if connection.vendor == "sqlite":
        sql = "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    else:
        sql = (
            "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname LIKE %s AND t.tgenabled <> 'D'"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [f"%{SUFFIX}"])
        return {row[0] for row in cursor.fetchall()}


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Take all triggers off, and put them back afterwards. Only `flush` uses it."""
    tables = sorted(guarded_tables(connection))
    _each(connection, tables, "DISABLE")
    try:
        yield
    finally:
        _each(connection, tables, "ENABLE")


def _each(connection: Any, tables: list[str], word: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Deferred foreign keys still to be checked would forbid altering the table.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            for sql in _switch_sql(connection.vendor, table, word):
                cursor.execute(sql)


def _switch_sql(vendor: str, table: str, word: str) -> list[str]:
    if vendor == "sqlite":
        return _drop_sql(vendor, table) if word == "DISABLE" else _sqlite_sql(table)
    return [f"ALTER TABLE {table} {word} TRIGGER USER"]

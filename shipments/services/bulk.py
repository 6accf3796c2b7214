"""Writing many rows: one prepared statement, without the ORM's price per cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

# Rows of one statement where the driver takes many.
PAGE = 500
# SQLite takes 32,766 values in one statement.
KEYS_AT_ONCE = 1000


def _columns(model: type[models.Model]) -> list[Any]:
    return [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _values(fields: Sequence[Any], row: models.Model) -> list[Any]:
    return [f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields]


def insert_rows(
    model: type[models.Model], rows: Sequence[models.Model], *, replace: Sequence[str] = ()
) -> None:
    """INSERT rows; one whose key exists is left alone, or replaced in the columns `replace`.

    For tables without encrypted fields. Ids are not read back.
    """
    if not rows:
        return
    fields, quoted = _columns(model), connection.ops.quote_name
    names = ", ".join(quoted(f.column) for f in fields)
    key = quoted(_key(model))
    sets = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in replace)
    conflict = f"({key}) DO UPDATE SET {sets}" if replace else "DO NOTHING"
    head = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES"
    values = [_values(fields, row) for row in rows]
    _run(f"{head} {{}} ON CONFLICT {conflict}", values, len(fields))


def _run(sql: str, values: list[list[Any]], width: int) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_values  # noqa: PLC0415 -- only where it is used

            # The driver's own errors become Django's, so that a lost race is tried again.
            with connection.wrap_database_errors:
                execute_values(cursor.cursor, sql.format("%s"), values, page_size=1000)
        else:
            marks = ", ".join(["%s"] * width)
            cursor.executemany(sql.format(f"({marks})"), values)


def update_rows(
    model: type[models.Model], rows: Sequence[models.Model], names: Sequence[str]
) -> None:
    """UPDATE rows by key, in key order, instead of a CASE per row and column."""
    if not rows:
        return
    fields: list[Any] = [model._meta.get_field(name.removesuffix("_id")) for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    key = quoted(_key(model))
    sql = f"UPDATE {quoted(model._meta.db_table)} SET {columns} WHERE {key} = %s"
    ordered = sorted(rows, key=lambda row: row.pk)
    values = [[*_values(fields, row), row.pk] for row in ordered]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            from psycopg2.extras import execute_batch  # noqa: PLC0415 -- only where it is used

            with connection.wrap_database_errors:
                execute_batch(cursor.cursor, sql, values, page_size=200)
        else:
            cursor.executemany(sql, values)


def rows_of_keys(
    model: type[models.Model], columns: Sequence[str], key: Sequence[str], values: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """SELECT rows by many keys of several columns, each found through the index of that key.

    An `IN` over one of the columns would read the whole table where that column does not lead.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in key]
    quoted = connection.ops.quote_name
    names = ", ".join(f"t.{quoted(name)}" for name in columns)
    table = quoted(model._meta.db_table)
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(values), KEYS_AT_ONCE):
        chunk = values[start : start + KEYS_AT_ONCE]
        cells = [
            f.get_db_prep_value(cell, connection)
            for row in chunk
            for f, cell in zip(fields, row, strict=True)
        ]
        one = ", ".join(f"%s::{f.db_type(connection)}" for f in fields) if _is_postgres() else ""
        marks = ", ".join([f"({one or ', '.join(['%s'] * len(fields))})"] * len(chunk))
        pair = ", ".join(f"t.{quoted(name)}" for name in key)
        sql = f"SELECT {names} FROM {table} t WHERE ({pair}) IN (VALUES {marks})"
        with connection.cursor() as cursor:
            cursor.execute(sql, cells)
            found += cursor.fetchall()
    return found


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"

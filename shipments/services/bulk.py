"""Writing many rows in one statement, without the ORM's price per cell.

PostgreSQL is given the rows as one JSON value and unfolds them itself; SQLite runs one prepared
statement per row, in the driver. Ids are not read back.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC
from operator import attrgetter
from typing import Any

import msgspec
from django.db import IntegrityError, connection, models

# Rows of one statement: enough to share its price, few enough to keep its text small.
PAGE = 500
AT_ONCE = 5000
# SQLite takes 32,766 values in one statement.
KEYS_AT_ONCE = 1000
Cell = Callable[[Any], Any]
# Fields whose values both databases take as they are, or as `_sqlite_cell` says.
PLAIN = frozenset(
    {
        models.CharField, models.TextField, models.BooleanField, models.FloatField,
        models.BigIntegerField, models.IntegerField, models.SmallIntegerField,
        models.PositiveIntegerField, models.PositiveSmallIntegerField, models.DateTimeField,
        models.DateField, models.UUIDField, models.JSONField, models.ForeignKey,
        models.OneToOneField, models.BigAutoField,
    }
)  # fmt: skip
# What JSON does not know, a text in another language for one, is told by its words.
_encode = msgspec.json.Encoder(enc_hook=str).encode


def columns_of(model: type[models.Model]) -> list[Any]:
    """Return the fields a new row is written with, in the order of the model."""
    return [f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField)]


def _key(model: type[models.Model]) -> Any:
    return model._meta.pk


def insert_rows(
    model: type[models.Model], rows: Sequence[models.Model], *, replace: Sequence[str] = ()
) -> int:
    """INSERT rows; one whose key exists is left alone, or replaced in the columns `replace`.

    For tables without encrypted fields. Returns how many were written.
    """
    cells = attrgetter(*(f.attname for f in columns_of(model)))
    return insert_values(model, [cells(row) for row in rows], replace=replace)


def insert_values(
    model: type[models.Model], rows: Sequence[Sequence[Any]], *, replace: Sequence[str] = ()
) -> int:
    """INSERT rows given as values in the order of `columns_of`."""
    fields, quoted = columns_of(model), connection.ops.quote_name
    key = quoted(_key(model).column)
    sets = ", ".join(f"{quoted(name)} = excluded.{quoted(name)}" for name in replace)
    conflict = f"({key}) DO UPDATE SET {sets}" if replace else "DO NOTHING"
    names = ", ".join(quoted(f.column) for f in fields)
    sql = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) {{}} ON CONFLICT {conflict}"
    if _is_postgres():
        # "WHERE true": an INSERT from a SELECT would else read ON as the condition of a join.
        return _unfolded(sql.format(f"SELECT {names} FROM {{}} WHERE true"), fields, rows)
    return _one_by_one(sql.format(f"VALUES ({', '.join(['%s'] * len(fields))})"), fields, rows)


def create_rows(model: type[models.Model], rows: Sequence[models.Model], *, key: str) -> None:
    """INSERT new rows, encrypted ones too; each learns its id by the unique column `key`."""
    fields = columns_of(model)
    values = [[f.pre_save(row, True) for f in fields] for row in rows]  # noqa: FBT003 -- Django's
    if insert_values(model, values) != len(rows):
        raise IntegrityError(f"One of these exists in {model._meta.db_table} already.")
    keys = [getattr(row, key) for row in rows]
    ids = dict(model._base_manager.filter(**{f"{key}__among": keys}).values_list(key, "pk"))
    for row, name in zip(rows, keys, strict=True):
        row.pk, row._state.adding = ids[name], False


def update_rows(
    model: type[models.Model], rows: Sequence[models.Model], names: Sequence[str]
) -> None:
    """UPDATE rows by key, which the caller holds locked, instead of a CASE per row and column."""
    fields: list[Any] = [model._meta.get_field(name.removesuffix("_id")) for name in names]
    key, quoted = _key(model), connection.ops.quote_name
    cells = attrgetter(*(f.attname for f in fields), key.attname)
    values = [cells(row) for row in sorted(rows, key=lambda row: row.pk)]
    table, column = quoted(model._meta.db_table), quoted(key.column)
    told = "x.{0}" if _is_postgres() else "%s"
    sets = ", ".join(f"{quoted(f.column)} = {told.format(quoted(f.column))}" for f in fields)
    if _is_postgres():
        sql = f"UPDATE {table} SET {sets} FROM {{}} WHERE {table}.{column} = x.{column}"
        _unfolded(sql, [*fields, key], values)
    else:
        _one_by_one(f"UPDATE {table} SET {sets} WHERE {column} = %s", [*fields, key], values)


def _unfolded(sql: str, fields: Sequence[Any], rows: Sequence[Sequence[Any]]) -> int:
    """Run a statement whose `{}` stands for the rows as a table `x`."""
    quoted, names = connection.ops.quote_name, [f.column for f in fields]
    # Without its length, a type refuses what is too long instead of cutting it short.
    kinds = [str(f.rel_db_type(connection)).partition("(")[0] for f in fields]
    shape = ", ".join(f"{quoted(name)} {kind}" for name, kind in zip(names, kinds, strict=True))
    sql = sql.format(f"json_to_recordset(%s) AS x({shape})")
    odd = [(place, f) for place, f in enumerate(fields) if type(f) not in PLAIN]
    done = 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            chunk = [_prepared(row, odd) for row in rows[start : start + AT_ONCE]]
            said = _encode([dict(zip(names, row, strict=True)) for row in chunk])
            cursor.execute(sql, [said.decode()])
            done += cursor.rowcount
    return done


def _prepared(row: Sequence[Any], odd: Sequence[tuple[int, Any]]) -> Sequence[Any]:
    if not odd:
        return row
    cells = list(row)
    for place, field in odd:
        cells[place] = field.get_db_prep_save(cells[place], connection)
    return cells


def _one_by_one(sql: str, fields: Sequence[Any], rows: Sequence[Sequence[Any]]) -> int:
    if not rows:
        return 0
    makers = [(place, _sqlite_cell(f)) for place, f in enumerate(fields)]
    odd = [(place, make) for place, make in makers if make is not None]
    values = []
    for row in rows:
        cells = list(row)
        for place, make in odd:
            if cells[place] is not None:
                cells[place] = make(cells[place])
        values.append(cells)
    with connection.cursor() as cursor:
        cursor.executemany(sql, values)
        return int(cursor.rowcount)


def _sqlite_cell(field: Any) -> Cell | None:
    """Return how a value is written; None where the driver takes it as it is."""
    if type(field) not in PLAIN:
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, models.UUIDField):
        return lambda value: value.hex
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, cls=field.encoder)
    # Words in another language are made here; enums are texts already.
    return str if isinstance(field, (models.CharField, models.TextField)) else None


def rows_of_keys(
    model: type[models.Model], columns: Sequence[str], key: Sequence[str], values: Sequence[Any]
) -> list[tuple[Any, ...]]:
    """SELECT rows by many keys of several columns, each found through the index of that key.

    An `IN` over one of the columns would read the whole table where that column does not lead.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in key]
    quoted = connection.ops.quote_name
    names = ", ".join(f"t.{quoted(name)}" for name in columns)
    table, pair = quoted(model._meta.db_table), ", ".join(f"t.{quoted(name)}" for name in key)
    sql = f"SELECT {names} FROM {table} t WHERE ({pair}) IN "
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(values), KEYS_AT_ONCE):
        chunk = values[start : start + KEYS_AT_ONCE]
        wanted, cells = _wanted(fields, chunk)
        with connection.cursor() as cursor:
            cursor.execute(sql + wanted, cells)
            found += cursor.fetchall()
    return found


def rows_of_spans(
    model: type[models.Model], columns: Sequence[str], spans: Sequence[tuple[int, int]]
) -> list[tuple[Any, ...]]:
    """SELECT rows whose key lies in one of these half-open spans, each found through the key."""
    quoted, fields = connection.ops.quote_name, [model._meta.get_field(name) for name in columns]
    names = ", ".join(f"t.{quoted(name)}" for name in columns)
    key = f"t.{quoted(_key(model).column)}"
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(spans), KEYS_AT_ONCE):
        chunk = spans[start : start + KEYS_AT_ONCE]
        told, cells = _spans(chunk)
        # A cross join keeps the order in which SQLite looks: the spans first.
        sql = (
            f"SELECT {names} FROM {told} CROSS JOIN {quoted(model._meta.db_table)} t "
            f"WHERE {key} >= k.a AND {key} < k.b"
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, cells)
            found += cursor.fetchall()
    return found if _is_postgres() else _converted(found, fields)


def _spans(chunk: Sequence[tuple[int, int]]) -> tuple[str, list[Any]]:
    if _is_postgres():
        first, last = (list(ends) for ends in zip(*chunk, strict=True))
        return "unnest(%s::bigint[], %s::bigint[]) AS k(a, b)", [first, last]
    marks = ", ".join(["(%s, %s)"] * len(chunk))
    told = f"(SELECT column1 AS a, column2 AS b FROM (VALUES {marks})) AS k"
    return told, [end for span in chunk for end in span]


def _converted(rows: list[tuple[Any, ...]], fields: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return moments in UTC: SQLite keeps them without a zone."""
    moments = {place for place, f in enumerate(fields) if isinstance(f, models.DateTimeField)}
    return [
        tuple(
            cell.replace(tzinfo=UTC) if place in moments and cell is not None else cell
            for place, cell in enumerate(row)
        )
        for row in rows
    ]


def _wanted(fields: Sequence[Any], keys: Sequence[Any]) -> tuple[str, list[Any]]:
    """Return the keys as a table: arrays side by side, or a list of values."""
    if _is_postgres():
        kinds = [str(f.rel_db_type(connection)).partition("(")[0] for f in fields]
        marks = ", ".join(f"%s::{kind}[]" for kind in kinds)
        return f"(SELECT * FROM unnest({marks}))", [
            list(cells) for cells in zip(*keys, strict=True)
        ]
    marks = ", ".join([f"({', '.join(['%s'] * len(fields))})"] * len(keys))
    cells = [
        f.get_db_prep_value(cell, connection)
        for row in keys
        for f, cell in zip(fields, row, strict=True)
    ]
    return f"(VALUES {marks})", cells


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"

"""Many rows in one statement on either database: copies of one row whose columns follow from n."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection

# How each database counts up, and writes numbers and times that follow from the count.
DIALECTS = {
    "postgresql": {
        "head": "", "series": "generate_series({first}, {last}) AS s(n)",
        "text": "lpad(n::text, 11, '0')", "uid": "gen_random_uuid()",
        "after": "({start} + ({seconds}) * interval '1 second')",
        "day": "({moment} + interval '8 hours')::date", "moment": "timestamptz '{moment}+00'",
    },
    "sqlite": {
        "head": "WITH RECURSIVE s(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM s"
        " WHERE n < {last}) ",
        "series": "s", "text": "substr('00000000000' || n, -11)",
        "uid": "lower(hex(randomblob(16)))",
        "after": "datetime({start}, ({seconds}) || ' seconds')",
        "day": "date({moment}, '+8 hours')", "moment": "'{moment}'",
    },
}  # fmt: skip


def word(name: str, **parts: Any) -> str:
    """Return the database's own way to write something, such as a number of eleven digits."""
    return DIALECTS[connection.vendor][name].format(**parts)


def after(start: str | datetime, seconds: str) -> str:
    """Return the moment so many seconds after a moment (UTC) or an expression of one."""
    if isinstance(start, datetime):
        start = word("moment", moment=f"{start:%Y-%m-%d %H:%M:%S}")
    return word("after", start=start, seconds=seconds)


def copies(model: Any, pk: int, first: int, count: int, where: str = "1 = 1", **said: str) -> None:
    """Copy one row for each n (`where` chooses some); `said` are the columns that follow from n."""
    span = {"first": first, "last": first + count - 1}
    names = [field.column for field in model._meta.concrete_fields]
    names = [name for name in names if name != "id" or name in said]
    cells = ", ".join(said.get(name, f't."{name}"') for name in names)
    columns, table = ", ".join(f'"{name}"' for name in names), model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"{word('head', **span)}INSERT INTO {table} ({columns}) SELECT {cells}"
            f" FROM {table} t CROSS JOIN {word('series', **span)}"
            f" WHERE t.{model._meta.pk.column} = %s AND {where}",
            [pk],
        )


def analyse() -> None:
    """Let the planner know the rows, as it does by itself in use."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

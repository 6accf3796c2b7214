"""Which days changed: announced by whoever writes facts, drained by whoever computes figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from courierqa.core.models import ChangedDay

CHUNK = 200

_UPSERT = """
INSERT INTO core_changedday (source, day, site_id, version, changed_at) VALUES {rows}
ON CONFLICT (source, day, site_id) DO UPDATE
SET version = core_changedday.version + 1, changed_at = excluded.changed_at
"""


def mark(source: str, pairs: Iterable[tuple[date, int]], *, at: datetime) -> int:
    """Say that the facts of these (day, site id) changed, in the writer's own transaction.

    Sorted, so that two writers touching the same days never wait for each other in a circle.
    """
    wanted = sorted(set(pairs))
    for start in range(0, len(wanted), CHUNK):
        _upsert(source, wanted[start : start + CHUNK], at)
    return len(wanted)


def _upsert(source: str, pairs: Sequence[tuple[date, int]], at: datetime) -> None:
    values: list[Any] = []
    day_text = ChangedDay._meta.get_field("day").get_db_prep_value
    moment = ChangedDay._meta.get_field("changed_at").get_db_prep_value
    for day, site_id in pairs:
        values += [source, day_text(day, connection), site_id, moment(at, connection)]
    rows = ", ".join(["(%s, %s, %s, 1, %s)"] * len(pairs))
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT.format(rows=rows), values)


def drain(sources: Iterable[str], *, limit: int | None = None) -> list[ChangedDay]:
    """Return what changed, oldest first; nothing is removed until `clear`."""
    rows = ChangedDay.objects.filter(source__in=list(sources)).order_by("changed_at", "id")
    return list(rows[:limit] if limit else rows)


def clear(rows: Iterable[ChangedDay]) -> int:
    """Remove what was recomputed, except rows that changed again since they were drained."""
    seen = [Q(pk=row.pk, version=row.version) for row in rows]
    gone = 0
    for start in range(0, len(seen), CHUNK):
        query = Q()
        for one in seen[start : start + CHUNK]:
            query |= one
        gone += ChangedDay.objects.filter(query).delete()[0]
    return gone

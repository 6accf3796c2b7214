"""Counted deeds: one narrow row per thing a figure counts, kept equal to the record it is about.

For records of modest volume (exceptions, claims, surveys, grades). Whoever writes the record calls
`keep` in the same transaction; days that moved are announced as changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models import UniqueConstraint

from courierqa.core import changed
from courierqa.core.calendars import business_day

CHUNK = 400


class CountedRow(models.Model):
    """One record as one figure sees it, judged at `moment` on the business day `day`.

    `is_hit` holds once the moment has passed; `is_out` left the share by rule. `amount` is what a
    summed figure adds up: fen, hundredths of a point.
    """

    # The code of the figure, and the key of the record behind it.
    kind = models.CharField(max_length=8)
    record_id = models.BigIntegerField()
    # What people call the record: its number, or its waybill.
    label = models.CharField(max_length=60, blank=True)
    site_id = models.BigIntegerField(null=True)
    product_id = models.BigIntegerField(null=True)
    courier_id = models.BigIntegerField(null=True)
    day = models.DateField()
    moment = models.DateTimeField()
    is_hit = models.BooleanField(default=False)
    is_out = models.BooleanField(default=False)
    amount = models.BigIntegerField(default=0)

    class Meta:
        abstract = True
        constraints = [
            UniqueConstraint(fields=["kind", "record_id"], name="%(app_label)s_%(class)s_once")
        ]
        indexes = [models.Index(fields=["day", "site_id"]), models.Index(fields=["record_id"])]


COLUMNS = (
    "label", "site_id", "product_id", "courier_id", "day", "moment", "is_hit", "is_out", "amount",
)  # fmt: skip
_cells = attrgetter(*COLUMNS)


def row(
    model: type[CountedRow], kind: str, record_id: int, moment: datetime, **more: Any
) -> CountedRow:
    """Return an unsaved row, its day worked out from its moment."""
    return model(kind=kind, record_id=record_id, moment=moment, day=business_day(moment), **more)


def keep(
    model: type[CountedRow],
    rows: Iterable[CountedRow],
    *,
    kinds: Collection[str],
    records: Iterable[int],
    source: str,
    at: datetime,
) -> int:
    """Make the rows of these kinds and records equal to `rows`; return how many moved."""
    fresh = {(one.kind, one.record_id): one for one in rows}
    moved: list[CountedRow] = []
    for ids in _chunks(sorted(set(records))):
        wanted = {key: one for key, one in fresh.items() if key[1] in set(ids)}
        moved += _replace(model, wanted, kinds, ids)
    pairs: set[tuple[date, int]] = {(one.day, one.site_id or 0) for one in moved}
    changed.mark(source, pairs, at=at)
    return len(moved)


def _replace(
    model: type[CountedRow],
    wanted: dict[tuple[str, int], CountedRow],
    kinds: Collection[str],
    ids: Sequence[int],
) -> list[CountedRow]:
    """Write what differs, remove what is gone; return the rows of before and after."""
    known: Any = model._default_manager.filter(kind__in=kinds, record_id__in=ids)
    held = {(one.kind, one.record_id): one for one in known}
    gone = [one for key, one in held.items() if key not in wanted]
    altered = [
        one for key, one in wanted.items()
        if key not in held or _cells(one) != _cells(held[key])
    ]  # fmt: skip
    if gone:
        model._default_manager.filter(pk__in=[one.pk for one in gone]).delete()
    model._default_manager.bulk_create(
        altered,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["kind", "record_id"],
        update_fields=list(COLUMNS),
    )
    before = [held[key] for one in altered if (key := (one.kind, one.record_id)) in held]
    return [*gone, *altered, *before]


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))

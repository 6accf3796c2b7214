"""Runs of evenings: on which evenings something was needed at a place, and whether it was valid.

What is needed and what is valid change by whole days, and the future of both is known: a term
that ends next year is a span that ends then. So nothing has to be counted night by night. Each app
keeps the spans of its own records (F03, F04, H04).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import models

from courierqa.core import changed
from courierqa.core.calendars import business_day, day_start

SOURCE = "spans"
CHUNK = 400
ONE = timedelta(days=1)
# Where something was needed (None: the company), and whether it was valid.
Evening = tuple[int | None, bool]


class EveningSpan(models.Model):
    """A run of evenings on which one thing was needed at one site: valid on all of them or on none.

    `day` is the first evening, `moment` its midnight; without a last one it goes on.
    """

    # The code of the figure, and the key of the record behind it.
    kind = models.CharField(max_length=8)
    record_id = models.BigIntegerField()
    # What people call the record.
    label = models.CharField(max_length=60)
    # None: the company's own.
    site_id = models.BigIntegerField(null=True)
    product_id = models.BigIntegerField(null=True)
    courier_id = models.BigIntegerField(null=True)
    day = models.DateField()
    last_day = models.DateField(null=True)
    moment = models.DateTimeField()
    is_hit = models.BooleanField()
    # Nothing is left out of these figures by rule; lists of records ask.
    is_out = False

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Thing:
    """What is counted: the figure, the key of the record, what people call it, and whose it is."""

    kind: str
    record_id: int
    label: str
    person_id: int | None = None


def cut(
    model: type[EveningSpan],
    thing: Thing,
    days: Iterable[date],
    on: Callable[[date], Evening | None],
) -> list[EveningSpan]:
    """Return the spans between the days on which anything may change; what is alike is joined.

    `on` says what an evening was like, None where nothing was needed. The last day stays open.
    """
    found: list[EveningSpan] = []
    for day, following in pairwise([*sorted(set(days)), None]):
        assert day is not None, "only the last one is open"
        evening = on(day)
        if evening is None:
            continue
        last, one = following - ONE if following else None, found[-1] if found else None
        if one and one.last_day == day - ONE and _is(one) == evening:
            one.last_day = last
            continue
        site_id, is_valid = evening
        found.append(
            model(
                kind=thing.kind, record_id=thing.record_id, label=thing.label[:60],
                courier_id=thing.person_id, site_id=site_id, day=day, last_day=last,
                moment=day_start(day), is_hit=is_valid,
            )
        )  # fmt: skip
    return found


def keep(
    model: type[EveningSpan],
    kind: str,
    after: Mapping[int, Sequence[EveningSpan]],
    *,
    at: datetime,
) -> int:
    """Make the spans of these records equal to `after`, and announce the evenings that changed.

    Returns how many records moved.
    """
    today, moved, number = business_day(at), set(), 0
    for before, altered in _differing(model, kind, after):
        model._default_manager.filter(kind=kind, record_id__in=altered).delete()
        rows = [one for pk in altered for one in after[pk]]
        model._default_manager.bulk_create(rows, batch_size=CHUNK)
        for pk in altered:
            moved |= {*_evenings(before[pk], today)} ^ {*_evenings(after[pk], today)}
        number += len(altered)
    changed.mark(SOURCE, {(day, site or 0) for day, site, _valid in moved}, at=at)
    return number


def differing(
    model: type[EveningSpan], kind: str, after: Mapping[int, Sequence[EveningSpan]]
) -> list[int]:
    """Return the records whose spans are not these."""
    return [pk for _before, altered in _differing(model, kind, after) for pk in altered]


def _differing(
    model: type[EveningSpan], kind: str, after: Mapping[int, Sequence[EveningSpan]]
) -> Iterator[tuple[dict[int, list[EveningSpan]], list[int]]]:
    """Yield for some records at a time what is kept of them, and which of them differ."""
    records = sorted(after)
    for start in range(0, len(records), CHUNK):
        ids = records[start : start + CHUNK]
        before = _held(model, kind, ids)
        yield before, [pk for pk in ids if _told(before[pk]) != _told(after[pk])]


def _held(model: type[EveningSpan], kind: str, ids: Sequence[int]) -> dict[int, list[EveningSpan]]:
    rows: Any = model._default_manager.filter(kind=kind, record_id__in=ids)
    held: dict[int, list[EveningSpan]] = defaultdict(list)
    for one in rows:
        held[one.record_id].append(one)
    return held


def _is(one: EveningSpan) -> Evening:
    return one.site_id, one.is_hit


def _told(rows: Iterable[EveningSpan]) -> set[tuple[object, ...]]:
    return {(one.day, one.last_day, one.label, one.courier_id, *_is(one)) for one in rows}


def _evenings(rows: Iterable[EveningSpan], today: date) -> Iterator[tuple[date, int | None, bool]]:
    """Yield each evening up to today with its site and whether it was valid."""
    for one in rows:
        for n in range((min(one.last_day or today, today) - one.day).days + 1):
            yield one.day + n * ONE, *_is(one)

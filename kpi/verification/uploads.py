"""Uploads of scans judged a second time, scan by scan from the raw rows (S06)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

from courierqa.core import calendars
from courierqa.core.timeframes import Period
from shipments.models import Parcel, ScanEvent

HALF_HOUR, FIVE_MINUTES = timedelta(minutes=30), timedelta(minutes=5)
CHUNK = 5_000
DAY, MONTH = timedelta(days=1), timedelta(days=31)
# A scan tells no upload when a file or the product itself made it.
SILENT = {"import", "system"}
NAMES = ("parcel_id", "site_id", "person_id", "source", "happened_at", "recorded_at")


class Uploads(NamedTuple):
    """The scans of one day, site, product and person."""

    day: date
    place: tuple[int, int]
    record: str
    hits: int
    total: int


def uploads(period: Period) -> Iterator[Uploads]:
    """Yield the groups of the period: how many were in time, of how many."""
    groups: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    near = {"happened_at__gte": period.start_at, "happened_at__lt": period.end_at + DAY}
    rows = ScanEvent.objects.filter(**near).values_list(*NAMES).iterator(chunk_size=CHUNK)
    while some := list(islice(rows, CHUNK)):
        parcels = _parcels({row[0] for row in some})
        for parcel, site, person, source, happened, stored in some:
            product, is_test = parcels.get(parcel, (None, False))
            day = _day(happened, stored)
            if source in SILENT or is_test or day is None or day not in period:
                continue
            group = groups[day, site, product, person]
            group[0] += stored - happened <= HALF_HOUR
            group[1] += 1
    for (day, *who), (hits, total) in groups.items():
        name = "/".join([str(day), *(str(one) if one else "-" for one in who)])
        yield Uploads(day, (who[0] or 0, who[1] or 0), name, hits, total)


def _day(happened: datetime, stored: datetime) -> date | None:
    """Return the day a scan counts on; a clock that was wrong counts on none."""
    if happened - stored > FIVE_MINUTES or stored - happened > MONTH:
        return None
    return calendars.business_day(min(happened, stored))


def _parcels(ids: set[int | None]) -> dict[int, tuple[int, bool]]:
    rows = Parcel.objects.filter(pk__among=sorted(pk for pk in ids if pk is not None))
    return {pk: (product, test) for pk, product, test in rows.values_list(
        "pk", "product_id", "is_test"
    )}  # fmt: skip

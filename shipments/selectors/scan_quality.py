"""How far scans can be trusted: late, without position, tapped in batches, missing (§4.5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from courierqa.core.access import Access
from shipments import enums
from shipments.models import Finding, ScanEvent
from staff.models import Employee, Site

# Deeds at a door: where a position should be, and no two happen within a minute.
AT_THE_DOOR = ("PUP", "DLV", "ATT", "RFS", "RDY")
IN_TIME = timedelta(minutes=30)
SKEW = timedelta(minutes=2)
DAY = timedelta(hours=24)
TAPPED = timedelta(seconds=60)
TOLD_LATER = (enums.Source.IMPORT, enums.Source.SYSTEM)


@dataclass
class ScanQuality:
    """The counts of one site or courier; every share is a count over `n` or `doors`."""

    place: Site | None
    person: Employee | None
    n: int = 0
    late: int = 0
    over_day: int = 0
    ahead: int = 0
    doors: int = 0
    no_position: int = 0
    tapped: int = 0
    missing: int = 0
    mock: int = 0


def scan_quality(
    access: Access, *, start: datetime, end: datetime, site: Site | None = None
) -> list[ScanQuality]:
    """Return the figures per site, or per courier of one site; the most scans first."""
    rows = _events(access, start, end)
    key = "site_id"
    if site is not None:
        rows, key = rows.filter(site_id=site.pk), "person_id"
    counted = {row[key]: row for row in _counts(rows, key)}
    taps = _taps(rows, key)
    missing = _missing(access, start, end, site) if site is None else Counter()
    return _made(counted, taps, missing, by_person=site is not None)


def _events(access: Access, start: datetime, end: datetime) -> QuerySet[ScanEvent]:
    seen = access.rows(site="site_id")
    rows = ScanEvent.objects.filter(seen, happened_at__gte=start, happened_at__lt=end)
    return rows.exclude(source__in=TOLD_LATER)


def _counts(rows: QuerySet[ScanEvent], key: str) -> Iterable[dict[str, Any]]:
    door = Q(code__in=AT_THE_DOOR)
    late, day = Q(recorded_at__gt=F("happened_at") + IN_TIME), F("happened_at") + DAY
    return (
        rows.order_by()
        .values(key)
        .annotate(
            n=Count("pk"),
            late=Count("pk", filter=late),
            over_day=Count("pk", filter=Q(recorded_at__gt=day)),
            ahead=Count("pk", filter=Q(happened_at__gt=F("recorded_at") + SKEW)),
            doors=Count("pk", filter=door),
            no_position=Count("pk", filter=door & Q(latitude=None)),
            mock=Count("pk", filter=Q(is_mock=True)),
        )
    )


def _taps(rows: QuerySet[ScanEvent], key: str) -> Counter[Any]:
    """Count door scans that follow another parcel's by the same person within a minute."""
    doors = rows.filter(code__in=AT_THE_DOOR).exclude(person_id=None)
    told = doors.order_by("person_id", "happened_at", "pk")
    found: Counter[Any] = Counter()
    last: dict[int, tuple[datetime, str]] = {}
    names = ("person_id", "happened_at", "waybill", key)
    for person, at, waybill, place in told.values_list(*names).iterator(5000):
        before = last.get(person)
        if before is not None and before[1] != waybill and at - before[0] < TAPPED:
            found[place] += 1
        last[person] = (at, waybill)
    return found


def _missing(access: Access, start: datetime, end: datetime, site: Site | None) -> Counter[Any]:
    rows = Finding.objects.filter(
        access.rows(site="site_id"), kind=enums.FindingKind.MISSING_SCAN,
        found_at__gte=start, found_at__lt=end,
    )  # fmt: skip
    counted = rows.order_by().values_list("site_id").annotate(n=Count("pk"))
    return Counter(dict(counted))


def _made(
    counted: dict[Any, dict[str, Any]], taps: Counter[Any], missing: Counter[Any], *,
    by_person: bool,
) -> list[ScanQuality]:  # fmt: skip
    keys = [pk for pk in counted if pk is not None]
    sites = {} if by_person else Site.objects.in_bulk(keys)
    people = Employee.objects.in_bulk(keys) if by_person else {}
    made = []
    for pk, row in counted.items():
        names = ScanQuality.__dataclass_fields__
        figures = {name: value for name, value in row.items() if name in names}
        made.append(
            ScanQuality(
                place=sites.get(pk), person=people.get(pk), tapped=taps[pk], missing=missing[pk],
                **figures,
            )
        )  # fmt: skip
    return sorted(made, key=lambda row: -row.n)

"""Wrong, missed and doubled delivery of a period, by site and by courier (DEL-21, DEL-15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count

from courierqa.core import calendars
from courierqa.core.access import Access
from shipments.enums import ExceptionKind as Kind
from shipments.models import Finding, ParcelException, ParcelFacts, ScanEvent
from staff.models import Employee, Site

MISSED = ("left-on-vehicle", "not-attempted")
COLUMNS = ("misdelivered", "missed", "duplicate", "no_consent", "disputes")


COUNTED: dict[str, str] = {
    Kind.MISDELIVERED: "misdelivered",
    Kind.MISSED: "missed",
    Kind.UNPAID: "disputes",
    Kind.DISPUTE: "disputes",
}


@dataclass
class QualityRow:
    """One site: deliveries and what went wrong with them; rates are per 10,000 deliveries."""

    site: Site
    delivered: int = 0
    counts: Counter[str] = field(default_factory=Counter)

    def per_10k(self, name: str) -> float | None:
        """Return the rate; a handful of deliveries gives none (B21)."""
        return self.counts[name] * 10_000 / self.delivered if self.delivered >= 30 else None

    @property
    def cells(self) -> list[tuple[str, int, float | None]]:
        return [(name, self.counts[name], self.per_10k(name)) for name in COLUMNS]


def delivery_quality(access: Access, first: date, last: date) -> list[QualityRow]:
    """Return one row per delivering site of the reader's scope."""
    start, end = calendars.day_start(first), calendars.day_start(last + timedelta(days=1))
    seen = access.rows(site="site_id", own="courier_id")
    done = ParcelFacts.objects.filter(seen, done_day__range=(first, last), is_test=False)
    totals = dict(done.order_by().values_list("site_id").annotate(n=Count("pk")))
    rows = {site.pk: QualityRow(site) for site in Site.objects.filter(pk__in=totals)}
    for site_id, count in totals.items():
        rows[site_id].delivered = count
    opened = ParcelException.objects.filter(
        opened_at__gte=start, opened_at__lt=end, kind__in=COUNTED
    )
    for site_id, kind in opened.values_list("site_id", "kind"):
        _add(rows, site_id, COUNTED[kind])
    left = ScanEvent.objects.filter(
        code="NAT", reason__in=MISSED, happened_at__gte=start, happened_at__lt=end
    )
    for found in left.values_list("site_id", flat=True):
        _add(rows, found, "missed")
    for code, found, _person in _noted(("second_delivery", "no_consent"), start, end):
        _add(rows, found, "duplicate" if code == "second_delivery" else code)
    return sorted(rows.values(), key=lambda row: row.site.code)


def _add(rows: dict[int, QualityRow], site_id: int | None, name: str) -> None:
    if site_id in rows:
        rows[site_id].counts[name] += 1  # type: ignore[index]


@dataclass
class CourierConduct:
    """One courier: how often a parcel was put down without consent, or tried without evidence."""

    courier: Employee
    no_consent: int = 0
    invalid: int = 0


def conduct_by_courier(access: Access, first: date, last: date) -> list[CourierConduct]:
    """Return who put parcels down at will, worst first; counts only, never a rank of blame."""
    start, end = calendars.day_start(first), calendars.day_start(last + timedelta(days=1))
    tally: dict[int, Counter[str]] = {}
    for code, site_id, person in _noted(("no_consent", "invalid_attempt"), start, end):
        if person and (access.is_all or site_id in access.sites):
            tally.setdefault(person, Counter())[code] += 1
    people = Employee.objects.filter(pk__in=tally).select_related("site")
    rows = [
        CourierConduct(one, tally[one.pk]["no_consent"], tally[one.pk]["invalid_attempt"])
        for one in people
    ]
    return sorted(rows, key=lambda row: (-row.no_consent, -row.invalid, row.courier.number))


def _noted(
    codes: tuple[str, ...], start: datetime, end: datetime
) -> Iterator[tuple[str, int | None, int | None]]:
    """Yield (finding, site, person) of handovers and tries of the period that were noted."""
    notes = Finding.objects.filter(code__in=codes, found_at__gte=start, closed_at=None)
    known = dict(notes.exclude(event_uid=None).values_list("event_uid", "code"))
    events = ScanEvent.objects.filter(
        parcel_id__in=notes.values("parcel_id"), code__in=("DLV", "RDY", "ATT", "RFS"),
        happened_at__gte=start, happened_at__lt=end,
    )  # fmt: skip
    for uid, site_id, person in events.values_list("uid", "site_id", "person_id"):
        if uid in known:
            yield known[uid], site_id, person

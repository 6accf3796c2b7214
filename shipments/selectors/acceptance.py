"""What was accepted, refused and reported, and the three systems by site and day (ACC-18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from courierqa.core import calendars
from courierqa.core.access import Access
from shipments import enums
from shipments.models import (
    Acceptance,
    DangerReport,
    Instrument,
    PackingMaterial,
    Parcel,
    Reason,
    Refusal,
)
from staff.models import Site

NEEDED = {
    "inspected": (Q(needs_inspection=True), Q(inspected_at__isnull=False)),
    "named": (Q(needs_identity=True), Q(identity_at__isnull=False)),
    "screened": (Q(), Q(screened_at__isnull=False)),
}
MISSING_ROWS = 100


def acceptance_of(parcel: Parcel) -> Acceptance | None:
    """Return the record of an accepted parcel."""
    return Acceptance.objects.filter(parcel=parcel).first()


def acceptance_context(parcel: Parcel) -> dict[str, Any]:
    """Return what a page shows of an acceptance: the record, the documents seen, the packing."""
    accepted = acceptance_of(parcel)
    if accepted is None:
        return {"accepted": None}
    looks = accepted.appearance
    return {
        "accepted": accepted,
        "identity_checks": parcel.identity_checks.select_related("checked_by"),
        "packing": PackingMaterial.objects.filter(code=accepted.packing).first(),
        "appearance": enums.Appearance(looks).label if looks else "",
    }


# -- refusals -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class RefusalFilter:
    """What the list of refusals is narrowed to. Days are business days, both inclusive."""

    reason: str
    site: str
    start: date
    end: date


def refusals_for(access: Access) -> QuerySet[Refusal]:
    """Return the refusals of the actor's scope."""
    rows = Refusal.objects.filter(access.rows(site="site_id", own="person_id"))
    return rows.select_related("reason", "site", "person", "parcel")


def refusals_page(
    access: Access, asked: Mapping[str, str], *, now: datetime
) -> tuple[QuerySet[Refusal], RefusalFilter]:
    """Return the refusals of a span (the last 30 days unless said otherwise) and the filter."""
    today = calendars.business_day(now)
    wish = RefusalFilter(
        asked.get("reason", "")[:30], asked.get("site", "")[:12],
        day_of(asked.get("from", ""), today - timedelta(days=29)),
        day_of(asked.get("to", ""), today),
    )  # fmt: skip
    rows = refusals_for(access).filter(
        at__gte=calendars.day_start(wish.start),
        at__lt=calendars.day_start(wish.end + timedelta(days=1)),
    )
    if wish.reason:
        rows = rows.filter(reason__code=wish.reason)
    if wish.site:
        rows = rows.filter(site__code=wish.site)
    return rows, wish


def day_of(text: str, default: date) -> date:
    """Read a day of an address; what is none counts as not asked."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return default
    return found if 2000 <= found.year <= 2100 else default


def refusals_by(rows: QuerySet[Refusal], name: str) -> list[tuple[Any, int]]:
    """Return how many refusals each reason or site has, the most first."""
    counted = rows.order_by().values_list(f"{name}_id").annotate(n=Count("pk")).order_by("-n")
    found = list(counted)
    model: Any = Reason if name == "reason" else Site
    names = model.objects.in_bulk([pk for pk, _n in found if pk])
    return [(names.get(pk), n) for pk, n in found]


# -- three systems --------------------------------------------------------------------------------
@dataclass
class SystemsRow:
    """One site and day: accepted, and per system how many needed it and had it."""

    key: Any
    accepted: int
    needed: dict[str, int] = field(default_factory=dict)
    done: dict[str, int] = field(default_factory=dict)

    def share(self, name: str) -> float | None:
        """Return the share that had it, or None where nothing needed it."""
        return self.done[name] / self.needed[name] if self.needed[name] else None

    @property
    def shares(self) -> list[tuple[str, float | None, int, int]]:
        """Return (system, share, done, needed) in the order of the columns."""
        return [(n, self.share(n), self.done[n], self.needed[n]) for n in NEEDED]


def acceptances_for(access: Access) -> QuerySet[Acceptance]:
    """Return the acceptances of the actor's scope; imported histories are not ours to judge."""
    rows = Acceptance.objects.filter(access.rows(site="site_id", own="person_id"))
    return rows.exclude(source=enums.Source.IMPORT)


def three_systems(rows: QuerySet[Acceptance], by: str) -> list[SystemsRow]:
    """Return the counts grouped by "day" or "site_id", in one query."""
    counts: dict[str, Any] = {"accepted": Count("pk")}
    for name, (needs, has) in NEEDED.items():
        counts[f"{name}_needed"] = Count("pk", filter=needs) if needs else Count("pk")
        counts[f"{name}_done"] = Count("pk", filter=needs & has)
    found = rows.order_by().values(by).annotate(**counts).order_by(by)
    return [
        SystemsRow(
            row[by], row["accepted"], {n: row[f"{n}_needed"] for n in NEEDED},
            {n: row[f"{n}_done"] for n in NEEDED},
        )
        for row in found
    ]  # fmt: skip


def systems_total(rows: Iterable[SystemsRow]) -> SystemsRow:
    """Return the sum of rows: days sum to the span, sites to the network."""
    total = SystemsRow(None, 0, dict.fromkeys(NEEDED, 0), dict.fromkeys(NEEDED, 0))
    for row in rows:
        total.accepted += row.accepted
        for name in NEEDED:
            total.needed[name] += row.needed[name]
            total.done[name] += row.done[name]
    return total


def systems_missing(rows: QuerySet[Acceptance], name: str) -> list[Acceptance]:
    """Return acceptances that lack one of the systems, the newest first."""
    needs, has = NEEDED[name]
    found = rows.filter(needs).exclude(has) if needs else rows.exclude(has)
    return list(found.select_related("parcel").order_by("-accepted_at")[:MISSING_ROWS])


# -- green ----------------------------------------------------------------------------------------
def green_counts(rows: QuerySet[Acceptance], by: str, eco: list[str], original: list[str]) -> Any:
    """Return packing counts grouped by "day__month" parts or "site_id" (GRN-01, 02, 05)."""
    return (
        rows.order_by().values(by)
        .annotate(
            accepted=Count("pk"),
            electronic=Count("pk", filter=Q(waybill_kind=enums.WaybillKind.ELECTRONIC)),
            known_kind=Count("pk", filter=~Q(waybill_kind="")),
            eco=Count("pk", filter=Q(packing__in=eco)),
            original=Count("pk", filter=Q(packing__in=original)),
            judged=Count("pk", filter=Q(overpacked__isnull=False)),
            overpacked=Count("pk", filter=Q(overpacked=True)),
        )
        .order_by(by)
    )  # fmt: skip


# -- registers ------------------------------------------------------------------------------------
def dangers_for(access: Access) -> QuerySet[DangerReport]:
    """Return the reports of dangerous goods of the actor's scope, open ones first."""
    rows = DangerReport.objects.filter(access.rows(site="site_id"))
    return rows.select_related("site", "parcel", "found_by", "exception")


def instruments_for(access: Access) -> QuerySet[Instrument]:
    """Return the instruments of the actor's scope, the next to expire first."""
    rows = Instrument.objects.filter(access.rows(site="site_id")).select_related("site")
    return rows.order_by(F("valid_until").asc(), "pk")


def scales_of(site_id: int) -> QuerySet[Instrument]:
    """Return what parcels are weighed with at a site, expired ones too."""
    scales = Instrument.objects.filter(site=site_id, kind=enums.InstrumentKind.SCALE)
    return scales.filter(is_active=True).order_by("code")

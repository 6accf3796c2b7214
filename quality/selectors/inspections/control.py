"""The control plan, the rules nobody checks, the run of today, the ranking of couriers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet

from complaints.models import Case
from courierqa.core.access import Access
from courierqa.core.calendars import day_start
from courierqa.core.ranges import wilson
from quality.inspection_enums import CHECKED, VersionState
from quality.models import ChecklistLine, InspectionLine, Norm
from shipments.models import ParcelFacts
from shipments.selectors.round_board import RoundRow, round_board
from staff.models import Employee

# A rule whose points nobody graded for so long counts as not checked: a proposal.
STALE = timedelta(days=90)
RANKED_OVER = timedelta(days=30)
# Fewer first attempts than this: shown, not ranked (B21).
FEW = 20


def control_points() -> QuerySet[ChecklistLine]:
    """Return every point of the approved checklists: what, method, frequency, limit (INS-04)."""
    rows = ChecklistLine.objects.filter(version__state=VersionState.APPROVED)
    rows = rows.filter(version__checklist__is_active=True)
    return rows.select_related("version__checklist", "norm").order_by(
        "area", "version__checklist__position", "position"
    )


@dataclass(frozen=True)
class NormCheck:
    """A rule, how many approved points check it, and when one was graded last."""

    norm: Norm
    points: int
    last_on: date | None
    is_checked: bool


def norm_checks(*, today: date) -> list[NormCheck]:
    """Return the rules, those that are not checked first (INS-05)."""
    live = Q(lines__version__state=VersionState.APPROVED)
    norms = Norm.objects.filter(is_active=True).annotate(points=Count("lines", filter=live))
    graded = InspectionLine.objects.filter(grade__in=CHECKED).values_list("line__norm")
    last = dict(graded.annotate(last=Max("inspection__on")))
    rows = [_checked(norm, last.get(norm.pk), today) for norm in norms]
    return sorted(rows, key=lambda row: (row.is_checked, row.norm.position))


def _checked(norm: Norm, last: date | None, today: date) -> NormCheck:
    fresh = last is not None and today - last <= STALE
    points: int = norm.points  # type: ignore[attr-defined]
    return NormCheck(norm, points, last, is_checked=bool(points) and fresh)


@dataclass(frozen=True)
class RunRow:
    """One courier today: taken out, done, tried in vain, still owed; complaints received."""

    line: RoundRow
    complaints: int

    @property
    def attempts(self) -> int:
        return self.line.done + self.line.failed


def live_run(access: Access, *, today: date) -> list[RunRow]:
    """Return the couriers on their rounds, those with trouble first (INS-08)."""
    lines = round_board(access, today)
    told = _complaints_today(today)
    rows = [RunRow(line, told[line.courier.pk]) for line in lines]
    return sorted(rows, key=lambda r: (-r.complaints, -r.line.failed, r.line.courier.number))


def _complaints_today(today: date) -> Counter[int]:
    """Count today's complaints by the courier who served the parcel."""
    start = day_start(today)
    cases = Case.objects.filter(received_at__gte=start, parcel__isnull=False)
    cases = cases.filter(received_at__lt=start + timedelta(days=1))
    served = ParcelFacts.objects.filter(courier_id__isnull=False)
    by_parcel = served.filter(pk__in=cases.values("parcel"))
    courier = dict(by_parcel.values_list("pk", "courier_id"))
    ids = cases.values_list("parcel_id", flat=True)
    return Counter(courier[pk] for pk in ids if pk in courier)


@dataclass(frozen=True)
class Ranked:
    """A courier's first attempts that succeeded, with the range of chance around the share."""

    person: Employee
    hits: int
    total: int
    low: float
    high: float
    place: int | None


def ranking(access: Access, *, today: date, now: datetime) -> list[Ranked]:
    """Rank couriers by the careful end of their range; too few attempts get no place (INS-14)."""
    rows = ParcelFacts.objects.filter(
        access.rows(site="site_id"), courier_id__isnull=False, is_test=False,
        attempt_day__gt=today - RANKED_OVER, attempt_day__lte=today, attempt_at__lte=now,
    )  # fmt: skip
    sums = rows.order_by().values("courier_id").annotate(
        total=Count("pk"), hits=Count("pk", filter=Q(attempt_done=True))
    )  # fmt: skip
    people = Employee.objects.select_related("site").in_bulk([row["courier_id"] for row in sums])
    found = [_ranked(people[row["courier_id"]], row["hits"], row["total"]) for row in sums
             if row["courier_id"] in people]  # fmt: skip
    enough = sorted((r for r in found if r.total >= FEW), key=lambda r: (-r.low, r.person.number))
    few = sorted((r for r in found if r.total < FEW), key=lambda r: r.person.number)
    placed = [
        Ranked(r.person, r.hits, r.total, r.low, r.high, place) for place, r in enumerate(enough, 1)
    ]
    return placed + few


def _ranked(person: Employee, hits: int, total: int) -> Ranked:
    low, high = wilson(hits, total) or (0.0, 1.0)
    return Ranked(person, hits, total, low, high, None)

"""Live counts and the three standing figures: delayed, damaged, lost (EXC-10, TIM-04, TIM-17)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from courierqa.core.access import Access
from courierqa.core.calendars import business_day
from shipments import enums
from shipments.models import Parcel, ParcelFacts, StationWait
from staff.models import Site

WEEKS = 12
FEW = 30
PLACES = ("last_site_id", "destination_id")


@dataclass(frozen=True)
class StateCount:
    """Parcels in one state now, and how many of them are past their promise."""

    state: str
    label: str
    count: int
    late: int


def live_states(access: Access, *, now: datetime) -> list[StateCount]:
    """Return how many parcels under way stand where."""
    rows = Parcel.objects.filter(state__in=enums.UNDER_WAY, is_test=False)
    rows = rows.filter(access.rows(site=PLACES, own="holder_id"))
    counted = rows.order_by().values("state").annotate(
        n=Count("pk"), late=Count("pk", filter=Q(promised_by__lt=now, done_at=None))
    )  # fmt: skip
    found = {row["state"]: row for row in counted}
    return [
        StateCount(state, str(enums.State(state).label), found[state]["n"], found[state]["late"])
        for state in enums.UNDER_WAY
        if state in found
    ]


@dataclass(frozen=True)
class Week:
    """One week's counts; `n` is what the count is out of."""

    start: date
    count: int
    n: int

    @property
    def per_10k(self) -> float | None:
        """Return the rate; fewer than thirty parcels give none."""
        return round(self.count / self.n * 10_000, 1) if self.n >= FEW else None


def trends(site_ids: Iterable[int] | None, *, now: datetime) -> dict[str, list[Week]]:
    """Return delayed (of parcels due), damaged and lost (of parcels accepted) per week.

    The running week is left out: most of it is still to come.
    """
    today = business_day(now)
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS)
    rows = ParcelFacts.objects.filter(is_test=False)
    if site_ids is not None:
        rows = rows.filter(site_id__in=list(site_ids))
    due = _per_week(
        rows.filter(due_day__gte=first, due_day__lt=monday, out_t01=False), "due_day",
        delayed=Q(done_at__gt=F("due_at")) | Q(done_at=None),
    )  # fmt: skip
    taken = _per_week(
        rows.filter(accepted_day__gte=first, accepted_day__lt=monday), "accepted_day",
        damaged=Q(damaged=True), lost=Q(lost=True),
    )  # fmt: skip
    starts = [first + timedelta(weeks=number) for number in range(WEEKS)]
    return {
        name: [Week(start, found[start][name], found[start]["n"]) for start in starts]
        for name, found in (("delayed", due), ("damaged", taken), ("lost", taken))
    }


def _per_week(
    rows: QuerySet[ParcelFacts], column: str, **conditions: Q
) -> dict[date, Counter[str]]:
    wanted = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for row in rows.order_by().values(column).annotate(n=Count("pk"), **wanted):
        day = row.pop(column)
        found[day - timedelta(days=day.weekday())].update(row)
    return found


@dataclass(frozen=True)
class Wait:
    """How long parcels lie at a station before somebody tries to deliver them."""

    site: Site
    n: int
    median: timedelta
    p80: timedelta


def station_waits(access: Access, *, now: datetime) -> list[Wait]:
    """Return each station's newest day of waits, the longest first."""
    since = business_day(now) - timedelta(days=7)
    rows = StationWait.objects.filter(day__gte=since).filter(access.rows(site="site_id"))
    newest: dict[int, StationWait] = {}
    for row in rows.order_by("day"):
        # A day with few attempts says little; an earlier fuller one stays.
        held = newest.get(row.site_id)
        if held is None or row.n >= min(held.n, 10):
            newest[row.site_id] = row
    sites = Site.objects.in_bulk(newest)
    found = [
        Wait(sites[pk], row.n, timedelta(minutes=row.median), timedelta(minutes=row.p80))
        for pk, row in newest.items()
        if pk in sites
    ]
    return sorted(found, key=lambda wait: wait.p80, reverse=True)

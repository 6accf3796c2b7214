"""What figures cost: linear in what changed, a small multiple of one grouped query."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import Count, F, Q

from courierqa.core import changed
from kpi import rollups, services
from shipments.models import ParcelFacts
from tests.benchmarks import history
from tests.benchmarks.floors import Work, parcels_wanted, seconds
from tests.benchmarks.test_ratios import NOW, fill

# Committed: a month is counted under a lease that another connection keeps alive.
pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]

PARCELS = 40_000


@pytest.fixture
def sites() -> list[int]:
    """Twenty sites with two months of parcels, all figures computed."""
    made = history.places()
    fill(1, PARCELS, made)
    services.rebuild(now=NOW)
    return made


def straight(points: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Return (start, slope, r squared) of the least-squares line."""
    n = len(points)
    mean_x, mean_y = sum(x for x, _y in points) / n, sum(y for _x, y in points) / n
    spread = sum((x - mean_x) ** 2 for x, _y in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    start = mean_y - slope * mean_x
    left = sum((y - start - slope * x) ** 2 for x, y in points)
    whole = sum((y - mean_y) ** 2 for _x, y in points)
    return start, slope, 1 - left / whole


def test_refresh_cost_is_a_straight_line_of_dirty_cells(sites: list[int]) -> None:
    """Up to half a month; beyond that the whole month is counted in one go.

    In processor time: by the clock, other work of the machine bends the line (r² = 0.968 once).
    """
    days = [(NOW - timedelta(days=3 + number)).date() for number in range(25)]
    dirty = [(day, site) for site in sites for day in days]

    def refresh(count: int) -> float:
        changed.mark("parcels", dirty[:count], at=NOW)
        work = Work()
        services.refresh_dirty(now=NOW)
        return work.seconds()

    # In rounds, so that a busy moment of the machine does not fall on one size alone.
    sizes = (5, 25, 50, 100, 150, 200, 250, 300)
    rounds = [[refresh(count) for count in sizes] for _turn in range(7)]
    points = list(zip(sizes, map(min, zip(*rounds, strict=True)), strict=True))
    start, slope, fit = straight(points)
    print(f"\nrefresh: {start * 1000:.0f} ms + {slope * 1000:.2f} ms a cell, r² = {fit:.3f}")
    assert fit >= 0.98


def test_a_month_costs_a_small_multiple_of_one_grouped_query() -> None:
    """One parcel in fifty never ends: what is overdue for ever is walked day by day."""
    history.fill(1, parcels_wanted(PARCELS), history.places())
    month = NOW.date().replace(day=1)
    part = rollups.month_slice(month)

    def floor() -> None:
        rows = ParcelFacts.objects.filter(part.where("due_day", "site_id"))
        counted = rows.values("due_day", "site_id", "product_id", "courier_id").annotate(
            n=Count("pk"),
            on_time=Count("pk", filter=Q(done_at__lte=F("due_at"))),
            lost=Count("pk", filter=Q(lost=True)),
            damaged=Count("pk", filter=Q(damaged=True)),
        )
        list(counted)

    count = seconds(lambda: rollups.count_cells(part, at=NOW), times=5)
    base = seconds(floor, times=5)
    whole = seconds(history.count_anew, times=1)
    print(f"\nmonth: counting {count:.2f} s of processor time, × {count / base:.1f} of a grouped"
          f" query; two months written too {whole:.1f} s")  # fmt: skip
    assert count / base < 12

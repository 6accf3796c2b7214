"""Costs as ratios within one run: what must not grow with the size of the history.

Run by `make bench`. A ratio says the same on a slow machine as on a fast one; each is the least
processor time of several runs.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courierqa.core import changed
from kpi import services
from shipments.models import ParcelFacts
from tests.benchmarks.floors import seconds
from tests.factories.kpi import parcel_row

pytestmark = [pytest.mark.bench, pytest.mark.django_db]

NOW = datetime(2026, 10, 31, 10, tzinfo=UTC)
DAYS = 60


def fill(first: int, rows: int, sites: list[int]) -> None:
    """Add parcels of the last sixty days, nine in ten delivered, most of them on time."""
    chance = random.Random(first)
    made = []
    for number in range(first, first + rows):
        accepted = NOW - timedelta(days=DAYS * chance.random(), hours=1)
        due = accepted + timedelta(hours=48)
        done = accepted + timedelta(hours=chance.uniform(20, 54))
        delivered = done < NOW and chance.random() < 0.9
        made.append(
            parcel_row(
                number=number,
                site_id=chance.choice(sites),
                accepted_at=accepted,
                due_at=due,
                done_at=done if delivered else None,
                state="delivered" if delivered else "out",
            )
        )
    ParcelFacts.objects.bulk_create(made, batch_size=2000)


def test_dashboard_costs_the_same_with_ten_times_the_parcels(as_role, cast):
    client = as_role("manager")
    sites = [cast.station.pk, cast.neighbour.pk]

    def open_dashboard() -> None:
        assert client.get("/dashboard/").status_code == 200

    costs = []
    for first, rows in ((1, 3_000), (3_001, 27_000)):
        fill(first, rows, sites)
        services.rebuild(now=NOW)
        open_dashboard()
        with CaptureQueriesContext(connection) as queries:
            open_dashboard()
        costs.append((len(queries), seconds(open_dashboard)))
    (few_queries, few), (many_queries, many) = costs
    print(f"\ndashboard: {few_queries} and {many_queries} queries, time × {many / few:.2f}")
    assert many_queries == few_queries
    assert many / few < 1.5


def test_refresh_follows_what_changed_not_the_history(cast):
    sites = [cast.station.pk, cast.neighbour.pk]
    fill(1, 20_000, sites)
    services.rebuild(now=NOW)
    days = [(NOW - timedelta(days=n)).date() for n in range(DAYS)]

    def refresh(count: int) -> Callable[[], None]:
        def work() -> None:
            changed.mark("parcels", [(day, sites[0]) for day in days[:count]], at=NOW)
            services.refresh_dirty(now=NOW)

        return work

    one, many = seconds(refresh(1), times=5), seconds(refresh(DAYS), times=3)
    everything = seconds(lambda: services.rebuild(now=NOW), times=3)
    print(
        f"\none day × {one / everything:.3f} of everything, {DAYS} days × {many / everything:.2f}"
    )
    assert one / everything < 0.35
    assert one < many

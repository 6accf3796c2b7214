"""The exception board costs the same however many parcels were ever carried."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shipments.models import Parcel, ParcelException
from tests.benchmarks.test_ratios import seconds
from tests.factories import shipments as make

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
NOW = datetime(2026, 10, 31, 10, tzinfo=UTC)
OPEN, FEW, MANY = 300, 3_000, 27_000
KINDS = ("delayed", "stuck", "address", "attempt", "damaged")
# Beside a covering index, a "SCAN" of these means that the past is read too.
LARGE = re.compile(r"SCAN shipments_(parcel|parcelexception)\b")
PAGES = ("/exceptions/", "/exceptions/?layout=list", "/watchlist/?tab=late")


def fill(first: int, count: int, cast) -> list[Parcel]:
    """Add delivered parcels of the past, each with an exception that was solved."""
    common = {
        "origin": cast.station, "destination": cast.neighbour, "last_site": cast.neighbour,
        "product_id": 1, "state": "delivered",
    }  # fmt: skip
    made = Parcel.objects.bulk_create(
        [
            Parcel(
                waybill=f"YB{number:011}", accepted_at=NOW - timedelta(days=30),
                last_event_at=NOW - timedelta(days=28), done_at=NOW - timedelta(days=28),
                promised_by=NOW - timedelta(days=27), **common,
            )
            for number in range(first, first + count)
        ],
        batch_size=2000,
    )  # fmt: skip
    trouble(made, cast, first, status="solved")
    return made


def closed_at(place: int, *, status: str) -> datetime | None:
    """Solved ones were closed one after the other, months ago."""
    return NOW - timedelta(days=28, minutes=place) if status == "solved" else None


def trouble(parcels: list[Parcel], cast, first: int, **fields) -> None:
    ParcelException.objects.bulk_create(
        [
            ParcelException(
                number=f"EX-{fields['status'][:2]}-{first + place:07}", parcel=parcel,
                kind=KINDS[place % len(KINDS)], site=cast.neighbour,
                opened_at=NOW - timedelta(hours=place % 90),
                due_at=NOW + timedelta(minutes=place), closed_at=closed_at(place, **fields),
                **fields,
            )
            for place, parcel in enumerate(parcels)
        ],
        batch_size=2000,
    )  # fmt: skip


def scans(queries: CaptureQueriesContext) -> list[str]:
    """Return the large tables that a page read from end to end (SQLite says so in its plan)."""
    found = []
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            if "shipments_parcel" in query["sql"] and connection.vendor == "sqlite":
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                found += [row[-1] for row in cursor.fetchall() if LARGE.match(row[-1])]
    return found


@pytest.mark.parametrize("role", ["lead", "supervisor"])
def test_the_board_reads_open_exceptions_not_the_parcels_of_the_past(as_role, cast, role):
    make.catalogue()
    client = as_role(role)
    open_ones = fill(1, OPEN, cast)
    Parcel.objects.filter(pk__in=[p.pk for p in open_ones]).update(state="out", done_at=None)
    trouble(open_ones, cast, 1, status="new")
    costs: dict[str, list[tuple[int, float]]] = {page: [] for page in PAGES}
    for first, count in ((OPEN + 1, FEW), (OPEN + FEW + 1, MANY)):
        fill(first, count, cast)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for page in PAGES:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            assert scans(queries) == []
            costs[page].append((len(queries), seconds(lambda p=page: client.get(p), times=11)))
    for page, ((few_queries, few), (many_queries, many)) in costs.items():
        print(f"\n{role} {page}: {many_queries} queries, time × {many / few:.2f}")
        assert many_queries == few_queries
        # Noise of a busy machine stays below; reading the past would cost nine times as much.
        assert many / few < 3

"""The exception board costs the same however many parcels were ever carried."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shipments.models import Parcel, ParcelException
from tests.benchmarks.floors import parcels_wanted, seconds_by_the_clock
from tests.benchmarks.rows import after, analyse, copies, word
from tests.factories import shipments as make

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
NOW = datetime(2026, 10, 31, 10, tzinfo=UTC)
OPEN, PARCELS = 300, 30_000
# So many in one statement: no statement lasts as long as the database lets one last.
AT_ONCE = 50_000
KINDS = ("delayed", "stuck", "address", "attempt", "damaged")
# Beside a covering index, a "SCAN" of these means that the past is read too.
LARGE = re.compile(r"SCAN shipments_(parcel|parcelexception)\b")
PAGES = ("/exceptions/", "/exceptions/?layout=list", "/watchlist/?tab=late")
BLANK = dict.fromkeys(
    (f"{who}_{what}" for who in ("sender", "recipient") for what in ("name", "phone", "address")),
    "",
)


def fill(first: int, count: int, cast) -> None:
    """Add delivered parcels of the past, each with an exception solved since: copies of one."""
    for start in range(first, first + count, AT_ONCE):
        add(start, min(AT_ONCE, first + count - start), cast)


def add(first: int, count: int, cast) -> None:
    parcel, solved = pattern(cast)
    waybill = f"'YB' || {word('text')}"
    copies(Parcel, parcel.pk, first, count, waybill=waybill, uid=word("uid"))
    made = f"(SELECT p.id FROM shipments_parcel p WHERE p.waybill = {waybill})"
    kinds = " ".join(f"WHEN {place} THEN '{kind}'" for place, kind in enumerate(KINDS))
    copies(
        ParcelException, solved.pk, first, count, parcel_id=made, number="'EX-so-' || n",
        kind=f"CASE n %% {len(KINDS)} {kinds} END", closed_at=after("t.closed_at", "-n"),
    )  # fmt: skip
    if connection.vendor == "postgresql":
        # Else the foreign keys of all are looked up at the end, in one statement.
        connection.check_constraints()


def pattern(cast) -> tuple[Parcel, ParcelException]:
    """Return the parcel and the solved exception that the others are copies of."""
    parcel = make.order(origin=cast.station, destination=cast.neighbour)
    done = NOW - timedelta(days=28)
    Parcel.objects.filter(pk=parcel.pk).update(
        state="delivered", last_site=cast.neighbour, accepted_at=NOW - timedelta(days=30),
        last_event_at=done, done_at=done, promised_by=NOW - timedelta(days=27), **BLANK,
    )  # fmt: skip
    solved = ParcelException.objects.create(
        number=f"EX-{parcel.pk}", parcel=parcel, kind="stuck", site=cast.neighbour,
        opened_at=done - timedelta(hours=9), due_at=done, closed_at=done, status="solved",
    )  # fmt: skip
    return parcel, solved


def trouble(cast) -> None:
    """Add parcels under way with an open exception each."""
    fill(1, OPEN, cast)
    rows = Parcel.objects.filter(waybill__startswith="YB")
    rows.update(state="out", done_at=None)
    ParcelException.objects.bulk_create(
        [
            ParcelException(
                number=f"EX-ne-{place:07}", parcel=parcel, kind=KINDS[place % len(KINDS)],
                site=cast.neighbour, opened_at=NOW - timedelta(hours=place % 90),
                due_at=NOW + timedelta(minutes=place), status="new",
            )
            for place, parcel in enumerate(rows)
        ]
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
    trouble(cast)
    many = parcels_wanted(PARCELS)
    costs: dict[str, list[tuple[int, float]]] = {page: [] for page in PAGES}
    for first, count in ((OPEN + 1, many // 10), (OPEN + many // 10 + 1, many - many // 10)):
        fill(first, count, cast)
        analyse()
        for page in PAGES:
            client.get(page)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            assert scans(queries) == []
            costs[page].append(
                (len(queries), seconds_by_the_clock(lambda p=page: client.get(p), times=11))
            )
    for page, ((few_queries, few_time), (many_queries, many_time)) in costs.items():
        print(f"\n{role} {page}: {many_queries} queries, {many_time * 1000:.0f} ms,"
              f" time × {many_time / few_time:.2f} with ten times the parcels")  # fmt: skip
        assert many_queries == few_queries
        # Noise of a busy machine stays below; reading the past would cost nine times as much.
        assert many_time / few_time < 3

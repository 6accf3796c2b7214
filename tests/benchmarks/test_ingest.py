"""Scans in, timeline out: as ratios to the floor measured in the same run (performance.md §3)."""

from __future__ import annotations

import random
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from courierqa.core import garbage
from shipments import services
from shipments.models import Parcel, Product, ScanEvent
from shipments.services import ScanInput
from tests.benchmarks.floors import Work, copied, parcels_wanted, seconds
from tests.factories import shipments as make

pytestmark = [pytest.mark.bench, pytest.mark.django_db]
HOUR = timedelta(hours=1)
WAY = ("RNV", "INS", "PUP", "DEP", "ARR", "SRT", "DEP", "AST", "OFD", "DLV")
BATCH = 200
# Below what was measured by room for noise.
REACHED_200, REACHED_1000 = 0.012, 0.016


def registered(count: int) -> list[Parcel]:
    origin, there = make.site("HZ-01", city="杭州"), make.site("NB-01", city="宁波")
    product = Product.objects.get(code="standard")
    first = Parcel.objects.count() + 1
    rows = [
        Parcel(waybill=f"YS{n:013d}", product=product, origin=origin, destination=there)
        for n in range(first, first + count)
    ]
    return Parcel.objects.bulk_create(rows, batch_size=500)


def told(parcels: list[Parcel], dice: random.Random) -> list[ScanInput]:
    """Return one day of ten scans per parcel, as a network sends them: place by place."""
    found = []
    for place, code in enumerate(WAY):
        for parcel in parcels:
            at = make.MONDAY + place * HOUR
            found.append(
                ScanInput(
                    uid=UUID(int=dice.getrandbits(128), version=4), waybill=parcel.waybill,
                    code=code, happened_at=at, recorded_at=at, device="hub-1",
                    site_id=parcel.origin_id, detail={"way": "recipient"} if code == "DLV" else {},
                )
            )  # fmt: skip
    return found


def ingest(scans: list[ScanInput], size: int = BATCH) -> None:
    for start in range(0, len(scans), size):
        services.record_scans(
            scans[start : start + size], source="hub", recorded_at=make.MONDAY + 20 * HOUR
        )


def test_ingest_through_the_service_beside_a_lean_copy(db):
    """Ten batches over the day touch each parcel, so each scan folds one parcel anew.

    The floor is a COPY of the same rows, all columns, into a table with the three indexes an
    event table must have; both in processor time of this process and of the database's.
    """
    garbage.settle()
    ingest(told(registered(BATCH), random.Random(0)))
    many = parcels_wanted(2000)
    shares = {}
    for number, (count, size) in enumerate(((many // 10, BATCH), (many, BATCH), (many, 1000))):
        scans = told(registered(count), random.Random(number + 1))
        before = ScanEvent.objects.count()
        work = Work()
        ingest(scans, size)
        took, wall = work.seconds() / len(scans), work.wall()
        assert ScanEvent.objects.count() == before + len(scans)
        print(f"\n{len(scans):,} scans in batches of {size}: {len(scans) / wall:,.0f} scans/s,"
              f" {took * 1e6:.0f} µs of processor time each")  # fmt: skip
        shares[count, size] = took
    small, large = shares[many // 10, BATCH], shares[many, BATCH]
    print(f"with ten times the scans × {large / small:.2f} a scan")
    assert large / small < 1.5
    if connection.vendor == "postgresql":
        beside_copy(large, shares[many, 1000])


def beside_copy(by_200: float, by_1000: float) -> None:
    """Judge what is reached; the budget of 12 % is not (docs/benchmarks.md)."""
    rows = ScanEvent.objects.count()
    lean = copied("shipments_scanevent") / rows
    bare = copied("shipments_scanevent", lean=False) / rows
    print(f"{lean / by_200:.1%} of lean COPY in batches of 200, {lean / by_1000:.1%} of 1,000;"
          f" {bare / by_1000:.1%} of a COPY without any index")  # fmt: skip
    assert lean / by_200 > REACHED_200
    assert lean / by_1000 > REACHED_1000


def test_queries_of_a_batch_do_not_grow_with_its_events(db):
    few, many = registered(2), registered(100)
    dice = random.Random(2)
    counts = []
    for parcels in (few, many):
        scans = told(parcels, dice)[: len(parcels)]
        with CaptureQueriesContext(connection) as asked:
            ingest(scans)
        counts.append(len(asked))
    print(f"\n{counts[0]} queries for 2 events, {counts[1]} for 100")
    assert counts[1] <= counts[0] + 2


def test_the_batch_endpoint_beside_the_bare_service(api_client, cast):
    parcels = registered(BATCH)
    client = api_client("scan.create")
    dice = random.Random(3)

    def body(code: str, hour: int) -> dict:
        return {
            "events": [
                {
                    "id": str(UUID(int=dice.getrandbits(128), version=4)), "code": code,
                    "waybill": parcel.waybill, "site": cast.station.code,
                    "happened_at": (make.MONDAY + hour * HOUR).isoformat(),
                }
                for parcel in parcels
            ]
        }  # fmt: skip

    taken = []
    for hour, code in enumerate(("ARR", "SRT", "DEP", "AST")):
        sent = body(code, hour)
        work = Work()
        answer = client.post("/api/v1/scans/batch", sent, content_type="application/json")
        taken.append(work.seconds())
        assert {one["result"] for one in answer.json()["results"]} == {"created"}
    ingest(told(parcels, dice)[: 2 * BATCH])
    bare = told(parcels, dice)[2 * BATCH : 3 * BATCH]
    floor = seconds(lambda: ingest(bare), times=1)
    best = min(taken)
    print(f"\nbatch API {best / BATCH * 1e6:.0f} µs a scan, {best / floor:.1f} × the bare service")
    assert best / floor < 3


def test_the_timeline_page_of_forty_events_beside_its_floor(as_role, cast):
    parcel = make.order(origin=cast.station, destination=cast.neighbour)
    at = make.MONDAY
    make.tell(
        *(make.scan(parcel, ("ARR", "SRT", "DEP", "XRY")[n % 4], at + n * HOUR) for n in range(39))
    )
    client = as_role("auditor")
    address = f"/parcels/{parcel.waybill}/"
    client.get(address)

    with CaptureQueriesContext(connection) as asked:
        entries = client.get(address).context["entries"]
    # Counted now: the next request empties the log.
    queries = len(asked)
    page = seconds(lambda: client.get(address), times=5)

    def floor() -> None:
        rows = list(ScanEvent.objects.filter(parcel_id=parcel.pk))
        for row in rows:
            render_to_string("components/_badge.html", {"label": row.code, "kind": "neutral"})
        client.get("/account/")

    least = seconds(floor, times=5)
    print(f"\ntimeline of {len(entries)}: {queries} queries, {page / least:.1f} × its floor")
    assert len([e for e in entries if e.line]) == 40
    assert page / least < 3

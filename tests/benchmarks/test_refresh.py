"""A refresh after a network's new scans: what it costs beside one grouped query, and that it does
not grow with the past."""

from __future__ import annotations

import os
from collections import defaultdict
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db.models import Count, F, Q

from courierqa.core import changed
from courierqa.core.models import ChangedDay
from kpi import rollups, services
from shipments import services as shipments
from shipments.models import Parcel, ParcelFacts, Product
from shipments.services import ScanInput
from tests.benchmarks import history, raw
from tests.benchmarks.floors import Work, parcels_wanted, seconds
from tests.benchmarks.history import NOW
from tests.factories import shipments as make

# Committed: a month is counted under a lease that another connection keeps alive.
pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
PARCELS, SCANS, BATCH = 60_000, 10_000, 1000
# The newest parcels were picked up so long ago; the oldest eight hours earlier.
SINCE, SPREAD = timedelta(hours=33), 8


def scans_wanted() -> int:
    """Return how many new scans a refresh follows: BENCH_SCANS, or a minute's worth."""
    return int(os.environ.get("BENCH_SCANS", SCANS))


def told(number: int, parcel: Parcel) -> list[ScanInput]:
    """Return the way of one parcel within the last two days, from pickup to delivery."""
    begun = NOW - SINCE - timedelta(hours=number % SPREAD, seconds=number % 3000)
    return [
        ScanInput(
            uid=uuid4(), waybill=parcel.waybill, code=code, device="bench",
            happened_at=begun + timedelta(hours=hours), recorded_at=NOW,
            site_id=parcel.origin_id if hours < raw.REMOTE else parcel.destination_id,
            detail={"way": "recipient"} if code == "DLV" else {},
        )
        for hours, code in raw.WAY
    ]  # fmt: skip


def scanned(first: int, count: int, sites: list[int]) -> None:
    """Register new parcels at all sites and take in their scans, as a network sends them."""
    product = Product.objects.get(code="standard")
    parcels = Parcel.objects.bulk_create(
        [
            Parcel(
                waybill=f"YN{n:011}", product=product, origin_id=sites[n % len(sites)],
                destination_id=sites[(n + 7) % len(sites)],
            )
            for n in range(first, first + count)
        ],
        batch_size=500,
    )  # fmt: skip
    ways = [told(number, parcel) for number, parcel in enumerate(parcels)]
    scans = [scan for place in zip(*ways, strict=True) for scan in place]
    for start in range(0, len(scans), BATCH):
        shipments.record_scans(scans[start : start + BATCH], source="hub", recorded_at=NOW)


def dirty() -> rollups.Slice:
    """Return the days and sites that wait to be counted anew."""
    found: dict[date, set[int]] = defaultdict(set)
    for day, site in ChangedDay.objects.values_list("day", "site_id"):
        found[day].add(site)
    return rollups.Slice(sites={day: frozenset(sites) for day, sites in found.items()})


def grouped(part: rollups.Slice) -> float:
    """Return the least seconds of one grouped query over the parcels due on these days."""
    taken = []
    for _turn in range(5):
        work = Work()
        rows = ParcelFacts.objects.filter(part.where("due_day", "site_id"))
        counted = rows.values("due_day", "site_id", "product_id", "courier_id").annotate(
            n=Count("pk"), on_time=Count("pk", filter=Q(done_at__lte=F("due_at"))),
            lost=Count("pk", filter=Q(lost=True)), damaged=Count("pk", filter=Q(damaged=True)),
        )  # fmt: skip
        list(counted)
        taken.append(work.seconds())
    return min(taken)


def again(part: rollups.Slice) -> None:
    """Count the same days and sites once more."""
    pairs = [(day, site) for day, sites in part.sites.items() for site in sites]
    changed.mark("parcels", pairs, at=NOW)
    services.refresh_dirty(now=NOW)


def test_a_refresh_follows_the_new_scans_and_not_the_past() -> None:
    make.catalogue()
    sites, many = history.places(), parcels_wanted(PARCELS)
    parcels = scans_wanted() // len(raw.WAY)
    costs, held = [], 0
    for turn, blocks in enumerate((range(1), range(1, 10))):
        for block in blocks:
            history.fill(1 + held, many // 10, sites, back=block * history.DAYS)
            held += many // 10
        history.count_anew()
        scanned(1 + turn * parcels, parcels, sites)
        part = dirty()
        cells = sum(len(found) for found in part.sites.values())
        work = Work()
        written = services.refresh_dirty(now=NOW)["cells"]
        took, base = work.seconds(), grouped(part)
        # Once more and again: a single run is noise on a busy machine.
        costs.append(seconds(lambda part=part: again(part), times=5))
        print(f"\nrefresh after {parcels * len(raw.WAY):,} scans among {held:,} parcels: {cells}"
              f" days and sites, {written:,} cells, {took:.2f} s of processor time;"
              f" {costs[-1]:.2f} s the same days again, × {costs[-1] / base:.0f} of one grouped"
              f" query over the parcels due on them")  # fmt: skip
    print(f"with ten times the past × {costs[1] / costs[0]:.2f}")
    assert costs[1] / costs[0] < 1.6

"""A month of parcels with their raw scans, by statements over whole sets; facts by the fold.

Eight scans each from pickup to delivery; one in twenty was tried in vain before, one in fifty is
still out. What figures read is made of them by the product's own services.
"""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from django.db import connection

from shipments import services as shipments
from shipments.models import Parcel, Product, ScanEvent
from tests.benchmarks.history import AT_ONCE, BASE, HOUR, count_anew, places
from tests.benchmarks.rows import after, analyse, copies, word
from tests.factories import shipments as make

NOW = datetime(2026, 11, 8, 10, tzinfo=UTC)
START, DAYS = datetime(2026, 10, 1, 1, tzinfo=UTC), 28
# Hours after pickup, and what was scanned there: at the origin, or from the sixth hour at the end.
WAY = (
    (0, "PUP"), (2, "DEP"), (5, "ARR"), (6, "SRT"), (8, "DEP"), (26, "AST"), (28, "OFD"),
    (32, "DLV"),
)  # fmt: skip
TRIED, REMOTE = (30, "ATT"), 5
# Which parcels have a scan that not all have.
HAVE = {"DLV": "n %% 50 > 0", "ATT": "n %% 20 = 3"}
SLOTS = DAYS * 24 * HOUR // 1000
BEGUN = f"(n %% {SLOTS} * 1000 + n %% 997)"


def fill(first: int, count: int, sites: list[int]) -> None:
    """Add parcels number `first` and on with their scans, fold them, and count all cells."""
    for start in range(first, first + count, AT_ONCE):
        span = start, min(AT_ONCE, first + count - start)
        _parcels(*span, sites)
        for hours, code in (*WAY, TRIED):
            _scans(code, hours, *span, sites)
    analyse()
    shipments.refold(range(BASE + first, BASE + first + count), now=NOW)
    count_anew(NOW)
    analyse()


def new_sites() -> list[int]:
    make.catalogue()
    return places()


def _parcels(first: int, count: int, sites: list[int]) -> None:
    pattern = Parcel.objects.create(
        pk=BASE - first, waybill=f"YR{first:011}", product=Product.objects.get(code="standard"),
        origin_id=sites[0], destination_id=sites[0],
    )  # fmt: skip
    due = after(START, f"{BEGUN} + 48 * {HOUR}")
    copies(
        Parcel, pattern.pk, first, count, id=f"{BASE} + n", uid=word("uid"),
        waybill=f"'YS' || {word('text')}", promised_by=due, promised_original=due,
        origin_id=_site(sites, 0), destination_id=_site(sites, 1),
    )  # fmt: skip
    pattern.delete()
    if connection.vendor == "postgresql":
        connection.check_constraints()


def _site(sites: list[int], turn: int) -> str:
    return f"({min(sites)} + (n / {SLOTS} + n + {turn} * (1 + n %% 7)) %% {len(sites)})"


def _scans(code: str, hours: int, first: int, count: int, sites: list[int]) -> None:
    """Add one scan of each parcel, or of those that have it.

    Its pattern, a scan of no parcel in another month, stays: scans are never deleted.
    """
    pattern = ScanEvent.objects.create(
        uid=uuid4(), device="bench", waybill="YR", code=code,
        reason="absent" if code == "ATT" else "", source="courier", fingerprint="x",
        happened_at=NOW, recorded_at=NOW, effective_at=NOW,
        detail={"DLV": {"way": "recipient"}, "ATT": {"call": True}}.get(code, {}),
    )  # fmt: skip
    at = after(START, f"{BEGUN} + {hours} * {HOUR} + n %% 50 * 60")
    copies(
        ScanEvent, pattern.pk, first, count, uid=word("uid"), parcel_id=f"{BASE} + n",
        waybill=f"'YS' || {word('text')}", happened_at=at, effective_at=at, recorded_at=at,
        site_id=_site(sites, int(hours >= REMOTE)), where=HAVE.get(code, "1 = 1"),
    )  # fmt: skip

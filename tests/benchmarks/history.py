"""Sixty days of parcels as facts, by statements over whole sets: many parcels, the same cells.

Only the narrow rows that figures read are made, as the fold would have made them; no parcels, no
scans, no steps on the way. Of fifty 49 are delivered, a sixth of them late. Cells are counted from
them by the product itself.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kpi import services
from shipments.models import ParcelFacts
from tests.benchmarks.rows import after, analyse, copies, word
from tests.factories.kpi import parcel_row
from tests.factories.staff import SiteFactory

NOW = datetime(2026, 10, 31, 10, tzinfo=UTC)
DAYS, SITES, PRODUCTS, COURIERS = 60, 20, 4, 6
START = NOW - timedelta(days=DAYS)
# Keys begin here, far from those of parcels that a benchmark makes by the product's services.
BASE = 100_000_000
# So many in one statement: no statement lasts as long as the database lets one last.
AT_ONCE = 50_000
# A thousand seconds apart and then some: all hours of all days, whatever the number of parcels.
SLOTS = DAYS * 86_400 // 1000
HOUR = 3600


def places(count: int = SITES) -> list[int]:
    """Return new sites whose keys follow each other."""
    return [SiteFactory(code=f"BM-{number:03}").pk for number in range(count)]


def fill(first: int, count: int, sites: list[int], *, back: int = 0) -> None:
    """Add the facts of parcels number `first` and on, spread over the sites and the days.

    `back` days earlier than the last sixty: a longer history of as many parcels a day.
    """
    for start in range(first, first + count, AT_ONCE):
        _add(start, min(AT_ONCE, first + count - start), sites, START - timedelta(days=back))
    analyse()


def _add(first: int, count: int, sites: list[int], begin: datetime) -> None:
    done = begin + timedelta(hours=30)
    pattern = parcel_row(
        number=BASE + first, accepted_at=begin, due_at=done, done_at=done, attempt_at=done,
        attempt_done=True, state="delivered",
    )  # fmt: skip
    pattern.save(force_insert=True)
    if count > 1:
        copies(ParcelFacts, pattern.pk, first + 1, count - 1, **_columns(sites, begin))


def _columns(sites: list[int], begin: datetime) -> dict[str, str]:
    """Return the columns that follow from the number of a parcel."""
    turn = f"(n / {SLOTS} + n)"
    site = f"({min(sites)} + {turn} %% {len(sites)})"
    begun = f"(n %% {SLOTS} * 1000 + n %% 997)"
    ended = f"({begun} + (20 + n / 3 %% 34) * {HOUR})"
    is_done = f"n %% 50 > 0 AND {ended} < {DAYS * 24 * HOUR}"
    columns = {
        "parcel_id": f"{BASE} + n", "waybill": f"'YB' || {word('text')}", "site_id": site,
        "origin_id": f"{min(sites)} + {turn} / 7 %% {len(sites)}",
        "product_id": f"1 + n / 11 %% {PRODUCTS}",
        "courier_id": f"{site} * 100 + n / 13 %% {COURIERS}",
        "attempt_done": "n / 5 %% 9 > 0", "damaged": "n %% 400 = 7",
        "state": f"CASE WHEN {is_done} THEN 'delivered' ELSE 'out' END",
        "outcome": f"CASE WHEN {is_done} THEN 'done' ELSE 'open' END",
        "whole_minutes": f"CASE WHEN {is_done} THEN ({ended} - {begun}) / 60 END",
    }  # fmt: skip
    limits = {"accepted": 0, "due": 48, "hours": 72, "total": 9 * 24, "week": 9 * 24}
    for name, hours in limits.items():
        columns |= _moment(name, begin, f"({begun} + {hours * HOUR})")
    for name in ("done", "attempt", "ended"):
        columns |= _moment(name, begin, ended, is_done)
    return columns


def _moment(name: str, begin: datetime, seconds: str, when: str = "1 = 1") -> dict[str, str]:
    """Return a moment and its business day, where there is one."""
    at = after(begin, seconds)
    cases = {f"{name}_at": at, f"{name}_day": word("day", moment=at)}
    return {column: f"CASE WHEN {when} THEN {value} END" for column, value in cases.items()}


def count_anew(now: datetime = NOW) -> None:
    """Bring all cells up to date from the facts, as the product does."""
    services.mark_months(services.all_months(), now=now)
    services.refresh_dirty(now=now)

"""Who had a lost parcel last: the last scan that shows it in somebody's hands before the loss."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from courierqa.core.timeframes import Period
from kpi.enums import Outcome
from kpi.selectors.records import records
from kpi.selectors.scope import EVERYTHING, Scope
from shipments.enums import Code
from shipments.models import ScanEvent
from staff.models import Employee, Site

# Scans that need the parcel in hand; words about it, and the search, are none.
IN_HAND = (
    "PUP", "ARR", "SRT", "BAG", "UNB", "XRY", "DEP", "AST", "OFD", "ATT", "RFS", "RDY", "RTS",
)  # fmt: skip
# Losses are few; a page shows the newest ones.
SHOWN = 100


@dataclass(frozen=True)
class Custody:
    """A lost parcel and its last custody; no scan at all leaves all but the waybill empty."""

    waybill: str
    lost_at: datetime | None
    scan: str
    at: datetime | None
    site: Site | None
    person: Employee | None


def last_custody(period: Period, *, scope: Scope = EVERYTHING, as_of: datetime) -> list[Custody]:
    """Return the lost parcels of a period (by S02's rules) with who had each last."""
    rows = records("S02", period, scope=scope, outcome=Outcome.FAILED, as_of=as_of)
    lost = list(rows.order_by("-accepted_at", "pk").values_list("pk", "waybill", "lost_at")[:SHOWN])
    scans = _last_scans({pk: lost_at for pk, _waybill, lost_at in lost})
    sites = Site.objects.in_bulk({scan["site_id"] for scan in scans.values()})
    people = Employee.objects.in_bulk({scan["person_id"] for scan in scans.values()})
    return [
        _custody(waybill, lost_at, scans.get(pk), sites, people) for pk, waybill, lost_at in lost
    ]


def by_site(found: list[Custody]) -> list[tuple[Site | None, int]]:
    """Return how many were last seen at each site, most first."""
    counts: dict[Site | None, int] = {}
    for one in found:
        counts[one.site] = counts.get(one.site, 0) + 1
    return sorted(counts.items(), key=lambda row: (-row[1], row[0].code if row[0] else ""))


def _last_scans(lost: dict[int, datetime | None]) -> dict[int, dict[str, Any]]:
    """Return the last standing scan before the loss; what was declared wrong is left out."""
    scans = ScanEvent.objects.filter(parcel_id__in=lost)
    wrong = set(scans.filter(code="VOI").values_list("corrects", flat=True))
    names = ("uid", "parcel_id", "code", "effective_at", "site_id", "person_id")
    found: dict[int, dict[str, Any]] = {}
    for scan in scans.filter(code__in=IN_HAND).order_by("effective_at", "pk").values(*names):
        gone = lost[scan["parcel_id"]]
        if scan["uid"] not in wrong and (gone is None or scan["effective_at"] <= gone):
            found[scan["parcel_id"]] = scan
    return found


def _custody(
    waybill: str, lost_at: datetime | None, scan: dict[str, Any] | None,
    sites: dict[int, Site], people: dict[int, Employee],
) -> Custody:  # fmt: skip
    if scan is None:
        return Custody(waybill, lost_at, "", None, None, None)
    site, person = sites.get(scan["site_id"]), people.get(scan["person_id"])
    words = str(Code(scan["code"]).label)
    return Custody(waybill, lost_at, words, scan["effective_at"], site, person)

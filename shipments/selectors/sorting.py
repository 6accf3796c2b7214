"""Sorting: how often it went wrong by hand and by machine; what waits to be sorted again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from courierqa.core.access import Access
from shipments import enums
from shipments.models import Parcel, ScanEvent
from shipments.network_enums import SortedBy
from shipments.selectors.lanes import Share
from shipments.selectors.ways import WayPlans
from staff.models import Site

WINDOW = timedelta(days=30)
LATEST = 200


@dataclass(frozen=True)
class SortRate:
    """A site's sorts and mis-sorts of 30 days; `hits` are the wrong ones."""

    site: Site
    all: Share
    hand: Share
    machine: Share


def sort_rates(access: Access, *, now: datetime) -> list[SortRate]:
    """Return the mis-sort rate of each site, apart for hand and machine (LIF-13, NET-07)."""
    rows = ScanEvent.objects.filter(
        access.rows(site="site_id"), code__in=("SRT", "MIS"), happened_at__gte=now - WINDOW,
        happened_at__lt=now,
    )  # fmt: skip
    count: Counter[tuple[int, str, str]] = Counter()
    for site_id, code, by in rows.values_list("site_id", "code", "detail__by").iterator(5000):
        if site_id is not None:
            how = SortedBy.MACHINE if by == SortedBy.MACHINE else SortedBy.HAND
            count[site_id, code, how] += 1
    sites = Site.objects.in_bulk({site_id for site_id, _code, _by in count})

    def share(site_id: int, *ways: str) -> Share:
        wrong = sum(count[site_id, "MIS", by] for by in ways)
        return Share(wrong, sum(count[site_id, "SRT", by] for by in ways))

    return [
        SortRate(
            site, share(pk, SortedBy.HAND, SortedBy.MACHINE), share(pk, SortedBy.HAND),
            share(pk, SortedBy.MACHINE),
        )
        for pk, site in sorted(sites.items(), key=lambda pair: pair[1].code)
    ]  # fmt: skip


@dataclass(frozen=True)
class Missorted:
    """A parcel that was sorted to the wrong way and not yet sorted again."""

    parcel: Parcel
    at: datetime
    site: Site | None
    sorted_to: str
    expected: str


def missorted(access: Access, *, now: datetime) -> list[Missorted]:
    """Return the parcels that wait to be sent on the right way, newest first."""
    found_wrong = ScanEvent.objects.filter(
        access.rows(site="site_id"), code=enums.Code.MIS, happened_at__gte=now - WINDOW
    ).exclude(parcel_id=None)
    rows = list(found_wrong.order_by("-happened_at")[:LATEST])
    parcels = Parcel.objects.select_related("last_site").in_bulk({row.parcel_id for row in rows})
    codes = {site.pk: site for site in Site.objects.in_bulk({r.site_id for r in rows}).values()}
    found: dict[int, Missorted] = {}
    for row in rows:
        parcel = parcels.get(row.parcel_id or 0)
        if parcel is None or enums.Condition.MISSORTED not in parcel.conditions:
            continue
        said = row.detail
        found.setdefault(
            parcel.pk,
            Missorted(parcel, row.effective_at, codes.get(row.site_id or 0),
                      str(said.get("sorted_to", "")), str(said.get("expected", ""))),
        )  # fmt: skip
    return list(found.values())


def next_stop(parcel: Parcel, site_id: int) -> Site | None:
    """Return where the plan sends this parcel from here."""
    return Site.objects.filter(pk=WayPlans([parcel]).next_site(parcel, site_id) or 0).first()

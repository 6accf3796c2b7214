"""The watchlist: what the system noticed, by tab, each from its own small table (EXC-07/08)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from courierqa.core.access import Access
from shipments import enums
from shipments.enums import ExceptionKind as Kind
from shipments.models import Parcel, ParcelException, PredictionScore, WatchMark
from shipments.selectors.exceptions import exceptions_for
from staff.models import Site

TABS: dict[str, Any] = {
    "risk": _("Predicted late"),
    "behind": _("Behind plan"),
    "late": _("Past promise"),
    "stuck": _("No movement"),
    "announced": _("Announced, never scanned"),
    "uncollected": _("Not collected"),
    "untold": _("Customer not told"),
    "backlog": _("Backlog by site"),
}
KIND_OF_TAB = {
    "late": Kind.DELAYED, "stuck": Kind.STUCK, "announced": Kind.ANNOUNCED,
    "uncollected": Kind.UNCOLLECTED,
}  # fmt: skip
AT_PLACE = (
    enums.State.AT_SITE.value, enums.State.AT_STATION.value, enums.State.UNDELIVERED.value,
    enums.State.AT_POINT.value, enums.State.ACCEPTED.value,
)  # fmt: skip
PARCEL_SITES = ("last_site_id", "destination_id")


def watched_exceptions(access: Access, tab: str) -> QuerySet[ParcelException]:
    """Return the open exceptions of a tab, the longest known first."""
    rows = exceptions_for(access).filter(closed_at=None)
    if tab == "untold":
        return rows.filter(told_at=None)
    return rows.filter(kind=KIND_OF_TAB[tab])


def marks_for(access: Access, tab: str) -> QuerySet[WatchMark]:
    """Return the open marks of a kind within the scope, the nearest promise first."""
    rows = WatchMark.objects.filter(cleared_at=None, kind=tab)
    if not access.is_all:
        mine = Parcel.objects.filter(access.rows(site=PARCEL_SITES, own="holder_id"))
        rows = rows.filter(parcel_id__in=mine.filter(state__in=enums.UNDER_WAY).values("pk"))
    return rows.order_by("due_at", "pk")


@dataclass(frozen=True)
class Marked:
    """A mark with its parcel and place."""

    mark: WatchMark
    parcel: Parcel
    site: Site | None

    @property
    def late_by(self) -> timedelta:
        return self.mark.expected_at - self.mark.due_at


def with_parcels(marks: list[WatchMark]) -> list[Marked]:
    """Return marks with their parcels, in two queries."""
    parcels = Parcel.objects.select_related("product", "destination").in_bulk(
        [mark.parcel_id for mark in marks]
    )
    sites = Site.objects.in_bulk({mark.site_id for mark in marks})
    return [
        Marked(mark, parcels[mark.parcel_id], sites.get(mark.site_id))
        for mark in marks
        if mark.parcel_id in parcels
    ]


def tab_counts(access: Access, *, now: datetime) -> dict[str, int]:
    """Return how many stand under each tab, in a fixed number of queries."""
    rows = exceptions_for(access).filter(closed_at=None).order_by()
    counts = rows.aggregate(
        untold=Count("pk", filter=Q(told_at=None)),
        **{tab: Count("pk", filter=Q(kind=kind)) for tab, kind in KIND_OF_TAB.items()},
    )
    for tab in ("risk", "behind"):
        counts[tab] = marks_for(access, tab).count()
    counts["backlog"] = _stuck(access).values("parcel__last_site_id").distinct().count()
    return counts


@dataclass(frozen=True)
class SiteBacklog:
    """What lies at a place, and how much of it longer than the place allows."""

    site: Site
    here: int
    stuck: int
    oldest_at: datetime | None

    @property
    def share(self) -> float:
        return self.stuck / self.here if self.here else 0.0


def _stuck(access: Access) -> QuerySet[ParcelException]:
    """Return open exceptions about parcels that stay too long where they are."""
    rows = ParcelException.objects.filter(
        closed_at=None, kind__in=(Kind.STUCK, Kind.UNCOLLECTED), parcel__state__in=AT_PLACE
    )
    sites = ("parcel__last_site_id", "parcel__destination_id")
    return rows.filter(access.rows(site=sites, own="parcel__holder_id"))


def backlog(access: Access) -> list[SiteBacklog]:
    """Return places by their share of parcels that stay too long, the worst first."""
    rows = Parcel.objects.filter(state__in=AT_PLACE).exclude(last_site=None)
    rows = rows.filter(access.rows(site=PARCEL_SITES, own="holder_id")).order_by()
    here: Counter[int] = Counter()
    # Grouped like the index, so that only parcels under way are read.
    for _state, site_id, n in rows.values_list("state", "last_site_id").annotate(n=Count("pk")):
        here[site_id or 0] += n
    late = {
        site_id: (n, oldest)
        for site_id, n, oldest in _stuck(access)
        .values_list("parcel__last_site_id")
        .annotate(n=Count("parcel", distinct=True), oldest=Min("parcel__last_event_at"))
    }
    sites = Site.objects.in_bulk(here)
    places = [SiteBacklog(sites[pk], count, *late.get(pk, (0, None))) for pk, count in here.items()]
    return sorted(places, key=lambda one: (-one.share, -one.stuck, one.site.code))


def newest_score() -> PredictionScore | None:
    """Return the newest measurement of the predictions."""
    return PredictionScore.objects.order_by("-day").first()

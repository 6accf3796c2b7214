"""Approved exemptions as rules: which moments at which places they cover (B17)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from shipments.exemption_enums import ExemptionReach, ExemptionStatus
from shipments.models import Exemption


@dataclass(frozen=True)
class Excuse:
    """One approved exemption: a moment in its period (both ends inside) at one of its places.

    A parcel is at a place where it came from or where it is served; a lane needs both.
    """

    starts_at: datetime
    ends_at: datetime
    is_everywhere: bool
    sites: frozenset[int]
    lanes: frozenset[tuple[int, int]]

    def covers(self, moment: datetime, *, origin: int, site: int) -> bool:
        """Say whether a parcel with this moment and way is exempt."""
        if not self.starts_at <= moment <= self.ends_at:
            return False
        return (
            self.is_everywhere
            or bool({origin, site} & self.sites)
            or (origin, site) in (self.lanes)
        )

    def rows(self, moment: str, *, origin: str, site: str) -> Q:
        """Return the filter over these columns; rows without an origin belong to no lane."""
        return Q(**{f"{moment}__gte": self.starts_at, f"{moment}__lte": self.ends_at}) & (
            self._places(origin, site)
        )

    def _places(self, origin: str, site: str) -> Q:
        if self.is_everywhere:
            return Q()
        found = Q(pk__in=())
        if self.sites:
            for column in filter(None, (origin, site)):
                found |= Q(**{f"{column}__in": sorted(self.sites)})
        for start, end in sorted(self.lanes) if origin else ():
            found |= Q(**{origin: start, site: end})
        return found


def excuses(since: datetime | None = None, until: datetime | None = None) -> list[Excuse]:
    """Return what was approved and not revoked and touches the time from `since` to `until`."""
    rows = Exemption.objects.filter(status=ExemptionStatus.APPROVED)
    if since is not None:
        rows = rows.filter(ends_at__gte=since)
    if until is not None:
        rows = rows.filter(starts_at__lte=until)
    found = rows.order_by("starts_at", "pk").prefetch_related("sites", "lanes")
    return [excuse_of(row) for row in found]


def excuse_of(row: Exemption) -> Excuse:
    """Return the rule of one record."""
    return Excuse(
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_everywhere=row.reach == ExemptionReach.NETWORK,
        sites=frozenset(site.pk for site in row.sites.all()),
        lanes=frozenset((lane.origin_id, lane.destination_id) for lane in row.lanes.all()),
    )


def exempt_rows(
    found: Sequence[Excuse], moment: str, *, origin: str = "origin_id", site: str = "site_id"
) -> Q:
    """Return the filter of rows covered by any of these; none where there are none."""
    query = Q(pk__in=())
    for one in found:
        query |= one.rows(moment, origin=origin, site=site)
    return query

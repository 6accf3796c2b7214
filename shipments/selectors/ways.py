"""Where a parcel should go next: the links of its lane, or the hubs between its ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from shipments.models import LaneLeg, Parcel
from staff.models import Site


class WayPlans:
    """The planned sites of many parcels, read in two queries."""

    def __init__(self, parcels: Iterable[Parcel]) -> None:
        lanes = {parcel.lane_id for parcel in parcels if parcel.lane_id}
        self.sites: dict[int, list[int]] = defaultdict(list)
        legs = LaneLeg.objects.filter(lane_id__in=lanes).order_by("lane_id", "position")
        for lane_id, site_id in legs.values_list("lane_id", "site_id"):
            if not self.sites[lane_id] or self.sites[lane_id][-1] != site_id:
                self.sites[lane_id].append(site_id)
        self.hub_of = dict(Site.objects.exclude(hub=None).values_list("pk", "hub_id"))

    def next_site(self, parcel: Parcel, site_id: int) -> int | None:
        """Return the site after this one on the way; None at the end or off the plan."""
        way = self.sites.get(parcel.lane_id or 0) or self._by_hubs(parcel)
        if site_id not in way:
            return self._from_outside(parcel, site_id)
        place = way.index(site_id)
        return way[place + 1] if place + 1 < len(way) else None

    def _by_hubs(self, parcel: Parcel) -> list[int]:
        ends = (parcel.origin_id, parcel.destination_id)
        between = [self.hub_of[end] for end in ends if end in self.hub_of]
        way = [parcel.origin_id, *between, parcel.destination_id]
        return list(dict.fromkeys(way))

    def _from_outside(self, parcel: Parcel, site_id: int) -> int | None:
        """From a site that is not on the way, such as after a mis-sort."""
        target = self.hub_of.get(parcel.destination_id)
        return parcel.destination_id if target is None or target == site_id else target

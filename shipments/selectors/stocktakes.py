"""What should lie on a site now, and counts of it."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from courierqa.core.access import Access
from shipments.enums import State
from shipments.models import Parcel, Stocktake
from shipments.network_enums import StockVerdict

# In a building: what is on the way, in a courier's hands, in a locker or ended is not.
ON_SITE = (State.ACCEPTED, State.AT_SITE, State.AT_STATION, State.UNDELIVERED, State.RETURNING)


def expected_at(site_id: int) -> QuerySet[Parcel]:
    """Return the parcels whose last scan left them in this building."""
    rows = Parcel.objects.filter(last_site_id=site_id, state__in=ON_SITE, holder=None)
    return rows.order_by("pk")


def stocktakes_for(access: Access) -> QuerySet[Stocktake]:
    """Return the counts of the reader's sites with their numbers, newest first."""

    def lines(**condition: object) -> Count:
        return Count("lines", filter=Q(**condition))

    rows = Stocktake.objects.filter(access.rows(site="site_id")).select_related("site")
    return rows.annotate(
        expected=lines(lines__is_expected=True),
        seen=lines(lines__seen_at__isnull=False, lines__is_expected=True),
        missing=lines(lines__verdict=StockVerdict.MISSING),
        unexpected=lines(lines__verdict=StockVerdict.UNEXPECTED),
    )

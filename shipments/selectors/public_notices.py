"""Service notices as visitors read them: what disturbs the service now, and which parcels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shipments.models import Parcel
from shipments.selectors.notices import current_notices
from staff.models import local


@dataclass(frozen=True)
class PublicNotice:
    """One notice in the reader's language."""

    title: str
    text: str
    since: datetime
    until: datetime | None
    site_ids: frozenset[int] = frozenset()


def public_notices(*, at: datetime) -> list[PublicNotice]:
    """Return the notices in force or about to begin, the earliest first."""
    return [
        PublicNotice(
            title=local(row, "title"), text=local(row, "text"), since=row.starts_at,
            until=row.ends_at, site_ids=frozenset(site.pk for site in row.sites.all()),
        )
        for row in current_notices(at)
    ]  # fmt: skip


def notices_for(parcel: Parcel, *, at: datetime) -> list[PublicNotice]:
    """Return the notices that hit a parcel on its way: those of a site it still has to pass."""
    touched = {parcel.origin_id, parcel.destination_id, parcel.last_site_id}
    return [n for n in public_notices(at=at) if not n.site_ids or n.site_ids & touched]

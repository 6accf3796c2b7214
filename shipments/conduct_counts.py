"""PeopleRow: violations of couriers as H08 counts them, by the day of the act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from courierqa.core import calendars, counted
from shipments.models import Violation
from staff.counted import PEOPLE
from staff.models import PeopleRow
from staff.roster import VIOLATION as KIND
from staff.selectors.people import sites_then


def refresh_violations(rows: Sequence[Violation], *, at: datetime) -> None:
    """Make the rows of these violations anew; one that was taken back has none.

    It counts at the site the courier worked at that day (B19), and names no parcel.
    """
    kept = [one for one in rows if one.withdrawn_at is None]
    sites = sites_then([(one.courier, one.happened_on) for one in kept])
    made = [
        counted.row(
            PeopleRow, KIND, one.pk, calendars.day_start(one.happened_on), site_id=site,
            label=f"{one.courier.number} {one.happened_on}", courier_id=one.courier_id,
            is_hit=True,
        )
        for one, site in zip(kept, sites, strict=True)
    ]  # fmt: skip
    ids = [one.pk for one in rows]
    counted.keep(PeopleRow, made, kinds=(KIND,), records=ids, source=PEOPLE, at=at)


def renew(*, at: datetime) -> None:
    """Make every row anew, after an upgrade."""
    refresh_violations(list(Violation.objects.select_related("courier").order_by("pk")), at=at)

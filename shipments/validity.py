"""ValiditySpan: on which evenings a device or licence was needed, and whether it was valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from courierqa.core import evenings
from courierqa.core.evenings import Thing
from shipments.models import Instrument, ValiditySpan

ONE = timedelta(days=1)
# First and last day of a term; None: without end.
Term = tuple[date, date | None]


@dataclass(frozen=True)
class Need:
    """From this day on a thing is needed at a site (None: the company), or no longer."""

    from_day: date
    site_id: int | None
    is_needed: bool = True


def refresh_instrument(row: Instrument, *, at: datetime) -> None:
    """Make the spans of a measuring instrument anew (F03).

    What was noted last of a calibration holds: a day typed wrongly can be put right.
    """
    needs = [Need(one.from_day, one.site_id, one.is_active) for one in row.uses.all()]
    noted = row.calibrations.order_by("pk").values_list("calibrated_on", "valid_until")
    keep(Thing("F03", row.pk, row.code), needs, list(dict(noted).items()), at=at)


def renew(*, at: datetime) -> None:
    """Make the spans of every instrument anew, after an upgrade."""
    for row in Instrument.objects.order_by("pk"):
        refresh_instrument(row, at=at)


def keep(thing: Thing, needs: Sequence[Need], terms: Sequence[Term], *, at: datetime) -> None:
    """Make the spans of a thing equal to its records, and announce the evenings that changed.

    `needs` are in the order of their days.
    """

    def on(day: date) -> evenings.Evening | None:
        need = [one for one in needs if one.from_day <= day][-1]
        is_valid = any(start <= day and (end is None or day <= end) for start, end in terms)
        return (need.site_id, is_valid) if need.is_needed else None

    after = evenings.cut(ValiditySpan, thing, _cuts(needs, terms), on)
    evenings.keep(ValiditySpan, thing.kind, {thing.record_id: after}, at=at)


def _cuts(needs: Sequence[Need], terms: Sequence[Term]) -> list[date]:
    if not needs:
        return []
    days = {one.from_day for one in needs} | {start for start, _end in terms}
    days |= {end + ONE for _start, end in terms if end is not None}
    return [day for day in days if day >= needs[0].from_day]

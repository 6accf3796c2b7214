"""ValiditySpan: on which evenings a device or licence was needed, and whether it was valid.

What is needed and what is valid change by whole days, and the future of both is known: a term
that ends next year is a span that ends then. So nothing has to be counted night by night.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from courierqa.core import changed
from courierqa.core.calendars import business_day, day_start
from shipments.models import Instrument, ValiditySpan

SPANS = "spans"
ONE = timedelta(days=1)
# First and last day of a term; None: without end.
Term = tuple[date, date | None]
Evening = tuple[int | None, bool]


@dataclass(frozen=True)
class Need:
    """From this day on a thing is needed at a site (None: the company), or no longer."""

    from_day: date
    site_id: int | None
    is_needed: bool = True


@dataclass(frozen=True)
class Thing:
    """What is counted: the figure, the key of the record, and what people call it."""

    kind: str
    record_id: int
    label: str


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
    held = ValiditySpan.objects.filter(kind=thing.kind, record_id=thing.record_id)
    before, after = list(held), list(_spans(thing, needs, terms))
    today = business_day(at)
    moved = _evenings(before, today) ^ _evenings(after, today)
    if _told(before) != _told(after):
        held.delete()
        ValiditySpan.objects.bulk_create(after)
    changed.mark(SPANS, {(day, site or 0) for day, site, _valid in moved}, at=at)


def _spans(thing: Thing, needs: Sequence[Need], terms: Sequence[Term]) -> Iterator[ValiditySpan]:
    """Cut the time wherever a need or a term begins or ends, and join what is alike."""
    found: list[ValiditySpan] = []
    for day, following in pairwise([*_cuts(needs, terms), None]):
        assert day is not None, "only the last one is open"
        need = [one for one in needs if one.from_day <= day][-1]
        if not need.is_needed:
            continue
        last = following - ONE if following else None
        is_valid = any(start <= day and (end is None or day <= end) for start, end in terms)
        one = found[-1] if found else None
        if one and one.last_day == day - ONE and _is(one) == (need.site_id, is_valid):
            one.last_day = last
            continue
        found.append(
            ValiditySpan(
                kind=thing.kind, record_id=thing.record_id, label=thing.label[:60],
                site_id=need.site_id, day=day, last_day=last, moment=day_start(day),
                is_hit=is_valid,
            )
        )  # fmt: skip
    return iter(found)


def _cuts(needs: Sequence[Need], terms: Sequence[Term]) -> list[date]:
    if not needs:
        return []
    days = {one.from_day for one in needs} | {start for start, _end in terms}
    days |= {end + ONE for _start, end in terms if end is not None}
    return sorted(day for day in days if day >= needs[0].from_day)


def _is(one: ValiditySpan) -> Evening:
    return one.site_id, one.is_hit


def _told(rows: Iterable[ValiditySpan]) -> set[tuple[object, ...]]:
    return {(one.day, one.last_day, one.label, *_is(one)) for one in rows}


def _evenings(rows: Iterable[ValiditySpan], today: date) -> set[tuple[date, int | None, bool]]:
    """Return each evening up to today with its site and whether it was valid."""
    return {
        (one.day + n * ONE, *_is(one))
        for one in rows
        for n in range((min(one.last_day or today, today) - one.day).days + 1)
    }

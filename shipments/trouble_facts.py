"""TroubleRow: exceptions as E01 to E04, D09 and A06 count them, kept equal to their records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta

from django.db.models import Q

from courierqa.core import calendars, clocks, counted
from courierqa.core.calendars import CalendarView
from courierqa.core.clocks import Target
from courierqa.core.enums import ClockKind
from courierqa.core.models import StatusChange
from shipments.enums import ExceptionKind as Kind
from shipments.models import Parcel, ParcelException, TroubleRow

TROUBLES = "troubles"
KINDS = ("E01", "E02", "E03", "E04", "D09", "A06")
# Foreseen, or before there was a parcel: nothing has happened to one yet.
NOT_YET = (Kind.AT_RISK, Kind.ANNOUNCED)
# Reopened within this, an exception had not been closed (E02).
HOLDS = timedelta(days=7)
REPORT_WITHIN = timedelta(hours=1)
NOTICE = Target(kind=ClockKind.WORKING_HOURS, amount=2)
DAYTIME = (time(8), time(20))
LABEL = ParcelException._meta.label_lower
COLUMNS = (
    "pk", "parcel_id", "number", "kind", "site_id", "owner_id", "found_at", "reported_at",
    "opened_at", "solve_by", "notice_by", "told_at", "closed_at", "called_at", "proved_wrong",
)  # fmt: skip


def notice_due(at: datetime) -> datetime:
    """Return until when the customer must hear of it: two hours, the night not counted (E03)."""
    hours = dict.fromkeys(range(7), (DAYTIME,))
    view = CalendarView(code="daytime", version=1, tz=calendars.zone(), hours=hours)
    return clocks.due_at(at, NOTICE, view).astimezone(UTC)


def refresh(parcel_ids: Iterable[int], *, at: datetime) -> int:
    """Make the rows of the exceptions of these parcels anew; return how many moved."""
    ids = sorted(set(parcel_ids))
    found = ParcelException.objects.filter(parcel_id__among=ids).order_by("opened_at", "pk")
    rows: dict[int, list[ParcelException]] = defaultdict(list)
    for one in found.only(*COLUMNS):
        rows[one.parcel_id].append(one)
    if not rows:
        return 0
    names = ("pk", "product_id", "is_test", "parent_id", "accepted_at")
    parcels = Parcel.objects.only(*names).in_bulk(list(rows))
    every = [one for several in rows.values() for one in several]
    again = _reopened([one.pk for one in every])
    made = [
        row
        for pk, several in rows.items()
        if not parcels[pk].is_test
        for row in _of_parcel(parcels[pk], several, again)
    ]
    return counted.keep(
        TroubleRow, made, kinds=KINDS, records=[one.pk for one in every], source=TROUBLES, at=at
    )


def renew(*, now: datetime) -> int:
    """Make the rows of every exception anew, after an upgrade."""
    ids = list(ParcelException.objects.order_by().values_list("parcel_id", flat=True).distinct())
    return sum(refresh(ids[start : start + 500], at=now) for start in range(0, len(ids), 500))


def _reopened(ids: list[int]) -> dict[int, list[tuple[str, datetime]]]:
    """Return the closings and reopenings of exceptions that were opened again."""
    steps = StatusChange.objects.filter(object_type=LABEL, object_id__in=ids)
    back = set(steps.filter(verb="reopen").values_list("object_id", flat=True))
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    if back:
        rows = steps.filter(object_id__in=back, verb__in=["solve", "reopen"]).order_by("id")
        for pk, verb, at in rows.values_list("object_id", "verb", "at"):
            found[int(pk)].append((verb, at))
    return found


def _closed(one: ParcelException, steps: list[tuple[str, datetime]]) -> datetime | None:
    """Return the first closing that held for a week; otherwise how it stands now."""
    for place, (verb, at) in enumerate(steps):
        after = [when for what, when in steps[place + 1 :] if what == "reopen"]
        if verb == "solve" and not (after and after[0] <= at + HOLDS):
            return at
    return one.closed_at


def _of_parcel(
    parcel: Parcel, several: list[ParcelException], again: dict[int, list[tuple[str, datetime]]]
) -> Iterator[counted.CountedRow]:
    real = [one for one in several if one.kind not in NOT_YET]
    for place, one in enumerate(real):
        if place == 0 and parcel.parent_id is None:
            yield _row(parcel, one, "E01", one.opened_at, is_hit=True)
        if one.solve_by is not None:
            closed = _closed(one, again.get(one.pk, []))
            in_time = closed is not None and closed <= one.solve_by
            yield _row(parcel, one, "E02", one.solve_by, is_hit=in_time)
        if one.notice_by is not None:
            yield _row(parcel, one, "E03", one.notice_by, is_hit=_told_in_time(one))
        if one.reported_at is not None:
            quick = one.reporting_delay <= REPORT_WITHIN
            yield _row(parcel, one, "E04", one.was_found_at, is_hit=quick)
    yield from _special(parcel, real)


def _told_in_time(one: ParcelException) -> bool:
    """Say whether we told the customer by the limit, and before they came to us (E03)."""
    if one.told_at is None or one.notice_by is None:
        return False
    first = one.called_at is None or one.told_at <= one.called_at
    return first and one.told_at <= one.notice_by


def note_call(parcel_id: int, *, called_at: datetime, at: datetime) -> None:
    """The customer of a parcel came to us: what we had not told them by then was told late (E03).

    The first call counts.
    """
    rows = ParcelException.objects.filter(
        Q(told_at=None) | Q(told_at__gt=called_at),
        Q(called_at=None) | Q(called_at__gt=called_at),
        parcel_id=parcel_id, notice_by__isnull=False, opened_at__lt=called_at,
    )  # fmt: skip
    if rows.update(called_at=called_at):
        refresh([parcel_id], at=at)


def _special(parcel: Parcel, real: list[ParcelException]) -> Iterator[counted.CountedRow]:
    """A wrong person, and goods that should never have been taken in; once for a parcel."""
    if parcel.parent_id is not None:
        return
    wrong = [one for one in real if one.kind == Kind.MISDELIVERED and not one.proved_wrong]
    if wrong:
        yield _row(parcel, wrong[0], "D09", wrong[0].opened_at, is_hit=True)
    taken = parcel.accepted_at
    found = [one for one in real if one.kind == Kind.DANGER and taken and one.opened_at >= taken]
    if found:
        yield _row(parcel, found[0], "A06", found[0].opened_at, is_hit=True)


def _row(
    parcel: Parcel, one: ParcelException, kind: str, moment: datetime, *, is_hit: bool
) -> counted.CountedRow:
    return counted.row(
        TroubleRow, kind, one.pk, moment, label=one.number, site_id=one.site_id,
        product_id=parcel.product_id, courier_id=one.owner_id, is_hit=is_hit,
    )  # fmt: skip

"""UpkeepRow: reviews as I10 and I11 count them, due on a day and signed by then or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from operator import attrgetter

from courierqa.core import counted
from courierqa.core.recurrence import add_months
from quality.models import Review, ReviewPlan, UpkeepRow
from quality.models.review import MONTHS
from quality.review_enums import ReviewKind, ReviewStatus
from quality.upkeep_counts import UPKEEP, end_of

# The day of the next month by which a month's timeliness is reviewed and signed (I11).
SIGNED_BY = 10
CODES = {ReviewKind.TIMELINESS: "I11", ReviewKind.MANAGEMENT: "I10"}
Rows = Iterator[counted.CountedRow]


def refresh_plan(plan: ReviewPlan, *, at: datetime, gone: Iterable[int] = ()) -> None:
    """Make the rows of a plan's reviews anew; `gone` are reviews that were taken off it.

    The years of management reviews follow each other whatever plan they were held under.
    """
    rows = Review.objects.filter(kind=plan.kind).select_related("site")
    if plan.kind == ReviewKind.TIMELINESS:
        _monthly(list(rows.filter(plan=plan)), at, gone)
    else:
        _yearly(list(rows), at, gone)


def refresh_review(one: Review, *, at: datetime) -> None:
    """Make the row of a review anew once its minutes are signed."""
    if one.kind == ReviewKind.TIMELINESS:
        _monthly([one], at)
    else:
        refresh_plan(one.plan, at=at)


def renew(*, at: datetime) -> None:
    """Make every row anew, after an upgrade."""
    for plan in ReviewPlan.objects.order_by("pk"):
        refresh_plan(plan, at=at)


def _monthly(rows: Sequence[Review], at: datetime, gone: Iterable[int] = ()) -> None:
    made = (_row(one, signing_day(one), one.done_at) for one in rows)
    _keep("I11", made, [*(one.pk for one in rows), *gone], at)


def signing_day(one: Review) -> date:
    """Return the last day a month's review is in time, whatever day its plan names."""
    return one.planned_day.replace(day=SIGNED_BY)


def _yearly(rows: Sequence[Review], at: datetime, gone: Iterable[int] = ()) -> None:
    _keep("I10", _of_years(rows), [*(one.pk for one in rows), *gone], at)


def _of_years(rows: Sequence[Review]) -> Rows:
    """Each review is due a year after the one before; the first one on the first day planned.

    The next one to be held waits as the earliest turn after the last; turns that were passed over
    between two reviews held within a year of each other were not due.
    """
    held = sorted((one for one in rows if one.done_at is not None), key=attrgetter("done_at", "pk"))
    due = min((one.due_day for one in rows), default=None)
    for one in held:
        assert due is not None, "there are reviews"
        assert one.held_on is not None, "a held review has its day"
        yield _row(one, due, one.done_at)
        due = add_months(one.held_on, MONTHS)
    after = held[-1].planned_day if held else date.min
    ahead = [one for one in rows if one.status != ReviewStatus.HELD and one.planned_day > after]
    if due is not None and ahead:
        yield _row(min(ahead, key=lambda one: (one.planned_day, one.pk)), due, None)


def _row(one: Review, due: date, signed_at: datetime | None) -> counted.CountedRow:
    """Without signed minutes it was not held, however far it was prepared."""
    until = end_of(due)
    return counted.row(
        UpkeepRow, CODES[ReviewKind(one.kind)], one.pk, until, label=one.number,
        site_id=one.site_id, is_hit=signed_at is not None and signed_at <= until,
    )  # fmt: skip


def _keep(kind: str, rows: Iterable[counted.CountedRow], records: list[int], at: datetime) -> None:
    counted.keep(UpkeepRow, rows, kinds=(kind,), records=records, source=UPKEEP, at=at)

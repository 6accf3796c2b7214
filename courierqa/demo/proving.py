"""A programme of the demo carried to its end: time, satisfaction and cost before and after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Decimal

from courierqa.core.calendars import business_day, day_start
from courierqa.demo import improving, loops
from courierqa.demo.people import Cast
from courierqa.demo.planted import CRISIS
from kpi.board import programmes as board
from kpi.metrics import METRICS
from kpi.selectors.effects import Span, figure_in
from kpi.selectors.scope import EVERYTHING
from quality.models import Action, Programme
from quality.services import improvement

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# Days of the baseline; days from the start to the first one without a measure under way.
BASELINE, DEEDS = board.SPANS[1], 6
# How long after its start a programme is judged.
LENGTHS = (60, 34, 22)
# So long ago customers were asked often enough for a baseline.
SURVEYED = 49
TALE = loops.Tale(
    "分拨积压导致成批晚派", "NB-02", 0, "method-planning",
    ("到站晚于派送班次", "分拣积压未分流", "没有积压时的分流预案"), "启用分流预案，增开夜间干线",
    "proven",
)  # fmt: skip


@dataclass(frozen=True)
class Course:
    """When a programme began and was judged, how many figures gained, and T01 on both sides."""

    start: date
    end: date
    gained: int
    before: float
    after: float

    @property
    def rank(self) -> tuple[int, float]:
        return self.gained, self.after - self.before


def tell(cast: Cast, *, now: datetime, since: date) -> str:
    """Tell one where the figures of the story say that it worked; a short story has none."""
    told = [course for days in spans(since, business_day(now)) if (course := _read(*days))]
    if not told:
        return "no programme with a proven effect"
    row = _carry(cast, max(told, key=lambda one: one.rank), now)
    return f"programme {row.number} with a proven effect"


def spans(since: date, today: date) -> Iterator[tuple[date, date]]:
    """Yield start and end: the programme that ended the crisis, and any that surveys can judge."""
    crisis = (month.replace(day=CRISIS.days[1] - 1) for month in CRISIS.months(since, today))
    first = max(since + 14 * DAY, today - SURVEYED * DAY)
    recent = (first + n * DAY for n in range(0, max((today - first).days, 0), 3))
    for start in (*(day for day in crisis if day - BASELINE * DAY >= since), *recent):
        for length in LENGTHS:
            if start + length * DAY <= today:
                yield start, start + length * DAY


def _read(start: date, end: date) -> Course | None:
    """Read the figures of the company on both sides; None where time was not gained."""
    sides = Span(start - BASELINE * DAY, start - DAY), Span(start + DEEDS * DAY, end - DAY)
    gained, in_time = 0, (0.0, 0.0)
    for code in improvement.JUDGED:
        old, new = (figure_in(code, span, EVERYTHING) for span in sides)
        if old.is_few or new.is_few or old.value is None or new.value is None:
            continue
        gained += (new.value > old.value) == METRICS[code].higher_is_better
        if code == "T01":
            in_time = old.value, new.value
    return Course(start, end, gained, *in_time) if in_time[1] > in_time[0] else None


def _carry(cast: Cast, course: Course, now: datetime) -> Programme:
    """Raise the problem, plan and do the measures, prove them, judge the programme."""
    at, by = day_start(course.start) + 8 * HOUR, cast.users["quality"]
    raised = loops.tell_one(cast, TALE, at, now)
    target = Decimal(str(course.after)).quantize(Decimal("0.01"), ROUND_FLOOR)
    row = improving.draft(
        cast, at + 4 * HOUR, title="分拨积压专项治理", field="time", metric="T01", target=target,
        problem="分拨积压使快件成批晚派，客户等待和赔付增加", site=None, budget=1_500_000,
    )  # fmt: skip
    reading = board.readings(row, board.span_before(row, BASELINE, business_day(now)))
    improvement.fix_baseline(row, reading=reading, by=by, at=at + 4 * HOUR)
    for action in Action.objects.filter(nonconformity=raised).order_by("pk"):
        improvement.link_action(row, action, by=by, at=at + 4 * HOUR)
    improvement.propose_programme(row, by=by, at=at + 5 * HOUR)
    boss = cast.users["manager"]
    row = improvement.decide_programme(row, approve=True, note="", by=boss, at=at + 6 * HOUR)
    return improvement.conclude(
        row, verdict="keep", note="准时率回升并保持，分流预案写入作业指导", cost_fen=1_318_000,
        reading=board.readings(row, board.span_after(row, course.end)), by=boss,
        at=min(day_start(course.end) + 10 * HOUR, now),
    )  # fmt: skip

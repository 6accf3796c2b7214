"""Reviews of the demo: months that were held, one that is missing, a management review."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from courierqa.core.calendars import business_day, day_start
from courierqa.core.recurrence import add_months
from courierqa.demo.people import Cast
from kpi import announcing, promising
from kpi.models import Pledge
from quality.models import Cause, Review
from quality.services import documents, reviews
from quality.services.reviews.preparing import Written

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# The day of the month a review has to be held by.
BY = 10
# Conclusion, what is decided, by which of the four ways, the cause it goes to; oldest first.
MONTHS = (
    ("揽收环节平稳，干线晚点集中在周一", "周一增开一班夜间干线", "network", "environment-traffic"),
    ("准时率略有回升，末端投递仍是主要延误环节", "午后增加一次派件", "delivery", "people-staffing"),
    ("大件中转时间偏长", "分拨中心启用自动称重", "systems", "machine-unsuitable"),
)


def tell(cast: Cast, *, now: datetime, since: date) -> str:
    """Hold three months, miss one, hold the management review; return a line about them."""
    today = business_day(now)
    last = add_months(today.replace(day=BY), 0 if today.day > BY else -1)
    # A shorter history has fewer turns; nothing is reviewed before it.
    turns = [day for back in (-2, -1, 0) if (day := add_months(last, back)) > since] or [last]
    began = day_start(since)
    held = _months(cast, turns, began, now)
    _missing(cast, last, began, now)
    _management(cast, began, now)
    _commit(cast, today, now)
    late = Review.objects.filter(done_at=None, due_day__lt=today).count()
    return f"{held} monthly reviews held, {late} overdue, 1 management review, 3 pledges confirmed"


def _owner(cast: Cast, name: str) -> Any:
    user: Any = cast.users[name]
    return user.employee


def _morning(day: date, began: datetime, now: datetime) -> datetime:
    """Return nine o'clock of a day, within the story."""
    return min(max(day_start(day) + 9 * HOUR, began + HOUR), now)


def _months(cast: Cast, turns: list[date], began: datetime, now: datetime) -> int:
    first = _morning(turns[0] - 40 * DAY, began, now)
    plan = reviews.make_review_plan(
        kind="timeliness", site=None, owner=_owner(cast, "quality"), every="month",
        starts_on=turns[0], by=cast.users["manager"], at=first,
    )  # fmt: skip
    for day, words in zip(turns, MONTHS, strict=False):
        # Each turn is laid out when its time comes, so that none is told of as overdue.
        reviews.run_reviews(now=_morning(day - 20 * DAY, began, now))
        row = plan.reviews.get(planned_day=day)
        _hold(cast, row, words, _morning(day - 2 * DAY, began, now), now)
    return len(turns)


def _hold(
    cast: Cast, row: Review, words: tuple[str, str, str, str], at: datetime, now: datetime
) -> None:
    """Open it, write it, decide, sign it the same day; decisions are due soon after today."""
    by, (said, deed, way, cause) = cast.users["quality"], words
    reviews.open_review(row, by=by, at=at)
    people = [_owner(cast, name) for name in ("quality", "lead", "manager")]
    reviews.write_review(
        row, by=by, at=at,
        written=Written(participants=people, causes=f"首个延误环节集中；{said}", conclusion=said),
    )  # fmt: skip
    decided = reviews.Decided(
        output="improvement", category=way, text=deed, metric="T01", cause=_cause(cause),
        owner=cast.supervisors["HZ-02"], due_on=business_day(now) + 20 * DAY,
    )  # fmt: skip
    reviews.add_decision(row, decided=decided, by=by, at=at)
    reviews.hold_review(row, held_on=business_day(at), by=by, at=at)


def _cause(code: str) -> Cause:
    return Cause.objects.get(code=code)


def _missing(cast: Cast, missed: date, began: datetime, now: datetime) -> None:
    """The leader of one site did not hold the last month in time, and was told."""
    reviews.make_review_plan(
        kind="timeliness", site=cast.sites["HZ-01"], owner=cast.supervisors["HZ-01"],
        every="month", starts_on=missed, by=cast.users["quality"],
        at=_morning(missed - 25 * DAY, began, now),
    )  # fmt: skip
    reviews.run_reviews(now=_morning(missed + DAY, began, now))
    reviews.run_reviews(now=now)


def _management(cast: Cast, began: datetime, now: datetime) -> None:
    """Quality management prepares it, the president approves it before its day."""
    turn = business_day(now) - 2 * DAY
    plan = reviews.make_review_plan(
        kind="management", site=None, owner=_owner(cast, "quality"), every="half_year",
        starts_on=turn, by=cast.users["manager"], at=_morning(turn - 40 * DAY, began, now),
    )  # fmt: skip
    row = plan.reviews.order_by("planned_day")[0]
    by = cast.users["quality"]
    at = _morning(max(row.period.end_day, turn - 2 * DAY), began, now)
    reviews.open_review(row, by=by, at=at)
    notes = {"customers": "申诉集中在末端投递，见每月投诉分析", "partners": "两家合作方按月评分",
             "resources": "旺季需要增加午后班次", "risks": "重大隐患已全部停工整改"}  # fmt: skip
    verdicts = {one.pk: ("keep", "") for one in row.verdicts.all()}
    changed = row.verdicts.filter(metric="T01").first()
    if changed is not None:
        verdicts[changed.pk] = ("change", "明年提高一个百分点")
    reviews.write_review(row, by=by, at=at, written=Written(
        participants=[_owner(cast, name) for name in ("quality", "lead", "manager", "hr")],
        conclusion="体系运行有效，目标基本达成，投递环节需要投入", notes=notes, verdicts=verdicts,
    ))  # fmt: skip
    _decide(cast, row, at)
    reviews.propose_review(row, held_on=business_day(at), by=by, at=at + 6 * HOUR)
    boss = cast.users["manager"]
    reviews.decide_review(row, approve=True, note="同意", by=boss, at=at + 8 * HOUR)


def _decide(cast: Cast, row: Review, at: datetime) -> None:
    lines = (("resources", "旺季增加三十名临时派件员", "people-overload"),
             ("change", "投递作业指导改为按时段预约", "method-unclear-rule"))  # fmt: skip
    for output, text, cause in lines:
        decided = reviews.Decided(
            output=output, text=text, owner=_owner(cast, "lead"), cause=_cause(cause),
            due_on=business_day(at) + 30 * DAY,
        )  # fmt: skip
        reviews.add_decision(row, decided=decided, by=cast.users["quality"], at=at)


def _commit(cast: Cast, today: date, now: datetime) -> None:
    """Confirm three pledges, set something aside for an objective, make the objectives known."""
    by = cast.users["quality"]
    for row in Pledge.objects.order_by("position")[:3]:
        promising.change_pledge(row, value=row.value, text=row.text, text_en=row.text_en,
                                is_active=True, by=by, at=now)  # fmt: skip
    for kind, amount in (("people", 30), ("vehicles", 4), ("money", 12_000_000)):
        promising.give_resource(metric="T01", site=None, year=today.year, kind=kind,
                                amount=amount, words="旺季午后班次", by=by, at=now)  # fmt: skip
    told = announcing.announce(year=today.year, site=cast.sites["HZ-01"],
                               owner=cast.supervisors["HZ-01"], effective_on=today, change="",
                               by=by, at=now)  # fmt: skip
    documents.decide_version(told, approve=True, note="", by=cast.users["manager"], at=now)

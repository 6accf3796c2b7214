"""Reviews with known answers: months signed in time or not, years that follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from quality.models import Review
from quality.services import reviews as services
from quality.services.reviews.preparing import Written
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.deeds import HOUR, TINY
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, end_of
from tests.kpi.hidden_truth.loops import Told, people_of
from tests.quality.conftest import Loop

PLACE, OTHER = "HZ-01", "NB-01"
JANUARY = datetime(2026, 1, 20, 10, tzinfo=CHINA)
LIMITS = [end_of(datetime(2026, month, 10, tzinfo=CHINA)) for month in (2, 3)]


def reviews(sites: dict[str, Any]) -> Iterator[Told]:
    """Review months at two places and for the company; review the whole every half year."""
    people = people_of(sites[PLACE], sites["hub"])
    yield PLACE, "", list(_monthly(people, sites[PLACE], 10, (LIMITS[0], LIMITS[1] + TINY)))
    # A plan that names the fifteenth makes the eleventh no earlier than it is.
    late = LIMITS[0] + DAY
    yield OTHER, "", list(_monthly(people, sites[OTHER], 15, (late, LIMITS[1] - HOUR)))
    yield "", "", list(_monthly(people, None, 8, (None, LIMITS[1])))
    yield "", "", list(_management(people))


def _monthly(
    people: Loop, site: Any, day: int, signed: tuple[datetime | None, ...]
) -> Iterator[Answer]:
    services.make_review_plan(
        kind="timeliness", site=site, owner=people.leader, every="month",
        starts_on=date(2026, 2, day), by=people.quality, at=JANUARY,
    )  # fmt: skip
    services.run_reviews(now=NOW)
    rows = Review.objects.filter(kind="timeliness", site=site).order_by("planned_day")
    for row, at in zip_longest(rows, signed):
        limit = end_of(datetime(2026, row.planned_day.month, 10, tzinfo=CHINA))
        if at is not None:
            _prepare(row, people, at)
            services.hold_review(row, held_on=at.astimezone(CHINA).date(), by=people.quality, at=at)
        yield Answer("I11", limit, at is not None and at <= limit)


def _management(people: Loop) -> Iterator[Answer]:
    """The first signed a moment late, the half year passed over, the next a year after the day
    of the meeting, at its last moment."""
    first = datetime(2025, 2, 24, 10, tzinfo=CHINA)
    plan = services.make_review_plan(
        kind="management", site=None, owner=people.checker, every="half_year",
        starts_on=first.date(), by=people.quality, at=first - DAY,
    )  # fmt: skip
    services.run_reviews(now=first + 190 * DAY)
    services.run_reviews(now=NOW)
    turns = list(plan.reviews.order_by("planned_day"))
    dues = [end_of(first), end_of(datetime(2026, 2, 23, tzinfo=CHINA))]
    meetings = (first - DAY, dues[1] - 3 * HOUR)
    for turn, due, met, at in zip(
        (turns[0], turns[2]), dues, meetings, (dues[0] + TINY, dues[1]), strict=True
    ):
        row = _prepare(turn, people, met)
        services.propose_review(row, held_on=met.date(), by=people.quality, at=met)
        services.decide_review(row, approve=True, note="", by=people.manager, at=at)
        yield Answer("I10", due, at <= due)


def _prepare(row: Review, people: Loop, at: datetime) -> Review:
    row = services.open_review(row, by=people.quality, at=at)
    keep = {one.pk: ("keep", "") for one in row.verdicts.all()}
    said = Written(participants=[people.leader], conclusion="已评审", verdicts=keep)
    return services.write_review(row, written=said, by=people.quality, at=at)

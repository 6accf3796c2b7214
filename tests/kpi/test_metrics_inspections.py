"""Known answers of the figures about inspections, worked out by hand (domain C10)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from courierqa.core.timeframes import parse_period
from kpi import services
from quality.models import Checklist
from quality.services import inspections
from tests.kpi.known import figure
from tests.quality.conftest import Loop, loop  # noqa: F401 -- a fixture
from tests.quality.inspecting import inspected

pytestmark = pytest.mark.django_db
# Monday 2 March 2026, 10:00 in Shanghai.
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=40)
MARCH = parse_period("2026-03")
DAY = timedelta(days=1)


def of(code: str, *, now: datetime = LATER) -> Any:
    return figure(code, period=MARCH, now=now)


def agree() -> bool:
    return services.verify_period(MARCH, now=LATER).differences == []


def planned(people: Loop) -> list[Any]:
    """Plan every Monday from the 2nd and end with March: 2, 9, 16, 23, 30."""
    plan = inspections.make_inspection_plan(
        checklist=Checklist.objects.get(code="site-round"), site=people.site, kind="random",
        lead=people.leader, every="week", interval=1, starts_on=NOW.date(), by=people.quality,
        at=NOW,
    )  # fmt: skip
    inspections.end_plan(plan, on=date(2026, 3, 31), reason="季末", by=people.quality, at=NOW)
    return list(plan.days.order_by("planned_day"))


def test_done_by_the_planned_day_or_not(loop: Loop) -> None:  # noqa: F811 -- a fixture
    """Done on the day, a day late, half-filled, put off and then done, never: 1 of 5. Two
    unplanned visits repair nothing."""
    days = planned(loop)
    inspected(loop, planned=days[0], at=NOW)
    inspected(loop, planned=days[1], at=NOW + 8 * DAY)
    inspected(loop, planned=days[2], at=NOW + 14 * DAY, grades={4: "unchecked"})
    inspections.move_day(days[3], due_day=date(2026, 3, 25), reason="大雪", by=loop.quality,
                         at=NOW + 20 * DAY)  # fmt: skip
    inspected(loop, planned=days[3], at=NOW + 23 * DAY)
    for turn in range(2):
        inspected(loop, at=NOW + (24 + turn) * DAY)

    found = of("I01")

    assert (found.hits, found.total) == (1, 5)
    assert agree()


def test_random_and_targeted_points_never_meet(loop: Loop) -> None:  # noqa: F811 -- a fixture
    """Random: 24 points, one not applicable, one not checked, two faults of which one was a
    mistake: 21 of 22. Targeted: 24 points, three faults: 21 of 24."""
    row = inspected(loop, grades={1: "na", 2: "unchecked", 13: "major", 17: "minor"})
    inspected(loop, kind="targeted", grades={13: "major", 14: "major", 17: "minor"}, at=NOW + DAY)
    inspections.correct_grade(
        row.lines.get(line__position=17), grade="conform", reason="照片不属于本车",
        by=loop.quality, at=NOW + 2 * DAY,
    )  # fmt: skip

    random, targeted = of("I02"), of("I02T")

    assert (random.hits, random.total) == (21, 22)
    assert (targeted.hits, targeted.total) == (21, 24)
    assert agree()

"""Known answers of the inspection part of a grade (H05): what inspectors saw of a person's work."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from courierqa.core.timeframes import parse_period
from kpi import evidence, grading, traces
from quality.models import Inspection
from quality.services import inspections
from staff import services
from staff.enums import GradePart, ObservationItem
from staff.models import AssessmentScheme
from tests.quality.conftest import Loop, loop  # noqa: F401 -- a fixture
from tests.quality.inspecting import inspected, version

pytestmark = pytest.mark.django_db
# Monday 2 March 2026, 10:00 in Shanghai.
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER = datetime(2026, 4, 3, 2, tzinfo=UTC)
MARCH = parse_period("2026-03")
DAY = timedelta(days=1)
CONDUCT = {"code": "CONDUCT", "weight": 100, "target": 0.99, "floor": 0.9, "bound": "low"}


def of(person: Any, month: str = "2026-03") -> tuple[int, int] | None:
    return evidence.conduct(parse_period(month)).get(person.pk)


def points() -> int:
    return version().lines.count()


@pytest.fixture
def chen(loop: Loop) -> Any:  # noqa: F811 -- a fixture
    AssessmentScheme.objects.filter(post=loop.courier.post).delete()
    AssessmentScheme.objects.create(
        post=loop.courier.post, valid_from=date(2026, 1, 1), parts=[CONDUCT], min_deliveries=0,
        min_work_days=0,
    )  # fmt: skip
    type(loop.courier.post).objects.filter(pk=loop.courier.post_id).update(is_graded=True)
    return loop.courier


def test_points_of_inspections_stand_beside_those_of_supervisors(loop: Loop, chen: Any) -> None:  # noqa: F811
    """24 points of which one does not apply and two fail: 21 of 23. A spot check with one of 14
    points not in order: 13 of 14. Together 34 of 37."""
    assert points() == 24
    inspected(loop, person=chen, grades={1: "na", 2: "minor", 3: "major"})
    assert of(chen) == (21, 23)

    answers = dict.fromkeys(ObservationItem.values, "ok") | {"no_rush_fee": "fail"}
    services.record_observation(
        chen, kind="spot_check", on=NOW.date(), answers=answers, note="私收 10 元",
        by=loop.leader.user, at=NOW,
    )  # fmt: skip

    assert of(chen) == (34, 37)


def test_what_is_about_no_person_or_aimed_at_a_fault_is_not_counted(loop: Loop, chen: Any) -> None:  # noqa: F811
    """A look at the site is nobody's; a targeted one never meets the random ones (I02)."""
    inspected(loop, grades={2: "minor"})
    inspected(loop, person=chen, kind="targeted", grades={2: "minor"})

    assert of(chen) is None
    assert of(loop.leader) is None


def test_the_day_of_the_inspection_says_to_which_month_it_belongs(loop: Loop, chen: Any) -> None:  # noqa: F811
    """One minute before and at midnight of 1 April in Shanghai (16:00 UTC)."""
    midnight = datetime(2026, 3, 31, 16, tzinfo=UTC)
    inspected(loop, person=chen, at=midnight - timedelta(minutes=1))
    inspected(loop, person=chen, at=midnight, grades={1: "na"})

    assert (of(chen), of(chen, "2026-04"), of(chen, "2026-02")) == ((24, 24), (23, 23), None)


def test_a_fault_taken_back_counts_as_conforming_and_one_found_later_as_fault(
    loop: Loop,  # noqa: F811
    chen: Any,
) -> None:
    row = inspected(loop, person=chen, grades={2: "minor"})
    assert of(chen) == (23, 24)
    two, three = row.lines.get(line__position=2), row.lines.get(line__position=3)

    inspections.correct_grade(two, grade="conform", reason="看错", by=loop.quality, at=NOW + DAY)
    assert of(chen) == (24, 24)
    inspections.correct_grade(three, grade="na", reason="不适用", by=loop.quality, at=NOW + DAY)
    assert of(chen) == (23, 23)


def test_an_inspection_with_nothing_checked_brings_no_part(loop: Loop, chen: Any) -> None:  # noqa: F811
    """All points "not applicable": 0 of 0 is no data, not 0 % (B21)."""
    inspected(loop, person=chen, grades=dict.fromkeys(range(1, 25), "na"))

    grading.grade_month("2026-03", now=LATER)

    row = chen.assessments.get()
    assert (row.score, row.parts.get().total) == (None, None)


@pytest.mark.req("ASM-02")
def test_the_part_is_read_at_the_careful_end_and_leads_to_its_records(
    client: Any,
    loop: Loop,  # noqa: F811
    chen: Any,
) -> None:
    """Ten visits of 24 points, 240 of 240: low = 240 ÷ 243.8415 = 0.984246.

    Points: (0.984246 − 0.90) ÷ 0.09 = 93.61.
    """
    for day in range(10):
        inspected(loop, person=chen, at=NOW + day * DAY)

    grading.grade_month("2026-03", now=LATER)
    row = chen.assessments.get()
    part = row.parts.get()
    assert (part.hits, part.total, part.score) == (240, 240, Decimal("93.61"))
    services.confirm_assessment(row, by=loop.quality, at=LATER)

    client.force_login(chen.user)
    page = client.get(part.records_url)
    [(_heading, lines)] = page.context["beside"]
    assert len(lines) == 10
    addresses = {address for _line, address in lines}
    uids = Inspection.objects.values_list("uid", flat=True)
    assert addresses == {reverse("quality:inspection", args=[uid]) for uid in uids}
    assert {client.get(address).status_code for address in addresses} == {200}


@pytest.mark.req("ASM-03")
def test_a_confirmed_grade_stays_when_an_inspection_arrives_late(loop: Loop, chen: Any) -> None:  # noqa: F811
    """240 of 240 → 93.61, A. Twelve faults sent later: 252 of 264 in the next version, a draft."""
    for day in range(10):
        inspected(loop, person=chen, at=NOW + day * DAY)
    grading.grade_month("2026-03", now=LATER)
    first = services.confirm_assessment(chen.assessments.get(), by=loop.quality, at=LATER)

    inspected(loop, person=chen, at=NOW + 3 * DAY + DAY / 24,
              grades=dict.fromkeys(range(4, 16), "minor"))  # fmt: skip
    grading.grade_month("2026-03", now=LATER + DAY, is_first=True)
    assert chen.assessments.count() == 1
    grading.grade_month("2026-03", now=LATER + DAY)

    newest = chen.assessments.order_by("-version").first()
    assert (newest.version, newest.state) == (2, "draft")
    assert (newest.parts.get().hits, newest.parts.get().total) == (252, 264)
    first.refresh_from_db()
    assert (first.score, first.grade, first.state) == (Decimal("93.61"), "A", "confirmed")
    assert first.parts.get().total == 240


def test_the_records_mark_which_visits_cost_points(loop: Loop, chen: Any) -> None:  # noqa: F811
    inspected(loop, person=chen)
    inspected(loop, person=chen, at=NOW + DAY, grades={2: "minor"})

    found = traces.traces(GradePart.CONDUCT, chen, MARCH)

    assert found is not None
    trace = found.beside[1][1]
    assert [line.is_miss for line in trace.lines(trace.rows.order_by("on"))] == [False, True]

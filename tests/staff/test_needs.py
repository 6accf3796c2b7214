"""Needs that raise themselves: from grades, exams and checks, once each."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from staff import services
from staff.grading import PartResult
from staff.models import AssessmentScheme, Course, TrainingNeed
from tests.factories.staff import (
    CourierFactory,
    CourseFactory,
    ExamFactory,
    SupervisorFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 3, 2, tzinfo=UTC)
TODAY = date(2026, 11, 3)
PARTS = [
    {"code": "T01", "weight": 60, "target": 0.95, "floor": 0.85, "bound": "low"},
    {"code": "C02", "weight": 40, "target": 0.0, "floor": 0.01, "bound": "high"},
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def li() -> Any:
    return SupervisorFactory(name="李娜")


@pytest.fixture
def chen(li: Any) -> Any:
    return CourierFactory(name="陈强", site=li.site)


@pytest.fixture
def hr() -> Any:
    return UserFactory(role="hr")


def month(chen: Any, on_time: float, complaints: float, *, key: str = "2026-10") -> Any:
    """Record the draft of a month."""
    scheme, _made = AssessmentScheme.objects.update_or_create(
        post=chen.post, valid_from=date(2026, 1, 1), defaults={"parts": PARTS}
    )
    parts = [
        PartResult("T01", 1, 200, on_time, on_time),
        PartResult("C02", 1, 200, complaints, complaints),
    ]
    return services.record_assessment(
        employee=chen, month=key, scheme=scheme, site=chen.site, parts=parts, as_of=NOW, now=NOW,
        deliveries=200, work_days=22,
    )  # fmt: skip


def references() -> list[str]:
    return sorted(TrainingNeed.objects.values_list("reference", flat=True))


@pytest.mark.req("TRN-06")
def test_a_part_at_its_floor_raises_a_need_and_a_good_month_none(chen: Any, hr: Any) -> None:
    services.confirm_assessment(month(chen, 0.95, 0.0, key="2026-09"), by=hr, at=NOW)
    assert references() == []
    # 0.85 is the floor of T01 itself: no points. 0.004 of C02 gives 60 points.
    services.confirm_assessment(month(chen, 0.85, 0.004), by=hr, at=NOW)

    need = TrainingNeed.objects.get()
    assert (need.source, need.reference, need.employee) == ("grade", "2026-10-T01", chen)


def test_a_draft_raises_nothing(chen: Any) -> None:
    month(chen, 0.80, 0.02)
    assert references() == []


def test_a_grade_c_without_a_lost_part_raises_one(chen: Any, hr: Any) -> None:
    # 20 of 100 points in T01, 30 in C02: 24 points, C, and no part at its floor.
    services.confirm_assessment(month(chen, 0.87, 0.007), by=hr, at=NOW)
    assert references() == ["2026-10-C"]


def test_a_need_is_not_raised_twice_by_a_second_version(chen: Any, hr: Any) -> None:
    services.confirm_assessment(month(chen, 0.80, 0.02), by=hr, at=NOW)
    again = month(chen, 0.81, 0.02)
    assert again.version == 2
    services.confirm_assessment(again, by=hr, at=NOW, note="重新统计")
    assert references() == ["2026-10-C02", "2026-10-T01"]


def test_an_objection_that_is_right_takes_the_need_back(chen: Any, li: Any, hr: Any) -> None:
    found = services.confirm_assessment(month(chen, 0.95, 0.02), by=li.user, at=NOW)
    assert references() == ["2026-10-C02"]
    objection = services.object_to_assessment(found, by=chen.user, at=NOW, text="不是我的责任")
    services.decide_objection(objection, by=hr, at=NOW, decision="投诉不成立", leave_out=["C02"])

    need = TrainingNeed.objects.get()
    assert (need.state, need.answer) == ("dropped", "投诉不成立")


@pytest.mark.req("TRN-06")
def test_an_exam_failed_for_good_raises_a_need_not_each_try(chen: Any, hr: Any) -> None:
    course = CourseFactory()
    exam = ExamFactory(course=course, max_attempts=2, questions=3)
    services.assign_course(chen, course, due_on=TODAY, by=hr, at=NOW)
    for n in (1, 2):
        at = NOW + timedelta(days=n * 3)
        attempt = services.start_attempt(chen, exam, at=at, seed=1)
        services.finish_attempt(attempt, employee=chen, at=at)
        assert TrainingNeed.objects.count() == n - 1

    need = TrainingNeed.objects.get()
    assert (need.source, need.employee) == ("exam", chen)


def check(chen: Any, li: Any, on: date, **more: Any) -> Any:
    answers = more.pop("answers", {"badge": "fail", "greeting": "ok"})
    return services.record_observation(
        chen, kind="spot_check", on=on, answers=answers, note="未戴工牌", by=li.user, at=NOW, **more
    )


@pytest.mark.req("TRN-06", "INS-03")
def test_a_point_found_wanting_twice_raises_a_need_once(chen: Any, li: Any) -> None:
    check(chen, li, date(2026, 6, 1))
    check(chen, li, date(2026, 10, 1))
    assert references() == []  # the first is older than 90 days
    check(chen, li, date(2026, 10, 20))
    check(chen, li, date(2026, 11, 2))
    assert references() == ["badge-2026-10"]


def test_a_corrected_check_takes_its_need_back(chen: Any, li: Any) -> None:
    wrong = check(chen, li, TODAY, answers={"no_gifts": "fail"})
    assert references() == [f"observation-{wrong.pk}"]
    check(chen, li, TODAY, answers={"no_gifts": "ok"}, corrects=wrong)
    assert TrainingNeed.objects.get().state == "dropped"


def test_needs_speak_the_readers_language(client: Any, chen: Any, hr: Any) -> None:
    services.confirm_assessment(month(chen, 0.85, 0.004), by=hr, at=NOW)
    client.force_login(hr)
    pages = [
        client.get(reverse("staff:needs"), headers={"Accept-Language": lang}).content.decode()
        for lang in ("en", "zh-hans")
    ]
    assert "On-time delivery at or below its floor in 2026-10" in pages[0]
    assert "2026-10 的" in pages[1]
    course = Course.objects.get(code="service-norms")
    page = reverse("staff:need", args=[TrainingNeed.objects.get().pk])
    client.post(page, {"verb": "answer", "course": course.code, "due_on": "2099-01-01"})
    assert TrainingNeed.objects.get().state == "assigned"

"""The courier's own grade on the phone: everything to see, nothing to keep."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from staff import services
from staff.grading import PartResult
from staff.models import AssessmentScheme, Course, CourseAssignment

NOW = datetime(2026, 11, 3, 2, tzinfo=UTC)
OWN = "/m/me/own/"
PARTS = [
    {"code": "T01", "weight": 60, "target": 0.95, "floor": 0.85, "bound": "low"},
    {"code": "C02", "weight": 40, "target": 0.0, "floor": 0.01, "bound": "high"},
]


def grade(cast: Any, month: str, on_time: float) -> None:
    """Record and confirm a month of the courier."""
    person = cast.courier.employee
    scheme, _made = AssessmentScheme.objects.update_or_create(
        post=person.post,
        valid_from=date(2026, 1, 1),
        defaults={"parts": PARTS},
    )
    parts = [
        PartResult("T01", 190, 200, on_time, on_time, "/kpi/T01/records/"),
        PartResult("C02", 0, 200, 0.0, 0.0, ""),
    ]
    found = services.record_assessment(
        employee=person, month=month, scheme=scheme, site=cast.station, parts=parts, as_of=NOW,
        now=NOW, deliveries=200, work_days=22,
    )  # fmt: skip
    services.confirm_assessment(found, by=cast.quality, at=NOW)


def test_own_part_shows_grade_moves_advice_and_courses(cast: Any, as_role: Any) -> None:
    for month, on_time in (("2026-09", 0.95), ("2026-10", 0.90)):
        grade(cast, month, on_time)
    # An overdue course comes before any advice on parts.
    CourseAssignment.objects.all().delete()
    course = Course.objects.create(code="greet", title="礼貌服务", title_en="Manners")
    services.assign_course(
        cast.courier.employee, course, due_on=date(2030, 1, 1), by=cast.hr, at=NOW
    )

    text = as_role("courier").get(OWN, headers={"Accept-Language": "en"}).content.decode()

    assert "grade-C" in text or ">C<" in text
    assert "(-50" in text
    assert "70.00" in text or str(Decimal(70)) in text
    number = cast.courier.employee.number
    assert reverse("staff:grade", args=[number, "2026-10"]) in text
    assert reverse("staff:course", args=["greet"]) in text
    assert "Plan the parcels due first" in text


def test_the_kept_shell_has_nobodys_grade(cast: Any, as_role: Any) -> None:
    grade(cast, "2026-10", 0.90)
    shell = as_role("courier").get("/m/me/")
    assert OWN in shell.content.decode()
    assert "2026-10" not in shell.content.decode()
    assert "no-store" in as_role("courier").get(OWN)["Cache-Control"]


def test_a_person_without_a_grade_is_told_so(as_role: Any) -> None:
    page = as_role("courier").get(OWN, headers={"Accept-Language": "en"})
    assert "No month is graded yet" in page.content.decode()
    assert as_role("agent").get(OWN).status_code == 403


def test_grades_become_final_by_themselves() -> None:
    target, seconds = settings.SCHEDULE["staff.finalise"]
    assert import_string(target) is services.finalise_due
    assert seconds == 3600


@pytest.mark.parametrize(("role", "seen"), [("courier", True), ("hr", True), ("admin", False)])
def test_navigation_leads_to_the_grades(as_role: Any, role: str, seen: bool) -> None:
    assert (b'href="/grades/"' in as_role(role).get("/training/").content) is seen

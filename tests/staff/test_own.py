"""The own page: everything about oneself, nothing about a colleague; who looked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import AuditEntry
from staff import services
from staff.grading import PartResult
from staff.models import AssessmentScheme, Certificate, Course, CourseAssignment, Goal

NOW = datetime(2026, 11, 3, 2, tzinfo=UTC)
OWN = "/me/"
EN = {"Accept-Language": "en"}
FAR = date(2099, 1, 1)
PARTS = [
    {"code": "T01", "weight": 60, "target": 0.95, "floor": 0.85, "bound": "low"},
    {"code": "C02", "weight": 40, "target": 0.0, "floor": 0.01, "bound": "high"},
]


def grade(cast: Any, person: Any, month: str, on_time: float, complaints: float = 0.0) -> Any:
    """Record and confirm a month of a person."""
    scheme, _made = AssessmentScheme.objects.update_or_create(
        post=person.post, valid_from=date(2026, 1, 1), defaults={"parts": PARTS}
    )
    parts = [
        PartResult("T01", int(on_time * 200), 200, on_time, on_time),
        PartResult("C02", int(complaints * 200), 200, complaints, complaints),
    ]
    found = services.record_assessment(
        employee=person, month=month, scheme=scheme, site=cast.station, parts=parts, as_of=NOW,
        now=NOW, deliveries=200, work_days=22,
    )  # fmt: skip
    return services.confirm_assessment(found, by=cast.quality, at=NOW)


@pytest.fixture
def chen(cast: Any) -> Any:
    person = cast.courier.employee
    person.post.is_graded = True
    person.post.save()
    CourseAssignment.objects.all().delete()
    return person


def read(client: Any, path: str = OWN) -> str:
    answer = client.get(path, headers=EN)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_courier_sees_grade_what_moved_advice_courses_certificates_and_goals(
    cast: Any, chen: Any, as_role: Any
) -> None:
    grade(cast, chen, "2026-09", 0.95)
    grade(cast, chen, "2026-10", 0.90)
    greet = Course.objects.create(code="greet", title="礼貌服务", title_en="Manners")
    lift = Course.objects.create(code="lift", title="搬运", title_en="Lifting")
    services.assign_course(chen, greet, due_on=FAR, by=cast.hr, at=NOW)
    Certificate.objects.create(
        number="2025-X-01", employee=chen, course=lift, issued_on=date(2025, 1, 1),
        expires_on=date(2026, 1, 1),
    )  # fmt: skip
    services.set_goal(chen, kind="figure", text="On time every day", part="T01", target=0.97,
                      due_on=date(2026, 12, 31), by=cast.supervisor, at=NOW)  # fmt: skip

    text = read(as_role("courier"))

    assert "(-50" in text
    assert "Plan the parcels due first" in text
    assert reverse("staff:grade", args=[chen.number, "2026-10"]) in text
    assert reverse("staff:course", args=["greet"]) in text
    assert "ended 1 Jan 2026" in text
    assert "On time every day" in text
    # October was agreed on too late to count; November is not assessed yet.
    assert "no month assessed yet" in text


def test_nobody_sees_a_colleague(cast: Any, chen: Any, as_role: Any) -> None:
    other = services.create_employee(
        number="C900", name="林芳", post=chen.post, site=cast.station, hired_on=date(2025, 1, 1),
        background_checked_on=date(2024, 12, 20), at=NOW,
    )  # fmt: skip
    grade(cast, other, "2026-10", 0.86)
    goal = services.set_goal(other, kind="development", text="Listen first", due_on=FAR,
                             by=cast.hr, at=NOW)  # fmt: skip
    client = as_role("courier")

    assert "C900" not in read(client)
    assert "Listen first" not in read(client, "/goals/")
    assert "C900" not in read(client, "/goals/new/")
    missing = client.get(reverse("staff:goal", args=[goal.pk + 1000])).status_code
    for path in (
        reverse("staff:goal", args=[goal.pk]),
        reverse("staff:person", args=["C900"]),
        reverse("staff:grade", args=["C900", "2026-10"]),
    ):
        assert client.get(path).status_code == missing == 404


@pytest.mark.parametrize("role", ["agent", "supervisor", "hr", "admin", "auditor"])
def test_every_employee_has_an_own_page(cast: Any, as_role: Any, role: str) -> None:
    text = read(as_role(role))
    assert cast.users[role].employee.number in text
    assert "My goals" in text


def test_a_login_without_a_person_is_told_so(as_role: Any, cast: Any) -> None:
    person = cast.admin.employee
    person.user = None
    person.save()
    assert "belongs to no person" in read(as_role("admin"))


def test_the_page_says_who_opened_record_and_grade_once_a_day(
    cast: Any, chen: Any, as_role: Any
) -> None:
    grade(cast, chen, "2026-10", 0.90)
    record = reverse("staff:person", args=[chen.number])
    for path in (record, record, reverse("staff:grade", args=[chen.number, "2026-10"])):
        read(as_role("supervisor"), path)
    read(as_role("courier"), record)
    as_role("hr").post(reverse("staff:person_reveal", args=[chen.number]), {"reason": "payroll"})

    opened = AuditEntry.objects.filter(action="employee.open", object_id=str(chen.pk))
    assert sorted(row.fields for row in opened) == [["grade"], ["record"]]
    text = read(as_role("courier"))
    assert cast.supervisor.display_name in text
    assert "Staff record" in text
    assert "Wages or insurance" in text


def test_the_page_asks_the_same_number_of_questions_however_full(
    cast: Any, chen: Any, as_role: Any
) -> None:
    client = as_role("courier")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            read(client)
        return len(seen)

    def fill(n: int) -> None:
        course = Course.objects.create(code=f"c{n}", title=f"课{n}", title_en=f"Course {n}")
        services.assign_course(chen, course, due_on=FAR, by=cast.hr, at=NOW)
        services.set_goal(chen, kind="figure", text=f"Goal {n}", part="T01", target=0.9,
                          due_on=FAR, by=cast.supervisor, at=NOW)  # fmt: skip

    grade(cast, chen, "2026-09", 0.95)
    grade(cast, chen, "2026-10", 0.90)
    fill(1)
    read(client)
    few = asked()
    for n in (2, 3):
        fill(n)
    assert asked() == few


# -- goals --------------------------------------------------------------------------------------


@pytest.mark.req("ASM-13")
def test_a_goal_shows_what_was_really_reached_month_by_month(
    cast: Any, chen: Any, as_role: Any
) -> None:
    new = {"person": chen.number, "kind": "figure", "text": "按时送达", "part": "T01",
           "percent": "92.5", "due_on": "2099-12-31"}  # fmt: skip
    boss = as_role("supervisor")
    assert boss.post("/goals/new/", {**new, "part": ""}).status_code == 422
    assert boss.post("/goals/new/", {**new, "percent": "101"}).status_code == 422
    page = boss.post("/goals/new/", new)["Location"]
    goal = Goal.objects.get()
    Goal.objects.filter(pk=goal.pk).update(set_on=date(2026, 9, 1))
    grade(cast, chen, "2026-08", 0.80)
    grade(cast, chen, "2026-09", 0.91)
    grade(cast, chen, "2026-10", 0.94)

    text = read(as_role("courier"), page)
    assert "91.0" in text
    assert "94.0" in text
    assert "2026-08" not in text
    assert "on target" in read(as_role("courier"))
    # The person themselves does not judge a figure; whoever leads does.
    assert b'name="verb"' not in as_role("courier").get(page).content
    boss.post(page, {"verb": "close", "state": "reached", "result": "两个月都达到"})
    assert Goal.objects.get().state == "reached"


@pytest.mark.req("ASM-15")
def test_a_person_chooses_what_to_grow_in_and_says_what_came_of_it(
    cast: Any, chen: Any, as_role: Any
) -> None:
    client = as_role("courier")
    said = {"text": "学会安抚生气的客户", "due_on": "2099-12-31"}
    page = client.post("/goals/new/", said)["Location"]
    with pytest.raises(DomainError):
        services.set_goal(chen, kind="figure", text="x", part="T01", target=0.5, due_on=FAR,
                          by=cast.courier, at=NOW)  # fmt: skip
    client.post(page, {"verb": "close", "state": "reached", "result": "先听完再解释"})

    assert Goal.objects.get().result == "先听完再解释"
    assert "先听完再解释" in read(as_role("supervisor"), page)


def test_a_goal_is_closed_once_and_a_figure_by_somebody_else(cast: Any, chen: Any) -> None:
    goal = services.set_goal(chen, kind="figure", text="x", part="C02", target=0.001, due_on=FAR,
                             by=cast.supervisor, at=NOW)  # fmt: skip
    with pytest.raises(NotAllowed):
        services.close_goal(goal, state="reached", result="x", by=cast.courier, at=NOW)
    services.close_goal(goal, state="missed", result="x", by=cast.supervisor, at=NOW)
    with pytest.raises(DomainError):
        services.close_goal(goal, state="reached", result="x", by=cast.supervisor, at=NOW)
    with pytest.raises(DomainError):
        services.set_goal(chen, kind="development", text="x", due_on=date(2026, 1, 1),
                          by=cast.hr, at=NOW)  # fmt: skip

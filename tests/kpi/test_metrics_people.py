"""Known answers of the figures about training and grades, worked out by hand (domain C9)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from courierqa.core.calendars import day_start
from courierqa.core.timeframes import parse_period
from kpi import services
from staff import counted
from staff import services as staff
from staff.models import PeopleRow
from staff.services.posts import transfer
from tests.factories.staff import (
    CourierFactory,
    CourseFactory,
    ExamFactory,
    QuestionFactory,
    SiteFactory,
    UserFactory,
)
from tests.kpi.known import figure
from tests.staff.test_grades import record

pytestmark = pytest.mark.django_db
# Tuesday 3 November 2026, 10:00 in Shanghai.
NOW = datetime(2026, 11, 3, 2, tzinfo=UTC)
LATER = NOW + timedelta(days=40)
OCTOBER, NOVEMBER = parse_period("2026-10"), parse_period("2026-11")
ON = date(2026, 11, 10)
DAY, TINY = timedelta(days=1), timedelta(microseconds=1)


def of(code: str, *, period=NOVEMBER, now=LATER):
    return figure(code, period=period, now=now)


def agree(period=NOVEMBER, now=LATER) -> bool:
    return services.verify_period(period, now=now).differences == []


@pytest.mark.req("ANA-02")
def test_sessions_are_held_on_their_first_day_and_proved_to_help() -> None:
    """Held on its day, moved and held a day later, never held: 1 of 3; cancelled before: excluded,
    cancelled afterwards: a failure, 1 of 4. Of three checks due one proved it: in time 1 of 2
    (the third session was never held, so nothing is to be checked)."""
    hr, course = UserFactory(role="hr"), CourseFactory()

    def session(**more):
        return staff.plan_session(course, on=ON, by=hr, at=NOW, **more)

    due = {"effect_due_on": ON + 5 * DAY}
    good, moved, never, off, late = (
        session(**due),
        session(**due),
        session(**due),
        session(),
        session(),
    )
    staff.hold_session(good, on=ON, present=[], by=hr, at=NOW + 8 * DAY)
    moved = staff.move_session(moved, on=ON + DAY, reason="讲师病假", by=hr, at=NOW)
    staff.hold_session(moved, on=ON + DAY, present=[], by=hr, at=NOW + 9 * DAY)
    staff.cancel_session(off, reason="合并", by=hr, at=NOW)
    staff.cancel_session(late, reason="忘了", by=hr, at=NOW + 9 * DAY)
    staff.check_effect(
        good, kind="test", before="60", after="90", is_effective=True, note="二次考试", by=hr,
        at=NOW + 9 * DAY,
    )  # fmt: skip

    held, helped = of("H01"), of("H03")

    assert never.state == "planned"
    assert (held.hits, held.total, held.excluded) == (1, 4, 1)
    assert (helped.hits, helped.total) == (1, 2)
    assert agree()


def test_only_the_first_try_passes() -> None:
    """Passed at once, failed at first, never sat: 1 of 3; a course without an exam is not counted.
    A move after the due day leaves the record with the site of its time."""
    hr, exam = (
        UserFactory(role="hr"),
        ExamFactory(size=1, questions=0, retake_hours=0, max_attempts=3),
    )
    QuestionFactory(course=exam.course, correct="A")
    people = [CourierFactory() for _number in range(3)]
    for person in people:
        staff.assign_course(person, exam.course, due_on=ON, by=hr, at=NOW)
    staff.assign_course(people[0], CourseFactory(), due_on=ON, by=hr, at=NOW)
    for person, keys in ((people[0], "A"), (people[1], "BA")):
        for place, key in enumerate(keys):
            at = NOW + timedelta(hours=1 + place)
            sat = staff.start_attempt(person, exam, at=at)
            staff.answer_question(sat, employee=person, place=0, key=key, at=at)
            staff.finish_attempt(sat, employee=person, at=at)
    home = people[0].site_id
    transfer(
        people[0], post=people[0].post, site=SiteFactory(), on=ON + DAY, reason="支援",
        at=NOW + 10 * DAY,
    )  # fmt: skip

    found = of("H02")

    assert (found.hits, found.total) == (1, 3)
    assert agree()
    assert PeopleRow.objects.filter(kind="H02", courier_id=people[0].pk).get().site_id == home


@pytest.mark.req("ASM-01")
def test_assessments_are_confirmed_by_their_day_of_the_next_month(client) -> None:
    """Of October, due by 10 November: confirmed at its last moment, a moment later, never: 1 of 3.
    Joined on 20 October with nine working days left: excluded; on the 19th with ten: due, never
    confirmed: 1 of 4."""
    by, limit = UserFactory(role="quality"), day_start(ON + DAY) - TINY
    hired = (None, None, None, date(2026, 10, 20), date(2026, 10, 19))
    people = [CourierFactory(**({"hired_on": day} if day else {})) for day in hired]
    good, late, *_others = [record(one) for one in people]
    staff.confirm_assessment(good, by=by, at=limit)
    staff.confirm_assessment(late, by=by, at=limit + TINY)
    early, found = of("H06", now=limit - TINY), of("H06")

    staff.object_to_assessment(good, by=good.employee.user, at=limit + DAY, text="里程不对")

    assert (early.total, early.not_yet_due) == (0, 4)
    assert (found.hits, found.total, found.excluded) == (1, 4, 1)
    assert (of("H06").hits, of("H06").total) == (1, 4)
    assert agree()
    client.force_login(UserFactory(role="manager"))
    page = client.get(
        reverse("kpi:records", args=["H06"]), {"period": "2026-11", "outcome": "all"},
        HTTP_ACCEPT_LANGUAGE="en",
    ).content.decode()  # fmt: skip
    assert page.count("Met, objection open") == 1


def test_a_scheme_names_another_day_and_a_later_version_changes_nothing() -> None:
    """Confirmed on the 5th of the next month where the scheme says the 4th: late, and so it stays
    although another version follows."""
    by, person = UserFactory(role="quality"), CourierFactory()
    first = record(person)
    type(first.scheme).objects.filter(pk=first.scheme_id).update(due_day=4)
    staff.confirm_assessment(first, by=by, at=NOW + 2 * DAY)
    record(person, on_time=0.85)

    assert (of("H06").hits, of("H06").total) == (0, 1)
    assert agree()
    row = PeopleRow.objects.get(kind="H06")
    PeopleRow.objects.all().delete()
    counted.renew(at=LATER)
    again = PeopleRow.objects.get(kind="H06")
    assert (again.record_id, again.day) == (row.record_id, date(2026, 11, 4))


def test_the_newest_confirmed_version_of_a_month_counts() -> None:
    """Three graded: A 100.00, then of the second a draft only; the third drops from A to C by a
    second version. Mean of 100.00 and the C; share of A 1 of 2, of C 1 of 2."""
    good, draft, worse = (CourierFactory() for _number in range(3))
    by = UserFactory(role="quality")
    staff.confirm_assessment(record(good), by=by, at=NOW)
    record(draft)
    staff.confirm_assessment(record(worse), by=by, at=NOW)
    second = record(worse, on_time=0.85, complaints=0.01)
    staff.confirm_assessment(second, by=by, at=NOW, note="重新核对")
    top, bottom = (round(one.score * 100) for one in (record(good), second))

    mean, best, last = (of(code, period=OCTOBER) for code in ("H05", "H05A", "H05C"))

    assert (mean.hits, mean.total) == (top + bottom, 2)
    assert mean.value == pytest.approx((top + bottom) / 200)
    assert (best.hits, best.total, last.hits, last.total) == (1, 2, 1, 2)
    assert agree(OCTOBER)

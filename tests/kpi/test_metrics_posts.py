"""Known answers of people qualified for their post (H04), worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courierqa.core import changed
from courierqa.core.timeframes import parse_period
from kpi import services as figures
from kpi.models import Cell
from staff import services as staff
from staff.models import Certificate, PostSpan
from tests.factories.staff import (
    CourseFactory,
    EmployeeFactory,
    ExamFactory,
    PostFactory,
    SiteFactory,
    UserFactory,
)
from tests.kpi.known import figure

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# Thursday 1 October 2026, 10:00 in Shanghai.
START = datetime(2026, 10, 1, 2, tzinfo=UTC)
LATER = START + 60 * DAY
OCTOBER, NOVEMBER = parse_period("2026-10"), parse_period("2026-11")


def on(day: int, month: int = 10) -> date:
    return date(2026, month, day)


def at(day: int, month: int = 10) -> datetime:
    return datetime(2026, month, day, 2, tzinfo=UTC)


def begin() -> None:
    """Let the roster and the figures begin on the first day of the story."""
    staff.keep_roster(now=START)
    figures.refresh_dirty(now=START)


def stood(day: date, *, now: datetime = LATER, **more: Any) -> tuple[int, int]:
    """Return (qualified, active) at the end of a day, as they are known later."""
    found = figure("H04", period=parse_period(day.isoformat()), now=now, **more)
    return found.hits, found.total


def agree() -> bool:
    periods = (OCTOBER, NOVEMBER)
    found = [figures.verify_period(one, now=LATER).differences for one in periods]
    assert found == [[], []]
    return True


@pytest.fixture
def course() -> Any:
    return CourseFactory(code="screening")


@pytest.fixture
def post(course: Any) -> Any:
    made = PostFactory(code="screening", needs_background_check=False)
    staff.ask_of_post(made, courses=[course], from_on=date(2026, 1, 1), by=None, at=START)
    return made


def worker(post: Any, **more: Any) -> Any:
    return EmployeeFactory(post=post, **{"hired_on": date(2026, 2, 1), **more})


def paper(
    person: Any,
    course: Any,
    *,
    issued: date = date(2026, 2, 1),
    ends: Any = None,
    told: Any = LATER,
) -> Any:
    return staff.record_external(
        person, course, issuer="邮政管理局", outer_number="A1", issued_on=issued, expires_on=ends,
        by=None, at=told,
    )  # fmt: skip


def move(person: Any, day: date, **to: Any) -> None:
    staff.transfer(person, **{"post": person.post, "site": person.site, **to}, on=day,
                   reason="调岗", at=LATER)  # fmt: skip


@pytest.mark.req("STF-13")
def test_who_holds_what_the_post_asks_counts_and_the_last_evening_is_the_month(
    post: Any, course: Any
) -> None:
    """Three on the post, two with the paper, one of which ends on the 31st: one is valid then."""
    people = [worker(post) for _number in range(3)]
    paper(people[0], course)
    paper(people[1], course, ends=on(31))
    begin()

    assert stood(on(30)) == (2, 3)
    assert stood(on(31)) == (1, 3)
    found = figure("H04", period=OCTOBER, now=LATER)
    assert (found.hits, found.total, found.value) == (1, 3, pytest.approx(1 / 3))
    assert agree()


def test_time_alone_ends_a_certificate_and_the_running_month_shows_yesterday(
    post: Any, course: Any
) -> None:
    """Nothing is written in between: each night finds what ended."""
    paper(worker(post), course, ends=on(4), told=START)
    begin()
    for night in range(1, 5):
        figures.refresh_dirty(now=START + night * DAY)

    told = Cell.objects.filter(metric="H04").order_by("day")
    assert list(told.values_list("day__day", "hits", "total")) == [
        (1, 1, 1), (2, 1, 1), (3, 1, 1), (4, 0, 1),
    ]  # fmt: skip
    found = figure("H04", period=OCTOBER, now=START + 4 * DAY)
    assert (found.hits, found.total) == (0, 1)


def test_a_post_that_asks_for_nothing_and_inductions_count_nobody(course: Any) -> None:
    free = PostFactory(code="free", needs_background_check=False)
    first = CourseFactory(kind="induction")
    only = PostFactory(code="only", needs_background_check=False)
    staff.ask_of_post(only, courses=[first], from_on=on(1, 1), by=None, at=START)
    worker(free)
    worker(only)
    begin()

    assert stood(on(31)) == (0, 0)
    assert agree()


def test_a_trainee_under_supervision_is_not_active_until_the_first_due_day(
    post: Any, course: Any
) -> None:
    """New on 5 October, due on the 20th: not counted through the 20th, missing from the 21st;
    passed on the 25th."""
    new = worker(post, hired_on=on(5))
    staff.assign_course(new, course, due_on=on(20), at=at(5))
    begin()

    assert stood(on(20)) == (0, 0)
    assert stood(on(21)) == (0, 1)
    paper(new, course, issued=on(25))
    assert stood(on(24)) == (0, 1)
    assert stood(on(25)) == (1, 1)
    assert agree()


def test_who_passed_before_the_due_day_is_active_from_then_and_no_trainee_again(
    post: Any, course: Any
) -> None:
    new = worker(post, hired_on=on(5))
    staff.assign_course(new, course, due_on=on(28), at=at(5))
    paper(new, course, issued=on(10), ends=on(20))
    begin()

    assert [stood(on(day)) for day in (9, 10, 19, 20)] == [(0, 0), (1, 1), (1, 1), (0, 1)]
    assert agree()


def test_who_lacks_another_course_for_good_is_no_trainee(post: Any, course: Any) -> None:
    other = CourseFactory()
    staff.ask_of_post(post, courses=[course, other], from_on=on(1, 1), by=None, at=START)
    new = worker(post, hired_on=on(5))
    staff.assign_course(new, course, due_on=on(20), at=at(5))
    begin()

    assert stood(on(10)) == (0, 1)
    assert agree()


def test_nobody_not_yet_active_counts_and_who_is_activated_counts_from_that_day(
    post: Any, course: Any
) -> None:
    new = worker(post, hired_on=on(5), state="pending")
    worker(post)
    paper(new, course)
    begin()
    staff.activate_employee(new, at=at(12))

    assert [stood(on(day)) for day in (5, 11, 12)] == [(0, 1), (0, 1), (1, 2)]
    assert agree()


def test_who_left_counts_on_the_last_day_and_not_after(post: Any, course: Any) -> None:
    gone, stays = worker(post), worker(post)
    paper(gone, course)
    begin()
    staff.leave(gone, on=on(30), at=at(30))

    assert stood(on(30)) == (1, 2)
    assert stood(on(31)) == (0, 1)
    assert agree()
    assert stays.state == "active"


def test_who_changes_post_in_the_month_counts_on_the_last_one(post: Any, course: Any) -> None:
    """Qualified for screening, not for driving; moved on the 15th, and twice on one day."""
    other = PostFactory(code="driving", needs_background_check=False)
    staff.ask_of_post(other, courses=[CourseFactory()], from_on=on(1, 1), by=None, at=START)
    one, two = worker(post), worker(post)
    for person in (one, two):
        paper(person, course)
    begin()
    move(one, on(15), post=other)
    move(two, on(15), post=other)
    two.refresh_from_db()
    move(two, on(15), post=post)

    assert stood(on(14)) == (2, 2)
    assert stood(on(15)) == (1, 2)
    assert stood(on(31)) == (1, 2)
    assert agree()


def test_a_requirement_of_later_leaves_past_evenings_as_they_were(post: Any, course: Any) -> None:
    """Asked for from 10 November: October keeps its own, and whoever was there is no trainee."""
    more = CourseFactory()
    paper(worker(post), course)
    begin()
    staff.ask_of_post(post, courses=[course, more], from_on=on(10, 11), by=None, at=at(20))
    person = PostSpan.objects.get(last_day=on(9, 11)).record_id
    staff.assign_course(post.employees.get(pk=person), more, due_on=on(25, 11), at=at(20))

    assert stood(on(31)) == (1, 1)
    assert stood(on(9, 11)) == (1, 1)
    assert stood(on(10, 11)) == (0, 1)
    assert agree()


def test_a_requirement_taken_off_counts_no_longer_from_its_day(post: Any, course: Any) -> None:
    more = CourseFactory()
    staff.ask_of_post(post, courses=[course, more], from_on=on(1, 2), by=None, at=START)
    paper(worker(post), course)
    begin()
    staff.ask_of_post(post, courses=[course], from_on=on(12), by=None, at=at(20))

    assert [stood(on(day)) for day in (11, 12, 31)] == [(0, 1), (1, 1), (1, 1)]
    assert agree()


def test_a_certificate_taken_back_proves_nothing_from_that_day(post: Any, course: Any) -> None:
    person = worker(post)
    given = paper(person, course, ends=on(1, 12))
    begin()
    staff.withdraw_certificate(given, on=on(14), reason="冒名考试", by=UserFactory(), at=at(16))

    assert [stood(on(day)) for day in (13, 14)] == [(1, 1), (0, 1)]
    assert agree()


def test_a_move_to_another_site_takes_the_evenings_along_and_makes_nobody_new(
    post: Any, course: Any
) -> None:
    """Asked for since the 3rd; who was there before is missing it, wherever they go."""
    more, there = CourseFactory(), SiteFactory()
    person = worker(post)
    home = person.site
    paper(person, course)
    staff.ask_of_post(post, courses=[course, more], from_on=on(3), by=None, at=START)
    staff.assign_course(person, more, due_on=on(30), at=at(3))
    begin()
    move(person, on(10), site=there)

    assert stood(on(9), site=home.code) == (0, 1)
    assert stood(on(10), site=home.code) == (0, 0)
    assert stood(on(10), site=there.code) == (0, 1)
    assert agree()


def test_a_renewal_in_time_changes_no_evening_that_has_passed(post: Any, course: Any) -> None:
    person = worker(post)
    paper(person, course, ends=on(1, 12))
    begin()
    figures.refresh_dirty(now=LATER)
    paper(person, course, issued=on(20), ends=date(2027, 12, 1))

    assert changed.drain(["spans"]) == []
    assert PostSpan.objects.get(is_hit=True).last_day == date(2027, 11, 30)


def test_a_rebuild_makes_the_same_evenings_and_the_job_finds_nothing_to_do(
    post: Any, course: Any
) -> None:
    for ends in (on(20), None):
        paper(worker(post), course, ends=ends)
    begin()
    names = ("record_id", "label", "site_id", "day", "last_day", "is_hit")
    before = list(PostSpan.objects.order_by("record_id", "day").values(*names))
    assert staff.keep_roster(now=LATER)["moved"] == 0
    PostSpan.objects.update(is_hit=False)

    figures.rebuild(now=LATER)

    assert list(PostSpan.objects.order_by("record_id", "day").values(*names)) == before
    assert stood(on(31)) == (1, 2)


def test_the_job_asks_the_database_as_often_for_many_as_for_few(post: Any, course: Any) -> None:
    def asked() -> int:
        for person in (worker(post), worker(post)):
            paper(person, course)
        staff.keep_roster(now=LATER)
        with CaptureQueriesContext(connection) as seen:
            staff.keep_roster(now=LATER)
        return len(seen)

    few = asked()
    for _number in range(10):
        worker(post)
    assert asked() == few


def test_the_page_shows_the_month_and_the_list_names_who_is_not_qualified(
    post: Any, course: Any, client: Any
) -> None:
    missing, holder = worker(post, name="陈一凡"), worker(post, name="林可")
    paper(holder, course)
    begin()
    figures.refresh_dirty(now=LATER)
    client.force_login(UserFactory(role="manager"))
    asked = {"period": "2026-10", "outcome": "failed"}

    page = client.get(
        reverse("kpi:metric", args=["H04"]), {"period": "2026-10"}, HTTP_ACCEPT_LANGUAGE="en"
    )
    listed = client.get(reverse("kpi:records", args=["H04"]), asked).content.decode()

    assert page.status_code == 200
    assert "See 1 of 2" in page.content.decode()
    assert missing.name in listed
    assert reverse("staff:person", args=[missing.number]) in listed
    assert holder.name not in listed


def test_a_supervisor_reads_the_people_of_the_own_site_only(
    post: Any, course: Any, client: Any
) -> None:
    here, there = worker(post, name="陈一凡"), worker(post, name="林可", site=SiteFactory())
    begin()
    figures.refresh_dirty(now=LATER)
    client.force_login(UserFactory(role="supervisor", role__site=here.site))

    page = client.get(reverse("kpi:records", args=["H04"]), {"period": "2026-10"})

    assert here.name in page.content.decode()
    assert there.name not in page.content.decode()
    client.force_login(UserFactory(role="customer"))
    assert client.get(reverse("kpi:records", args=["H04"])).status_code in (403, 404)
    assert not Certificate.objects.exists()


def test_a_paper_handed_in_days_late_changes_every_evening_since_its_end(
    post: Any, course: Any
) -> None:
    """The sitting of the 2nd counts as handed in at its end; that is seen on the 5th only."""
    person, exam = worker(post), ExamFactory(course=course)
    staff.assign_course(person, course, due_on=on(30, 9), at=at(1, 9))
    begin()
    for day in range(1, 6):
        figures.refresh_dirty(now=at(day) + DAY)
    attempt = staff.start_attempt(person, exam, at=at(2))
    for place, question in enumerate(attempt.paper):
        staff.answer_question(attempt, employee=person, place=place, key=question["correct"],
                              at=at(2))  # fmt: skip

    staff.finish_attempt(attempt, employee=person, at=at(5))
    figures.refresh_dirty(now=at(6))

    assert [stood(on(day), now=at(6)) for day in (1, 2, 3, 4, 5)] == [
        (0, 1), (1, 1), (1, 1), (1, 1), (1, 1),
    ]  # fmt: skip
    assert figures.verify_period(OCTOBER, now=at(6)).differences == []


def test_an_evening_after_evening_is_no_rare_event(client: Any, post: Any) -> None:
    """One person unqualified all month is one matter, not thirty events among thirty evenings."""
    worker(post)
    begin()
    figures.refresh_dirty(now=LATER)
    client.force_login(UserFactory(role="manager"))

    text = client.get(reverse("kpi:metric", args=["H04"]), {"period": "2026-10"}).content.decode()

    assert 'data-chart="trend"' in text
    assert 'data-chart="between"' not in text

"""What a post requires is owed by itself: at first, and anew before a certificate ends."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from courierqa.core.models import Message
from staff import selectors, services
from tests.factories.staff import CourierFactory, ExamFactory
from tests.staff.test_training import DUE, NOW, sit

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam():
    return ExamFactory(course__valid_months=12)


@pytest.fixture
def chen(exam):
    person = CourierFactory(name="陈强")
    services.assign_course(person, exam.course, due_on=DUE, at=NOW)
    return person


@pytest.fixture
def certified(chen, exam):
    """Chen, whose certificate of a course the post requires ends on 23 November 2027."""
    chen.post.courses.set([exam.course])
    sit(chen, exam, right=5)
    return chen


def open_of(person):
    return person.assignments.filter(state="assigned").values_list("due_on", flat=True)


@pytest.mark.req("TRN-09")
@pytest.mark.parametrize(
    ("today", "due"),
    [
        (datetime(2027, 10, 23, 4, tzinfo=UTC), []),  # 31 days are left
        (datetime(2027, 10, 24, 4, tzinfo=UTC), [date(2027, 11, 22)]),  # 30: its last valid day
        (datetime(2027, 11, 20, 4, tzinfo=UTC), [date(2027, 11, 27)]),  # never less than a week
        (datetime(2028, 2, 1, 4, tzinfo=UTC), [date(2028, 2, 8)]),  # ended long ago
    ],
)
def test_ending_certificate_makes_the_course_owed_again(certified, today, due):
    services.assign_required(now=today)
    again = services.assign_required(now=today + timedelta(minutes=1))

    assert list(open_of(certified)) == due
    assert again == {"assigned": 0}
    notes = Message.objects.filter(recipient_user=certified.user, template="staff/course_renewal")
    assert notes.count() == len(due)


@pytest.mark.req("TRN-09")
def test_certificate_is_renewed_once_and_the_next_one_again(certified, exam):
    when = datetime(2027, 11, 1, 4, tzinfo=UTC)
    services.assign_required(now=when)
    for turn in range(3):
        sit(certified, exam, right=0, at=when + timedelta(days=2 * turn))
    failed = services.assign_required(now=when + timedelta(days=40))
    services.assign_course(certified, exam.course, due_on=DUE, at=when)
    sit(certified, exam, right=5, at=datetime(2027, 12, 20, 4, tzinfo=UTC))
    held = services.assign_required(now=datetime(2028, 11, 19, 4, tzinfo=UTC))
    anew = services.assign_required(now=datetime(2028, 11, 20, 4, tzinfo=UTC))

    assert [failed["assigned"], held["assigned"], anew["assigned"]] == [0, 0, 1]


def test_what_a_post_requires_is_assigned_to_who_never_had_it(exam):
    person = CourierFactory()
    gone = CourierFactory(state="left", left_on=DUE, post=person.post)
    person.post.courses.set([exam.course])

    first = services.assign_required(now=NOW)
    services.assign_required(now=NOW)

    assert first == {"assigned": 1}
    assert list(open_of(person)) == [date(2026, 12, 23)]
    assert not gone.assignments.exists()
    assert Message.objects.get(template="staff/course_required").recipient_user == person.user


def test_the_schedule_assigns_what_posts_require():
    target, seconds = settings.SCHEDULE["staff.courses"]

    assert import_string(target) is services.assign_required
    assert seconds == 3600


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (datetime(2027, 8, 1, 4, tzinfo=UTC), "证书有效期至"),
        (datetime(2027, 12, 1, 4, tzinfo=UTC), "一小时内"),
    ],
)
def test_course_says_why_there_is_nothing_to_sit(certified, exam, today, words):
    assert words in selectors.sitting(certified, exam, now=today).refusal

    services.assign_required(now=datetime(2027, 12, 1, 4, tzinfo=UTC))
    assert selectors.sitting(certified, exam, now=today).refusal == ""


def test_course_failed_or_foreign_says_so(chen, exam):
    for turn in range(3):
        sit(chen, exam, right=0, at=NOW + timedelta(days=2 * turn))
    stranger = CourierFactory()

    late = NOW + timedelta(days=30)
    assert "向培训师" in selectors.sitting(chen, exam, now=late).refusal
    assert selectors.sitting(stranger, exam, now=late).refusal == "本课程未指派给你"

"""Courses, lessons, assigning, exams with their limits, certificates."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from courierqa.core.access import access_for
from courierqa.core.errors import DomainError, NotAllowed
from staff import selectors, services
from staff.lessons import rendered
from staff.models import Attempt, Certificate, Course, CourseAssignment
from staff.services.training import add_months
from tests.factories.staff import (
    CourierFactory,
    CourseFactory,
    ExamFactory,
    LessonFactory,
    SupervisorFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
DUE = date(2026, 11, 30)
pytestmark = pytest.mark.django_db


@pytest.fixture
def exam():
    return ExamFactory(course__valid_months=12)


@pytest.fixture
def chen(exam):
    person = CourierFactory(name="陈强")
    services.assign_course(person, exam.course, due_on=DUE, at=NOW)
    return person


def sit(person, exam, *, right, at=NOW):
    """Start, answer the first `right` questions rightly and hand in."""
    attempt = services.start_attempt(person, exam, at=at)
    for place, question in enumerate(attempt.paper):
        key = question["correct"] if place < right else "A"
        services.answer_question(attempt, employee=person, place=place, key=key, at=at)
    return services.finish_attempt(attempt, employee=person, at=at + timedelta(minutes=5))


@pytest.mark.req("TRN-08", "TRN-05")
def test_passing_gives_a_certificate_that_expires(chen, exam):
    attempt = sit(chen, exam, right=4)  # 4 of 5 = 80 % = pass mark

    certificate = Certificate.objects.get(attempt=attempt)
    assert (attempt.state, attempt.hits, attempt.total) == ("passed", 4, 5)
    assert (certificate.issued_on, certificate.expires_on) == (
        date(2026, 11, 23), date(2027, 11, 23),
    )  # fmt: skip
    assert certificate.number == f"2026-{chen.number}-01"
    assert chen.assignments.get().state == "passed"
    assert services.issue_certificate(chen, exam.course, at=NOW, attempt=attempt) == certificate


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_end_on_a_day_that_exists(day, months, end):
    assert add_months(day, months) == end


@pytest.mark.req("TRN-08")
def test_failing_three_times_with_a_day_between_uses_up_the_attempts(chen, exam):
    first = sit(chen, exam, right=3)  # 60 %
    with pytest.raises(services.NoAttempt) as soon:
        services.start_attempt(chen, exam, at=NOW + timedelta(hours=24))
    assert (soon.value.code, soon.value.from_at) == (
        "too_soon", first.finished_at + timedelta(hours=24),
    )  # fmt: skip
    for day in (1, 2):
        sit(chen, exam, right=0, at=NOW + timedelta(days=2 * day))
    with pytest.raises(services.NoAttempt) as used:
        services.start_attempt(chen, exam, at=NOW + timedelta(days=9))

    assert used.value.code in ("attempts_used", "not_assigned")
    assert chen.assignments.get().state == "failed"
    assert not Certificate.objects.exists()
    services.assign_course(chen, exam.course, due_on=DUE, at=NOW)
    assert services.start_attempt(chen, exam, at=NOW + timedelta(days=9)).number == 4


def test_starting_twice_goes_on_with_the_same_paper(chen, exam):
    first = services.start_attempt(chen, exam, at=NOW)
    again = services.start_attempt(chen, exam, at=NOW + timedelta(minutes=3))

    assert (again.pk, again.paper, again.ends_at) == (first.pk, first.paper, first.ends_at)


def test_only_who_owes_the_course_may_sit(exam):
    with pytest.raises(services.NoAttempt) as refused:
        services.start_attempt(CourierFactory(), exam, at=NOW)

    assert refused.value.code == "not_assigned"


def test_answers_after_the_end_are_refused_and_the_paper_counts_as_it_was(chen, exam):
    attempt = services.start_attempt(chen, exam, at=NOW)
    for place in range(4):
        services.answer_question(attempt, employee=chen, place=place, key="B", at=NOW)
    late = attempt.ends_at + timedelta(microseconds=1)
    services.answer_question(attempt, employee=chen, place=3, key="A", at=attempt.ends_at)

    with pytest.raises(DomainError) as over:
        services.answer_question(attempt, employee=chen, place=4, key="B", at=late)

    attempt.refresh_from_db()
    assert over.value.code == "time_over"
    assert (attempt.state, attempt.hits) == ("expired", 3)
    assert attempt.finished_at == attempt.ends_at


def test_forgotten_sitting_is_closed_at_its_end_and_a_new_one_waits_a_day(chen, exam):
    attempt = services.start_attempt(chen, exam, at=NOW)

    with pytest.raises(services.NoAttempt) as refused:
        services.start_attempt(chen, exam, at=NOW + timedelta(hours=2))

    attempt.refresh_from_db()
    assert (refused.value.code, attempt.state) == ("too_soon", "expired")


def test_more_time_is_given_once(chen, exam):
    attempt = services.start_attempt(chen, exam, at=NOW)
    longer = services.extend_attempt(attempt, employee=chen, at=NOW)

    assert longer.ends_at == NOW + timedelta(minutes=30)
    with pytest.raises(DomainError) as refused:
        services.extend_attempt(attempt, employee=chen, at=NOW)
    assert refused.value.code == "extended"


def test_somebody_else_cannot_answer_or_finish(chen, exam):
    attempt = services.start_attempt(chen, exam, at=NOW)
    other = CourierFactory()

    with pytest.raises(NotAllowed):
        services.answer_question(attempt, employee=other, place=0, key="B", at=NOW)
    with pytest.raises(NotAllowed):
        services.finish_attempt(attempt, employee=other, at=NOW)


@pytest.mark.parametrize(("place", "key"), [(-1, "B"), (5, "B"), (0, "E"), (0, "")])
def test_answer_outside_the_paper_is_refused(chen, exam, place, key):
    attempt = services.start_attempt(chen, exam, at=NOW)

    with pytest.raises(DomainError) as refused:
        services.answer_question(attempt, employee=chen, place=place, key=key, at=NOW)
    assert refused.value.status == 400


def test_question_edited_later_does_not_change_a_sitting(chen, exam):
    attempt = services.start_attempt(chen, exam, at=NOW)
    exam.course.questions.update(correct="C", text="改过的题")

    for place in range(5):
        services.answer_question(attempt, employee=chen, place=place, key="B", at=NOW)
    done = services.finish_attempt(attempt, employee=chen, at=NOW)

    assert (done.hits, done.paper[0]["text"] != "改过的题") == (5, True)


def test_same_seed_draws_the_same_paper(chen, exam):
    one = services.start_attempt(chen, exam, at=NOW, seed=7)
    Attempt.objects.all().delete()
    two = services.start_attempt(chen, exam, at=NOW, seed=7)

    assert [q["id"] for q in one.paper] == [q["id"] for q in two.paper]
    assert len({q["id"] for q in one.paper}) == 5


def test_assigning_to_a_post_or_site_reaches_each_once(client, chen, exam):
    colleague = CourierFactory(site=chen.site)
    stranger = CourierFactory()
    li = SupervisorFactory(site=chen.site)
    client.force_login(li.user)
    page = reverse("staff:course", args=[exam.course.code])

    form = {"post": "courier", "due_on": "2099-01-01"}
    nobody = client.post(page, {"due_on": "2099-01-01"})
    past = client.post(page, {**form, "due_on": "2020-01-01"})
    foreign = client.post(page, {"person": stranger.number, "due_on": "2099-01-01"})
    done = client.post(page, form)
    client.post(page, form)

    assert [r.status_code for r in (nobody, past, foreign, done)] == [422, 422, 422, 302]
    owed = CourseAssignment.objects.order_by("pk").values_list("employee", flat=True)
    assert list(owed) == [chen.pk, colleague.pk]


def test_couriers_assign_nothing(client, chen, exam):
    client.force_login(chen.user)
    page = reverse("staff:course", args=[exam.course.code])

    assert client.post(page, {"person": chen.number, "due_on": "2099-01-01"}).status_code == 403


@pytest.mark.req("TRN-05")
def test_lessons_are_read_one_after_the_other_and_progress_kept(client, chen, exam):
    for place in (1, 2):
        LessonFactory(course=exam.course, position=place)
    client.force_login(chen.user)

    first = client.post(reverse("staff:lesson", args=[exam.course.code, 1]))
    again = client.post(reverse("staff:lesson", args=[exam.course.code, 1]))
    last = client.post(reverse("staff:lesson", args=[exam.course.code, 2]))

    assert first.url == again.url == reverse("staff:lesson", args=[exam.course.code, 2])
    assert last.url == reverse("staff:course", args=[exam.course.code])
    assert chen.assignments.get().lessons_read == [1, 2]
    assert client.get(reverse("staff:lesson", args=[exam.course.code, 9])).status_code == 404


def test_lesson_text_cannot_carry_script():
    shown = rendered(
        "<script>x</script> ![i](http://e/i.png) [a](javascript:x) **b** <b onclick=x>c</b>"
    )

    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert "<b onclick" not in shown
    assert "<strong>b</strong>" in shown


def test_first_course_is_whole_in_both_languages():
    course = Course.objects.get(code="prohibited-goods")
    questions = list(course.questions.all())

    assert course.lessons.count() >= 3
    assert all(lesson.body and lesson.body_en for lesson in course.lessons.all())
    assert len(questions) >= 15
    for question in questions:
        keys = [option["key"] for option in question.options]
        assert question.correct in keys
        assert all(option["zh"] and option["en"] for option in question.options)
        assert question.explanation
        assert question.explanation_en
    assert course.exam.size <= len(questions)


def exam_url(name, attempt):
    return reverse(f"staff:{name}", args=[attempt.pk])


@pytest.mark.req("TRN-08")
def test_exam_through_the_pages_saves_resumes_and_explains(client, chen, exam):
    client.force_login(chen.user)
    started = client.post(reverse("staff:exam_start", args=[exam.course.code]))
    attempt = Attempt.objects.get()

    saved = client.post(
        exam_url("exam_answer", attempt), {"place": 0, "key": "A"}, headers={"HX-Request": "true"}
    )
    following = client.post(
        exam_url("exam_answer", attempt), {"place": 1, "key": "B", "go": "next"}
    )
    resumed = client.post(reverse("staff:exam_start", args=[exam.course.code]))
    finished = client.post(exam_url("exam_finish", attempt))
    result = client.get(finished.url)

    assert started.url == f"{exam_url('exam', attempt)}?n=1"
    assert (saved.status_code, "已保存" in saved.content.decode()) == (200, True)
    assert following.url.endswith("?n=3")
    assert resumed.url.endswith("?n=3")
    assert len(result.context["misses"]) == 4
    assert "规定如此。" in result.content.decode()
    assert client.get(exam_url("exam", attempt)).url == finished.url


@pytest.mark.parametrize("asked", ["0", "99", "-1", "x", "9" * 30, ""])
def test_any_question_number_shows_a_question(client, chen, exam, asked):
    attempt = services.start_attempt(chen, exam, at=datetime.now(UTC))
    client.force_login(chen.user)

    assert client.get(exam_url("exam", attempt), {"n": asked}).status_code == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"place": "9", "key": "B"}, 404), ({"place": "x", "key": "B"}, 404), ({}, 404),
     ({"place": "0", "key": "Z"}, 400)],
)  # fmt: skip
def test_bad_answers_are_refused(client, chen, exam, sent, status):
    attempt = services.start_attempt(chen, exam, at=datetime.now(UTC))
    client.force_login(chen.user)

    assert client.post(exam_url("exam_answer", attempt), sent).status_code == status
    attempt.refresh_from_db()
    assert attempt.answers == {}


@pytest.mark.req("INF-02")
def test_exam_result_and_certificate_of_others_are_not_there(client, chen, exam):
    attempt = sit(chen, exam, right=5)
    number = attempt.certificate.number
    client.force_login(CourierFactory(site=chen.site).user)

    pages = [
        exam_url("exam", attempt),
        exam_url("exam_result", attempt),
        reverse("staff:certificate", args=[number]),
    ]

    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    client.force_login(SupervisorFactory(site=chen.site).user)
    assert [client.get(page).status_code for page in pages] == [404, 200, 200]


@pytest.mark.req("TRN-09")
def test_expired_certificates_are_flagged_and_expiry_day_is_not_valid(client, chen, exam):
    sit(chen, exam, right=5)

    chen.post.courses.set([exam.course])
    everything = access_for(UserFactory(role="hr"), "training", "read")

    def missing(at):
        return selectors.missing_courses(chen, now=at)

    eve = datetime(2027, 11, 22, 4, tzinfo=UTC)
    day = datetime(2027, 11, 23, 4, tzinfo=UTC)
    assert [missing(eve), missing(day)] == [[], [exam.course]]
    row = {r.course: r for r in selectors.course_rows(everything, now=day)}[exam.course]
    assert (row.expired, row.tested, row.passed_first) == (1, 1, 1)
    assert len(selectors.expired_certificates(everything, now=eve)) == 1


def test_overview_counts_within_reach(chen, exam):
    services.assign_course(CourierFactory(), exam.course, due_on=DUE, at=NOW)
    li = SupervisorFactory(site=chen.site)
    late = datetime(2026, 12, 5, tzinfo=UTC)

    def counts(user):
        access = access_for(user, "training", "read")
        rows = {r.course: r for r in selectors.course_rows(access, now=late)}
        return rows[exam.course].owed, rows[exam.course].overdue

    assert counts(li.user) == (1, 1)
    assert counts(UserFactory(role="hr")) == (2, 2)


def test_course_without_an_exam_shows_and_cannot_be_started(client, chen):
    course = CourseFactory()
    client.force_login(chen.user)

    assert client.get(reverse("staff:course", args=[course.code])).status_code == 200
    assert client.post(reverse("staff:exam_start", args=[course.code])).status_code == 404


@pytest.mark.req("TRN-14")
def test_own_learning_page_lists_owed_and_held(client, chen, exam):
    sit(chen, exam, right=5)
    other = ExamFactory()
    services.assign_course(chen, other.course, due_on=DUE, at=NOW)
    client.force_login(chen.user)

    page = client.get("/training/")

    assert [row.course for row in page.context["own"]] == [other.course]
    assert page.context["certificates"][0].course == exam.course


def test_learner_list_query_count_is_flat(client, exam, django_assert_max_num_queries):
    for _turn in range(8):
        services.assign_course(CourierFactory(), exam.course, due_on=DUE, at=NOW)
    client.force_login(UserFactory(role="hr"))

    with django_assert_max_num_queries(20):
        page = client.get(reverse("staff:course", args=[exam.course.code]))

    assert len(page.context["learners"]) == 8

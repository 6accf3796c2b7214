"""The year plan, needs, induction, matrix, effects, banks, theory with practice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from courierqa.core.errors import DomainError, IllegalTransition
from staff import services
from staff.enums import CourseKind
from staff.models import Certificate, Course, Post, Question, TrainingNeed, TrainingSession
from staff.sittings import draw_paper
from tests.factories.staff import (
    CourierFactory,
    CourseFactory,
    EmployeeFactory,
    ExamFactory,
    PostFactory,
    QuestionFactory,
    SiteFactory,
    SupervisorFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)
TOPICS = {
    "postal-law", "service-norms", "communication", "complaint-handling", "prohibited-goods",
    "packing", "warehouse", "transport", "work-safety", "emergency", "etiquette", "secrecy",
    "network", "lead-people",
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(client):
    user = UserFactory(role="hr")
    client.force_login(user)
    return user


@pytest.mark.req("TRN-03", "TRN-10", "TRN-15", "STF-12", "STF-20")
def test_the_catalogue_has_every_topic_readable_and_examined(client, hr):
    courses = Course.objects.filter(code__in=TOPICS)

    assert {course.code for course in courses} == TOPICS
    for course in courses:
        lesson, questions = course.lessons.first(), course.questions.filter(is_active=True)
        assert lesson.body
        assert lesson.body_en
        assert questions.count() >= course.exam.size
        assert all(q.correct in {o["key"] for o in q.options} for q in questions)
    assert client.get(reverse("staff:lesson", args=["packing", 1])).status_code == 200
    assert Post.objects.get(code="agent").courses.filter(code="complaint-handling").exists()
    assert Post.objects.get(code="sorter").courses.filter(code="network").exists()


@pytest.mark.req("TRN-02")
def test_a_new_person_owes_the_induction_of_the_post_at_once():
    post = PostFactory()
    post.courses.add(CourseFactory(code="welcome", kind=CourseKind.INDUCTION),
                     CourseFactory(code="later", kind=CourseKind.SKILL))  # fmt: skip

    person = services.create_employee(
        number="E1", name="马超", post=post, site=SiteFactory(), hired_on=TODAY, at=NOW,
        background_checked_on=TODAY,
    )  # fmt: skip

    owed = person.assignments.get()
    assert (owed.course.code, owed.due_on) == ("welcome", TODAY + timedelta(days=30))


@pytest.mark.req("TRN-01", "TRN-07")
def test_a_session_is_planned_moved_held_and_checked(client, hr):
    chen, course = CourierFactory(), CourseFactory()
    services.assign_course(chen, course, due_on=TODAY, at=NOW)
    plan = {"course": course.code, "site": chen.site.code, "trainer": "吴老师",
            "on": "2026-11-20", "effect_due_on": "2027-02-20"}  # fmt: skip

    page = client.post(reverse("staff:session_new"), plan)["Location"]
    session = TrainingSession.objects.get()
    assert "已逾期" in client.get("/training/plan/?year=2026").content.decode()
    client.post(page, {"verb": "move", "on": "2026-11-22", "reason": "暴雨"})
    held = {"verb": "hold", "on": "2026-11-22", "present": [chen.number]}
    assert client.post(page, {**held, "on": "2099-01-01"}).status_code == 422
    assert client.post(page, held).status_code == 302
    with pytest.raises(IllegalTransition):
        services.cancel_session(session, reason="x", by=hr, at=NOW)
    check = {"verb": "check", "kind": "figure", "before": "94.1 %", "after": "97.2 %",
             "is_effective": "on", "note": "准时率连续两月高于目标"}  # fmt: skip
    assert client.post(page, check).status_code == 302

    session.refresh_from_db()
    assert (session.first_planned_on, session.held_on) == (date(2026, 11, 20), date(2026, 11, 22))
    assert session.attendances.get().was_present
    assert "94.1 % → 97.2 %" in client.get(page).content.decode()


@pytest.mark.req("TRN-06", "TRN-12")
def test_a_need_from_a_complaint_becomes_a_course_once(client):
    li = SupervisorFactory()
    chen = CourierFactory(site=li.site)
    course = CourseFactory()
    need = services.raise_need(source="complaint", reference="C-2026-000007", text="先联系再投递",
                               employee=chen, at=NOW)  # fmt: skip
    same = services.raise_need(source="complaint", reference="C-2026-000007", text="x",
                               employee=chen, at=NOW)  # fmt: skip
    client.force_login(li.user)
    page = reverse("staff:need", args=[need.pk])

    assert same == need
    assert client.post(page, {"verb": "answer"}).status_code == 422
    said = {"verb": "answer", "course": course.code, "due_on": "2099-12-01"}
    assert client.post(page, said).status_code == 302

    need.refresh_from_db()
    assert (need.state, need.assignment.course) == ("assigned", course)
    client.force_login(SupervisorFactory().user)
    assert client.get(page).status_code == 404


@pytest.mark.req("TRN-04")
def test_the_matrix_shows_gaps_per_post_in_constant_queries(
    client, hr, django_assert_num_queries, django_assert_max_num_queries
):
    post, course = PostFactory(), CourseFactory()
    post.courses.add(course)
    one, two = EmployeeFactory(post=post), EmployeeFactory(post=post)
    services.issue_certificate(one, course, at=NOW)
    address = reverse("staff:matrix")

    with django_assert_max_num_queries(40) as few:
        text = client.get(address).content.decode()
    EmployeeFactory.create_batch(5, post=post)
    with django_assert_num_queries(len(few)):
        client.get(address)

    assert "1/2" in text
    gap = client.get(reverse("staff:gap", args=[post.code, course.code])).content.decode()
    assert two.number in gap
    assert one.number not in gap


def test_the_plan_and_needs_lists_ask_the_same_for_three_rows(
    client, hr, django_assert_num_queries, django_assert_max_num_queries
):
    def more():
        services.raise_need(source="hand", text="x", employee=CourierFactory(), at=NOW)
        services.plan_session(CourseFactory(), on=TODAY, by=None, at=NOW, site=SiteFactory())

    more()
    for address in ("/training/needs/", "/training/plan/?year=2026"):
        client.get(address)
        with django_assert_max_num_queries(30) as few:
            client.get(address)
        more()
        more()
        with django_assert_num_queries(len(few)):
            client.get(address)
    assert TrainingNeed.objects.count() == 5


@pytest.mark.req("TRN-11")
def test_the_certificate_waits_for_the_practical_part(client, hr):
    exam = ExamFactory()
    course = exam.course
    Course.objects.filter(pk=course.pk).update(practice_percent=80)
    chen = CourierFactory()
    services.assign_course(chen, course, due_on=TODAY + timedelta(days=9), at=NOW)
    attempt = services.start_attempt(chen, exam, at=NOW)
    for place, question in enumerate(attempt.paper):
        services.answer_question(attempt, employee=chen, place=place, key=question["correct"],
                                 at=NOW)  # fmt: skip
    services.finish_attempt(attempt, employee=chen, at=NOW)
    assert not Certificate.objects.filter(employee=chen).exists()

    page = reverse("staff:practice_new", args=[chen.number])
    client.post(page, {"course": course.code, "percent": "79"})
    assert not Certificate.objects.filter(employee=chen).exists()
    client.post(page, {"course": course.code, "percent": "80"})

    assert Certificate.objects.get(employee=chen).attempt == attempt
    assert chen.assignments.get().state == "passed"


def test_a_paper_follows_the_blueprint_and_the_seed():
    course = CourseFactory()
    law = QuestionFactory.create_batch(5, course=course, section="law")
    rest = QuestionFactory.create_batch(5, course=course)

    paper = draw_paper(law + rest, 4, seed=7, blueprint={"law": 3})

    assert sum(q["id"] in {one.pk for one in law} for q in paper) >= 3
    assert len({q["id"] for q in paper}) == 4
    assert paper == draw_paper(law + rest, 4, seed=7, blueprint={"law": 3})


@pytest.mark.req("TRN-08")
def test_trainers_write_questions_in_both_languages_and_set_rules(client, hr):
    course = ExamFactory(questions=0).course
    question = {"text": "几日内？", "text_en": "How many days?", "correct": "B",
                "explanation": "规定", "explanation_en": "The rule", "section": "law",
                "is_active": "on", "zh_A": "3", "en_A": "3", "zh_B": "7", "en_B": "7",
                "zh_C": "9", "en_C": ""}  # fmt: skip
    new = reverse("staff:question_new", args=[course.code])
    rules = {"size": "1", "pass_percent": "80", "minutes": "10", "extra_minutes": "5",
             "max_attempts": "2", "retake_hours": "24"}  # fmt: skip

    assert client.post(new, question).status_code == 422
    assert client.post(new, {**question, "en_C": "9", "correct": "D"}).status_code == 422
    assert client.post(new, {**question, "en_C": "9"}).status_code == 302
    page = reverse("staff:exam_rules", args=[course.code])
    assert client.post(page, {**rules, "blueprint": "law = 2"}).status_code == 422
    assert client.post(page, {**rules, "blueprint": "law"}).status_code == 422
    assert client.post(page, {**rules, "blueprint": "law = 1"}).status_code == 302

    course.exam.refresh_from_db()
    assert (course.exam.blueprint, course.exam.max_attempts) == ({"law": 1}, 2)
    assert [o["key"] for o in Question.objects.get(course=course).options] == ["A", "B", "C"]


@pytest.mark.req("STF-17", "STF-14")
def test_a_certificate_of_others_is_on_record_with_level_and_end(client, hr):
    chen = CourierFactory()
    page = reverse("staff:external_new", args=[chen.number])
    said = {"course": "skill-grade", "issuer": "人社局", "outer_number": "X9", "level": "三级",
            "issued_on": "2026-10-01", "expires_on": "2026-09-01"}  # fmt: skip

    assert client.post(page, said).status_code == 422
    assert client.post(page, {**said, "expires_on": "2026-12-01"}).status_code == 302

    text = client.get(reverse("staff:person", args=[chen.number])).content.decode()
    assert all(word in text for word in ("人社局", "X9", "三级"))


def test_nobody_examines_themselves(hr):
    person = EmployeeFactory(user=hr)
    course = CourseFactory(practice_percent=60)

    with pytest.raises(DomainError):
        services.record_practice(person, course, percent=100, by=hr, at=NOW)

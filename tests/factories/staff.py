"""Smallest valid sites, logins, posts and people."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from courierqa.core.enums import Role
from staff import models
from staff.enums import CheckResult, SiteKind

PASSWORD = "correct-horse-7"
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


class SiteFactory(DjangoModelFactory):
    class Meta:
        model = models.Site
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"HZ-{n:02}")
    name = factory.LazyAttribute(lambda site: f"杭州 {site.code} 站")
    name_en = factory.LazyAttribute(lambda site: f"Hangzhou {site.code}")
    kind = SiteKind.STATION
    city = "杭州"


class HubFactory(SiteFactory):
    code = factory.Sequence(lambda n: f"HUB-{n:02}")
    name = factory.LazyAttribute(lambda site: f"{site.code} 分拨中心")
    kind = SiteKind.HUB


class UserFactory(DjangoModelFactory):
    """A login with `PASSWORD`; `UserFactory(role="agent")` also grants the role everywhere."""

    class Meta:
        model = models.User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"E{n:04}")
    display_name = factory.Sequence(lambda n: f"张{n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def role(self, create: bool, role: str | None, site: models.Site | None = None, **_: object):
        if create and role:
            GrantFactory(user=self, role=role, site=site)


class GrantFactory(DjangoModelFactory):
    class Meta:
        model = models.Grant

    user = factory.SubFactory(UserFactory)
    role = Role.AGENT
    valid_from = LONG_AGO


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = models.Course

    code = factory.Sequence(lambda n: f"course-{n}")
    title = factory.Sequence(lambda n: f"课程 {n}")
    title_en = factory.Sequence(lambda n: f"Course {n}")


class LessonFactory(DjangoModelFactory):
    class Meta:
        model = models.Lesson

    course = factory.SubFactory(CourseFactory)
    position = factory.Sequence(lambda n: n % 30000 + 1)
    title = "第一课"
    title_en = "Lesson one"
    body = "先看，再收。"
    body_en = "Look, then accept."


class QuestionFactory(DjangoModelFactory):
    class Meta:
        model = models.Question

    course = factory.SubFactory(CourseFactory)
    text = factory.Sequence(lambda n: f"问题 {n}")
    text_en = factory.Sequence(lambda n: f"Question {n}")
    options = factory.LazyFunction(
        lambda: [{"key": k, "zh": f"答案 {k}", "en": f"Answer {k}"} for k in "ABCD"]
    )
    correct = "B"
    explanation = "规定如此。"
    explanation_en = "The rule says so."


class ExamFactory(DjangoModelFactory):
    """An exam with a bank of `questions` (default 6), five of them on a paper."""

    class Meta:
        model = models.Exam
        skip_postgeneration_save = True

    course = factory.SubFactory(CourseFactory)
    size = 5

    @factory.post_generation
    def questions(self, create: bool, count: int | None, **_: object):
        if create:
            QuestionFactory.create_batch(6 if count is None else count, course=self.course)


class PostFactory(DjangoModelFactory):
    class Meta:
        model = models.Post
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"post-{n}")
    name = factory.Sequence(lambda n: f"岗位 {n}")
    name_en = factory.Sequence(lambda n: f"Post {n}")


class EmployeeFactory(DjangoModelFactory):
    """An active person without a login.

    `EmployeeFactory(with_role="agent")` = login with that role at the own site.
    """

    class Meta:
        model = models.Employee

    class Params:
        with_role = None

    number = factory.Sequence(lambda n: f"E{n:05}")
    name = factory.Sequence(lambda n: f"陈{n}")
    post = factory.SubFactory(PostFactory)
    site = factory.SubFactory(SiteFactory)
    hired_on = date(2024, 4, 1)
    background_checked_on = date(2024, 3, 20)
    background_result = CheckResult.CLEAR
    user = factory.LazyAttribute(
        lambda person: (
            UserFactory(
                username=person.number,
                display_name=person.name,
                role=person.with_role,
                role__site=person.site,
            )
            if person.with_role
            else None
        )
    )


class CourierFactory(EmployeeFactory):
    """A courier with a login at their own site."""

    class Params:
        with_role = Role.COURIER

    post = factory.SubFactory(PostFactory, code="courier", name="快递员", name_en="Courier")


class SupervisorFactory(EmployeeFactory):
    """A site supervisor with a login at their own site."""

    class Params:
        with_role = Role.SUPERVISOR

    post = factory.SubFactory(PostFactory, code="supervisor", name="站点主管", name_en="Supervisor")


class AssessmentSchemeFactory(DjangoModelFactory):
    class Meta:
        model = models.AssessmentScheme

    post = factory.SubFactory(PostFactory)
    valid_from = date(2026, 1, 1)
    parts = factory.LazyFunction(
        lambda: [
            {"code": "T01", "weight": 60, "target": 0.95, "floor": 0.85, "bound": "low"},
            {"code": "C02", "weight": 40, "target": 0.0, "floor": 0.01, "bound": "high"},
        ]
    )

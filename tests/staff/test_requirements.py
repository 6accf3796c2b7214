"""What posts ask for over time, certificates taken back, and who is qualified (H04)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courierqa.core import audit
from courierqa.core.access import access_for
from courierqa.core.errors import DomainError
from staff import selectors, services
from staff.models import Course, CourseAssignment, Employee, Post, PostRequirement
from tests.factories.staff import (
    CourseFactory,
    EmployeeFactory,
    PostFactory,
    SiteFactory,
    SupervisorFactory,
    UserFactory,
)

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
UPGRADE = import_module("staff.migrations.0052_posts_ask_since_ever")
ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(client):
    user = UserFactory(role="hr")
    client.force_login(user)
    return user


@pytest.fixture
def post():
    return PostFactory(code="screening", needs_background_check=False)


def ask(post, *courses, day=TODAY, at=NOW):
    return services.ask_of_post(post, courses=courses, from_on=day, by=None, at=at)


def hold(person, course, *, issued=date(2025, 1, 1), ends=None):
    return services.record_external(
        person, course, issuer="邮政管理局", outer_number="A1", issued_on=issued, expires_on=ends,
        by=None, at=NOW,
    )  # fmt: skip


def test_what_a_post_asked_on_a_day_is_what_was_written_last_for_it(post):
    """One course from the 1st, another from the 10th, the first taken off from the 15th, and that
    said again for the 12th."""
    one, two = CourseFactory(), CourseFactory()
    ask(post, one, day=date(2026, 11, 1))
    ask(post, one, two, day=date(2026, 11, 10))
    ask(post, two, day=date(2026, 11, 15))

    def on(day):
        return set(selectors.asked_on(post, date(2026, 11, day)))

    assert [on(day) for day in (9, 10, 14, 15)] == [{one}, {one, two}, {one, two}, {two}]
    assert selectors.asked_on(post, date(2026, 10, 31)) == []
    ask(post, one, two, day=date(2026, 11, 15))
    ask(post, two, day=date(2026, 11, 12))
    assert [on(day) for day in (11, 12, 23)] == [{one, two}, {two}, {two}]
    assert set(post.courses.all()) == {two}


def test_what_posts_ask_for_at_first_counts_since_ever(post):
    """The catalogue is taken over by the upgrade: nothing is known of before."""
    courier = Post.objects.get(code="courier")
    assert [one.code for one in selectors.asked_on(courier, date(1999, 1, 1))] == [
        "prohibited-goods"
    ]
    through, rows = Post.courses.through.objects, PostRequirement.objects
    assert set(rows.values_list("post", "course")) == set(through.values_list("post", "course"))
    assert not rows.exclude(from_on=None).exists()
    course = CourseFactory()
    post.courses.add(course)
    known = rows.count()

    import_module("staff.migrations.0052_posts_ask_since_ever").fill(
        apps, connection.schema_editor()
    )

    assert rows.count() == known + through.count()
    assert selectors.asked_on(post, date(1999, 1, 1)) == [course]


def test_the_trail_tells_the_upgrade_when_somebody_was_activated():
    person = EmployeeFactory(hired_on=date(2026, 10, 1))
    audit.record("staff.activate", person, actor=None, at=NOW)

    UPGRADE.date_activations(apps, connection.schema_editor())

    person.refresh_from_db()
    assert person.active_from == TODAY
    assert EmployeeFactory().active_from is None


def test_the_history_only_grows(post):
    (row,) = ask(post, CourseFactory())

    with pytest.raises(DatabaseError), transaction.atomic():
        PostRequirement.objects.filter(pk=row.pk).update(from_on=date(2020, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_a_course_is_asked_for_ahead_but_taken_off_only_when_its_day_has_come(post):
    """Added ahead it is assigned at once, so that people hold it by then."""
    one, two = CourseFactory(), CourseFactory()
    person = EmployeeFactory(post=post)
    ask(post, one)

    ask(post, one, two, day=TODAY + 40 * DAY)
    with pytest.raises(DomainError) as refused:
        ask(post, one, day=TODAY + DAY)
    with pytest.raises(DomainError, match=r"\S") as same:
        ask(post, two, one)

    assert refused.value.field == "from_on"
    assert same.value.field == "courses"
    assert selectors.asked_on(post, TODAY) == [one]
    services.assign_required(now=NOW)
    assert CourseAssignment.objects.filter(employee=person, course=two).exists()


@pytest.mark.req("STF-01")
def test_the_page_of_a_post_changes_what_it_requires_and_shows_what_it_asked(client, hr, post):
    one, two = CourseFactory(title_en="Screening"), CourseFactory(title_en="Driving")
    page = reverse("staff:post", args=[post.code])
    said = {"verb": "require", "courses": [one.code, two.code], "from_on": "2025-03-01"}
    kept = client.post(page, {**said, "from_on": "soon"}, **ENGLISH)

    assert kept.status_code == 422
    assert 'value="soon"' in kept.content.decode()
    assert client.post(page, said).status_code == 302
    assert client.post(page, said).status_code == 422
    less = {**said, "courses": [one.code], "from_on": "2025-03-20"}
    assert client.post(page, less).status_code == 302

    text = client.get(page, **ENGLISH).content.decode()
    assert "No longer “Driving” from" in text
    assert "“Driving” from" in text
    row = PostRequirement.objects.filter(post=post).first()
    assert (row.by, row.from_on) == (hr, date(2025, 3, 1))
    client.force_login(UserFactory(role="manager"))
    assert client.post(page, said).status_code == 403


def test_the_page_names_only_people_the_reader_may_see(client, post):
    course = CourseFactory(title_en="Screening")
    ask(post, course, day=date(2026, 1, 1))
    boss = SupervisorFactory()
    near, far = (EmployeeFactory(post=post, site=site) for site in (boss.site, SiteFactory()))
    hold(near, course)
    page = reverse("staff:post", args=[post.code])

    client.force_login(boss.user)
    text = client.get(page, **ENGLISH).content.decode()
    assert f"{near.name} {near.number} · qualified" in text
    assert far.number not in text
    client.force_login(UserFactory(role="manager"))
    text = client.get(page, **ENGLISH).content.decode()
    assert f"{far.name} {far.number} · not valid: Screening" in text
    client.force_login(EmployeeFactory(with_role="courier").user)
    text = client.get(page, **ENGLISH).content.decode()
    assert near.number not in text


def test_who_stood_how_on_a_day_and_one_asks_as_often_as_twenty(post):
    course = CourseFactory()
    ask(post, course, day=date(2026, 1, 1))
    access = access_for(UserFactory(role="hr"), "training", "read")

    def asked():
        with CaptureQueriesContext(connection) as seen:
            lines = selectors.standings(access, post, day=TODAY)
        return len(seen), [(one.person, one.missing) for one in lines]

    holder, ended = EmployeeFactory(post=post), EmployeeFactory(post=post)
    hold(holder, course, ends=TODAY + DAY)
    hold(ended, course, ends=TODAY)
    number, lines = asked()
    assert lines == [(holder, []), (ended, [course])]
    for _number in range(20):
        hold(EmployeeFactory(post=post), course)
    assert asked()[0] == number


def test_a_certificate_taken_back_bars_like_one_that_ended(client, hr, post):
    course = Course.objects.get(code="driving-licence")
    driver = Post.objects.get(code="driver")
    person = EmployeeFactory(post=post)
    paper = hold(person, course, ends=date(2027, 1, 1))
    page = reverse("staff:certificate", args=[paper.number])
    said = {"verb": "withdraw", "on": "2025-03-20", "reason": "冒名考试"}

    assert client.post(page, {**said, "reason": ""}).status_code == 422
    assert client.post(page, {**said, "on": "2024-03-20"}, **ENGLISH).status_code == 422
    assert client.post(page, said).status_code == 302
    assert client.post(page, said).status_code == 422

    assert "冒名考试" in client.get(page).content.decode()
    with pytest.raises(DomainError) as refused:
        services.transfer(person, post=driver, site=person.site, on=TODAY, reason="调岗", at=NOW)
    assert refused.value.code == "not_qualified"
    assert person.certificates.get().ends_on == date(2025, 3, 20)


def test_only_who_answers_for_training_takes_back_and_nobody_the_own(client, hr):
    own = EmployeeFactory(user=hr)
    paper = hold(own, CourseFactory())
    page = reverse("staff:certificate", args=[paper.number])
    said = {"verb": "withdraw", "on": "2025-03-20", "reason": "冒名考试"}

    assert client.post(page, said).status_code == 403
    client.force_login(UserFactory(role="quality"))
    assert client.post(page, said).status_code == 403
    assert Employee.objects.get(pk=own.pk).certificates.get().withdrawn_on is None


def test_what_was_taken_back_is_owed_again_soon(post):
    course = CourseFactory()
    ask(post, course)
    person = EmployeeFactory(post=post)
    paper = hold(person, course)

    services.withdraw_certificate(paper, on=TODAY, reason="冒名", by=UserFactory(), at=NOW)
    services.assign_required(now=NOW)

    owed = person.assignments.get()
    assert (owed.renews, owed.due_on) == (paper, TODAY + 7 * DAY)

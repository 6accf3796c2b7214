"""Who sees which team and session, and who is counted in it."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from courierqa.core.access import access_for
from staff import selectors, services
from staff.models import Attendance, TrainingSession
from tests.factories.staff import CourierFactory, CourseFactory, SupervisorFactory, UserFactory

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
BEFORE = date(2026, 9, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def li():
    return SupervisorFactory(name="李娜")


@pytest.fixture
def crew(li):
    """Three couriers of one team."""
    team = services.open_team(name="一组", site=li.site, aim="准时", leader=li, by=None, at=NOW)
    people = [CourierFactory(site=li.site) for _place in range(3)]
    for person in people:
        services.join_team(team, person, on=BEFORE, by=None, at=NOW)
    return team, people


@pytest.mark.req("ROL-01")
def test_a_member_sees_the_whole_size_of_the_team_and_a_former_one_sees_it_no_more(crew, li):
    team, (here, gone, _third) = crew
    services.leave_team(gone.memberships.get(), on=NOW.date(), by=li.user, at=NOW)

    own = access_for(here.user, "team", "read")
    assert [(row, row.size) for row in selectors.teams_for(own)] == [(team, 2)]
    assert [row.team for row in selectors.team_scores(own, "2026-10")] == [team]
    former = access_for(gone.user, "team", "read")
    assert not selectors.teams_for(former).exists()
    assert selectors.team_scores(former, "2026-10") == []


@pytest.mark.req("ROL-01")
def test_who_came_counts_everybody_and_a_login_without_a_record_sees_no_foreign_session(crew):
    _team, people = crew
    foreign, plan = SupervisorFactory().site, {"first_planned_on": BEFORE, "planned_on": BEFORE}
    held, empty = (
        TrainingSession.objects.create(course=CourseFactory(), site=foreign, **plan)
        for _place in range(2)
    )
    for person in people:
        Attendance.objects.create(session=held, employee=person, was_present=True)

    seen = selectors.sessions_for(access_for(people[0].user, "training", "read"), 2026)
    assert [(row, row.came) for row in seen] == [(held, 3)]
    nobody = access_for(UserFactory(role="agent"), "training", "read")
    assert empty not in selectors.sessions_for(nobody, 2026)


@pytest.mark.req("STF-15")
def test_a_supervisor_takes_a_person_out_of_a_team_on_its_page(client, crew, li):
    team, (chen, _second, _third) = crew
    page, said = reverse("staff:team", args=[team.pk]), {"verb": "leave", "person": chen.number}
    client.force_login(chen.user)
    assert client.post(page, said).status_code == 403

    client.force_login(li.user)
    assert client.post(page, {**said, "person": li.number}).status_code == 422
    assert client.post(page, said).status_code == 302
    assert client.post(page, said).status_code == 422

    assert chen.memberships.get().to_on is not None
    assert team.members.filter(to_on=None).count() == 2

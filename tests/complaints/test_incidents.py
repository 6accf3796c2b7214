"""Complaints about personal data open a privacy incident, for few eyes (CMP-27, INF-08)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from complaints import services
from complaints.models import PrivacyIncident
from complaints.services import Picture
from courierqa.core.errors import DomainError
from tests.factories.complaints import AT, open_case
from tests.factories.staff import UserFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def login(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.req("CMP-27")
def test_a_privacy_complaint_opens_an_incident_and_others_do_not(team):
    case = open_case(by=team.ana, reason="leak")
    assert case.incident.status == "open"
    open_case(by=team.ana, reason="lost")
    assert PrivacyIncident.objects.count() == 1

    url = reverse("complaints:case", args=[case.number])
    assert login(team.ben).get(url).status_code == 404
    assert login(team.ana).get(url).status_code == 200
    incident = reverse("complaints:incident", args=[case.number])
    assert login(team.ana).get(incident).status_code == 403
    assert login(team.lea).get(incident).status_code == 200


@pytest.mark.req("INF-08")
def test_it_closes_when_everybody_was_told(team):
    row = open_case(by=team.ana, reason="leak").incident
    quality = UserFactory(role="quality")
    client = login(quality)
    name = [row.case.number]
    with pytest.raises(DomainError) as refused:
        services.move_incident(incident=row, verb="close", by=quality, at=AT)
    assert refused.value.code == "not_ready"
    assert client.post(reverse("complaints:incident_move", args=name), {"verb": "close"}
                       ).status_code == 422  # fmt: skip
    client.post(reverse("complaints:incident_note", args=name), {"text": "已联系站点"})
    told = AT + HOUR
    picture = Picture(
        kinds="姓名、电话", affected=3, cause="面单外露", harm="骚扰电话", measures="更换面单",
        people_told_at=told, authority_told_at=told, postal_told_at=told,
    )  # fmt: skip
    with pytest.raises(DomainError) as early:
        services.describe_incident(incident=row, picture=picture, by=quality, at=AT)
    assert early.value.field == "people_told_at"
    services.describe_incident(incident=row, picture=picture, by=quality, at=told)
    services.move_incident(incident=row, verb="contain", by=quality, at=told)
    services.move_incident(incident=row, verb="close", by=quality, at=told)

    row.refresh_from_db()
    page = client.get(reverse("complaints:incident", args=name)).content.decode()
    assert (row.status, row.closed_at) == ("closed", told)
    assert "已联系站点" in page
    assert "骚扰电话" in page


def test_it_was_none_needs_the_reason_and_can_be_opened_again(team):
    row = open_case(by=team.ana, reason="leak").incident
    client, url = login(team.lea), reverse("complaints:incident_move", args=[row.case.number])
    assert client.post(url, {"verb": "dismiss"}).status_code == 422
    assert client.post(url, {"verb": "nothing", "reason": "x"}).status_code == 422
    assert client.post(url, {"verb": "dismiss", "reason": "面单已打码"}).status_code == 302
    assert client.post(url, {"verb": "reopen", "reason": "又发现一张"}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.closed_at) == ("open", None)


def test_the_description_form_keeps_errors(team):
    row = open_case(by=team.ana, reason="leak").incident
    client, url = login(team.lea), reverse("complaints:incident_describe", args=[row.case.number])
    assert client.post(url, {"affected": "-1"}).status_code == 422
    assert client.post(url, {"affected": "2", "kinds": "电话"}).status_code == 302
    row.refresh_from_db()
    assert (row.affected, row.kinds) == (2, "电话")


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(team, n, django_assert_num_queries):
    for _ in range(n):
        open_case(by=team.ana, reason="leak")
    client = login(team.lea)
    with django_assert_num_queries(5):
        page = client.get(reverse("complaints:incidents"), {"state": "open"})
    assert len(page.context["page"].rows) == n


@pytest.mark.req("INF-08")
def test_people_and_authority_are_told_within_72_hours(team):
    row = open_case(by=team.ana, reason="leak").incident
    limit = row.opened_at + 72 * HOUR
    assert (row.tell_by, row.told_late(limit), row.told_late(limit + HOUR)) == (limit, False, True)
    row.people_told_at = row.authority_told_at = limit
    assert not row.told_late(limit + 100 * HOUR)
    row.authority_told_at = limit + HOUR
    assert row.told_late(limit + 100 * HOUR)
    row.save()
    page = login(team.lea).get(reverse("complaints:incident", args=[row.case.number]))
    assert page.context["is_late"]

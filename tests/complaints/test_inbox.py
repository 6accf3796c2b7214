"""The work list and the deeds of the case page that stand beside its steps."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from complaints import services
from complaints.models import Case
from courierqa.core.models import AuditEntry
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(team):
    client = Client()
    client.force_login(team.ana)
    return client


def deed(client, case, name, data):
    url = reverse(f"complaints:case_{name}", args=[case.number])
    return client.post(url, data, headers={"HX-Request": "true"})


def test_bulk_merges_into_the_earliest_and_names_what_does_not_fit(agent, team):
    first = open_case(by=team.ana)
    second = open_case(by=team.ana, reason="stuck")
    other = open_case(by=team.ana, phone="13800000099")
    data = {"deed": "merge", "case": [second.number, other.number, first.number]}

    page = agent.post(reverse("complaints:bulk"), data, follow=True)

    assert Case.objects.get(pk=second.pk).merged_into == first
    assert Case.objects.get(pk=other.pk).merged_into is None
    assert other.number in page.content.decode()


def test_bulk_closes_what_lacks_nothing(agent, team):
    done = open_case(by=team.ana, kind="query", reason="other")
    services.reply(case=done, text="20 点", by=team.ana, at=AT, final=True)
    lacking = open_case(by=team.ana)
    data = {"deed": "close", "case": [done.number, lacking.number], "back": "?view=mine"}

    page = agent.post(reverse("complaints:bulk"), data)

    assert page.headers["Location"] == "/complaints/?view=mine"
    assert Case.objects.get(pk=done.pk).status == "closed"
    assert Case.objects.get(pk=lacking.pk).status == "registered"


def test_bulk_assigns_for_leaders_only(agent, team):
    case = open_case(channel="web")
    Case.objects.filter(pk=case.pk).update(owner=None)
    data = {"deed": "assign", "case": [case.number], "to": team.ben.pk}
    leader = Client()
    leader.force_login(team.lea)

    agent.post(reverse("complaints:bulk"), data)
    assert Case.objects.get(pk=case.pk).owner is None
    leader.post(reverse("complaints:bulk"), data)

    assert Case.objects.get(pk=case.pk).owner == team.ben


@pytest.mark.parametrize("data", [{}, {"deed": "destroy"}, {"deed": "assign", "to": "x"}])
def test_bulk_without_sense_changes_nothing(agent, team, data):
    case = open_case(by=team.ana)

    page = agent.post(reverse("complaints:bulk"), data | {"case": [case.number], "back": "//x"})

    assert page.headers["Location"].startswith("/complaints/?view=")
    assert Case.objects.get(pk=case.pk).owner == team.ana


@pytest.mark.req("CMP-15")
def test_one_list_holds_every_channel_and_filters_by_it(agent, team):
    phoned = open_case(by=team.ana)
    written = open_case(channel="web", reason="overcharge")

    def shown(**asked):
        rows = agent.get(reverse("complaints:inbox"), {"view": "all", **asked}).context["rows"]
        return {case for case, _clock in rows}

    assert shown() == {phoned, written}
    assert shown(channel="web") == shown(**{"class": "fee"}) == {written}
    assert shown(kind="query") == set()
    assert shown(channel="nonsense") == {phoned, written}


def test_the_list_is_exported_without_personal_data(team):
    leader = Client()
    leader.force_login(team.lea)
    case = open_case(by=team.ana, name="何美")

    page = leader.get(reverse("complaints:inbox_csv"), {"view": "all"})
    text = b"".join(page.streaming_content).decode()

    assert case.number in text
    assert "何美" not in text
    assert "0042" not in text
    assert AuditEntry.objects.filter(action="case.export").count() == 1


@pytest.mark.req("CMP-25")
def test_the_case_shows_how_fast_it_was_answered_and_how_often_passed_on(agent, team):
    case = open_case(by=team.ana)
    services.transfer(case=case, to_user=team.ben, question="查", by=team.ana, at=AT)
    services.reply(case=case, text="在查", by=team.ana, at=AT + timedelta(minutes=12), final=False)

    page = agent.get(reverse("complaints:case", args=[case.number])).content.decode()

    assert "转办 1 次" in page
    assert "用时 12 分" in page


def test_pause_merge_and_split_on_the_case_page(agent, team):
    first = open_case(by=team.ana)
    case = open_case(by=team.ana, reason="stuck")

    assert deed(agent, case, "pause", {"reason": "customer-proof", "note": ""}).status_code == 422
    deed(agent, case, "pause", {"reason": "customer-proof", "note": "等照片"})
    case.refresh_from_db()
    assert case.paused_at is not None
    deed(agent, case, "resume", {})
    deed(agent, case, "split", {"reason": "rude-courier", "words": "还骂人"})
    assert case.splits.count() == 1
    assert deed(agent, case, "merge", {"into": "C-2026-999999"}).status_code == 422
    merged = deed(agent, case, "merge", {"into": first.number}).content.decode()
    assert first.number in merged
    deed(agent, case, "unmerge", {})
    case.refresh_from_db()
    assert case.merged_into is None

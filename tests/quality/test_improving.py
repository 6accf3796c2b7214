"""Benchmarks, activities, strategy, changed processes, routines, retention."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from courierqa.core.errors import DomainError, NotAllowed
from quality.models import (
    Activity,
    Benchmark,
    CheckFinding,
    Process,
    ProcessChange,
    RetentionRule,
    Routine,
    RoutineTurn,
    StrategyDecision,
)
from quality.selectors.improvement.retention import due_list, last_day
from quality.services import improvement as services
from quality.services import things
from tests.factories.complaints import open_case
from tests.quality.conftest import DAY, NOW, Loop
from tests.quality.inspecting import inspected
from tests.quality.test_fleet import signed_in
from tests.shipments.test_courier_pages import PIXEL

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.mark.req("IMP-05")
def test_a_benchmark_has_source_day_value_and_file_and_only_grows(loop: Loop) -> None:
    said = {"metric": "T01", "who": "同行甲", "value": Decimal("96.5"), "source": "行业年报",
            "link": "https://example.org/report", "lesson": "夜间分拨", "by": loop.quality,
            "at": NOW}  # fmt: skip
    with pytest.raises(DomainError) as refused:
        services.add_benchmark(**said, on=TODAY + DAY)
    assert refused.value.field == "on"
    row = services.add_benchmark(**said, on=TODAY - DAY, content=PIXEL, file_name="年报.png")
    with pytest.raises(DatabaseError), transaction.atomic():
        Benchmark.objects.update(value=99)
    client = signed_in(loop.quality)
    page = client.get("/benchmarks/").content.decode()
    assert "同行甲" in page
    assert 'data-chart="bench-T01"' in page
    assert "Too few records of our own to compare" in page
    answer = client.get(f"/tasks/files/{row.files.get().uid}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert (
        signed_in(loop.courier.user).get(f"/tasks/files/{row.files.get().uid}/").status_code == 404
    )
    assert client.get("/benchmarks/?format=csv").status_code == 200


@pytest.mark.req("IMP-06")
def test_an_activity_is_held_with_its_result_or_called_off(loop: Loop) -> None:
    row = services.plan_activity(
        kind="month", title="质量月", aim="降低破损", site=loop.site, owner=loop.leader,
        starts_on=TODAY, ends_on=TODAY + 30 * DAY, by=loop.quality, at=NOW,
    )  # fmt: skip
    with pytest.raises(DomainError) as early:
        services.hold_activity(row, took_part=9, result="好", by=loop.quality, at=NOW - 2 * DAY)
    assert early.value.code == "too_early"
    client = signed_in(loop.quality)
    sent = {"verb": "hold", "took_part": "24", "result": "破损率下降"}
    assert client.post(f"/activities/{row.pk}/", {**sent, "result": ""}).status_code == 422
    assert client.post(f"/activities/{row.pk}/", sent).status_code == 302
    assert Activity.objects.get().took_part == 24
    assert "破损率下降" in client.get("/activities/?status=held").content.decode()
    with pytest.raises(DomainError):
        services.cancel_activity(row, reason="x", by=loop.quality, at=NOW)


@pytest.mark.req("IMP-08")
def test_a_decision_of_strategy_names_situation_reason_and_outcome(loop: Loop) -> None:
    client = signed_in(loop.manager)
    sent = {
        "field": "mode", "title": "夜间派送", "situation": "白天无人", "decision": "开设晚班",
        "reason": "客户要求", "decided_on": "2026-03-02", "effective_on": "2026-03-01",
        "review_on": "2026-03-01", "programme": "",
    }  # fmt: skip
    assert client.post("/strategy/new/", sent).status_code == 422
    assert client.post("/strategy/new/", {**sent, "review_on": "2026-09-01"}).status_code == 302
    row = StrategyDecision.objects.get()
    assert signed_in(loop.quality).post(f"/strategy/{row.number}/").status_code == 403
    assert client.post(f"/strategy/{row.number}/", {"verb": "review", "outcome": "好"}).status_code
    row.refresh_from_db()
    assert (row.outcome, row.reviewed_by) == ("好", loop.manager)
    assert "夜间派送" in client.get("/strategy/").content.decode()


@pytest.mark.req("IMP-09")
def test_a_process_changes_with_reason_risk_and_a_second_persons_yes(loop: Loop) -> None:
    process = Process.objects.get(code="order")
    said: dict[str, Any] = {
        "process": process, "what": "下单增加时段", "reason": "客户投诉", "risk": "middle",
        "risk_note": "系统压力，先试两站", "training": "客服", "documents": [], "at": NOW,
    }  # fmt: skip
    with pytest.raises(DomainError):
        services.propose_change(**said, effective_on=TODAY - DAY, by=loop.quality)
    row = services.propose_change(**said, effective_on=TODAY + 9 * DAY, by=loop.manager)
    with pytest.raises(NotAllowed):
        services.decide_change(row, approve=True, note="", by=loop.manager, at=NOW)
    other = services.propose_change(**said, effective_on=TODAY + 9 * DAY, by=loop.quality)
    client = signed_in(loop.manager)
    url = f"/process-changes/{other.number}/"
    assert client.post(url, {"verb": "decide", "outcome": "no", "note": ""}).status_code == 422
    assert client.post(url, {"verb": "decide", "outcome": "yes", "note": ""}).status_code == 302
    assert ProcessChange.objects.get(pk=other.pk).status == "approved"
    assert other.number in client.get("/process-changes/?process=order").content.decode()
    assert "/process-changes/?process=order" in client.get("/processes/order/").content.decode()


@pytest.mark.req("IMP-07")
def test_a_routine_comes_due_by_itself_each_turn_once(loop: Loop) -> None:
    row = Routine.objects.get(code="trend-look")
    # A proposal nobody has taken on comes due for nobody.
    assert services.run_routines(now=NOW) == {"turns": 0}
    fields = {"kind": "trend", "title": row.title, "link": "/dashboard/", "owner": loop.leader,
              "every": "month", "interval": 1, "anchor": date(2026, 1, 31),
              "is_active": True}  # fmt: skip
    row = services.save_routine(row, fields=fields, by=loop.quality, at=NOW)
    days = [date(2026, 3, 31), date(2026, 4, 30)]
    assert list(row.turns.values_list("due_day", flat=True)) == days
    services.run_routines(now=NOW - 90 * DAY)
    assert services.run_routines(now=NOW) == {"turns": 0}
    turn = RoutineTurn.objects.get(due_day=days[0])
    client = signed_in(loop.leader.user)
    sent = {"verb": "finish", "result": "已分析"}
    assert client.post("/routines/trend-look/", sent).status_code == 302
    turn.refresh_from_db()
    assert turn.result == "已分析"
    assert "已分析" in client.get("/routines/").content.decode()
    other = {**fields, "anchor": date(2026, 4, 15), "title": "趋势"}
    row = services.save_routine(row, fields=other, by=loop.quality, at=NOW)
    assert (row.title_en, row.is_proposal) == ("", False)
    assert list(row.turns.filter(done_at=None).values_list("due_day", flat=True)) == [
        date(2026, 4, 15)
    ]


@pytest.mark.req("STF-10")
def test_how_managers_serve_couriers_is_inspected_and_asked_every_year(loop: Loop) -> None:
    checked = inspected(loop, code="manager-service", grades={2: "major"}, by=loop.quality)
    assert (checked.is_failed, checked.major, checked.conform) == (True, 1, 6)
    assert CheckFinding.objects.get().graded.line.norm.code == "manager-service"
    survey = Routine.objects.get(code="managers-survey")
    assert (survey.kind, survey.every) == ("survey", "year")


@pytest.mark.req("CMP-19")
def test_a_complaint_and_its_corrective_action_lead_to_each_other(loop: Loop) -> None:
    case = open_case(at=NOW)
    client = signed_in(loop.quality)
    assert (
        f"/actions/of/case/{case.number}/"
        in client.get(f"/complaints/{case.number}/").content.decode()
    )
    row = loop.raised(source="case", reference=case.number)
    assert row.number in client.get(f"/actions/of/case/{case.number}/").content.decode()
    page = client.get(f"/actions/{row.number}/").content.decode()
    assert f"/complaints/{case.number}/" in page


def test_a_routine_leads_only_to_pages_of_this_product(loop: Loop) -> None:
    client = signed_in(loop.quality)
    sent = {"kind": "other", "title": "看", "owner": loop.leader.number, "every": "week",
            "interval": "1", "anchor": "2026-03-02", "is_active": "on"}  # fmt: skip
    for link in ("https://example.org/", "//example.org/", "javascript:x", "/\\example.org"):
        assert client.post("/routines/new/", {**sent, "link": link}).status_code == 422
    assert client.post("/routines/new/", {**sent, "link": "/surveys/"}).status_code == 302


def test_the_term_ends_with_the_month_and_a_short_month_ends_nothing_early() -> None:
    assert last_day(12, date(2026, 3, 2)) == date(2025, 2, 28)
    assert last_day(24, date(2026, 1, 31)) == date(2023, 12, 31)
    # A record of 30 November is kept until 28 February; on that day November is not over yet.
    assert last_day(3, date(2026, 2, 28)) == date(2025, 10, 31)
    assert last_day(3, date(2026, 3, 1)) == date(2025, 11, 30)


def test_what_has_ended_is_listed_handed_over_and_gone_from_the_list(loop: Loop) -> None:
    rule = RetentionRule.objects.get(code="training")
    assert due_list(today=TODAY) == []
    client = signed_in(loop.quality)
    sent = {"code": "visitor-book", "name": "访客登记", "name_en": "Visitor book", "months": "6",
            "starts": "登记之日", "starts_en": "the day", "basis": "安保", "basis_en": "Security",
            "is_active": "on"}  # fmt: skip
    assert client.post("/retention/new/", {**sent, "code": "training"}).status_code == 422
    assert client.post("/retention/new/", sent).status_code == 302
    (due,) = due_list(today=TODAY)
    assert (due.records_until, due.term_ended_on, due.count) == (
        date(2025, 8, 31), date(2026, 2, 28), None,
    )  # fmt: skip
    page = client.get("/retention/").content.decode()
    assert "/destroyed/new/?data_kind=" in page
    form = client.get(
        "/destroyed/new/?data_kind=访客登记&records_until=2025-08-31&term_ended_on=2026-02-28"
    ).context["form"]
    assert form.initial["records_until"] == "2025-08-31"
    things.destroy_records(
        data_kind="访客登记", site=None, records_until=due.records_until,
        term_ended_on=due.term_ended_on, way="shred", count=3, destroyed_on=TODAY,
        witness=loop.leader, note="", by=loop.quality, at=NOW,
    )  # fmt: skip
    assert due_list(today=TODAY) == []
    (again,) = due_list(today=date(2026, 4, 1))
    assert (again.records_until, again.destroyed_until) == (date(2025, 9, 30), due.records_until)
    kept = {"name": rule.name, "name_en": rule.name_en, "months": 48, "starts": rule.starts,
            "starts_en": rule.starts_en, "basis": "公司规定", "basis_en": "Company rule",
            "is_active": True}  # fmt: skip
    services.save_rule(rule, code="training", fields=kept, by=loop.quality, at=NOW)
    rule.refresh_from_db()
    assert (rule.months, rule.is_proposal) == (48, False)

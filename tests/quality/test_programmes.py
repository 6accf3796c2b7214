"""Programmes: the baseline before, a second person's yes, before and after, what becomes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import Approval
from quality.models import Nonconformity, Programme
from quality.services import improvement as services
from tests.quality.conftest import DAY, NOW, Loop, worker
from tests.quality.test_fleet import signed_in

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
READ = {"T01": {"days": "2025-12-02/2026-03-01", "hits": 920, "total": 1000, "value": 0.92,
                "shown": "92.0% (n = 1000)"}}  # fmt: skip
AFTER = {"T01": {**READ["T01"], "hits": 970, "value": 0.97, "shown": "97.0% (n = 1000)"}}


def aim(loop: Loop, **fields: Any) -> services.Aim:
    whole: dict[str, Any] = {
        "kind": "plan", "field": "time", "title": "提升准时率", "problem": "二月准时率 92%",
        "metric": "T01", "target": Decimal("0.96"), "owner": loop.leader, "start_on": TODAY,
        "due_on": TODAY + 90 * DAY, "budget_fen": 500_000, "site": loop.site, **fields,
    }  # fmt: skip
    return services.Aim(**whole)


def drafted(loop: Loop, **fields: Any) -> Programme:
    return services.start_programme(
        aim(loop, **fields), team=[loop.courier], by=loop.leader.user, at=NOW
    )


def ready(loop: Loop, **fields: Any) -> tuple[Programme, Nonconformity]:
    """Draft one, fix its baseline, link a measure that was ordered."""
    row, nc = drafted(loop, **fields), loop.approved(loop.planned(loop.raised()))
    services.fix_baseline(row, reading=READ, by=loop.leader.user, at=NOW)
    services.link_action(row, nc.actions.get(), by=loop.leader.user, at=NOW)
    return row, nc


def running(loop: Loop) -> tuple[Programme, Nonconformity]:
    row, nc = ready(loop)
    services.propose_programme(row, by=loop.leader.user, at=NOW)
    return services.decide_programme(row, approve=True, note="", by=loop.manager, at=NOW), nc


def code_of(deed: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(DomainError) as refused:
        deed(*args, **kwargs)
    return refused.value.code


@pytest.mark.req("IMP-01")
def test_nothing_is_proposed_without_a_baseline_and_a_measure(loop: Loop) -> None:
    row = drafted(loop)
    by = {"by": loop.leader.user, "at": NOW}
    assert code_of(services.propose_programme, row, **by) == "no_baseline"
    few = {"T01": {"total": 12, "value": None}}
    assert code_of(services.fix_baseline, row, reading=few, **by) == "too_few"
    services.fix_baseline(row, reading=READ, **by)
    assert code_of(services.propose_programme, row, **by) == "no_measure"
    nc = loop.approved(loop.planned(loop.raised()))
    services.link_action(row, nc.actions.get(), **by)
    assert code_of(services.link_action, row, nc.actions.get(), **by) == "linked"
    services.propose_programme(row, **by)
    # What waits for approval is not changed any more, and the baseline stays.
    assert code_of(services.fix_baseline, row, reading=AFTER, **by) == "wrong_step"
    assert Programme.objects.get().baseline == READ


def test_another_figure_or_place_makes_the_baseline_void_another_title_does_not(
    loop: Loop,
) -> None:
    row = drafted(loop)
    by = {"by": loop.leader.user, "at": NOW}
    services.fix_baseline(row, reading=READ, **by)
    services.change_programme(row, aim(loop, title="准时率"), **by)
    assert Programme.objects.get().baseline == READ
    services.change_programme(row, aim(loop, metric="D01"), **by)
    row.refresh_from_db()
    assert (row.baseline, row.baseline_at) == ({}, None)
    assert code_of(services.change_programme, row, aim(loop, metric="X99"), **by) == "no_figure"
    early = aim(loop, due_on=TODAY)
    assert code_of(services.change_programme, row, early, **by) == "order"


@pytest.mark.req("IMP-01", "IMP-04")
def test_somebody_else_approves_and_somebody_who_did_none_of_it_judges(loop: Loop) -> None:
    row, nc = ready(loop)
    both = worker("manager", loop.site)
    services.propose_programme(row, by=both.user, at=NOW)
    asked = Approval.objects.get(kind="quality.programme")
    assert (asked.needs_role, asked.amount_fen) == ("manager", 500_000)
    with pytest.raises(NotAllowed):
        services.decide_programme(row, approve=True, note="", by=both.user, at=NOW)
    services.decide_programme(row, approve=True, note="", by=loop.manager, at=NOW)
    said = {"verdict": "keep", "note": "目标达到", "cost_fen": 420_000, "reading": AFTER}
    later = NOW + 60 * DAY
    end = {**said, "by": loop.quality, "at": later}
    assert code_of(services.conclude, row, **end) == "open_measures"
    loop.done(nc, at=NOW + 5 * DAY)
    for doer in (loop.leader.user, loop.courier.user):
        assert code_of(services.conclude, row, **{**end, "by": doer}) == "own_work"
    services.conclude(row, **end)
    row.refresh_from_db()
    assert (row.status, row.verdict, row.cost_fen, row.ended_at) == (
        "ended",
        "keep",
        420_000,
        later,
    )
    assert (row.baseline, row.reading) == (READ, AFTER)
    assert code_of(services.conclude, row, **end) == "wrong_step"


def test_a_proposal_changed_underneath_is_not_approved_unseen(loop: Loop) -> None:
    row, _nc = ready(loop)
    services.propose_programme(row, by=loop.leader.user, at=NOW)
    Programme.objects.update(budget_fen=9_000_000)
    services.decide_programme(row, approve=True, note="", by=loop.manager, at=NOW)
    row.refresh_from_db()
    assert (row.status, row.approved_at) == ("draft", None)


@pytest.mark.req("IMP-03")
def test_a_programme_groups_plans_and_ends_after_them(loop: Loop) -> None:
    top = drafted(loop, kind="programme", title="服务质量提升行动")
    plan, nc = ready(loop, programme=top)
    by = {"by": loop.leader.user, "at": NOW}
    services.fix_baseline(top, reading=READ, **by)
    services.propose_programme(top, **by)
    services.decide_programme(top, approve=True, note="", by=loop.manager, at=NOW)
    end = {"note": "完成", "cost_fen": 0, "reading": AFTER, "by": loop.quality, "at": NOW + 9 * DAY}
    assert code_of(services.conclude, top, verdict="keep", **end) == "open_plans"
    services.propose_programme(plan, **by)
    services.decide_programme(plan, approve=True, note="", by=loop.manager, at=NOW)
    loop.done(nc, at=NOW + 5 * DAY)
    page = signed_in(loop.quality).get("/programmes/?status=running").content.decode()
    assert "0 / 1" in page
    assert "1 / 1" in page
    services.conclude(plan, verdict="adjust", **end)
    services.conclude(top, verdict="keep", **end)
    client = signed_in(loop.quality)
    page = client.get(f"/programmes/{top.number}/").content.decode()
    assert plan.number in page
    other = client.get(f"/programmes/{plan.number}/").content.decode()
    assert f"?follows={plan.number}" in other
    assert client.get(f"/programmes/new/?follows={plan.number}").context["form"].initial["title"]
    with pytest.raises(DomainError):
        services.start_programme(
            aim(loop, kind="programme", programme=top), by=loop.quality, at=NOW
        )


def test_the_end_is_put_off_with_the_first_day_kept_and_given_up_with_a_reason(
    loop: Loop,
) -> None:
    row, _nc = running(loop)
    by = {"by": loop.leader.user, "at": NOW}
    assert code_of(services.extend_programme, row, due_on=TODAY, reason="x", **by) == "earlier"
    services.extend_programme(row, due_on=TODAY + 120 * DAY, reason="设备未到", **by)
    row.refresh_from_db()
    assert (row.first_due_on, row.due_on) == (TODAY + 90 * DAY, TODAY + 120 * DAY)
    assert code_of(services.drop_programme, row, reason=" ", **by) == "required"
    services.drop_programme(row, reason="并入另一方案", **by)
    assert Programme.objects.get().status == "dropped"


@pytest.mark.req("IMP-01")
def test_the_pages_from_the_draft_to_the_result(loop: Loop) -> None:
    leader, manager = signed_in(loop.leader.user), signed_in(loop.manager)
    sent = {
        "kind": "plan", "field": "time", "title": "晚高峰到件", "problem": "T01 二月 92%",
        "metric": "T01", "target": "120", "site": "HZ-01", "owner": loop.leader.number,
        "team": [loop.courier.number], "start_on": "2026-03-02", "due_on": "2026-06-01",
        "budget_fen": "1200.50",
    }  # fmt: skip
    wrong = leader.post("/programmes/new/", sent)
    assert wrong.status_code == 422
    assert "晚高峰到件" in wrong.content.decode()
    answer = leader.post("/programmes/new/", {**sent, "target": "96.5"})
    row = Programme.objects.get()
    assert answer.headers["Location"] == f"/programmes/{row.number}/"
    assert (row.target, row.budget_fen) == (Decimal("0.965"), 120_050)
    # There are no figures in this installation: the baseline cannot be fixed.
    assert leader.get(f"/programmes/{row.number}/figures/").status_code == 200
    leader.post(f"/programmes/{row.number}/baseline/?days=30")
    row.refresh_from_db()
    assert row.baseline_at is None
    services.fix_baseline(row, reading=READ, by=loop.leader.user, at=NOW)
    nc = loop.approved(loop.planned(loop.raised()))
    url = f"/programmes/{row.number}/"
    assert leader.get(f"{url}edit/").context["form"].initial["target"] == Decimal("96.50")
    assert leader.post(url, {"verb": "link", "action": nc.actions.get().pk}).status_code == 302
    assert leader.post(url, {"verb": "propose"}).status_code == 302
    no = {"verb": "decide", "outcome": "no", "note": ""}
    assert manager.post(url, no).status_code == 422
    assert manager.post(url, {**no, "outcome": "yes"}).status_code == 302
    loop.done(nc, at=NOW + 5 * DAY)
    judge = {"verdict": "stop", "note": "成本过高", "cost_fen": "88.50"}
    assert leader.post(f"{url}figures/", judge).status_code == 403
    assert manager.post(f"{url}figures/", {**judge, "note": ""}).status_code == 422
    assert manager.post(f"{url}figures/", judge).status_code == 302
    row.refresh_from_db()
    assert (row.verdict, row.cost_fen, row.judged_by) == ("stop", 8850, loop.manager)
    assert "92.0% (n = 1000)" in manager.get(url).content.decode()


def test_a_programme_out_of_reach_is_not_there(loop: Loop) -> None:
    row = drafted(loop)
    courier = signed_in(loop.courier.user)
    assert courier.get(f"/programmes/{row.number}/").status_code == 200
    stranger = signed_in(worker("courier", loop.site).user)
    other = signed_in(worker("supervisor", loop.checker.site).user)
    for client in (stranger, other):
        assert client.get(f"/programmes/{row.number}/").status_code == 404
        assert client.get(f"/programmes/{row.number}/figures/").status_code == 404
    # On the team one reads, and is offered no step.
    assert courier.post(f"/programmes/{row.number}/", {"verb": "drop", "reason": "x"}).status_code
    assert Programme.objects.get().status == "draft"


@pytest.mark.parametrize("n", [1, 3])
def test_the_board_asks_the_same_however_long_it_is(
    loop: Loop, n: int, django_assert_num_queries: Any
) -> None:
    for _turn in range(n):
        drafted(loop, due_on=date(2026, 9, 1))
    client = signed_in(loop.quality)
    client.get("/programmes/")
    with django_assert_num_queries(7):
        page = client.get("/programmes/")
    assert page.content.decode().count("/programmes/IP") == n
    assert client.get("/programmes/?format=csv").status_code == 200

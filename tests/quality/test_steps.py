"""The steps in their order, their gates, and who may not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from courierqa.core import history
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from quality import selectors, services
from quality.enums import ActionStatus, NcKind, Severity, Status
from quality.models import Action, EffectCheck, Extension, Nonconformity
from tests.quality.conftest import DAY, DUE, LOOK, NOW, Loop, worker

pytestmark = pytest.mark.django_db


def code_of(error: Any) -> str:
    return error.value.code


@pytest.mark.req("NCR-01", "NCR-07")
def test_a_whole_round_is_written_step_by_step(loop: Loop) -> None:
    row = loop.closed()
    assert row.status == Status.CLOSED
    assert [change.verb for change in history.changes_of(row)] == [
        "open", "contain", "find_cause", "propose", "approve", "start", "deliver", "close",
    ]  # fmt: skip
    assert row.due_on is None
    gates = selectors.missing_to_close(row, selectors.rounds_of(row)[0])
    assert all(passed for _label, passed in gates)


def test_numbers_count_up_within_their_year(loop: Loop) -> None:
    first = loop.raised()
    second = loop.raised(even_so=True)
    other = loop.raised(at=NOW + 366 * DAY, even_so=True)
    assert [first.number, second.number, other.number] == [
        "CA-2026-001", "CA-2026-002", "CA-2027-001",
    ]  # fmt: skip


def test_the_same_source_twice_is_offered_not_forced(loop: Loop) -> None:
    loop.raised()
    with pytest.raises(DomainError) as error:
        loop.raised()
    assert code_of(error) == "known"
    assert loop.raised(even_so=True).number == "CA-2026-002"
    # Seen by a person, without a record: nothing to compare.
    assert (
        loop.raised(source="other", reference="").pk != loop.raised(source="other", reference="").pk
    )


def test_a_closed_one_does_not_stand_in_the_way(loop: Loop) -> None:
    loop.closed()
    assert loop.raised(at=NOW + 200 * DAY).status == Status.OPEN


@pytest.mark.req("NCR-08")
def test_the_leader_of_the_site_owns_it_unless_somebody_else_is_named(loop: Loop) -> None:
    assert loop.raised().owner == loop.leader
    assert loop.raised(even_so=True, problem={"owner": loop.checker}).owner == loop.checker


@pytest.mark.req("NCR-02", "NCR-04")
def test_the_correction_comes_before_the_cause_unless_nothing_happened_yet(loop: Loop) -> None:
    row = loop.raised()
    with pytest.raises(DomainError) as error:
        loop.analysed(row, at=NOW)
    assert code_of(error) == "not_contained"
    risk = loop.raised(even_so=True, problem={"kind": NcKind.POTENTIAL})
    loop.analysed(risk, at=NOW)
    risk.refresh_from_db()
    assert risk.status == Status.CAUSE_FOUND
    deed = services.add_action(risk, kind="preventive", text="加护栏", owner=loop.courier,
                               due_on=DUE, by=loop.leader.user, at=NOW)  # fmt: skip
    assert deed.get_kind_display()


@pytest.mark.req("NCR-03")
def test_nothing_is_planned_before_the_cause_is_named(at_step: Any, loop: Loop) -> None:
    row = at_step("contained")
    with pytest.raises(DomainError) as error:
        services.add_action(row, kind="corrective", text="培训", owner=loop.courier, due_on=DUE,
                            by=loop.leader.user, at=NOW)  # fmt: skip
    assert code_of(error) == "no_cause"


@pytest.mark.parametrize(
    ("whys", "cause", "code"),
    [
        ([], "people-training", "no_why"),
        (["  ", ""], "people-training", "no_why"),
        (["晚派"], "people", "area"),
    ],
)
def test_a_cause_has_a_why_and_stands_under_an_area(
    at_step: Any, loop: Loop, whys: list[str], cause: str, code: str
) -> None:
    row = at_step("contained")
    with pytest.raises(DomainError) as error:
        services.find_cause(row, cause=loop.cause(cause), whys=whys, fishbone={},
                            by=loop.leader.user, at=NOW)  # fmt: skip
    assert code_of(error) == code


def test_five_whys_and_known_areas_are_kept_the_rest_is_not(at_step: Any, loop: Loop) -> None:
    row = at_step("contained")
    found = services.find_cause(
        row, cause=loop.cause(), whys=[f"原因{n}" for n in range(9)],
        fishbone={"people": "新人多", "blame": "张三", "method": " "}, by=loop.leader.user, at=NOW,
    )  # fmt: skip
    assert found.whys == [f"原因{n}" for n in range(5)]
    assert found.fishbone == {"people": "新人多"}


def test_whoever_proposed_a_plan_cannot_approve_it(at_step: Any, loop: Loop) -> None:
    row = loop.planned(loop.raised())
    services.propose_plan(row, by=loop.quality, at=NOW)
    row.refresh_from_db()
    with pytest.raises(NotAllowed):
        services.decide_plan(row, approve=True, note="", by=loop.quality, at=NOW)
    # Quality management's own plan goes to the company's.
    assert services.waiting(row).needs_role == "manager"
    services.decide_plan(row, approve=True, note="", by=loop.manager, at=NOW)
    row.refresh_from_db()
    assert row.status == Status.APPROVED


@pytest.mark.req("NCR-10")
def test_a_major_one_needs_the_management(loop: Loop) -> None:
    row = loop.planned(loop.raised(problem={"severity": Severity.MAJOR}))
    services.propose_plan(row, by=loop.leader.user, at=NOW)
    with pytest.raises(NotAllowed):
        services.decide_plan(row, approve=True, note="", by=loop.quality, at=NOW)
    assert services.decide_plan(row, approve=True, note="", by=loop.manager, at=NOW).approved_at


def test_a_plan_sent_back_says_why_and_may_be_proposed_again(at_step: Any, loop: Loop) -> None:
    row = at_step("proposed")
    with pytest.raises(DomainError) as error:
        services.decide_plan(row, approve=False, note=" ", by=loop.quality, at=NOW)
    assert code_of(error) == "required"
    row = services.decide_plan(row, approve=False, note="期限太晚", by=loop.quality, at=NOW)
    assert row.status == Status.CAUSE_FOUND
    assert loop.approved(row).status == Status.APPROVED


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"verifier": "leader"}, "own_work"),
        ({"verifier": "courier"}, "own_work"),
        ({"metric": ""}, "required"),
        ({"threshold": None}, "required"),
        ({"rule": "words", "metric": "", "threshold": None, "words": " "}, "required"),
    ],
)
def test_a_criterion_is_whole_and_checked_by_somebody_else(
    loop: Loop, wrong: dict[str, Any], code: str
) -> None:
    row = loop.planned(loop.raised())
    named = {k: getattr(loop, v) if k == "verifier" else v for k, v in wrong.items()}
    with pytest.raises(DomainError) as error:
        loop.fixed(row, at=NOW, **named)
    assert code_of(error) == code


def test_only_leaders_who_may_keep_a_result_are_offered_to_look(loop: Loop) -> None:
    auditor, ended = (worker("quality", loop.checker.site) for _place in range(2))
    auditor.user.grants.update(role="auditor")
    ended.user.grants.update(valid_to=NOW)

    offered = set(selectors.checkers_for(loop.raised(), at=NOW))

    assert loop.checker in offered
    assert offered.isdisjoint({auditor, ended, loop.leader, loop.courier})


def test_a_plan_needs_a_measure_a_criterion_and_a_later_look(loop: Loop) -> None:
    row = loop.raised()
    services.contain(row, text="已致电", by=loop.leader.user, at=NOW)
    loop.analysed(row, at=NOW)
    with pytest.raises(DomainError) as error:
        services.propose_plan(row, by=loop.leader.user, at=NOW)
    assert code_of(error) == "no_criterion"
    loop.fixed(row, at=NOW, due_on=DUE)
    with pytest.raises(DomainError) as error:
        services.propose_plan(row, by=loop.leader.user, at=NOW)
    assert code_of(error) == "no_action"
    services.add_action(row, kind="preventive", text="培训", owner=loop.courier, due_on=DUE,
                        by=loop.leader.user, at=NOW)  # fmt: skip
    with pytest.raises(DomainError) as error:
        services.propose_plan(row, by=loop.leader.user, at=NOW)
    assert code_of(error) == "too_early"


def test_a_draft_measure_is_taken_out_an_approved_one_is_not(at_step: Any, loop: Loop) -> None:
    row = at_step("cause_found")
    services.drop_action(row.actions.get(), by=loop.leader.user, at=NOW)
    assert not Action.objects.exists()
    row = loop.approved(at_step_again(loop, row))
    with pytest.raises(DomainError):
        services.drop_action(row.actions.get(), by=loop.leader.user, at=NOW)


def at_step_again(loop: Loop, row: Nonconformity) -> Nonconformity:
    services.add_action(row, kind="corrective", text="再培训", owner=loop.courier, due_on=DUE,
                        by=loop.leader.user, at=NOW)  # fmt: skip
    return row


@pytest.mark.req("NCR-09")
def test_the_first_day_stays_beside_the_new_one(at_step: Any, loop: Loop) -> None:
    row = at_step("approved")
    deed = row.actions.get()
    for day in (DUE, DUE - DAY):
        with pytest.raises(DomainError) as error:
            services.extend_action(deed, due_on=day, reason="等教材", by=loop.quality, at=NOW)
        assert code_of(error) == "earlier"
    services.extend_action(deed, due_on=DUE + 7 * DAY, reason="等教材", by=loop.quality, at=NOW)
    deed.refresh_from_db()
    row.refresh_from_db()
    assert (deed.first_due_on, deed.due_on, row.due_on) == (DUE, DUE + 7 * DAY, DUE + 7 * DAY)
    assert Extension.objects.get().reason == "等教材"


def test_done_needs_evidence_and_a_day_that_was(at_step: Any, loop: Loop) -> None:
    row = at_step("approved")
    deed = row.actions.get()
    said = {"note": "已培训", "by": loop.courier.user, "at": NOW + DAY}
    today = NOW.date() + DAY
    for wrong, code in (
        ({"done_on": today}, "no_evidence"),
        ({"done_on": today + DAY, "reference": "TS-1"}, "future"),
        ({"done_on": NOW.date() - DAY, "reference": "TS-1"}, "before_order"),
        ({"done_on": today, "reference": "TS-1", "note": " "}, "required"),
    ):
        with pytest.raises(DomainError) as error:
            services.finish_action(deed, **{**said, **wrong})
        assert code_of(error) == code


def test_the_last_measure_cannot_be_cancelled(at_step: Any, loop: Loop) -> None:
    row = at_step("cause_found")
    at_step_again(loop, row)
    row = loop.approved(row)
    first, second = row.actions.order_by("position")
    services.cancel_action(first, reason="不需要", by=loop.quality, at=NOW)
    with pytest.raises(DomainError) as error:
        services.cancel_action(second, reason="不需要", by=loop.quality, at=NOW)
    assert code_of(error) == "last_action"
    row.refresh_from_db()
    assert row.status == Status.DOING
    first.refresh_from_db()
    assert (first.status, first.done_on) == (ActionStatus.CANCELLED, None)


def test_a_plan_taken_up_again_needs_a_new_yes_and_keeps_what_must_be_seen(
    at_step: Any, loop: Loop
) -> None:
    row = at_step("cause_found")
    at_step_again(loop, row)
    row = loop.approved(row)
    services.finish_action(
        row.actions.get(position=1), done_on=NOW.date(), note="已培训", reference="TS-1",
        by=loop.courier.user, at=NOW,
    )  # fmt: skip
    row = services.replan(row, reason="还差一项", by=loop.leader.user, at=NOW)
    assert row.approved_at is None
    with pytest.raises(DomainError) as error:
        loop.fixed(row, at=NOW)
    assert code_of(error) == "fixed"
    assert loop.approved(row).status == Status.APPROVED


def test_void_takes_the_request_back_and_ends_it(at_step: Any, loop: Loop) -> None:
    row = services.void(at_step("proposed"), reason="重复", by=loop.quality, at=NOW)
    assert (row.status, row.due_on, services.waiting(row)) == (Status.VOID, None, None)
    with pytest.raises(IllegalTransition):
        services.contain(row, text="x", by=loop.quality, at=NOW)


# --- the check of the effect -----------------------------------------------------------------
@pytest.mark.req("NCR-07")
def test_the_check_is_not_done_before_its_day_unless_the_criterion_says_so(
    at_step: Any, loop: Loop
) -> None:
    row = at_step("checking")
    with pytest.raises(DomainError) as error:
        loop.checked(row, services.MET, at=NOW + 100 * DAY)
    assert code_of(error) == "too_early"
    EffectCheck.objects.update(may_be_early=True)
    assert loop.checked(row, services.MET, at=NOW + 100 * DAY).status == Status.CLOSED


def test_the_check_is_on_another_day_than_the_last_measure(at_step: Any, loop: Loop) -> None:
    row = at_step("checking")
    EffectCheck.objects.update(may_be_early=True)
    with pytest.raises(DomainError) as error:
        loop.checked(row, services.MET, at=NOW + 5 * DAY + timedelta(hours=3))
    assert code_of(error) == "same_day"


def test_nobody_checks_their_own_work(at_step: Any, loop: Loop) -> None:
    row = at_step("checking")
    late = NOW + 103 * DAY
    for wrong in (loop.courier.user, loop.leader.user, loop.quality):
        with pytest.raises(NotAllowed):
            loop.checked(row, services.MET, at=late, by=wrong)
    # The one who was named reported a measure for somebody: no longer somebody else.
    Action.objects.update(ended_by=loop.checker.user)
    with pytest.raises(NotAllowed) as error:
        loop.checked(row, services.MET, at=late)
    assert code_of(error) == "own_work"
    other = loop.manager.employee
    services.change_verifier(row, verifier=other, reason="代报了措施", by=loop.quality, at=late)
    assert loop.checked(row, services.MET, at=late, by=loop.manager).status == Status.CLOSED


def test_the_figure_decides_where_it_can(at_step: Any, loop: Loop) -> None:
    row = at_step("checking")
    late = NOW + 103 * DAY
    with pytest.raises(DomainError) as error:
        services.check_effect(row, reading={"says": services.MISSED}, is_effective=True, note="好",
                              by=loop.checker.user, at=late)  # fmt: skip
    assert code_of(error) == "figure_decides"
    with pytest.raises(DomainError) as error:
        loop.checked(row, services.UNCLEAR, at=late)
    assert code_of(error) == "required"


@pytest.mark.req("NCR-07")
def test_not_effective_opens_the_next_round_and_keeps_the_last(at_step: Any, loop: Loop) -> None:
    late = NOW + 103 * DAY
    row = loop.checked(at_step("checking"), services.MISSED, at=late)
    assert (row.status, row.round, row.closed_at) == (Status.CONTAINED, 2, None)
    now, before = selectors.rounds_of(row)
    assert (now.analysis, now.actions, now.check) == (None, [], None)
    assert before.check.result == "ineffective"
    assert before.actions[0].note == "已完成培训"
    # The deed of the first round does not count as a deed of the second.
    loop.analysed(row, "method-planning", at=late)
    with pytest.raises(DomainError) as error:
        services.propose_plan(row, by=loop.leader.user, at=late)
    assert code_of(error) == "no_criterion"


def test_a_check_put_off_keeps_its_first_day(at_step: Any, loop: Loop) -> None:
    row = at_step("checking")
    check = services.postpone_check(row, due_on=LOOK + 30 * DAY, reason="样本不足",
                                    by=loop.quality, at=NOW + 50 * DAY)  # fmt: skip
    assert (check.first_due_on, check.due_on) == (LOOK, LOOK + 30 * DAY)
    row.refresh_from_db()
    assert row.due_on == LOOK + 30 * DAY
    with pytest.raises(DomainError):
        loop.checked(row, services.MET, at=NOW + 103 * DAY)


def test_a_closed_one_is_opened_again_with_a_reason(at_step: Any, loop: Loop) -> None:
    row = services.reopen(at_step("closed"), reason="又下降", by=loop.quality, at=NOW + 120 * DAY)
    assert (row.status, row.round, row.closed_at) == (Status.CONTAINED, 2, None)

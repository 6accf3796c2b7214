"""What can be done to a case, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from complaints import selectors, services
from complaints.enums import FollowUpResult, Liability, Missing, Status
from complaints.models import Case, CaseFacts, Entry, FollowUp
from complaints.words import BadText
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from courierqa.core.models import ChangedDay, Effect, Message, StatusChange
from tests.factories.complaints import AT, open_case

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def answer(case, by, at=AT + HOUR):
    return services.reply(case=case, text="已找到，明日送达", by=by, at=at, final=True)


def call(case, by, result, at=AT + 26 * HOUR, note=""):
    followup = FollowUp.objects.get(case=case, done_at=None)
    made = services.Call(FollowUpResult(result), note)
    return services.record_followup(followup=followup, call=made, by=by, at=at)


def finish(case, team):
    """Bring a case to the point where only the close is left."""
    answer(case, team.ana)
    services.decide_liability(
        case=case, liability=Liability.OURS, evidence="交接清单缺签收", by=team.ana, at=AT + HOUR
    )
    services.waive_money(case=case, reason="客户不要求赔偿", by=team.ana, at=AT + HOUR)
    call(case, team.ben, "satisfied")
    services.conclude(case=case, cause="漏扫", summary="到件须逐件扫描", by=team.ana, at=AT + HOUR)


@pytest.mark.req("CMP-01", "CMP-02", "CMP-11")
def test_open_case_registers_owner_clocks_and_history(team, parcel):
    case = open_case(by=team.ana, waybill=parcel.waybill)

    assert case.number == "C-2026-000001"
    assert (case.status, case.owner, case.first_responder) == ("registered", team.ana, team.ana)
    assert (case.parcel, case.site) == (parcel, parcel.destination)
    assert case.case_class == "service"
    verbs = StatusChange.objects.filter(object_type="complaints.case", object_id=case.pk)
    assert list(verbs.values_list("verb", flat=True)) == ["open", "register"]
    assert case.first_due_at == AT + 2 * HOUR


def test_open_case_with_the_same_key_gives_the_same_case(team):
    first = open_case(by=team.ana, key="twice")
    again = open_case(by=team.ana, key="twice")

    assert again == first
    assert Case.objects.count() == 1
    assert Message.objects.count() == 1


def test_open_case_numbers_have_no_gaps_after_a_refusal(team):
    with pytest.raises(BadText):
        open_case(by=team.ana, words="  ")

    assert open_case(by=team.ana).number == "C-2026-000001"


@pytest.mark.req("CMP-02")
def test_open_case_received_later_than_now_is_refused(team):
    with pytest.raises(BadText) as refused:
        open_case(by=team.ana, received_at=AT + HOUR)

    assert refused.value.field == "received_at"


def test_open_case_from_the_form_goes_to_the_agents_in_turn(team):
    owners = [open_case(channel="web").owner for _ in range(3)]

    assert owners == [team.ben, team.ana, team.ben]


def test_open_case_without_any_agent_waits_without_owner(db):
    assert open_case(channel="web").owner is None


def test_full_width_phone_is_found_again(team):
    case = open_case(by=team.ana, phone="１３９００００００４２")

    assert case.customer_phone == "+8613900000042"
    assert case.phone_index == open_case(by=team.ana, phone="139-0000-0042").phone_index


def test_rare_characters_are_kept_exactly(team):
    words = "收件人𠮷野𬱖，<script>alert(1)</script>"

    case = open_case(by=team.ana, words=words)
    case.refresh_from_db()

    assert case.words == words


@pytest.mark.parametrize("words", ["a\x00b", "a\u202eb", "长" * 2001])
def test_unstorable_words_are_refused(team, words):
    with pytest.raises(BadText):
        open_case(by=team.ana, words=words)


def test_take_of_somebody_elses_case_is_refused(team):
    case = open_case(by=team.ana)

    with pytest.raises(NotAllowed):
        services.take(case=case, by=team.ben, at=AT)
    services.take(case=case, by=team.lea, at=AT)

    assert case.owner == team.lea
    assert case.first_responder == team.ana


@pytest.mark.req("CMP-05", "CMP-11")
def test_transfer_leaves_the_owner_until_the_named_person_accepts(team):
    case = open_case(by=team.ana)

    row = services.transfer(
        case=case, to_user=team.ben, question="请接手", by=team.ana, at=AT, takes_over=True
    )
    case.refresh_from_db()
    assert (case.owner, case.status) == (team.ana, "transferred")
    with pytest.raises(NotAllowed):
        services.accept_transfer(transfer=row, by=team.lea, at=AT)
    services.accept_transfer(transfer=row, by=team.ben, at=AT)

    case.refresh_from_db()
    assert (case.owner, case.first_responder) == (team.ben, team.ana)
    assert row.due_at == AT + 24 * HOUR


def test_transfer_to_somebody_without_the_right_is_refused(team, cast):
    case = open_case(by=team.ana)

    with pytest.raises(DomainError) as refused:
        services.transfer(case=case, to_user=cast.courier, question="查", by=team.ana, at=AT)

    assert refused.value.field == "to_user"


@pytest.mark.req("CMP-06")
def test_answer_of_the_helper_moves_the_case_to_investigation(team):
    case = open_case(by=team.ana)
    row = services.transfer(case=case, to_user=team.ben, question="查监控", by=team.ana, at=AT)

    services.answer_transfer(transfer=row, answer="监控显示已出站", by=team.ben, at=AT + HOUR)

    case.refresh_from_db()
    assert (case.status, case.owner) == ("investigating", team.ana)
    with pytest.raises(DomainError):
        services.answer_transfer(transfer=row, answer="再答", by=team.ben, at=AT + HOUR)


@pytest.mark.req("CMP-04", "CMP-07")
def test_reply_stops_the_clocks_and_tells_the_customer(team):
    case = open_case(by=team.ana)

    services.reply(case=case, text="正在查找", by=team.ana, at=AT + HOUR, final=False)
    assert (case.status, case.first_answer_at, case.told_at) == (
        "first_handling", AT + HOUR, None,
    )  # fmt: skip
    answer(case, team.ana, AT + 2 * HOUR)

    assert (case.status, case.told_at, case.first_told_at) == (
        "answered", AT + 2 * HOUR, AT + 2 * HOUR,
    )  # fmt: skip
    assert Effect.objects.filter(kind="notify.deliver").count() == 3
    assert FollowUp.objects.get(case=case).due_at == AT + 26 * HOUR
    facts = CaseFacts.objects.get(case=case)
    assert (facts.told_at, facts.is_complaint) == (AT + 2 * HOUR, True)


def test_reply_with_an_unfilled_blank_is_not_sent(team):
    case = open_case(by=team.ana)

    with pytest.raises(services.UnfilledBlanks) as refused:
        services.reply(case=case, text="原因是{{原因}}", by=team.ana, at=AT, final=True)

    assert "原因" in refused.value.message
    assert not Entry.objects.filter(kind="reply").exists()


def test_reply_by_somebody_else_is_refused(team):
    case = open_case(by=team.ana)

    with pytest.raises(NotAllowed):
        answer(case, team.ben)


def test_reply_goes_on_when_the_mail_server_is_down(team, settings):
    from courierqa.core import outbox

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    case = open_case(by=team.ana, phone="", email="he@example.com")
    answer(case, team.ana)
    outbox.run_due(now=AT + 3 * HOUR)

    message = Message.objects.get(key__startswith="case-reply")
    assert (case.status, message.state) == ("answered", "failed")
    assert Missing.REPLY in selectors.missing_to_close(case)


@pytest.mark.req("CMP-08", "CMP-09", "CMP-12")
def test_close_says_everything_that_is_missing(team):
    case = open_case(by=team.ana)
    services.promise_remedy(
        case=case, kind="apology", words="站长致歉", due_at=AT + HOUR, by=team.ana, at=AT
    )

    with pytest.raises(services.NotReady) as refused:
        services.close_case(case=case, by=team.ana, at=AT)

    assert refused.value.missing == [part for part in Missing if part != Missing.REGULATOR]


def test_close_with_all_five_ticks(team):
    case = open_case(by=team.ana)
    finish(case, team)
    case.refresh_from_db()

    services.close_case(case=case, by=team.ana, at=AT + 30 * HOUR)

    assert (case.status, case.closed_at) == ("closed", AT + 30 * HOUR)
    assert CaseFacts.objects.get(case=case).upheld is True
    with pytest.raises(IllegalTransition):
        answer(case, team.ana, AT + 31 * HOUR)


def test_followup_by_whoever_answered_is_refused(team):
    case = open_case(by=team.ana)
    answer(case, team.ana)

    with pytest.raises(NotAllowed):
        call(case, team.ana, "satisfied")


@pytest.mark.req("CMP-08")
def test_unsatisfied_customer_reopens_and_the_first_answer_still_counts(team):
    case = open_case(by=team.ana)
    answer(case, team.ana)

    call(case, team.ben, "unsatisfied", note="还没送到")
    case.refresh_from_db()

    assert (case.status, case.reopened, case.told_at) == ("investigating", 1, None)
    assert case.resolve_due_at == AT + 26 * HOUR + 72 * HOUR
    assert CaseFacts.objects.get(case=case).told_at == AT + HOUR


def test_third_unanswered_call_ends_the_tries_and_writes(team):
    case = open_case(by=team.ana)
    answer(case, team.ana)

    for hours in (26, 30, 34):
        call(case, team.ben, "no_answer", at=AT + hours * HOUR)
    case.refresh_from_db()

    assert case.status == "followed_up"
    assert FollowUp.objects.get(case=case).tries == 3
    assert Message.objects.filter(key__startswith="case-unreached").count() == 1


def test_followup_later_needs_a_time_to_come(team):
    case = open_case(by=team.ana)
    answer(case, team.ana)

    with pytest.raises(DomainError) as refused:
        call(case, team.ben, "later")

    assert refused.value.field == "call_again_at"


def test_liability_needs_evidence_and_another_person(team, cast):
    case = open_case(by=team.ana)

    with pytest.raises(BadText):
        services.decide_liability(
            case=case, liability=Liability.OURS, evidence=" ", by=team.ana, at=AT
        )
    with pytest.raises(NotAllowed):
        services.decide_liability(
            case=case,
            liability=Liability.OURS,
            evidence="自己说的",
            by=cast.supervisor,
            at=AT,
            person=cast.supervisor.employee,
        )


def test_withdrawn_before_the_limit_leaves_the_legal_figure(team):
    case = open_case(by=team.ana)

    services.withdraw_case(case=case, by=team.ana, at=AT + HOUR, reason="已收到")

    facts = CaseFacts.objects.get(case=case)
    assert (case.status, facts.out_c03, facts.is_complaint) == ("withdrawn", True, True)


def test_withdrawn_after_the_limit_stays_a_miss(team):
    case = open_case(by=team.ana)

    services.withdraw_case(case=case, by=team.ana, at=AT + timedelta(days=8), reason="算了")

    assert CaseFacts.objects.get(case=case).out_c03 is False


def test_days_of_receipt_limit_and_settling_are_marked(team, parcel):
    open_case(by=team.ana, waybill=parcel.waybill)

    marked = ChangedDay.objects.filter(source="cases").values_list("day", "site_id")
    days = {(str(day), site) for day, site in marked}
    assert days == {
        ("2026-11-25", parcel.destination_id), ("2026-12-02", parcel.destination_id),
        # 14 days after the receipt, when C05 asks whether it was solved at once.
        ("2026-12-09", parcel.destination_id),
    }  # fmt: skip


def test_reopen_after_thirty_days_is_refused(team):
    case = open_case(by=team.ana)
    finish(case, team)
    services.close_case(case=case, by=team.ana, at=AT + 30 * HOUR)

    with pytest.raises(DomainError) as refused:
        services.reopen_case(case=case, by=team.ana, at=AT + timedelta(days=40), reason="又坏了")

    assert refused.value.code == "too_late"


def test_customer_says_again_reopens(team):
    case = open_case(by=team.ana)
    answer(case, team.ana)

    services.add_words(case=case, text="还是没有收到", at=AT + 2 * HOUR, again=True)

    assert Case.objects.get(pk=case.pk).status == Status.INVESTIGATING
    assert Message.objects.filter(recipient_user=team.ana).count() == 1

"""Known answers about calls, repeats, letters, claims and surveys, told through the services."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from complaints import services as desk
from complaints.claim_rules import Basis
from complaints.enums import CaseKind, Channel, EventKind, FollowUpResult, RegulatorMatter
from complaints.models import FollowUp, SurveyQuestion, VoiceRow
from complaints.services import survey_answers, withdrawing
from complaints.services.closing import Call
from complaints.services.survey_answers import Said
from courierqa.core.enums import MessageState
from courierqa.core.models import Message
from courierqa.core.timeframes import parse_period
from kpi import services
from tests.factories import shipments as make
from tests.factories import surveys as ask
from tests.factories.complaints import open_case
from tests.kpi.known import figure

pytestmark = pytest.mark.django_db
# Tuesday 13 October 2026, 10:00 in Shanghai: after the National Day holidays.
AT = datetime(2026, 10, 13, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TINY = timedelta(microseconds=1)
OCTOBER, MARCH = parse_period("2026-10"), parse_period("2026-03")
NOW = AT + 35 * DAY
_refs = count(1)


def of(code: str, *, period=OCTOBER, now=NOW):
    return figure(code, period=period, now=now)


def agree(period=OCTOBER, now=NOW) -> bool:
    return services.verify_period(period, now=now).differences == []


def answered(agent, *, at=AT):
    case = open_case(by=agent, at=at)
    desk.reply(case=case, by=agent, at=at, text="已处理", final=True, via="phone")
    return case


def call(case, result, *, at, **more) -> None:
    row = FollowUp.objects.get(case=case, done_at=None)
    desk.record_followup(followup=row, call=Call(result, **more), by=make.user("lead"), at=at)


@pytest.mark.req("ANA-02")
def test_follow_up_calls_in_time_and_what_customers_said() -> None:
    """Answered on Tuesday, so to be called by the end of Friday. Satisfied at the last moment,
    unsatisfied too late, nobody there in time (once, then nothing), silent: in time 2 of 4, and 1
    of 2 who were heard is satisfied. Withdrawn before: excluded."""
    agent = make.user("agent")
    limit = datetime(2026, 10, 16, 16, tzinfo=UTC) - TINY
    good, bad, empty, _silent, left = (answered(agent) for _number in range(5))
    call(good, FollowUpResult.SATISFIED, at=limit)
    call(bad, FollowUpResult.UNSATISFIED, at=limit + TINY, note="答复不清楚")
    call(empty, FollowUpResult.NO_ANSWER, at=AT + DAY)
    withdrawing.withdraw_case(case=left, by=agent, at=AT + HOUR, reason="已解决")

    made, pleased = of("C07"), of("C06")

    assert (made.hits, made.total, made.excluded) == (2, 4, 1)
    assert (pleased.hits, pleased.total) == (1, 2)
    assert agree()


def test_repeats_and_reopenings_count_once_each_on_their_own_day() -> None:
    """Three received, one repeat of the first, the second reopened: 2 of 4."""
    agent = make.user("agent")
    first, second, _third = (answered(agent) for _number in range(3))
    open_case(by=agent, at=AT + DAY, repeat_of=first)
    desk.reopen_case(case=second, by=agent, at=AT + DAY, reason="又来电")

    found = of("C08")

    assert (found.hits, found.total) == (2, 4)
    assert agree()


def forward(case, at):
    said = desk.Forwarded("宁波市邮政管理局", f"N{next(_refs)}", RegulatorMatter.APPEAL, at)
    intake = desk.Intake(
        key=f"letter-{next(_refs)}", reason=case.reason, channel=Channel.REGULATOR, words="未收到",
        kind=CaseKind.APPEAL, parcel=case.parcel, received_at=at,
    )  # fmt: skip
    return desk.open_regulator_case(intake, said, by=make.user("agent"), at=at)


def test_letters_are_replied_to_in_time_and_show_what_escalated() -> None:
    """Two complaints; one goes to the authority on the 30th day, one a moment later: 1 of 2.
    Of the letters one is replied to at its limit, the other never: 1 of 2, by November."""
    agent = make.user("agent")
    cases = [
        open_case(by=agent, at=AT, parcel=make.accept(make.order(at=AT - DAY), AT - DAY))
        for _number in range(2)
    ]
    letters = [forward(cases[0], AT + 30 * DAY), forward(cases[1], AT + 30 * DAY + TINY)]
    due = letters[0].regulator_file.due_at
    desk.reply_regulator(
        case=letters[0], text="已核实并赔付", reference="R1", by=letters[0].owner or agent, at=due
    )
    now, november = due + DAY, parse_period("2026-11")

    went, replied = of("C14", now=now), of("C13", period=november, now=now)

    assert (went.hits, went.total) == (1, 2)
    assert (replied.hits, replied.total) == (1, 2)
    assert agree(now=now)
    assert agree(november, now)


@pytest.mark.req("ANA-02")
def test_claims_their_time_and_their_cost() -> None:
    """Two parcels for 12 and 8 yuan. Claims: 30 yuan decided at once and paid at the limit, 20 yuan
    agreed and never paid, 600 yuan waiting past its 7 days. Decided in time 2 of 3, paid in time
    1 of 2, cost 30 of 20 yuan, 1,500 ‰; 3 claims on 2 parcels."""
    agent, payer = make.user("agent"), make.user("lead")
    for fee in (1200, 800):
        parcel = make.order(at=AT - DAY)
        type(parcel).objects.filter(pk=parcel.pk).update(fee_fen=fee)
        make.accept(parcel, AT - DAY)
    paid, _unpaid, _waiting = (
        desk.propose_claim(
            case=open_case(by=agent, at=AT), basis=Basis(EventKind.GOODWILL), amount_fen=amount,
            by=agent, at=AT,
        )
        for amount in (3000, 2000, 60_000)
    )  # fmt: skip
    desk.pay_claim(claim=paid, by=payer, at=paid.pay_due_at, payment_ref="P1")

    claims, decided, money = of("P01"), of("P02"), of("P04")

    assert (claims.hits, claims.total) == (3, 2)
    assert (decided.hits, decided.total) == (2, 3)
    assert (of("P03").hits, of("P03").total) == (1, 2)
    assert (money.hits, money.total, money.value, money.low) == (3000, 2000, 1500, None)
    assert agree()


@pytest.mark.req("ANA-02")
def test_surveys_score_only_what_came_within_a_week() -> None:
    """Three invited. One says 5 and nothing else counts for less than half of the items, so it has
    a share and no score; one answers every scale with 4, 75 points; one answers after 7 days."""
    for number in range(3):
        ask.delivered(number + 1)
    held = ask.sampling.hold_round(plan=ask.plan(), seed="a" * 32, at=ask.FRIDAY)
    short, full, late = held.invitations.order_by("place")
    scales = SurveyQuestion.objects.filter(template=held.template, kind="scale")
    survey_answers.first_tap(invitation=short, score=5, at=ask.FRIDAY + HOUR)
    answer = survey_answers.first_tap(invitation=full, score=4, at=ask.FRIDAY + HOUR)
    every = Said(values=dict.fromkeys(scales.values_list("pk", flat=True), 4))
    survey_answers.say_more(answer=answer, said=every, at=ask.FRIDAY + HOUR)
    type(late).objects.filter(pk=late.pk).update(expires_at=ask.FRIDAY + 20 * DAY)
    survey_answers.first_tap(invitation=late, score=1, at=ask.FRIDAY + 7 * DAY + TINY)
    now = ask.FRIDAY + 20 * DAY

    score, pleased, heard = (of(code, period=MARCH, now=now) for code in ("V01", "V02", "V04"))

    assert (score.hits, score.total, score.value) == (7500, 1, 75)
    assert (pleased.hits, pleased.total) == (2, 2)
    assert (heard.hits, heard.total) == (2, 3)
    assert not VoiceRow.objects.exclude(courier_id=None).exists()
    assert agree(MARCH, now)
    assert date(2026, 3, 6) == VoiceRow.objects.filter(kind="V01").get().day


@pytest.mark.req("ANA-02")
def test_who_recommends_us_less_who_does_not() -> None:
    """9, 10, 8, 7, 6, 0 and 0: two of seven less three of seven; one was silent about it."""
    for number in range(8):
        ask.delivered(number + 1)
    held = ask.sampling.hold_round(plan=ask.plan(), seed="a" * 32, at=ask.FRIDAY)
    (eleven,) = SurveyQuestion.objects.filter(template=held.template, kind="nps")
    steps = (9, 10, 8, 7, 6, 0, 0, None)
    for row, step in zip(held.invitations.order_by("place"), steps, strict=True):
        answer = survey_answers.first_tap(invitation=row, score=4, at=ask.FRIDAY + HOUR)
        if step is not None:
            said = Said(values={eleven.pk: step})
            survey_answers.say_more(answer=answer, said=said, at=ask.FRIDAY + HOUR)
    now = ask.FRIDAY + 20 * DAY

    found = of("V03", period=MARCH, now=now)

    assert (found.total, found.value) == (7, pytest.approx(-100 / 7))
    assert of("V01", period=MARCH, now=now).total == 0
    assert agree(MARCH, now)


def test_an_invitation_that_never_arrived_is_none() -> None:
    """Three invited: one answers, one message could not be delivered, one says nothing: 1 of 2."""
    for number in range(3):
        ask.delivered(number + 1)
    held = ask.sampling.hold_round(plan=ask.plan(), seed="a" * 32, at=ask.FRIDAY)
    heard, lost, _silent = held.invitations.order_by("place")
    survey_answers.first_tap(invitation=heard, score=5, at=ask.FRIDAY + HOUR)
    Message.objects.filter(key=lost.message_key).update(
        state=MessageState.FAILED, updated_at=ask.FRIDAY + HOUR
    )
    now = ask.FRIDAY + 20 * DAY

    desk.check_decisions(now=ask.FRIDAY + DAY)
    found = of("V04", period=MARCH, now=now)

    assert (found.hits, found.total, found.excluded) == (1, 2, 1)
    assert agree(MARCH, now)

"""Plans, drawn samples, answers without login, call backs, interviews."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.enums import Outcome
from complaints.models import (
    Answer,
    Case,
    Invitation,
    SurveyAnswer,
    SurveyPlan,
    SurveyQuestion,
    SurveyRound,
)
from complaints.selectors import surveys as selectors
from complaints.services import sampling, survey_answers, surveys
from complaints.services.survey_answers import LinkExpired, Said
from courierqa.core.errors import DomainError, NotAllowed, StaleEdit
from courierqa.core.models import Effect, Message
from tests.factories import shipments as make
from tests.factories import surveys as ask
from tests.factories.staff import UserFactory

pytestmark = pytest.mark.django_db
FRIDAY, HOUR = ask.FRIDAY, ask.HOUR


def questions():
    return list(SurveyQuestion.objects.filter(template__code="service", template__version=2))


@pytest.mark.req("SAT-01", "SAT-02", "SAT-09")
def test_a_plan_runs_after_a_second_person_approved_it():
    lead = UserFactory(role="lead")
    said = {"name": "月度", "name_en": "Monthly", "purpose": "整体满意度与建议",
            "audience": "recipients", "method": "online", "template_code": "service",
            "interval_days": 30, "sample_size": 10, "next_on": date(2026, 3, 6)}  # fmt: skip
    plan = surveys.save_plan(plan=None, said=said, by=lead, at=FRIDAY)

    seen = plan.updated_at.isoformat()

    assert sampling.hold_round(plan=plan, seed="s", at=FRIDAY) is None
    with pytest.raises(NotAllowed):
        surveys.approve_plan(plan=plan, seen=seen, by=lead, at=FRIDAY)
    surveys.approve_plan(plan=plan, seen=seen, by=UserFactory(role="manager"), at=FRIDAY)
    assert sampling.run_surveys(now=FRIDAY) == {"rounds": 1, "invited": 0}

    plan.refresh_from_db()
    assert plan.next_on == date(2026, 4, 5)
    [(late, is_overdue)] = selectors.plans(today=date(2026, 4, 6))
    assert (is_overdue, late.last_at) == (True, FRIDAY)
    surveys.save_plan(
        plan=plan, said={**said, "sample_size": 20, "next_on": plan.next_on}, by=lead, at=FRIDAY
    )
    assert SurveyPlan.objects.get().approved_at is None


@pytest.mark.req("SAT-04")
def test_the_sample_follows_from_the_seed_and_can_be_drawn_again():
    for number in range(8):
        ask.delivered(number)
    held = sampling.hold_round(plan=ask.plan(sample_size=3), seed="f" * 32, at=FRIDAY)

    assert (held.population, held.sample) == (8, 3)
    assert sampling.drawn_again(held) is True
    found = sampling.deliveries(held.plan, held.from_at, held.to_at, known_at=FRIDAY)
    other = [one.waybill for one in sampling.drawn("0" * 32, found, 8)]
    assert sorted(other) == sorted(one.waybill for one in found)
    assert other != [one.waybill for one in sampling.drawn("f" * 32, found, 8)]
    Invitation.objects.filter(place=1).update(place=9)
    assert sampling.drawn_again(held) is False


def test_nobody_is_asked_twice_within_a_month_nor_after_rating():
    parcel = ask.delivered(1)
    plan = ask.plan()
    sampling.hold_round(plan=plan, seed="a", at=FRIDAY)
    again = ask.delivered(1)
    make.deliver(again, FRIDAY + HOUR)

    second = sampling.hold_round(plan=plan, seed="b", at=FRIDAY + timedelta(days=7))

    assert (second.population, Invitation.objects.count()) == (0, 1)
    assert Invitation.objects.get().parcel == parcel


def test_a_round_of_five_asks_the_books_as_often_as_a_round_of_one():
    counts, number = [], 0
    # The first round also makes the encryption key of the month.
    for place, people in enumerate((1, 1, 5)):
        plan = ask.plan(name=f"第{place}个", name_en=f"Number {place}")
        for _person in range(people):
            ask.delivered(number)
            number += 1
        with CaptureQueriesContext(connection) as asked:
            held = sampling.hold_round(plan=plan, seed="s", at=FRIDAY + place * HOUR)
        # A key is looked up until it is committed, which a test never does.
        counts.append(sum("core_datakey" not in query["sql"] for query in asked))

    assert counts[1] == counts[2]
    keys = list(held.invitations.values_list("message_key", flat=True))
    assert (len(set(keys)), Message.objects.filter(key__in=keys).count()) == (5, 5)
    assert Effect.objects.filter(kind="notify.deliver").count() == 7


def test_two_plans_of_one_day_do_not_ask_the_same_person():
    for number in range(3):
        ask.delivered(number)
    ask.plan(sample_size=2)
    ask.plan(sample_size=2, name="另一个", name_en="Another")

    assert sampling.run_surveys(now=FRIDAY) == {"rounds": 2, "invited": 3}

    assert len(set(Invitation.objects.values_list("parcel__recipient_phone_index"))) == 3
    assert [sampling.drawn_again(held) for held in SurveyRound.objects.all()] == [True, True]


def test_a_plan_changed_since_it_was_read_is_not_approved_nor_an_ended_one_changed(as_role, cast):
    said = {"name": "月度", "name_en": "Monthly", "purpose": "满意度", "audience": "recipients",
            "method": "online", "template_code": "service", "interval_days": 30,
            "sample_size": 10, "next_on": date(2026, 3, 6)}  # fmt: skip
    plan = surveys.save_plan(plan=None, said=said, by=cast.lead, at=FRIDAY)
    read = as_role("quality").get(reverse("complaints:survey_plan", args=[plan.pk])).context["seen"]
    surveys.save_plan(plan=plan, said={**said, "sample_size": 900}, by=cast.lead, at=FRIDAY)

    url = reverse("complaints:survey_plan_approve", args=[plan.pk])
    assert as_role("quality").post(url, {"seen": read}).status_code == 412
    assert SurveyPlan.objects.get().approved_at is None
    now = SurveyPlan.objects.get().updated_at.isoformat()
    assert as_role("quality").post(url, {"seen": now}).status_code == 302

    stale = SurveyPlan.objects.get()
    surveys.end_plan(plan=plan, by=cast.lead, at=FRIDAY)
    with pytest.raises(DomainError) as refused:
        surveys.save_plan(plan=stale, said=said, by=cast.lead, at=FRIDAY)
    assert refused.value.code == "ended"


def test_an_answer_belongs_to_the_working_day_it_was_asked_on():
    invitation = ask.invited()
    # Half past midnight on Saturday in Shanghai is still Friday in UTC.
    asked_at = datetime(2026, 3, 6, 16, 30, tzinfo=UTC)
    Invitation.objects.update(invited_at=asked_at)
    survey_answers.first_tap(invitation=invitation, score=4, at=asked_at + HOUR)

    assert Answer.objects.get().asked_on == date(2026, 3, 7)


@pytest.mark.req("SAT-03")
def test_the_link_goes_out_by_message_and_opens_without_login(client):
    invitation = ask.invited()
    message = Message.objects.get(key=invitation.message_key)

    assert f"/s/{invitation.token}/" in message.body
    assert Effect.objects.filter(kind="notify.deliver").count() == 1
    url = reverse("complaints:survey_en", args=[invitation.token])
    Invitation.objects.update(expires_at=FRIDAY + timedelta(days=3650))
    assert client.get(url).status_code == 200
    tapped = client.post(url, {"score": "4"})
    assert (tapped.status_code, Answer.objects.get().score) == (302, 4)
    client.post(url, {"score": "2"})
    assert list(Answer.objects.values_list("score", flat=True)) == [2]
    assert SurveyAnswer.objects.count() == 1


def test_a_guessed_link_looks_like_one_that_never_was(client):
    invitation = ask.invited()

    bodies = {
        re.sub(rb"<code>\w+</code>", b"", client.get(f"/s/{guess}/").content)
        for guess in ("x" * 32, invitation.token[:-1], invitation.token + "A", "1" * 90)
    }

    assert len(bodies) == 1
    assert client.get("/s/" + "x" * 32 + "/").status_code == 404


def test_nonsense_is_asked_for_again_and_hammering_waits(client, still):
    invitation = ask.invited()
    Invitation.objects.update(expires_at=FRIDAY + timedelta(days=3650))
    url = reverse("complaints:survey", args=[invitation.token])

    codes = [client.post(url, {"score": "9"}).status_code for _try in range(21)]

    assert codes == [422] * 20 + [429]
    assert not SurveyAnswer.objects.exists()


@pytest.mark.req("SAT-05")
def test_more_can_be_said_and_makes_the_score():
    invitation = ask.invited()
    answer = survey_answers.first_tap(invitation=invitation, score=5, at=FRIDAY + HOUR)
    assert answer.score is None
    scaled = [q for q in questions() if q.kind == "scale"]
    words = next(q for q in questions() if q.block == "proposals")

    survey_answers.say_more(
        answer=answer, at=FRIDAY + 2 * HOUR,
        said=Said({q.pk: 3 for q in scaled[1:]}, {words.pk: "请送上楼"}),
    )  # fmt: skip

    answer.refresh_from_db()
    # Attitude, efficiency, quality 50 each; overall (100 + 50) / 2.
    assert answer.score == (50 + 50 + 50 + 75) * 25
    assert {q.block for q in questions()} == {
        "attitude", "efficiency", "quality", "overall", "problems", "proposals"
    }  # fmt: skip
    with pytest.raises(LinkExpired):
        survey_answers.say_more(answer=answer, said=Said(), at=FRIDAY + 30 * HOUR)


def test_an_expired_link_takes_no_first_answer(client):
    invitation = ask.invited()

    with pytest.raises(LinkExpired):
        survey_answers.first_tap(invitation=invitation, score=5, at=FRIDAY + timedelta(days=8))
    page = client.get(reverse("complaints:survey", args=[invitation.token]))
    assert page.status_code == 200
    assert not SurveyAnswer.objects.exists()


def test_a_low_score_may_ask_for_a_call_which_is_a_case_like_any_other():
    invitation = ask.invited()
    answer = survey_answers.first_tap(invitation=invitation, score=1, at=FRIDAY + HOUR)
    late = next(q for q in questions() if q.block == "efficiency")
    survey_answers.say_more(answer=answer, said=Said({late.pk: 1}), at=FRIDAY + HOUR)

    case = survey_answers.ask_call_back(answer=answer, at=FRIDAY + HOUR)
    again = survey_answers.ask_call_back(answer=answer, at=FRIDAY + 2 * HOUR)

    assert case == again == Case.objects.get()
    assert (case.parcel, case.reason.code) == (invitation.parcel, "late-delivery")
    happy = survey_answers.first_tap(invitation=invitation, score=5, at=FRIDAY + HOUR)
    assert happy.pk == answer.pk
    SurveyAnswer.objects.update(case=None)
    with pytest.raises(DomainError):
        survey_answers.ask_call_back(answer=answer, at=FRIDAY + 2 * HOUR)


@pytest.mark.req("SAT-04")
def test_an_interviewer_enters_answers_but_not_about_own_deliveries(client):
    user = UserFactory(role="agent")
    courier = make.courier(make.site("NB-01"), user=user)
    invitation = ask.invited(method="interview", courier=courier)
    said = Said({q.pk: 4 for q in questions() if q.kind == "scale"})

    assert not Message.objects.exists()
    with pytest.raises(NotAllowed):
        survey_answers.record_interview(invitation=invitation, said=said, by=user, at=FRIDAY)
    other = UserFactory(role="agent")
    answer = survey_answers.record_interview(
        invitation=invitation, said=said, by=other, at=FRIDAY + HOUR
    )

    assert (answer.channel, answer.interviewer, answer.score) == ("interview", other, 7500)
    invitation.refresh_from_db()
    assert invitation.outcome == Outcome.ANSWERED
    with pytest.raises(DomainError):
        survey_answers.note_no_interview(
            invitation=invitation, outcome=Outcome.REFUSED, by=other, at=FRIDAY
        )


def test_a_questionnaire_needs_every_block_and_begins_with_the_first_tap():
    lead = UserFactory(role="lead")
    asked = [surveys.Asked(q.block, q.kind, q.text, q.text_en) for q in questions()]
    given = {"code": "service", "name": "问卷", "name_en": "Form", "weights": {"overall": 1},
             "by": lead, "at": FRIDAY}  # fmt: skip

    with pytest.raises(DomainError) as lacking:
        surveys.publish_questionnaire(questions=asked[:-1], seen_version=2, **given)
    assert lacking.value.code == "block_missing"
    with pytest.raises(DomainError) as headless:
        surveys.publish_questionnaire(questions=asked[1:], seen_version=2, **given)
    assert headless.value.code == "no_first"
    own = surveys.Asked("quality", "scale", "包装环保吗？", "Was the packing green?")
    made = surveys.publish_questionnaire(questions=[*asked, own], seen_version=2, **given)
    assert (made.version, made.questions.count()) == (3, len(asked) + 1)
    with pytest.raises(StaleEdit):
        surveys.publish_questionnaire(questions=asked, seen_version=2, **given)

"""What customers say beyond complaints: files, visits, needs, surveys with their answers."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime, time, timedelta

from complaints.enums import NeedStatus, QuestionKind
from complaints.models import Case, Invitation, Reason, SurveyQuestion
from complaints.services import (
    customers,
    desk,
    examples,
    sampling,
    survey_answers,
    surveys,
    visits,
    wishes,
)
from complaints.services.intake import Intake, open_case
from complaints.services.replies import reply
from courierqa.core.calendars import business_day, day_start
from courierqa.demo.people import Cast, person_name, phone
from shipments.models import Customer

WORDS = ("快递员很有礼貌", "送之前没打电话", "希望能送上楼", "箱子有点压坏了", "查询很方便",
         "希望可以预约时段")  # fmt: skip
NEEDS = (
    ("research", "shop", "希望晚八点后也能揽收", "六成网店在晚八点后出单", "试点两站夜间揽收"),
    ("feedback", "recipient", "投递前先打电话", "未联系直接投柜是主要不满", "投柜须先取得同意"),
    ("visit", "vip", "每月一份时效报表", "三家重点客户提出", "每月五日前发送报表"),
    ("survey", "recipient", "送货上门", "老年收件人提出较多", ""),
)  # fmt: skip
SUGGESTIONS = ("能不能在下单时选择送达时段", "建议快件箱满了先发短信")
DUTIES = (("complaints", "受理投诉，首问负责到底"), ("follow_ups", "答复后次日回访"),
          ("queries", "解答咨询，维护常见问题"), ("surveys", "安排调查与客户回访"))  # fmt: skip
MONTH, WEEK = timedelta(days=30), timedelta(days=7)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def tell(cast: Cast, rng: random.Random, *, now: datetime, days: int) -> str:
    """Fill the pages of customers and surveys; return what was made."""
    # Far enough back for a programme to be judged by it; nobody is asked before the second week.
    weeks = {"online": max(1, min(9, days // 7 - 1)), "interview": 2}
    _files(cast, rng, now)
    _needs(cast, now)
    _desk(cast, now)
    _examples(cast, now)
    answers = sum(_survey(cast, rng, *one, now) for one in weeks.items())
    _measure(cast, now)
    return f"{len(cast.customers)} customer files, {answers} survey answers"


def _files(cast: Cast, rng: random.Random, now: datetime) -> None:
    lead = cast.users["lead"]
    for place, customer in enumerate(cast.customers):
        is_key = customer.customer_class == "vip"
        said = customers.FileText(
            name=customer.name, customer_class=_class(place, is_key=is_key),
            notes="出现异常先联系客户经理，再答复收件人" if is_key else "",
            contact_name=person_name(rng), contact_phone=phone(rng),
            first_hours=1 if is_key else None, resolve_hours=24 if is_key else None,
            manager=lead if is_key else None, agreement_from=customer.agreement_from,
            agreement_to=customer.agreement_to,
        )  # fmt: skip
        customers.change_file(customer=customer, said=said, by=lead, at=now - 2 * MONTH)
        if place < 5:
            _visits(cast, customer, place, now)


def _class(place: int, *, is_key: bool) -> str:
    return "vip" if is_key else ("agreement", "standard")[place % 2]


def _visits(cast: Cast, customer: Customer, place: int, now: datetime) -> None:
    lead, at = cast.users["lead"], now - timedelta(days=20 + place)
    visit = visits.plan_visit(
        customer=customer, on=business_day(at), way=("visit", "phone")[place % 2],
        purpose="季度回访：时效与异常告知", visitor=lead, by=lead, at=at,
    )  # fmt: skip
    said = visits.Said(
        heard="时效满意，希望异常更早告知", score=(5, 4, 4, 3, 5)[place], agreed="异常当日电话告知",
        next_on=business_day(now + timedelta(days=10 * place)) if place < 3 else None,
    )  # fmt: skip
    visits.hold_visit(visit=visit, said=said, by=lead, at=at + 3 * HOUR)


def _needs(cast: Cast, now: datetime) -> None:
    lead, at = cast.users["lead"], now - MONTH
    for source, group, words, analysis, change in NEEDS:
        heard = wishes.Heard(source, group, words, analysis)
        need = wishes.record_need(heard=heard, by=lead, at=at)
        if change:
            said = {"change": change, "analysis": analysis, "improvement": ""}
            wishes.decide_need(
                need=need, status=NeedStatus.CHANGING, said=said, by=lead, at=at + WEEK
            )
    for place, words in enumerate(SUGGESTIONS):
        case = _suggestion(words, place, now)
        if place == 0 and case.owner:
            reply(case=case, text="谢谢您的建议，我们正在评估可选时段。", by=case.owner,
                  at=now - 3 * HOUR, final=True)  # fmt: skip
            wishes.need_of_case(case=case, requirement="下单时可选送达时段", by=lead, at=now)


def _suggestion(words: str, place: int, now: datetime) -> Case:
    intake = Intake(
        key=f"demo-suggestion-{place}", reason=Reason.objects.get(code="suggestion"),
        channel="web", words=words, kind="suggestion", email="customer@mail.example",
    )  # fmt: skip
    return open_case(intake, by=None, at=now - timedelta(hours=5 + place))


def _desk(cast: Cast, now: datetime) -> None:
    people = [*cast.agents, cast.users["lead"]]
    for place, (queue, words) in enumerate(DUTIES):
        duty = desk.Duty(queue, words, time(8), time(20))
        desk.give_duty(
            person=people[place % len(people)], duty=duty, by=cast.users["lead"], at=now - MONTH
        )


def _examples(cast: Cast, now: datetime) -> None:
    closed = Case.objects.filter(status="closed", liability="ours").select_related("reason")
    for place, case in enumerate(closed.order_by("pk")[:3]):
        told = examples.Example(
            title=case.reason.name, cause=case.cause or "环节管理",
            action="道歉、补救并核实责任环节",
            story="客户反映后，客服当日联系并核实扫描记录，查明责任环节，给出处理方案。",
            lesson=case.summary or "同类情况先联系客户再处理",
        )  # fmt: skip
        entry = examples.propose_example(case=case, told=told, by=cast.agents[0], at=now - WEEK)
        if place < 2:
            examples.review_example(
                entry=entry, publish=True, note="", by=cast.users["quality"], at=now - WEEK + HOUR
            )


def _survey(cast: Cast, rng: random.Random, method: str, weeks: int, now: datetime) -> int:
    """Hold the rounds of the last weeks on their mornings, one a day late, and have some answer."""
    online = method == "online"
    start = day_start(business_day(now - weeks * WEEK)) + 9 * HOUR
    said = {
        "name": "每周投递满意度" if online else "月度访谈",
        "name_en": "Weekly delivery survey" if online else "Monthly interviews",
        "purpose": "全面了解客户对服务的满意程度和改进建议", "audience": "recipients",
        "method": method, "template_code": "service", "interval_days": 7 if online else 14,
        "sample_size": 50 if online else 10, "next_on": business_day(start),
    }  # fmt: skip
    plan = surveys.save_plan(plan=None, said=said, by=cast.users["lead"], at=start)
    seen = plan.updated_at.isoformat()
    surveys.approve_plan(plan=plan, seen=seen, by=cast.users["quality"], at=start)
    answers = 0
    for week in range(weeks):
        late = DAY if online and week == weeks - 3 else timedelta(0)
        at = start + week * WEEK + HOUR + late
        held = sampling.hold_round(plan=plan, seed=f"{rng.getrandbits(128):032x}", at=at)
        if held is not None:
            rows = held.invitations.select_related("round", "parcel", "courier").order_by("place")
            answers += _answers(cast, rng, rows, at, method)
    return answers


def _answers(
    cast: Cast, rng: random.Random, rows: Iterable[Invitation], at: datetime, method: str
) -> int:
    count = 0
    asked = list(SurveyQuestion.objects.filter(template__code="service"))
    for row in rows:
        if rng.random() > (0.4 if method == "online" else 0.8):
            continue
        mood = rng.choices((5, 4, 3, 2, 1), weights=(48, 30, 12, 6, 4))[0]
        said = _said(rng, asked, mood)
        when = at + timedelta(hours=rng.uniform(1, 30))
        if method == "online":
            answer = survey_answers.first_tap(invitation=row, score=mood, at=when)
            survey_answers.say_more(answer=answer, said=said, at=when + timedelta(minutes=1))
        else:
            survey_answers.record_interview(invitation=row, said=said, by=cast.agents[0], at=when)
        count += 1
    return count


def _said(rng: random.Random, asked: list[SurveyQuestion], mood: int) -> survey_answers.Said:
    scaled = [q for q in asked if q.kind == QuestionKind.SCALE]
    values = {q.pk: min(5, max(1, mood + rng.choice((-1, 0, 0, 0, 1)))) for q in scaled}
    values[scaled[0].pk] = mood
    for question in asked:
        if question.kind == QuestionKind.NPS and rng.random() < 0.8:
            values[question.pk] = min(10, max(0, 2 * mood + rng.choice((-2, -1, 0, 0, 1))))
    words = {}
    if rng.random() < 0.25:
        words[asked[-1].pk] = rng.choice(WORDS)
    return survey_answers.Said(values, words)


def _measure(cast: Cast, now: datetime) -> None:
    start = business_day(now - 2 * WEEK)
    surveys.begin_measure(
        said={
            "finding": "投递前联系一项得分最低", "measure": "班前会强调投柜前先联系，抽查通话记录",
            "improvement": "", "site": None, "block": "attitude", "started_on": start,
            "check_on": business_day(now + 10 * WEEK),
        },
        by=cast.users["lead"], at=now - 2 * WEEK,
    )  # fmt: skip

"""Surveys, courses and grades with known answers, held through their services."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from complaints.models import SurveyQuestion
from complaints.services import occurring, sampling, survey_answers
from complaints.services import surveys as plans
from complaints.services.survey_answers import Said
from shipments.models import Parcel
from staff import services as staff
from staff.grading import PartResult
from tests.factories import staff as people
from tests.factories import surveys as ask
from tests.kpi.hidden_truth.answers import Answer
from tests.kpi.hidden_truth.deeds import HOUR, TINY
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, Life, end_of

Told = tuple[str, str, list[Answer]]
ASKED = datetime(2026, 3, 13, 10, tzinfo=CHINA)
PLANNED = datetime(2026, 3, 1, 9, tzinfo=CHINA)
ON = datetime(2026, 3, 10, tzinfo=CHINA)


# -- surveys -----------------------------------------------------------------------------------
def surveys(lives: list[Life], parcels: list[Parcel]) -> Iterator[Told]:
    """Ask everybody whose parcel was done in the week before; say what each of them answers."""
    start = datetime(2026, 3, 6, tzinfo=CHINA)
    asked = {
        parcel.pk: life
        for life, parcel in zip(lives, parcels, strict=True)
        if life.done and start <= life.done < ASKED and life.accepted and not life.is_test
    }
    plan = ask.plan(next_on=ASKED.date(), sample_size=500)
    held = sampling.hold_round(plan=plan, seed="b" * 32, at=ASKED)
    assert held is not None
    invited = list(held.invitations.order_by("parcel_id"))
    assert {one.parcel_id for one in invited} == set(asked)
    scales = list(
        SurveyQuestion.objects.filter(template=held.template, kind="scale").values_list(
            "pk", flat=True
        )
    )
    (eleven,) = SurveyQuestion.objects.filter(template=held.template, kind="nps")
    for number, one in enumerate(invited):
        life = asked[one.parcel_id]
        yield life.served_at, life.product, _answered(one, number, scales, eleven)


def _answered(one: Any, number: int, scales: list[int], eleven: Any) -> list[Answer]:
    """Nobody, a tap alone, every step the same, or the last word of the day."""
    how = ("silent", "tap", "fours", "threes", "changed", "last")[number % 6]
    if how == "silent":
        return [Answer("V04", ASKED, False)]
    at = ASKED + (7 * DAY if how == "last" else HOUR)
    first = {"tap": 5, "fours": 4, "threes": 3, "changed": 5, "last": 4}[how]
    answer = survey_answers.first_tap(invitation=one, score=first, at=at)
    said = [Answer("V04", ASKED, True)]
    steps = {"fours": 4, "threes": 3, "changed": 3}.get(how)
    if steps is None:
        return [*said, Answer("V02", ASKED, first >= 4)]
    every = dict.fromkeys(scales, steps)
    # The last and the first step of each of the three kinds; every fourth leaves it out.
    would = (0, 6, 7, 8, 9, 10, None, None)[number % 8]
    if would is not None:
        every[eleven.pk] = would
        weight = 10_000 if would in (9, 10) else 0 if would in (7, 8) else -10_000
        said.append(Answer("V03", ASKED, False, above=weight))
    survey_answers.say_more(answer=answer, said=Said(values=every), at=at + HOUR)
    # 1 to 5 is 0 to 100 points, kept in hundredths.
    points = (steps - 1) * 2_500
    return [*said, Answer("V02", ASKED, steps >= 4), Answer("V01", ASKED, False, above=points)]


def plans_of_surveys() -> Iterator[Told]:
    """Held on its day, two days skipped by the first plan; held a day late; ended on the day."""
    said = [Answer("V05", end_of(ASKED), True)]
    late = ask.plan(next_on=date(2026, 3, 16), interval_days=30, audience="key")
    sampling.hold_round(plan=late, seed="c" * 32, at=ASKED + 4 * DAY)
    said.append(Answer("V05", end_of(ASKED + 3 * DAY), False))
    ended = ask.plan(next_on=date(2026, 3, 24), interval_days=30, audience="key")
    occurring.note_due(now=ASKED + 11 * DAY)
    plans.end_plan(plan=ended, by=ended.owner, at=ASKED + 11 * DAY + HOUR)
    said.append(Answer("V05", end_of(ASKED + 11 * DAY), False, out=True))
    occurring.note_due(now=NOW)
    said += [Answer("V05", end_of(ASKED + weeks * 7 * DAY), False) for weeks in (1, 2)]
    yield "", "", said


# -- courses and grades ------------------------------------------------------------------------
def school(sites: dict[str, Any]) -> Iterator[Told]:
    """Hold sessions, examine people and grade their months."""
    hr = people.UserFactory(role="hr")
    for number, how in enumerate(("good", "moved", "never", "off", "late_off", "useless", "soon")):
        place = ("HZ-01", "NB-01", "")[number % 3]
        yield place, "", _session(how, sites.get(place), hr)
    exam = people.ExamFactory(size=1, questions=0, retake_hours=0, max_attempts=3)
    people.QuestionFactory(course=exam.course, correct="A")
    for place, keys in (("HZ-01", "A"), ("NB-01", "BA"), ("NB-01", ""), ("SH-01", "late")):
        yield place, "", _examined(people.CourierFactory(site=sites[place]), exam, keys, hr)
    boss = people.UserFactory(role="quality")
    for place, months in (("HZ-01", [0.95]), ("NB-01", [0.95, 0.85]), ("NB-01", []), ("", [0.9])):
        person = people.CourierFactory(site=sites[place or "SH-02"])
        yield place or "SH-02", "", _graded(person, months, boss)


def _session(how: str, site: Any, hr: Any) -> list[Answer]:
    day = ON.date() if how != "soon" else (NOW + 2 * DAY).date()
    check = day + timedelta(days=5) if how in ("good", "moved", "never", "useless") else None
    row = staff.plan_session(
        people.CourseFactory(), on=day, by=hr, at=PLANNED, site=site, effect_due_on=check
    )
    if how in ("good", "useless"):
        staff.hold_session(row, on=day, present=[], by=hr, at=ON + DAY)
    elif how == "moved":
        row = staff.move_session(row, on=day + timedelta(days=1), reason="讲师病假", by=hr, at=ON)
        staff.hold_session(row, on=day + timedelta(days=1), present=[], by=hr, at=ON + 2 * DAY)
    elif how in ("off", "late_off"):
        at = PLANNED + DAY if how == "off" else ON + 3 * DAY
        staff.cancel_session(row, reason="合并", by=hr, at=at)
    due = end_of(datetime.combine(day, datetime.min.time(), CHINA))
    said = [Answer("H01", due, how in ("good", "useless"), how == "off")]
    if how in ("good", "useless", "moved"):
        helped = how == "good"
        if how != "moved":
            staff.check_effect(
                row, kind="test", before="60", after="90", is_effective=helped, note="二次考试",
                by=hr, at=ON + 5 * DAY,
            )  # fmt: skip
        said.append(Answer("H03", due + 5 * DAY, helped))
    return said


def _examined(person: Any, exam: Any, keys: str, hr: Any) -> list[Answer]:
    staff.assign_course(person, exam.course, due_on=ON.date(), by=hr, at=PLANNED)
    start = ON + DAY if keys == "late" else PLANNED
    for place, key in enumerate("A" if keys == "late" else keys):
        at = start + (1 + place) * HOUR
        sat = staff.start_attempt(person, exam, at=at)
        staff.answer_question(sat, employee=person, place=0, key=key, at=at)
        staff.finish_attempt(sat, employee=person, at=at)
    return [Answer("H02", end_of(ON), keys == "A")]


def _graded(person: Any, months: list[float], boss: Any) -> list[Answer]:
    """Grade February, once or twice; the second one is the one that counts."""
    found, due = None, end_of(datetime(2026, 3, 10, tzinfo=CHINA))
    # The one of two versions is confirmed at the last moment, the others a moment late.
    limit = due if len(months) > 1 else due + TINY
    for version, on_time in enumerate(months):
        found = _assessed(person, on_time)
        note = "重新核对" if version else ""
        at = NOW - 2 * DAY if version else limit
        staff.confirm_assessment(found, by=boss, at=at, note=note)
    if found is None:
        # Computed and never confirmed, by somebody who joined in the last week of the month.
        person.hired_on = date(2026, 2, 23)
        person.save()
        _assessed(person, 0.95)
        return [Answer("H06", due, hit=False, out=True)]
    end = end_of(datetime(2026, 2, 28, tzinfo=CHINA))
    # 60 points for being on time, of 85 to 95 %; 40 for no complaints at all.
    points = round(40 + 60 * (months[-1] - 0.85) / 0.10, 2)
    assert found.score == Decimal(str(points))
    grade = "A" if points >= 90 else "B" if points >= 75 else "C"
    return [
        Answer("H05", end, False, above=round(points * 100)),
        Answer("H05A", end, grade == "A"),
        Answer("H05C", end, grade == "C"),
        Answer("H06", due, limit == due),
    ]


def _assessed(person: Any, on_time: float) -> Any:
    scheme = person.post.schemes.first() or people.AssessmentSchemeFactory(post=person.post)
    type(scheme).objects.filter(pk=scheme.pk).update(
        parts=[
            {"code": "T01", "weight": 60, "target": 0.95, "floor": 0.85, "bound": "low"},
            {"code": "C02", "weight": 40, "target": 0.0, "floor": 0.01, "bound": "high"},
        ]
    )
    scheme.refresh_from_db()
    parts = [
        PartResult("T01", 190, 200, 0.95, on_time, "/kpi/T01/records/?courier=x"),
        PartResult("C02", 0, 200, 0.0, 0.0),
    ]
    return staff.record_assessment(
        employee=person, month=date(2026, 2, 1).strftime("%Y-%m"), scheme=scheme,
        site=person.site, parts=parts, as_of=NOW, now=NOW - 3 * DAY, deliveries=200, work_days=22,
    )  # fmt: skip

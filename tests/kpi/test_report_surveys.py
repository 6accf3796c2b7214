"""Surveys and return visits in the monthly report: score, timeliness, n and range."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from complaints.models import SurveyQuestion, Visit
from complaints.services import sampling, survey_answers
from complaints.services.survey_answers import Said
from courierqa.core.timeframes import parse_period
from kpi.reports.monthly_quality import make_pdf
from kpi.snapshots.canonical import fingerprint
from kpi.snapshots.surveys import surveyed
from shipments.models import Customer
from tests.factories import surveys as ask
from tests.factories.report import edition, sample_content
from tests.factories.staff import UserFactory

MARCH = parse_period("2026-03")
COUNTED = {"n": 72, "value": "76.9000", "low": "71.2000", "high": "82.6000"}
TOLD = {
    "answered": 72, "invited": 220, "score": COUNTED, "visits": 3,
    "timeliness": {"n": 71, "value": "64.3000", "low": "58.0000", "high": "70.6000"},
    "satisfied": {"n": 72, "value": "0.8190", "low": "0.7150", "high": "0.8910"},
    "visits_satisfied": {"n": 3, "value": None, "low": None, "high": None},
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.req("TIM-06", "CUS-09")
def test_a_month_keeps_score_timeliness_and_visits():
    assert surveyed(MARCH) is None
    for number in range(5):
        ask.delivered(number)
    held = sampling.hold_round(plan=ask.plan(), seed="d" * 32, at=ask.FRIDAY)
    late = SurveyQuestion.objects.filter(template=held.template, block="efficiency").first()
    for row in held.invitations.all():
        answer = survey_answers.first_tap(invitation=row, score=4, at=ask.FRIDAY)
        survey_answers.say_more(answer=answer, said=Said({late.pk: 2}), at=ask.FRIDAY)
    Visit.objects.create(
        customer=Customer.objects.create(code="K-1", name="远航"), planned_on=date(2026, 3, 9),
        way="visit", purpose="回访", visitor=UserFactory(role="lead"), score=5,
        held_at=datetime(2026, 3, 9, 3, tzinfo=UTC),
    )  # fmt: skip

    told = surveyed(MARCH)

    assert (told["answered"], told["invited"], told["visits"]) == (5, 5, 1)
    assert told["timeliness"] == {
        "n": 5, "value": "25.0000", "low": "25.0000", "high": "25.0000",
    }  # fmt: skip
    # A snapshot keeps no binary fraction: its digits differ between machines.
    assert fingerprint(told)
    # Two of seven items are fewer than half: no whole score, and one visit shows no share.
    assert told["score"]["n"] == 0
    assert told["visits_satisfied"] == {"n": 1, "value": None, "low": None, "high": None}


@pytest.mark.once
@pytest.mark.parametrize(
    ("language", "parts"),
    [("en", ("Surveysandvisits", "Ofit:timelinessandreach", "72of220answered")),
     ("zh", ("调查与回访", "其中：时效与联系", "发出220份"))],
)  # fmt: skip
def test_the_report_prints_them_with_n_and_range(language, parts):
    content = sample_content(surveys=TOLD)

    pages = PdfReader(BytesIO(make_pdf(content, edition(), language=language))).pages
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))

    for part in (*parts, "76.9", "71.2–82.6", "64.3", "71.5%–89.1%"):
        assert part in text, part

"""The question from 0 to 10: asked of customers and by interviewers, and optional (V03)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.models import Invitation, SurveyItem, SurveyQuestion, SurveyTemplate
from complaints.services import survey_answers, surveys
from complaints.services.survey_answers import Said
from courierqa.core.errors import DomainError
from tests.factories import surveys as ask
from tests.factories.staff import UserFactory

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def eleven() -> SurveyQuestion:
    return SurveyQuestion.objects.get(template__code="service", kind="nps")


def asked_now(**fields):
    """Return an invitation that came this hour, as pages see it."""
    row, now = ask.invited(**fields), timezone.now()
    Invitation.objects.filter(pk=row.pk).update(invited_at=now, expires_at=now + WEEK)
    row.refresh_from_db()
    return row


@pytest.fixture
def opened():
    """An invitation whose first tap is made, and its answer."""
    row = asked_now()
    return row, survey_answers.first_tap(invitation=row, score=4, at=timezone.now())


@pytest.mark.req("SAT-05")
def test_our_questionnaire_asks_it_once_and_leaves_the_old_version_alone():
    first, last = SurveyTemplate.objects.filter(code="service").order_by("version")

    assert list(first.questions.filter(kind="nps")) == []
    assert last.questions.get(kind="nps") == eleven()
    assert last.questions.count() == first.questions.count() + 1
    asked = [surveys.Asked(q.block, q.kind, q.text, q.text_en) for q in last.questions.all()]
    with pytest.raises(DomainError) as twice:
        surveys.publish_questionnaire(
            code="service", name="问卷", name_en="Form", weights={"overall": 1}, seen_version=2,
            questions=[*asked, asked[7]], by=UserFactory(role="lead"), at=ask.FRIDAY,
        )  # fmt: skip
    assert twice.value.code == "two_nps"


@pytest.mark.parametrize(("language", "words"), [("en", "0 is not at all"), ("zh", "0 表示")])
def test_a_customer_taps_a_number_with_finger_or_keyboard(opened, language, words):
    row, _answer = opened
    url = reverse("complaints:survey", args=[row.token])
    url = f"/en{url}" if language == "en" and not url.startswith("/en") else url
    name = f"q{eleven().pk}"
    client = Client()

    page = client.get(url).content.decode()

    assert words in page
    for step in range(11):
        assert f'type="radio" name="{name}" value="{step}"' in page
    assert client.post(url, {"verb": "more", name: "11"}).status_code == 422
    assert client.post(url, {"verb": "more", name: "0"}).status_code == 302
    assert SurveyItem.objects.get(question=eleven()).value == 0


def test_it_may_be_left_out_and_makes_no_score(opened):
    row, answer = opened
    url = reverse("complaints:survey", args=[row.token])

    assert Client().post(url, {"verb": "more", f"q{eleven().pk}": ""}).status_code == 302
    assert not SurveyItem.objects.filter(question=eleven()).exists()
    survey_answers.say_more(answer=answer, said=Said(values={eleven().pk: 10}), at=timezone.now())
    answer.refresh_from_db()
    assert answer.score is None
    with pytest.raises(DomainError):
        survey_answers.say_more(
            answer=answer, said=Said(values={eleven().pk: 11}), at=timezone.now()
        )


def test_an_interviewer_enters_it():
    row = asked_now(method="interview")
    asker = UserFactory(role="agent")
    client = Client()
    client.force_login(asker)
    page = client.get(reverse("complaints:interview", args=[row.pk])).content.decode()

    assert f'name="q{eleven().pk}" value="10"' in page
    first = survey_answers.first_question(row).pk
    said = Said(values={first: 5, eleven().pk: 9})
    survey_answers.record_interview(invitation=row, said=said, by=asker, at=timezone.now())
    assert SurveyItem.objects.get(question=eleven()).value == 9

"""Two taps, two calls and two rounds at once: one answer, one case, one sample."""

from __future__ import annotations

import pytest

from complaints.models import Answer, Case, Invitation, SurveyAnswer, SurveyRound
from complaints.services import sampling, survey_answers
from tests.complaints.test_races import both
from tests.factories import surveys as ask

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_invitation_has_one_answer_and_one_call_whoever_taps_at_once(team):
    invitation = ask.invited()

    def tap(score):
        return lambda: survey_answers.first_tap(
            invitation=Invitation.objects.get(), score=score, at=ask.FRIDAY
        )

    both(tap(1), tap(2), tap(2), tap(1))
    answer = SurveyAnswer.objects.get()
    assert (Answer.objects.count(), answer.invitation) == (1, invitation)

    def call():
        return survey_answers.ask_call_back(answer=SurveyAnswer.objects.get(), at=ask.FRIDAY)

    both(call, call, call)
    assert Case.objects.count() == 1


def test_a_round_is_held_once(team):
    ask.delivered(1)
    plan = ask.plan()

    def hold(seed):
        return lambda: sampling.hold_round(plan=plan, seed=seed, at=ask.FRIDAY)

    found = both(hold("a"), hold("b"), hold("c"))

    assert sum(one is not None for one in found) == 1
    assert (SurveyRound.objects.count(), Invitation.objects.count()) == (1, 1)

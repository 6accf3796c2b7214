"""Two taps, two calls and two rounds at once: one answer, one case, one sample."""

from __future__ import annotations

import pytest

from complaints import services
from complaints.models import Answer, Case, ClaimBand, Invitation, SurveyAnswer, SurveyRound
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


def test_three_people_saving_bands_at_once_leave_one_set(team):
    def save(limit):
        bands = [(limit, ""), (limit * 10, "lead"), (None, "manager")]
        return lambda: services.save_bands(bands=bands, by=team.max, at=ask.FRIDAY)

    found = both(save(100_00), save(200_00), save(300_00))

    kept = list(ClaimBand.objects.values_list("up_to_fen", "role"))
    assert found == [None, None, None]
    assert [role for _limit, role in kept] == ["", "lead", "manager"]
    assert kept[1][0] == kept[0][0] * 10

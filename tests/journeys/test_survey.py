"""A customer answers a survey on a phone, without an account, from the link of the message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from complaints.models import Case, Invitation, SurveyAnswer
from tests.factories import shipments as make
from tests.factories import surveys as ask

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TAP_LOW = """() => [...document.querySelectorAll("main button, main .scale-step")]
  .filter((one) => one.offsetParent).filter((one) => one.offsetHeight < 48)
  .map((one) => one.textContent.trim())"""


@pytest.mark.req("SAT-03")
def test_three_taps_on_a_phone_are_an_answer_and_a_call(browser_page, live_server, cast):
    make.catalogue()
    invitation = ask.invited()
    Invitation.objects.update(expires_at=datetime.now(UTC) + timedelta(days=1))
    page = browser_page(width=390, height=844, lang="zh-CN")

    page.goto(f"{live_server.url}/s/{invitation.token}/")
    page.get_by_role("button", name="不满意", exact=True).click()
    page.wait_for_url("**?tapped=1")
    answer = SurveyAnswer.objects.get()
    assert (answer.rating.score, answer.score) == (2, None)
    assert page.evaluate(TAP_LOW) == []

    for group in page.locator("fieldset.scale").all():
        step = group.get_by_role("radio", name="不满意", exact=True)
        # The question about recommending us has numbers from 0 to 10.
        (step if step.count() else group.get_by_role("radio", name="3", exact=True)).check()
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**?thanks=1")
    answer.refresh_from_db()
    assert answer.score == 2500
    page.get_by_role("button", name="请给我回电").click()
    page.wait_for_url("**?called=1")
    case = Case.objects.get()
    assert case.number in page.inner_text("main")
    assert case.parcel == invitation.parcel

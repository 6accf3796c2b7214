"""A month nobody reviewed is overdue, then held with its figures, decided, done, seen, kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kpi.models import Target, Watermark
from quality.models import EffectCheck, Review, ReviewDecision
from quality.services import reviews as services
from tests.journeys.test_nonconformity import figures
from tests.quality.conftest import Loop, worker

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = timedelta(days=1)
START = datetime(2026, 3, 11, 2, tzinfo=UTC)


class Clock:
    """The time of day, moved by the test."""

    def __init__(self) -> None:
        self.now = START

    def move(self, days: int) -> datetime:
        self.now += days * DAY
        Watermark.objects.update(through=self.now)
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    moved = Clock()
    monkeypatch.setattr(timezone, "now", lambda: moved.now)
    return moved


@pytest.fixture
def people(db: None, clock: Clock) -> Loop:
    """A site whose February fell below its target, and the people of the loop."""
    from tests.factories.staff import SiteFactory

    site, office = SiteFactory(code="HZ-01"), SiteFactory(code="HQ")
    leader, courier = worker("supervisor", site), worker("courier", site)
    Watermark.objects.create(name="figures", through=START)
    Target.objects.filter(metric="T01").delete()
    Target.objects.create(metric="T01", value=Decimal("0.90"), valid_from=date(2025, 1, 1))
    figures(site, date(2025, 9, 1), START.date(), lambda day: 86 if day.month == 2 else 94)
    return Loop(site, leader, courier, worker("quality", office).user,
                worker("manager", office).user, worker("lead", office))  # fmt: skip


def as_user(user: Any) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def sent(client: Client, name: str, *args: Any, **data: Any) -> Any:
    answer = client.post(reverse(f"quality:{name}", args=args), data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return answer


@pytest.mark.req("TIM-07", "TIM-08", "TIM-09", "TIM-10", "TIM-11")
def test_from_a_missing_month_to_a_kept_measure(people: Loop, clock: Clock) -> None:
    leader, quality = as_user(people.leader.user), as_user(people.quality)
    made = {"kind": "timeliness", "site": "HZ-01", "owner": people.leader.number,
            "every": "month", "starts_on": "2026-03-10"}  # fmt: skip
    sent(quality, "review_plan_new", **made)
    row = Review.objects.get(planned_day=date(2026, 3, 10))
    services.run_reviews(now=clock.now)
    assert row.number in leader.get(reverse("quality:home_now")).content.decode()
    listed = quality.get(reverse("quality:reviews") + "?show=overdue").content.decode()
    assert "was not held by its day" in listed

    sent(leader, "review_open", row.pk)
    page = leader.get(reverse("quality:review", args=[row.pk]))
    line = next(one for one in page.context["lines"] if one["code"] == "T01")
    assert (line["value"].startswith("86.0"), line["misses"]) == (True, True)
    sent(leader, "review_write", row.pk, participants=[people.leader.number], guests="",
         causes="The bus leaves late", conclusion="Below target")  # fmt: skip
    new = {"output": "improvement", "category": "transport", "text": "The bus leaves earlier",
           "metric": "T01", "cause": "people-staffing", "owner": people.courier.number,
           "due_on": "2026-03-20", "nonconformity": ""}  # fmt: skip
    sent(leader, "review_decision", row.pk, **{f"new-{name}": one for name, one in new.items()})
    sent(leader, "review_hold", row.pk, held_on="2026-03-11")

    one = ReviewDecision.objects.get()
    number = one.nonconformity.number if one.nonconformity else ""
    refused = leader.post(reverse("quality:review_decision_end", args=[row.pk, 1]),
                          {"outcome": "keep", "reason": "It seems so"})  # fmt: skip
    assert (refused.status_code, number in refused.content.decode()) == (422, True)
    sent(leader, "criterion", number, rule="at_least", metric="T01", threshold="90",
         site="HZ-01", due_on="2026-05-11", verifier=people.checker.number)  # fmt: skip
    sent(leader, "propose", number)
    sent(quality, "decide", number, outcome="yes", note="")
    clock.move(5)
    sent(as_user(people.courier.user), "done", number, 1, done_on="2026-03-16", note="Done",
         reference="TR-2026-02")  # fmt: skip
    figures(people.site, START.date(), date(2026, 5, 12), lambda day: 96)
    clock.move(57)
    # Sessions of two months ago have ended.
    leader = as_user(people.leader.user)
    answer = as_user(people.checker.user).post(f"/actions/{number}/effect/", {"note": ""})
    assert (answer.status_code, EffectCheck.objects.get().result) == (302, "effective")

    sent(leader, "review_decision_end", row.pk, 1, outcome="keep", reason="On time again")
    one.refresh_from_db()
    before, after = (one.reading[0][side]["value"] for side in ("before", "after"))
    assert (one.outcome, before < 0.93, after) == ("keep", True, 0.96)
    shown = leader.get(reverse("quality:review", args=[row.pk])).content.decode()
    for words in ("Time", "Satisfaction", "Cost", "On time again"):
        assert words in shown
    paper = leader.get(reverse("quality:review_print", args=[row.pk]))
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")

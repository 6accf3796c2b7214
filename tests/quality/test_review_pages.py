"""Pages of reviews: who sees and does what, flat query counts, refusals beside their field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from quality.models import Review
from quality.services import reviews as services
from tests.quality.conftest import NOW, Loop, worker
from tests.quality.test_pages import queries, signed_in
from tests.quality.test_reviews import (  # noqa: F401
    TENTH,
    decided,
    figures,
    held,
    judged,
    monthly,
    on,
    reviewed,
    written,
    yearly,
)

pytestmark = pytest.mark.django_db


def test_the_list_asks_the_same_for_one_and_for_three(loop: Loop) -> None:
    plan = monthly(loop).plan
    url = reverse("quality:reviews")
    few = queries(signed_in(loop.manager), url)
    Review.objects.bulk_create(
        Review(plan=plan, kind="timeliness", owner=loop.leader, planned_day=date(2025, n, 10),
               due_day=date(2025, n, 10)) for n in (7, 8, 9)
    )  # fmt: skip
    assert queries(signed_in(loop.manager), url) == few


def test_a_site_sees_its_own_and_the_companys_month_only(loop: Loop) -> None:
    other = worker("supervisor", loop.checker.site)
    mine, company, year = monthly(loop, site=loop.site), monthly(loop), yearly(loop)
    seen = [
        signed_in(other.user).get(reverse("quality:review", args=[one.pk])).status_code
        for one in (mine, company, year)
    ]
    assert seen == [404, 200, 404]
    opened = signed_in(other.user).post(reverse("quality:review_open", args=[company.pk]))
    assert opened.status_code == 403


def test_nothing_was_planned_says_what_to_do(loop: Loop) -> None:
    page = signed_in(loop.quality).get(reverse("quality:reviews")).content.decode()
    assert "No review fits" in page


def test_a_management_review_from_page_to_page(loop: Loop, figures: None) -> None:  # noqa: F811
    row = yearly(loop)
    client = signed_in(loop.quality)
    page = reverse("quality:review", args=[row.pk])
    assert b"Not opened yet" in client.get(page).content
    Review.objects.filter(pk=row.pk).update(due_day=date(2027, 3, 10))
    assert client.post(reverse("quality:review_open", args=[row.pk])).status_code == 302
    shown = client.get(page).content.decode()
    assert shown.count("no data in this time") > 3
    first = row.verdicts.get(metric="T01")
    said: dict[str, Any] = {"participants": [loop.checker.number], "conclusion": "稳定",
                            "note_customers": "申诉减少",
                            f"verdict{first.pk}": "change"}  # fmt: skip
    refused = client.post(reverse("quality:review_write", args=[row.pk]), said)
    assert (refused.status_code, "申诉减少" in refused.content.decode()) == (422, True)
    said |= {f"verdict{one.pk}": "keep" for one in row.verdicts.all()}
    assert client.post(reverse("quality:review_write", args=[row.pk]), said).status_code == 302
    asked = client.post(reverse("quality:review_hold", args=[row.pk]), {"held_on": "2026-03-11"})
    assert asked.status_code == 302
    boss = signed_in(loop.manager)
    assert b"Approve the outcome" in boss.get(page).content
    done = boss.post(reverse("quality:review_decide", args=[row.pk]), {"outcome": "yes"})
    row.refresh_from_db()
    assert (done.status_code, row.status) == (302, "held")
    assert boss.get(reverse("quality:review_print", args=[row.pk])).content[:5] == b"%PDF-"


def test_the_list_is_a_file_for_those_who_may(loop: Loop) -> None:
    monthly(loop)
    url = reverse("quality:reviews") + "?format=csv"
    answers = [signed_in(user).get(url).status_code for user in (loop.quality, loop.checker.user)]
    assert answers == [200, 403]


def test_a_plan_is_made_and_ended_on_its_page(loop: Loop) -> None:
    row = monthly(loop)
    client = signed_in(loop.quality)
    url = reverse("quality:review_plan", args=[row.plan_id])
    client.post(url, {"verb": "end", "on": "2099-01-01", "reason": "改为季度会"})
    row.plan.refresh_from_db()
    assert row.plan.ends_on == date(2099, 1, 1)
    assert client.get(reverse("quality:review_plans")).status_code == 200
    assert client.get(reverse("quality:review_plan_new")).status_code == 200


def test_a_decision_page_keeps_what_was_typed(loop: Loop) -> None:
    row = services.open_review(monthly(loop), by=loop.quality, at=on(TENTH))
    url = reverse("quality:review_decision", args=[row.pk])
    answer = signed_in(loop.quality).post(url, {"new-output": "improvement", "new-text": "早发车",
                                                "new-owner": loop.courier.number})  # fmt: skip
    assert (answer.status_code, "早发车" in answer.content.decode()) == (422, True)
    assert on(TENTH) > NOW

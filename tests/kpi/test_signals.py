"""The board of signals: what asks for something, at which place, and who acts on it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from kpi import rollups
from kpi.models import Cell, Target, Watermark
from quality.enums import EffectRule
from quality.models import EffectCheck, Nonconformity
from tests.factories.staff import SiteFactory
from tests.kpi.test_pages import sign_in
from tests.quality.conftest import worker

pytestmark = pytest.mark.django_db
THROUGH = datetime(2026, 3, 2, 2, tzinfo=UTC)
ENGLISH = {"Accept-Language": "en"}


def months(site: Any, hits: dict[int, int], code: str = "T01") -> None:
    """Nine months of a hundred parcels a month; `hits` of the months that are not like the rest."""
    for place in range(9):
        month = date(2025 + (5 + place) // 12, (5 + place) % 12 + 1, 1)
        Cell.objects.create(
            metric=code, day=month, site_id=site.pk, product_id=0, total=100, pending=0,
            hits=hits.get(month.month, 96 + place % 2), excluded=0,
        )  # fmt: skip
        rollups.sum_month(month, {site.pk})


@pytest.fixture
def places(db: None) -> tuple[Any, Any]:
    bad, good = SiteFactory(code="HZ-01", name="杭州站"), SiteFactory(code="NB-01", name="宁波站")
    Watermark.objects.create(name="figures", through=THROUGH)
    months(bad, {2: 60})
    months(good, {})
    return bad, good


def board(client: Any, **asked: str) -> Any:
    answer = client.get("/signals/", {"period": "2026-02", **asked}, headers=ENGLISH)
    assert answer.status_code == 200
    return answer


def signals(answer: Any) -> dict[tuple[str, str], list[str]]:
    return {
        (row.line.metric.code, row.site.code if row.site else ""): [a.number for a in row.acts]
        for row in answer.context["rows"]
    }


def nonconformity(number: str, owner: Any, **fields: Any) -> Nonconformity:
    return Nonconformity.objects.create(
        number=number, title=number, owner=owner, raised_by=owner.user, raised_at=THROUGH,
        found_at=THROUGH, plan_first_due_on=THROUGH.date(), plan_due_on=THROUGH.date(), **fields,
    )  # fmt: skip


@pytest.mark.req("NCR-04", "NCR-01", "ANA-01")
def test_a_signal_nobody_acts_on_is_listed_at_its_place_and_leads_to_the_form(client, places):
    sign_in(client, "quality")

    answer = board(client)

    assert signals(answer) == {("T01", ""): [], ("T01", "HZ-01"): []}
    assert answer.context["without"] == 2
    text = answer.content.decode()
    assert "2 signals without an action" in text
    assert '<option value="2026-02" selected>' in text
    assert "/kpi/T01/raise/?period=2026-02&amp;site=HZ-01" in text
    raised = client.get("/kpi/T01/raise/?period=2026-02&site=HZ-01", headers=ENGLISH)
    assert raised.status_code == 200


@pytest.mark.req("NCR-04")
def test_what_was_raised_from_it_or_is_measured_by_it_acts_on_it(client, places):
    owner = worker("quality", places[0])
    nonconformity("CA-1", owner, source="signal", source_ref="T01||2026-02")
    other = nonconformity("CA-2", owner, source="other")
    EffectCheck.objects.create(
        nonconformity=other, round=1, rule=EffectRule.AT_LEAST, metric="T01", site=places[0],
        first_due_on=THROUGH.date(), due_on=THROUGH.date(), verifier=owner, set_by=owner.user,
        set_at=THROUGH, threshold="0.95",
    )  # fmt: skip
    sign_in(client, "quality")

    assert signals(board(client)) == {("T01", ""): ["CA-1"], ("T01", "HZ-01"): ["CA-2"]}

    Nonconformity.objects.filter(number="CA-1").update(status="void")
    assert signals(board(client))["T01", ""] == []


@pytest.mark.req("NCR-04")
def test_a_site_sees_its_own_signals_only_and_the_questions_do_not_grow(
    client, places, django_assert_max_num_queries
):
    sign_in(client, "supervisor", site=places[1])
    assert signals(board(client)) == {}
    assert client.get("/signals/?site=HZ-01").status_code == 404

    sign_in(client, "courier", site=places[1])
    assert client.get("/signals/").status_code in (403, 404)

    for n in range(12):
        months(SiteFactory(code=f"X-{n}"), {2: 60})
    sign_in(client, "quality")
    with django_assert_max_num_queries(30):
        assert len(board(client).context["rows"]) == 14


def test_a_target_of_the_site_itself_is_the_one_it_is_held_to(client, places):
    owner = sign_in(client, "quality")
    weak = SiteFactory(code="SX-01")
    months(weak, dict.fromkeys(range(1, 13), 70))
    assert ("T01", "SX-01") in signals(board(client))

    Target.objects.create(
        metric="T01", site=weak, value="0.5", valid_from=date(2025, 1, 1), set_by=owner
    )

    assert ("T01", "SX-01") not in signals(board(client))


def test_a_wrong_period_is_named_and_a_board_without_figures_says_so(client, db):
    sign_in(client, "quality")

    assert client.get("/signals/?period=2026-13").status_code == 400
    assert client.get("/signals/").status_code == 200

"""Which periods the filter bar offers, and which an address may name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from courierqa.core.timeframes import BadPeriod, parse_period
from kpi.board import filters
from kpi.models import MonthCell
from tests.kpi.test_pages import network, page, sign_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 20, 8, tzinfo=UTC)
__all__ = ["network"]


def cell(metric: str, month: date, total: int = 5) -> None:
    MonthCell.objects.create(
        metric=metric, month=month, site_id=1, product_id=0, hits=0, total=total, pending=0,
        excluded=0,
    )  # fmt: skip


def test_months_without_a_parcel_are_not_offered() -> None:
    """Courses reach back to 2024; parcels were imported for March and go on in September."""
    cell("H01", date(2024, 1, 1))
    for month in (3, 9, 10):
        cell("T01", date(2026, month, 1))
    cell("T01", date(2026, 5, 1), total=0)

    assert [one.key for one in filters.known_periods(NOW)] == ["2026-10", "2026-09", "2026-03"]


def test_every_kind_of_period_is_offered_back_to_the_first_parcel() -> None:
    months = [parse_period("2026-10"), parse_period("2026-09")]

    found = {
        one.periods[0].kind: [period.key for period in one.periods]
        for one in filters.offers(months, parse_period("2026-10-03/2026-10-09"), NOW)
    }

    assert found["quarter"] == ["2026-Q4", "2026-Q3"]
    assert (found["year"], found["span"]) == (["2026"], ["2026-10-03/2026-10-09"])
    assert (found["week"][0], found["week"][-1]) == ("2026-W43", "2026-W36")
    assert (found["day"][0], len(found["day"])) == ("2026-10-20", filters.DAYS)


@pytest.mark.parametrize(
    "bad", ["2026-10-09/2026-10-03", "2026-10/2026-11", "2020-01-01/2026-01-01"]
)
def test_a_range_that_is_none_is_refused_with_its_fix(bad: str) -> None:
    with pytest.raises(BadPeriod) as refused:
        parse_period(bad)
    assert refused.value.field == "period"


def test_an_own_range_knows_its_neighbours() -> None:
    week = parse_period("2026-10-03/2026-10-09")
    assert (len(week.days()), week.previous().key) == (7, "2026-09-26/2026-10-02")
    assert week.following().key == "2026-10-10/2026-10-16"


def test_the_form_of_an_own_range_shows_its_days(client: Any, network: Any) -> None:
    sign_in(client, "manager")

    shown = page(client, "dashboard", since="2026-10-01", until="2026-10-31")
    wrong = client.get("/dashboard/", {"since": "2026-10-09", "until": "2026-10-03"})

    assert 'value="2026-10-01/2026-10-31" selected' in shown
    assert 'value="2026-Q4"' in shown
    assert (wrong.status_code, "2026-10-03" in wrong.content.decode()) == (400, True)
    for name in ("metric", "records"):
        assert "2026-10-01/2026-10-31" in page(
            client, name, "T01", period="2026-10-01/2026-10-31", compare="yoy"
        )

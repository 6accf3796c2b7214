"""A verdict belongs to a month that is over: no other period shows one as its own."""

from __future__ import annotations

import pytest

from courierqa.core.timeframes import parse_period
from kpi import selectors
from kpi.selectors.scope import EVERYTHING
from shipments.models import Product
from tests.kpi.test_pages import network, page, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db
# Words and shapes that only a verdict has.
VERDICTS = ("verdict-word", "Consistently meets", "Leave it alone", "Keep watching", "Set a target")


def judged_words(text: str) -> list[str]:
    return [word for word in VERDICTS if word in text]


@pytest.mark.parametrize("period", ["2026-11", "2026"])
@pytest.mark.parametrize("name", ["dashboard", "metric"])
def test_a_running_period_is_not_judged(client, network, name, period) -> None:  # noqa: F811
    """Figures reach 2 November 2026; whatever was counted in a running period waits."""
    sign_in(client, "manager")

    args = ("T01",) if name == "metric" else ()
    text = page(client, name, *args, period=period)

    assert judged_words(text) == []
    if period == "2026":
        assert "running, not judged yet" in text
        assert "period=2026-10" in text


@pytest.mark.parametrize("period", ["2026-10-07", "2026-W41"])
def test_a_day_and_a_week_send_to_their_month(client, network, period) -> None:  # noqa: F811
    sign_in(client, "manager")

    board, figure = page(client, "dashboard", period=period), page(
        client, "metric", "T01", period=period
    )  # fmt: skip

    for text in (board, figure):
        assert judged_words(text) == []
        assert "judged by months: see 2026-09" in text
    assert "figures are not judged" in board or "figure is not judged" in board


def test_a_month_that_is_over_is_judged(client, network) -> None:  # noqa: F811
    sign_in(client, "manager")

    text = page(client, "metric", "T01", period="2026-10")

    assert "verdict-word" in text
    assert "not judged yet" not in text


def test_a_period_not_begun_counts_nothing(client, network) -> None:  # noqa: F811
    """As before the records: an empty page that says why, no verdict, no import to run."""
    sign_in(client, "manager")

    for name, args in (("dashboard", ()), ("metric", ("T01",))):
        text = page(client, name, *args, period="2090-05")
        assert "This period has not begun." in text
        assert judged_words(text) == []


def test_couriers_of_a_product_are_counted_from_the_facts(client, network) -> None:  # noqa: F811
    """All 60 parcels of the site are of one product: of another one its courier has none."""
    here, _there, courier = network
    mine, other = Product.objects.order_by("pk")[:2]
    sign_in(client, "manager")

    for product, rows in ((mine, [(60, 48)]), (other, [])):
        scope = EVERYTHING.within(here).of_product(product)
        found = selectors.courier_table("T01", parse_period("2026-10"), scope=scope)
        assert [(one.figure.n, one.figure.hits) for one in found] == rows
    text = page(
        client, "records", "T01", period="2026-10", courier=courier.number, product=other.code
    )
    assert "12 of 60" not in text

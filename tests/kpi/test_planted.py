"""The planted truths of the demo are seen in their months, and chance plants nothing beside them.

The short test tells the demo's stories without a database; the long one (`make soak`) loads the
whole demo by its command and asks the stored figures.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core.management import call_command

from courierqa.core.timeframes import month_of
from courierqa.demo.planted import BETTER, CRISIS, PEAK, PLANTED
from kpi import selectors, services, stats
from kpi.metrics import METRICS
from shipments.models import Product
from tests.factories import shipments as make
from tests.kpi import planted

pytestmark = pytest.mark.django_db
TODAY, MONTHS = date(2026, 11, 26), 18
SHARES = ("T01", "T03", "D01", "D02", "S01")
# Beyond three sigmas by chance: about one point in 370; of some 90 points, hardly ever two.
FALSE_ALARMS = 1


def charts(seed: int) -> dict[str, stats.XmR]:
    make.catalogue()
    products = {row.code: row for row in Product.objects.all()}
    found = planted.counted(seed, TODAY, MONTHS, 300, products)
    return {code: _chart(found[code]) for code in SHARES}


def _chart(rows: dict[date, list[int]]) -> stats.XmR:
    cells = [rows.get(month, [0, 0]) for month in planted.months(TODAY, MONTHS)]
    hits, totals = [cell[0] for cell in cells], [cell[1] for cell in cells]
    return stats.control(hits, totals, factor=100, is_share=True)


def outside(chart: stats.XmR, side: int) -> set[date]:
    """Return the months beyond the limits on this side."""
    all_months = planted.months(TODAY, MONTHS)
    found = [one for one in chart.signals if one.kind == "outside" and one.side == side]
    return {all_months[one.index] for one in found}


@pytest.mark.req("ANA-03")
def test_the_signals_fire_in_the_planted_months_and_nowhere_else() -> None:
    found = charts(1)
    first = planted.months(TODAY, MONTHS)[0]
    # The running month is not judged yet.
    crisis, peak, better = (
        [month for month in one.months(first, TODAY) if month < TODAY.replace(day=1)]
        for one in (CRISIS, PEAK, BETTER)
    )
    assert (len(crisis), len(peak), len(better)) == (1, 1, 4)

    assert outside(found["T01"], -1) == {*crisis, *peak}
    assert outside(found["T03"], -1) >= set(crisis)
    # The improvement is beyond chance by its third month and was not seen before it began.
    assert outside(found["D01"], 1) & set(better[:3])
    assert outside(found["D01"], 1) <= set(better)

    rest = [
        (code, side, month)
        for code, chart in found.items()
        for side in (1, -1)
        for month in outside(chart, side)
        if month not in {*crisis, *peak} and not (code == "D01" and month in better)
    ]
    assert len(rest) <= FALSE_ALARMS, rest


def test_every_planted_event_says_what_it_shows() -> None:
    """Each names figures of the catalogue, in both languages; none covers another one's months."""
    first = planted.months(TODAY, MONTHS)[0]
    for one in PLANTED:
        assert one.zh
        assert one.en
        assert {code for code, _variation in one.shows} <= set(METRICS)
        assert one.months(first, TODAY)
    assert not set(CRISIS.months(first, TODAY)) & set(PEAK.months(first, TODAY))


@pytest.mark.soak
def test_the_whole_demo_shows_what_was_planted(settings, tmp_path) -> None:
    """Eighteen months through the real services: figures, causes, and the double-entry check."""
    settings.VAR_DIR = tmp_path
    now = datetime.fromisoformat("2026-11-26T18:00+08:00")
    call_command("seed_demo", seed=7, days=540, scale="small", now=now.isoformat())
    series = selectors.all_series(MONTHS, end=date(2026, 10, 31))
    months = [one.period for one in series["T01"]]

    chart = stats.control(
        [one.hits for one in series["T01"]], [one.total for one in series["T01"]],
        factor=100, is_share=True,
    )  # fmt: skip
    low = {months[one.index] for one in chart.signals if (one.kind, one.side) == ("outside", -1)}
    crisis = CRISIS.months(date(2025, 6, 1), TODAY)[0]
    assert low == {f"{crisis:%Y-%m}", "2025-11"}
    late = selectors.cause_pareto(month_of(crisis))["late"].causes
    assert [one.site.code for one in late[:1] if one.site] == [CRISIS.hub]
    for month in (crisis, date(2025, 11, 1), date(2026, 10, 1), date(2026, 11, 1)):
        assert (
            services.verify_period(month_of(month), now=now + timedelta(hours=1)).differences == []
        )

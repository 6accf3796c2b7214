"""Hidden truth: what a generator of its own knows, every figure of the catalogue must say.

Lives of parcels, ends of complaints, surveys, courses and grades are drawn first; the product is
told scans and deeds through its public services, in odd order, twice, late, voided and corrected.
Every cell, every sum by place, by product, by courier and in total must then equal the known
answer, and so must every time.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from courierqa.core.timeframes import parse_period
from kpi import buckets, selectors, services
from kpi.metrics import DURATIONS, METRICS
from kpi.models import Cell, CourierCell, DurationCell
from tests.kpi.hidden_truth.book import (
    ABOVE,
    BY_COURIER,
    ELSEWHERE,
    SNAPSHOTS,
    Book,
)
from tests.kpi.hidden_truth.fates import FATES
from tests.kpi.hidden_truth.lives import CHINA, NOW, Teller
from tests.kpi.hidden_truth.telling import OTHERS, PLACES, World, told
from tests.kpi.hidden_truth.times import COUNTS as TIMES

pytestmark = pytest.mark.django_db
MARCH, FEBRUARY = parse_period("2026-03"), parse_period("2026-02")
COUNTS = ("hits", "total", "pending", "excluded")


@pytest.mark.req("ANA-01", "ANA-02")
@pytest.mark.parametrize("seed", [1])
def test_every_figure_says_what_the_generator_knows(seed: int) -> None:
    world = told(seed)
    services.refresh_dirty(now=NOW.astimezone(CHINA))

    unknown = set(METRICS) - {key[0] for key in world.book.cells} - set(ELSEWHERE)
    assert unknown == set(), "figures without a known answer"
    assert _cells(world) == world.book.written()
    assert _couriers(world) == {
        key: (one["hits"], one["total"]) for key, one in world.book.couriers.items() if one["total"]
    }
    assert _times(world) == dict(world.lengths.cells)
    _sums(world)
    _quantiles(world)
    for period in (FEBRUARY, MARCH):
        assert services.verify_period(period, now=NOW).differences == []


def _cells(world: World) -> dict:
    rows = Cell.objects.exclude(metric__in=ELSEWHERE)
    return {
        (row.metric, row.day, world.sites.get(row.site_id, ""),
         world.products.get(row.product_id, "")): {name: getattr(row, name) for name in COUNTS}
        for row in rows
    }  # fmt: skip


def _couriers(world: World) -> dict:
    rows = CourierCell.objects.exclude(metric__in=ELSEWHERE)
    return {
        (row.metric, row.day, world.people[row.courier_id], world.sites[row.site_id]): (
            row.hits,
            row.total,
        )
        for row in rows
    }


def _times(world: World) -> dict:
    return {
        (row.metric, row.day, world.sites.get(row.site_id, ""),
         world.products.get(row.product_id, "")): {name: getattr(row, name) for name in TIMES}
        for row in DurationCell.objects.all()
    }  # fmt: skip


def _sums(world: World) -> None:
    """The dashboard's numbers, in total, of each place and of each product, month and week."""
    codes = {code: code for code in PLACES} | {code: name for name, code in OTHERS.items()}
    for key in ("2026-03", "2026-W11"):
        when = parse_period(key)
        last = min(when.end_day, NOW.date()) - timedelta(days=1)
        asked = [({}, lambda _cell: True)]
        asked += [
            ({"site": code}, lambda cell, c=name: cell[2] == c) for code, name in codes.items()
        ]
        asked += [
            ({"product": code}, lambda cell, c=code: cell[3] == c)
            for code in ("fast", "standard", "same-day")
        ]
        for filters, mine in asked:
            known = world.book.sums(lambda cell, m=mine, w=when: m(cell) and cell[1] in w, last)
            for one in selectors.figures(when, **filters):
                if one.metric not in ELSEWHERE:
                    wanted = known.get(one.metric, dict.fromkeys(COUNTS, 0))
                    said = (one.hits, one.total, one.not_yet_due, one.excluded)
                    assert said == tuple(wanted.values()), (one.metric, key, filters)


def _quantiles(world: World) -> None:
    """P50 and P90 are at most four percent away from the exact ones, or both are unknown."""
    found = {one.code: one for one in selectors.durations(MARCH, scope=selectors.EVERYTHING)}
    for code in DURATIONS:
        for share, read in ((0.5, found[code].p50), (0.9, found[code].p90)):
            true = world.lengths.quantile(code, share, MARCH)
            assert (read is None) == (true is None), code
            if true is not None:
                assert abs(read - true) <= buckets.ERROR * true + 0.5, code


def test_the_truth_holds_every_fate_and_every_edge() -> None:
    """The generator itself is worth something: each figure has hits, misses and who is left out."""
    assert set(BY_COURIER) == {code for code, one in METRICS.items() if one.by_courier}
    assert {code for code, one in METRICS.items() if one.base is not None} == ABOVE
    assert {code for code, one in METRICS.items() if one.is_snapshot} == set(SNAPSHOTS)
    book = Book()
    teller = Teller(1, {code: ["a", "b"] for code in PLACES}, PLACES)
    for number in range(40 * len(FATES)):
        book.parcel(teller.life(number, FATES[number % len(FATES)]))
    found = book.sums(lambda _cell: True)

    shares = ("T01", "T02", "T03", "T04", "T08", "T11", "D01", "D06", "D07", "D11", "S07", "A01",
              "A02")  # fmt: skip
    for code in shares:
        assert found[code]["excluded"], code
    for code in (
        *shares,
        "A03",
        "T10",
        "E05",
        "D02",
        "D05",
        "D10",
        "S01",
        "S05",
        "A04",
        "E02",
        "E04",
    ):
        assert 0 < found[code]["hits"] < found[code]["total"], code
    for code in ("T01", "T02", "T08", "T11", "D02", "S01", "S05", "E02"):
        assert found[code]["pending"], code

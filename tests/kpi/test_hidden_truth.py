"""Hidden truth: what a generator of its own knows, every figure of the catalogue must say.

Lives of parcels and ends of complaints are drawn first; the product is told scans and deeds through
its public services, in odd order, twice, late, voided and corrected. Every cell, every sum by
place, by product and in total must then equal the known answer.
"""

from __future__ import annotations

import pytest

from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from kpi.metrics import METRICS
from kpi.models import Cell, CourierCell
from tests.kpi.hidden_truth.answers import BY_COURIER, ELSEWHERE, OVER_PARCELS, Book
from tests.kpi.hidden_truth.fates import FATES
from tests.kpi.hidden_truth.lives import CHINA, NOW, Teller
from tests.kpi.hidden_truth.telling import PLACES, World, told

pytestmark = pytest.mark.django_db
MARCH = parse_period("2026-03")
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
    _sums(world)
    assert services.verify_period(MARCH, now=NOW).differences == []


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


def _sums(world: World) -> None:
    """The dashboard's numbers, in total, of each place and of each product, month and week."""
    for key in ("2026-03", "2026-W11"):
        when = parse_period(key)
        asked = [({}, lambda _cell: True)]
        asked += [({"site": code}, lambda cell, c=code: cell[2] == c) for code in PLACES]
        asked += [
            ({"product": code}, lambda cell, c=code: cell[3] == c)
            for code in ("fast", "standard", "same-day")
        ]
        for filters, mine in asked:
            known = world.book.sums(lambda cell, m=mine, w=when: m(cell) and cell[1] in w)
            for one in selectors.figures(when, **filters):
                if one.metric not in ELSEWHERE:
                    wanted = known.get(one.metric, dict.fromkeys(COUNTS, 0))
                    said = (one.hits, one.total, one.not_yet_due, one.excluded)
                    assert said == tuple(wanted.values()), (one.metric, key, filters)


def test_the_truth_holds_every_fate_and_every_edge() -> None:
    """The generator itself is worth something: each figure has hits, misses and who is left out."""
    assert set(BY_COURIER) == {code for code, one in METRICS.items() if one.by_courier} - set(
        ELSEWHERE
    )
    assert set(OVER_PARCELS) == {
        code for code, one in METRICS.items() if one.base is METRICS["S02"].tally
    } - set(ELSEWHERE)
    book = Book()
    teller = Teller(1, {code: ["a", "b"] for code in PLACES}, PLACES)
    for number in range(40 * len(FATES)):
        book.parcel(teller.life(number, FATES[number % len(FATES)]))
    found = book.sums(lambda _cell: True)

    for code in ("T01", "T02", "T03", "T04", "T11", "D01"):
        assert found[code]["excluded"], code
    for code in ("T01", "T02", "T03", "T04", "T11", "D01", "D02", "S01"):
        assert 0 < found[code]["hits"] < found[code]["total"], code
    for code in ("T01", "T02", "T11", "D02", "S01"):
        assert found[code]["pending"], code

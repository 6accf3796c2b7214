"""Stocktakes: what should lie on a site against what does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from courierqa.core.errors import DomainError
from shipments import services
from shipments.models import Finding, ParcelException, Stocktake, StocktakeLine
from tests.factories import network as net
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
NOW = make.MONDAY + timedelta(hours=6)
LATER = NOW + timedelta(hours=2)


@pytest.mark.req("WHS-04")
def test_a_count_finds_present_missing_left_and_unexpected(cast: Any) -> None:
    here, gone, leaving = (
        net.accepted(cast.station, cast.neighbour, make.MONDAY) for _n in range(3)
    )
    make.tell(*(make.scan(p, "ARR", NOW - timedelta(hours=1)) for p in (here, gone, leaving)))
    stray = net.accepted(cast.neighbour, cast.station, make.MONDAY)
    count = services.start_stocktake(site=cast.station, at=NOW, actor=cast.supervisor)

    said = services.count_parcels(
        count=count, waybills=[here.waybill, stray.waybill, "NOSUCH1"], at=NOW
    )
    make.tell(make.scan(leaving, "DEP", LATER))
    found = services.close_stocktake(count=count, at=LATER, actor=cast.supervisor)

    assert set(said) == {here.waybill, stray.waybill, "NOSUCH1"}
    assert found == {"missing": 1, "unexpected": 1, "left": 1}
    verdicts = dict(StocktakeLine.objects.values_list("parcel__waybill", "verdict"))
    assert verdicts == {
        here.waybill: "present", gone.waybill: "missing", leaving.waybill: "left",
        stray.waybill: "unexpected",
    }  # fmt: skip
    codes = set(Finding.objects.filter(code__startswith="stock").values_list("parcel", "code"))
    assert codes == {(gone.pk, "stocktake_missing"), (stray.pk, "stocktake_unexpected")}
    row = ParcelException.objects.get()
    assert (row.parcel, row.kind, row.site) == (gone, "lost", cast.station)
    with pytest.raises(DomainError):
        services.count_parcels(count=count, waybills=[gone.waybill], at=LATER)


def test_one_count_of_a_site_at_a_time(cast: Any, as_role: Any) -> None:
    client = as_role("supervisor")
    made = client.post("/stocktakes/", {"site": "HZ-01"})
    twice = client.post("/stocktakes/", {"site": "HZ-01"})
    foreign = client.post("/stocktakes/", {"site": "HZ-02"})
    scanned = client.post(f"{made.url}scan/", {"numbers": "NOSUCH1"})
    closed = client.post(f"{made.url}close/")
    again = client.post(f"{made.url}close/")

    answers = [r.status_code for r in (made, twice, foreign, scanned, closed, again)]
    assert answers == [302, 422, 422, 200, 302, 302]
    assert Stocktake.objects.get().status == "closed"
    assert b"".join(client.get(f"{made.url}?format=csv").streaming_content)


@pytest.mark.parametrize("count", [1, 3])
def test_a_count_asks_the_same_questions_for_more_lines(
    cast: Any, as_role: Any, count: int, django_assert_max_num_queries: Any
) -> None:
    for _n in range(count):
        parcel = net.accepted(cast.station, cast.neighbour, make.MONDAY)
        make.tell(make.scan(parcel, "ARR", NOW))
    made = services.start_stocktake(site=cast.station, at=LATER, actor=None)
    client = as_role("supervisor")
    with django_assert_max_num_queries(9):
        answer = client.get(f"/stocktakes/{made.number}/")
    assert len(answer.context["page"].rows) == count

"""Pages of figures read cells: they cost the same however many parcels were ever counted."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kpi.models import Cell
from tests.benchmarks import history
from tests.benchmarks.floors import parcels_wanted, seconds
from tests.benchmarks.test_cases import settled

# Committed: a month is counted under a lease that another connection keeps alive.
pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
PARCELS, RUNS = 500_000, 15
# The budget is 1.2; noise of a busy machine stays below this. Reading parcels would be ten.
REACHED = 1.4
# A page with the heat table of sites, the figure's page with its own table, one site's page.
PAGES = (
    "/dashboard/?period=2026-10",
    "/dashboard/?period=2026-10&site=BM-003",
    "/kpi/T01/?period=2026-10",
    "/kpi/S03/?period=2026-10",
    "/kpi/T01/?period=2026-10&site=BM-003",
)
FACTS = 'FROM "shipments_parcelfacts"'


def questions(client: Any, page: str) -> int:
    """Return how many queries a page asks; none of them reads a row per parcel."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    assert not [query for query in queries.captured_queries if FACTS in query["sql"]]
    return len(queries)


def test_pages_cost_the_same_with_ten_times_the_parcels(as_role):
    client, many = as_role("manager"), parcels_wanted(PARCELS)
    sites = history.places()
    costs: dict[str, list[tuple[int, float]]] = {page: [] for page in PAGES}
    cells = []
    for first, count in ((1, many // 10), (many // 10 + 1, many - many // 10)):
        history.fill(first, count, sites)
        history.count_anew()
        settled()
        cells.append(Cell.objects.count())
        for page in PAGES:
            client.get(page)
            asked = questions(client, page)
            costs[page].append((asked, seconds(lambda p=page: client.get(p), times=RUNS)))
    print(f"\n{many:,} parcels: {cells[1]:,} cells, {cells[0]:,} of a tenth of them")
    for page, ((few_asked, few), (asked, took)) in costs.items():
        print(f"{page}: {asked} queries, {took * 1000:.0f} ms of processor time,"
              f" × {took / few:.2f} with ten times the parcels")  # fmt: skip
        assert asked == few_asked
    assert max(costs[page][1][1] / costs[page][0][1] for page in PAGES) < REACHED

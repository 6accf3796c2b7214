"""Boards of the improvement loop with a hundred thousand open items."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courierqa.core.calendars import business_day
from quality.models import Action, Hazard, Licence, Nonconformity
from tests.benchmarks.test_cases import p95, settled
from tests.factories.staff import EmployeeFactory, SiteFactory

# Committed, so that the database can tidy up as it does by itself in use.
pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
ITEMS, FEW, AT_ONCE, RUNS, GOAL_MS = 100_000, 1_000, 5_000, 11, 200
# Twenty in each hundred are late. A region of thirty sites, two hundred people who answer.
SPREAD, LATE, SITES, PEOPLE = 100, 20, 30, 200
LIVE = ("open", "contained", "cause_found", "proposed", "approved", "doing", "checking")
PAGES = (
    "/actions/", "/actions/?show=overdue", "/actions/?view=mine", "/actions/?view=team",
    "/actions/?layout=list", "/actions/?layout=list&show=overdue", "/actions/home/",
    "/actions/?source=hazard", "/expiry/", "/expiry/?kind=licence", "/licences/", "/hazards/",
)  # fmt: skip


def wanted() -> int:
    """Return how many open items to store: BENCH_ITEMS, or what the budget names."""
    return int(os.environ.get("BENCH_ITEMS", ITEMS))


def due(place: int, today: date) -> date:
    return today + timedelta(days=place % SPREAD - LATE)


@dataclass(frozen=True)
class Region:
    """Who the items are spread over; the readers are among them."""

    sites: list[Any]
    people: list[Any]
    raiser: Any
    now: datetime

    @property
    def today(self) -> date:
        return business_day(self.now)

    def site(self, place: int) -> Any:
        return self.sites[place % SITES]

    def person(self, place: int) -> Any:
        return self.people[place % PEOPLE]


@pytest.fixture
def region(cast: Any) -> Region:
    readers = [cast.quality.employee, cast.supervisor.employee]
    sites = [cast.station, *SiteFactory.create_batch(SITES - 1)]
    people = [*readers, *EmployeeFactory.create_batch(PEOPLE - len(readers), site=sites[1])]
    return Region(sites, people, cast.lead, timezone.now())


def fill(first: int, count: int, region: Region) -> None:
    """Store open nonconformities with a measure each, hazards and licences."""
    for start in range(first, first + count, AT_ONCE):
        places = range(start, min(start + AT_ONCE, first + count))
        _nonconformities(places, region)
        _things(places, region)


def _nonconformities(places: range, region: Region) -> None:
    rows = Nonconformity.objects.bulk_create(
        Nonconformity(
            number=f"CA-2025-{n:07}", status=LIVE[n % len(LIVE)], title=f"第 {n} 项",
            source="signal" if n % 5 else "hazard", site=region.site(n), owner=region.person(n),
            found_at=region.now, raised_by=region.raiser,
            raised_at=region.now - timedelta(minutes=n), plan_first_due_on=due(n, region.today),
            plan_due_on=due(n, region.today), due_on=due(n, region.today),
        )
        for n in places
    )  # fmt: skip
    Action.objects.bulk_create(
        Action(
            nonconformity=row, round=1, position=1, kind="corrective", text="培训",
            owner=region.person(n + 7), first_due_on=row.due_on, due_on=row.due_on,
        )
        for n, row in zip(places, rows, strict=True)
    )  # fmt: skip


def _things(places: range, region: Region) -> None:
    Hazard.objects.bulk_create(
        Hazard(
            number=f"HZ-2025-{n:07}", site=region.site(n),
            level="major" if n % 50 == 0 else "general", what="通道堆放快件",
            owner=region.person(n), found_at=region.now, found_by=region.raiser,
            first_due_on=due(n, region.today), due_on=due(n, region.today),
        )
        for n in places
    )  # fmt: skip
    Licence.objects.bulk_create(
        Licence(
            kind="business", name="道路运输证", number=f"L-{n:07}", issued_on=date(2020, 1, 1),
            expires_on=due(n, region.today), site=region.site(n),
        )
        for n in places
    )  # fmt: skip


def spent_ms(client: Any, page: str) -> tuple[int, float, str]:
    """Return the number of queries, the milliseconds in the database, and the slowest query."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    slowest = max(queries.captured_queries, key=lambda one: float(one["time"]))
    spent = sum(float(one["time"]) for one in queries) * 1000
    return len(queries), spent, f"{slowest['time']} s {slowest['sql'][:600]}"


@pytest.mark.parametrize("role", ["quality", "supervisor"])
def test_the_boards_cost_the_same_questions_and_little_time(as_role, region, role):
    client, many = as_role(role), wanted()
    fill(0, FEW, region)
    settled()
    few: dict[str, int] = {}
    for page in PAGES:
        client.get(page)
        few[page] = spent_ms(client, page)[0]
    fill(FEW, many - FEW, region)
    settled()
    slow = {}
    for page in PAGES:
        client.get(page)
        found = [spent_ms(client, page) for _turn in range(RUNS)]
        worst = p95([ms for _count, ms, _sql in found])
        print(f"\n{role} {page} of {many}: {found[-1][0]} queries, p95 {worst:.0f} ms", end="")
        assert found[-1][0] == few[page]
        if worst > GOAL_MS:
            slow[page] = f"{worst:.0f} ms, {found[-1][2]}"
    print()
    assert not slow, slow

"""What the report says of measures, effect checks and inspections, by hand-made months."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from courierqa.core.timeframes import parse_period
from kpi.snapshots.improving import improving
from quality import services
from tests.factories.staff import SiteFactory
from tests.quality.conftest import NOW, Loop, loop  # noqa: F401 -- a fixture
from tests.quality.inspecting import inspected

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MARCH, APRIL = parse_period("2026-03"), parse_period("2026-04")
LATER = datetime(2026, 5, 9, tzinfo=UTC)


def ordered(people: Loop, **rule: object) -> object:
    row = people.planned(people.raised(even_so=True), at=NOW, **rule)
    return people.approved(row, at=NOW)


def test_what_is_open_and_late_at_the_end_of_the_month(loop: Loop) -> None:  # noqa: F811
    """Due 12 March: one never done, one done on 2 April, one done in time, one void, one no plan.

    At the end of March two are open and 20 days late; at the end of April one, 50 days late.
    """
    ordered(loop)
    late = ordered(loop)
    loop.done(late, at=datetime(2026, 4, 2, 4, tzinfo=UTC))
    loop.done(ordered(loop), at=NOW + 5 * DAY)
    services.void(ordered(loop), reason="重复登记", by=loop.quality, at=NOW + DAY)
    loop.planned(loop.raised(even_so=True), at=NOW)

    march = improving(MARCH, None, as_of=LATER)
    april = improving(APRIL, loop.site, as_of=LATER)

    assert (march["open"], march["overdue"]) == (2, 2)
    assert [(one["due"], one["days"]) for one in march["late"]] == [("2026-03-12", 20)] * 2
    assert [(one["code"], one["open"], one["overdue"]) for one in march["sites"]] == [
        ("HZ-01", 2, 2)
    ]
    assert [one["days"] for one in april["late"]] == [50]
    elsewhere = improving(MARCH, SiteFactory(code="NB-01"), as_of=LATER)
    assert (elsewhere["open"], elsewhere["sites"]) == (0, [])


def test_checks_due_in_the_month_and_visits(loop: Loop) -> None:  # noqa: F811
    """Two checks due on 20 March, one of them made; a plan nobody approved has none."""
    due = {"due_on": date(2026, 3, 20)}
    ordered(loop, **due)
    row = loop.done(ordered(loop, **due), at=NOW + 3 * DAY)
    loop.checked(row, services.MET, at=NOW + 18 * DAY)
    loop.planned(loop.raised(even_so=True), at=NOW, **due)
    inspected(loop, at=NOW)
    inspected(loop, at=NOW + DAY, grades={13: "major"})

    found = improving(MARCH, None, as_of=LATER)

    assert sorted(str(one["result"]) for one in found["checks"]) == ["None", "effective"]
    assert {(one["metric"], one["due"]) for one in found["checks"]} == {("T01", "2026-03-20")}
    assert [(one["code"], one["visits"]) for one in found["inspections"]] == [("HZ-01", 2)]
    assert improving(APRIL, None, as_of=LATER)["inspections"] == []

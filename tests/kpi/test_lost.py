"""A parcel once declared lost is late for ever (B14), in the figures and in their recount."""

from __future__ import annotations

from datetime import timedelta

import pytest

from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from kpi.models import Cell
from tests.factories import shipments as make
from tests.factories.kpi import parcel_row, save_parcels

pytestmark = pytest.mark.django_db
WEEK = parse_period("2026-W41")
ACCEPTED = WEEK.start_at - timedelta(hours=20)
DUE = ACCEPTED + timedelta(hours=60)
HOUR = timedelta(hours=1)


@pytest.mark.req("TIM-12")
@pytest.mark.parametrize(
    ("code", "hits"), [("T01", 1), ("T03", 1), ("T02", 2), ("S02", 0)], ids=lambda v: str(v)
)
def test_a_parcel_found_again_in_time_stays_late(code: str, hits: int) -> None:
    """2 parcels done an hour before their promise, 1 of them declared lost in between and found.

    T01, T03: 1 of 2. T02 asks for the first attempt only: 2 of 2. S02: found, so 0 of 2 lost.
    """
    times = {"accepted_at": ACCEPTED, "due_at": DUE, "attempt_at": DUE - HOUR}
    save_parcels(
        parcel_row(**times, done_at=DUE - HOUR),
        parcel_row(**times, done_at=DUE - HOUR, lost_at=DUE - 9 * HOUR, lost=False),
    )
    services.refresh_dirty(now=WEEK.end_at + timedelta(days=2))

    (found,) = selectors.figures(parse_period("2026-10"), metric=code)

    # The day of acceptance, 4 October, and the days of the deadlines lie in one month.
    assert (found.hits, found.total) == (hits, 2)


def test_the_recount_from_raw_scans_says_the_same() -> None:
    """Delivered in time, declared lost and found before: late by both ways of counting."""
    parcel = make.accept(make.order())
    at = make.MONDAY
    make.tell(
        make.scan(parcel, "LST", at + 5 * HOUR, detail={"why": "searched"}),
        make.scan(parcel, "FND", at + 8 * HOUR),
        make.scan(
            parcel, "DLV", at + 9 * HOUR, site_id=parcel.destination_id,
            detail={"way": "recipient", "signer": "王"},
        ),
    )  # fmt: skip
    facts = parcel.facts
    assert facts.lost_at is not None
    assert facts.done_at is not None
    assert facts.done_at <= facts.due_at
    month = parse_period(f"{facts.due_day:%Y-%m}")

    found = services.verify_period(month, now=month.end_at + timedelta(days=9))

    assert found.differences == []
    for metric in ("T01", "T03"):
        cell = Cell.objects.get(metric=metric)
        assert (cell.hits, cell.total) == (0, 1)

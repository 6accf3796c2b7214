"""Known answers of figures about steps on the way, each on the day it happened."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from kpi.models import Cell
from shipments.measured import Moved, appointments
from shipments.models import ParcelFacts, StepFacts
from shipments.steps import door_limit
from tests.factories import shipments as make
from tests.factories.kpi import save_steps, step_row
from tests.factories.staff import SiteFactory
from tests.kpi.known import ACCEPTED, DUE, HOUR, WEEK_END, counted, delivered, figure, parcel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# Monday 5 October 2026, 08:00 in the business zone.
MORNING = datetime.fromisoformat("2026-10-05T08:00+08:00")
MONTH = parse_period("2026-10")


@pytest.mark.req("LIF-13")
def test_mis_sorts_count_where_and_when_the_sort_was_made() -> None:
    """Monday: hub 8 sorts 3, one wrong, hub 9 sorts 1: 1 of 4. Sunday: hub 8 sorts 2, all right."""
    hub = SiteFactory(pk=8)
    SiteFactory(pk=9)
    save_steps(
        step_row("D10", MORNING, site_id=8, number=3, amount=1, is_hit=True),
        step_row("D10", MORNING, site_id=9, number=1),
        step_row("D10", MORNING - DAY, site_id=8, number=2),
    )

    found = figure("D10")

    assert (found.hits, found.total, found.value) == (1, 4, 2_500)
    assert counted("D10", site=hub.code) == (1, 3)
    assert counted("D10", period=parse_period("2026-W40")) == (0, 2)


def test_missed_sorts_are_counted_of_arrivals() -> None:
    """3 arrivals at hubs, one left without a sort: 3,333 per 10,000."""
    save_steps(
        step_row("D10B", MORNING, number=2, amount=1, is_hit=True),
        step_row("D10B", MORNING, number=1),
    )

    assert figure("D10B").value == pytest.approx(10_000 / 3)


def test_screening_counts_on_the_day_of_the_departure() -> None:
    """Left 3, screened 2 on Monday; a mute import is excluded; by air 2, screened before one."""
    origin = SiteFactory(pk=1)
    save_steps(
        *(step_row("A03", MORNING, site_id=1, is_hit=hit) for hit in (True, True, False)),
        step_row("A03", MORNING, site_id=1, is_out=True),
        step_row("A03", MORNING - DAY, site_id=1),
        *(step_row("A04", MORNING, site_id=1, is_hit=hit) for hit in (True, False)),
    )

    found = figure("A03")

    assert (found.hits, found.total, found.excluded) == (2, 3, 1)
    assert counted("A04", site=origin.code) == (1, 2)


@pytest.mark.parametrize(
    ("came", "limit"),
    [
        ("05T08:00", "05T11:00"),
        ("05T15:59", "05T18:59"),
        ("05T16:00", "06T11:00"),
        ("05T23:30", "06T11:00"),
        ("05T05:00", "05T11:00"),
    ],
)
def test_the_station_has_three_hours_of_its_shift(came: str, limit: str) -> None:
    moment, expected = (datetime.fromisoformat(f"2026-10-{one}+08:00") for one in (came, limit))

    assert door_limit(moment) == expected


@pytest.mark.req("TIM-17")
def test_to_the_door_in_time_and_not_yet_due() -> None:
    """Met 1 of 2; a recall is excluded; the limit of Monday next week waits."""
    save_steps(
        step_row("T12", MORNING, is_hit=True),
        step_row("T12", MORNING),
        step_row("T12", MORNING, is_out=True),
        step_row("T12", WEEK_END + DAY),
    )

    found, month = figure("T12"), figure("T12", period=MONTH)

    assert (found.hits, found.total, found.excluded) == (1, 2, 1)
    assert (month.total, month.not_yet_due) == (2, 1)


def test_attempts_per_parcel_and_attempts_that_were_none() -> None:
    """1 + 1 + 4 attempts for 3 parcels: 200 per 100. 1 of 3 failed attempts was none."""
    save_steps(
        step_row("D03", MORNING, amount=1),
        step_row("D03", MORNING, amount=1),
        step_row("D03", MORNING, amount=4, is_hit=True),
        step_row("D04", MORNING, amount=1, number=2, is_hit=True),
        step_row("D04", MORNING, amount=0, number=1),
    )

    assert figure("D03").value == 200
    assert counted("D04") == (1, 3)
    rows = selectors.records("D03", MONTH, scope=selectors.EVERYTHING, as_of=WEEK_END)
    assert [row.amount for row in rows] == [4]


def test_stuck_and_stopped_parcels_at_the_end_of_each_day() -> None:
    """Four accepted on the 4th, promised for the 7th. One is stuck from the 6th on, for good; one
    was stuck on the 5th alone; one is stopped by safety from the 8th on; one was stopped on the
    7th alone.

    At the end of   4th 5th 6th 7th 8th 9th
    stuck            0   1   1   1   1   1   of 4
    overdue          0   0   0   3   3   3   of 4, but of 3 while one is stopped
    """
    parcel(stuck_day=(DUE - DAY).date())
    moving, stopped = parcel(), parcel(stopped_day=(DUE + DAY).date())
    freed = parcel()
    midnight = datetime.fromisoformat("2026-10-06T00:00+08:00")
    save_steps(
        step_row("E05", midnight, parcel_id=moving.parcel_id, day=(DUE - 2 * DAY).date()),
        step_row("T10", midnight + 2 * DAY, parcel_id=freed.parcel_id, day=DUE.date(), is_hit=True),
    )
    services.refresh_dirty(now=WEEK_END)

    assert _days("E05", 4, 9) == [(0, 4), (1, 4), (1, 4), (1, 4), (1, 4), (1, 4)]
    assert _days("T10", 4, 9) == [(0, 4), (0, 4), (0, 4), (3, 3), (3, 3), (3, 3)]
    found = figure("T10")
    assert (found.hits, found.total, found.excluded) == (3, 3, 1)
    listed = {outcome: _listed("T10", outcome) for outcome in ("failed", "all", "excluded")}
    assert listed["excluded"] == {stopped.waybill}
    assert listed["failed"] == listed["all"]
    assert len(listed["all"]) == 3
    assert len(_listed("E05", "failed")) == 1


def _days(code: str, first: int, last: int) -> list[tuple[int, int]]:
    rows = Cell.objects.filter(metric=code, day__day__gte=first, day__day__lte=last)
    return list(rows.order_by("day").values_list("hits", "total"))


def _listed(code: str, outcome: str) -> set[str]:
    rows = selectors.records(
        code, parse_period("2026-W41"), scope=selectors.EVERYTHING, outcome=outcome, as_of=WEEK_END
    )
    return {row.waybill for row in rows}


def test_what_ended_is_neither_stuck_nor_under_way() -> None:
    delivered(DUE, stuck_day=(DUE - DAY).date())
    services.refresh_dirty(now=WEEK_END)

    assert _days("E05", 4, 9) == [(0, 1), (0, 1), (1, 1)]


def test_the_story_of_a_parcel_becomes_steps_of_their_days() -> None:
    """Through two hubs: unsorted at the first; sorted wrong at the second, seen twice; a night
    lost there; an attempt without evidence; delivered at the second try."""
    hub, far = make.site("HZ-H1", kind="hub"), make.site("NB-H1", kind="hub")
    made = make.accept(make.order())
    at = make.MONDAY
    end = made.destination_id
    make.tell(
        make.scan(made, "DEP", at + 1 * HOUR),
        make.scan(made, "ARR", at + 2 * HOUR, site_id=hub.pk),
        make.scan(made, "DEP", at + 3 * HOUR, site_id=hub.pk),
        make.scan(made, "ARR", at + 5 * HOUR, site_id=far.pk),
        make.scan(made, "SRT", at + 6 * HOUR, site_id=far.pk),
        make.scan(made, "MIS", at + 6 * HOUR, site_id=far.pk),
        make.scan(made, "MIS", at + 6.5 * HOUR, site_id=end),
        make.scan(made, "AST", at + 56 * HOUR, site_id=end),
        make.scan(made, "OFD", at + 57 * HOUR, site_id=end),
        make.scan(made, "ATT", at + 58 * HOUR, site_id=end, reason="absent"),
        make.scan(made, "DLV", at + 59 * HOUR, site_id=end, detail={"way": "recipient"}),
    )

    steps = {
        (one.kind, one.site_id, one.amount, one.number): one for one in StepFacts.objects.all()
    }

    assert ("D10B", hub.pk, 1, 1) in steps
    assert ("D10B", far.pk, 0, 1) in steps
    assert ("D10", far.pk, 1, 1) in steps
    assert ("D04", end, 1, 1) in steps
    assert ("D03", end, 1, 1) in steps
    assert steps["A03", made.origin_id, 0, 1].moment == at + 3 * HOUR
    stuck = StepFacts.objects.filter(kind="E05").order_by("day").values_list("day", flat=True)
    assert [day - at.date() for day in stuck] == [DAY]


def test_a_void_takes_its_step_back_and_marks_its_day() -> None:
    from courierqa.core.models import ChangedDay

    hub = make.site("HZ-H1", kind="hub")
    made = make.accept(make.order())
    sort = make.scan(made, "SRT", make.MONDAY + HOUR, site_id=hub.pk)
    make.tell(sort)
    assert StepFacts.objects.filter(kind="D10").count() == 1
    ChangedDay.objects.all().delete()

    make.tell(
        make.scan(
            made, "VOI", make.MONDAY + 2 * HOUR, corrects=sort.uid, detail={"why": "wrong parcel"}
        )
    )

    assert not StepFacts.objects.filter(kind="D10").exists()
    assert ChangedDay.objects.filter(source="steps", site_id=hub.pk).exists()
    assert ACCEPTED < DUE


def test_pickups_are_judged_by_the_end_of_their_window() -> None:
    """Kept 1 of 3: one kept, two not; called off leaves; that of next week waits."""
    origin = SiteFactory(pk=1)
    save_steps(
        step_row("T08", DUE, site_id=1, is_hit=True),
        *(step_row("T08", DUE, site_id=1) for _number in range(2)),
        step_row("T08", DUE, site_id=1, is_out=True),
        step_row("T08", WEEK_END + DAY, site_id=1),
    )

    found, october = figure("T08"), figure("T08", period=MONTH)

    assert (found.hits, found.total, found.excluded) == (1, 3, 1)
    assert (october.total, october.not_yet_due) == (3, 1)
    assert counted("T08", site=origin.code) == (1, 3)


NINE, ELEVEN = MORNING + HOUR, MORNING + 3 * HOUR


@pytest.mark.parametrize(
    ("by_customer", "asked_at", "windows"),
    [
        (True, MORNING, [(NINE + DAY, ELEVEN + DAY)]),
        (True, ELEVEN, [(NINE + DAY, ELEVEN + DAY)]),
        (True, ELEVEN + HOUR, [(NINE, ELEVEN), (NINE + DAY, ELEVEN + DAY)]),
        (False, MORNING, [(NINE, ELEVEN), (NINE + DAY, ELEVEN + DAY)]),
    ],
)
def test_only_the_customer_moves_a_pickup_and_only_in_time(by_customer, asked_at, windows) -> None:
    move = Moved(NINE, ELEVEN, NINE + DAY, ELEVEN + DAY, asked_at, by_customer)

    assert list(appointments(MORNING - DAY, (NINE + DAY, ELEVEN + DAY), [move])) == windows


def test_every_parcel_has_one_outcome_a_week_after_its_promise() -> None:
    """Of 6 promised for the 7th: 2 done, one each returned, recalled, lost and open."""
    after = DUE + 8 * DAY
    delivered(DUE)
    delivered(DUE + 2 * DAY)
    for outcome in ("returned", "recalled", "lost", "open"):
        parcel(outcome=outcome)

    found = {
        code: counted(code, now=after, period=parse_period("2026-10"))
        for code in ("D02", "D02A", "D02B", "D02C", "D02D")
    }

    assert found == {
        "D02": (2, 6), "D02A": (1, 6), "D02B": (1, 6), "D02C": (1, 6), "D02D": (1, 6),
    }  # fmt: skip


def test_the_outcome_is_what_was_known_a_week_after_the_promise() -> None:
    """Lost and found again before the week was over is open; returned before it is returned."""
    lost, found, back = (make.accept(make.order()) for _number in range(3))
    due = _due(lost)
    make.tell(make.scan(lost, "LST", due + DAY, detail={"why": "gone"}))
    make.tell(make.scan(found, "LST", due + DAY, detail={"why": "gone"}))
    make.tell(make.scan(found, "FND", due + 2 * DAY))
    make.tell(make.scan(back, "RTS", due + 3 * DAY, detail={"cause": "refused"}))

    rows = dict(ParcelFacts.objects.values_list("parcel_id", "outcome"))

    assert rows == {lost.pk: "lost", found.pk: "open", back.pk: "returned"}


def _due(parcel_) -> datetime:
    parcel_.refresh_from_db()
    return parcel_.promised_by

"""Refreshing ends where a full recount ends, whatever changed in whatever order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from courierqa.core import changed
from courierqa.core.calendars import business_day
from courierqa.core.models import ChangedDay, Lease
from kpi import rollups, services
from kpi.models import (
    CauseCell,
    Cell,
    CourierCell,
    DurationCell,
    DurationMonth,
    MonthCell,
    Watermark,
)
from shipments.facts import days_changed, held_rows
from shipments.facts_row import FactsRow
from shipments.models import ParcelFacts
from tests.factories.kpi import case_row, parcel_row, save_cases, save_parcels
from tests.factories.staff import SiteFactory

START = datetime(2026, 9, 28, tzinfo=UTC)
MODELS = (Cell, CourierCell, CauseCell, MonthCell, DurationCell, DurationMonth)


def stored() -> dict[str, list[tuple]]:
    """Return every stored cell as plain values, in order."""
    found = {}
    for model in MODELS:
        columns = [field.name for field in model._meta.fields if field.name != "id"]
        found[model.__name__] = sorted(model.objects.values_list(*columns))
    return found


def recounted(now: datetime) -> dict[str, list[tuple]]:
    """Throw all cells away and count everything as of `now`."""
    for model in MODELS:
        model.objects.all().delete()
    for month in services.all_months():
        rollups.replace(rollups.month_slice(month), at=now)
        rollups.sum_month(month, None)
    return stored()


def mark_parcel(before: FactsRow | None, number: int, at: datetime) -> None:
    """Announce what the writer of facts would: `before` is the row as it was."""
    pairs = days_changed(before, held_rows([number])[number], today=business_day(at))
    changed.mark("parcels", pairs, at=at)


hours = st.integers(min_value=0, max_value=24 * 40)
maybe_hours = st.none() | hours


@st.composite
def parcel_times(draw) -> dict:
    accepted = START + timedelta(hours=draw(hours))

    def later(value: int | None) -> datetime | None:
        return None if value is None else accepted + timedelta(hours=value)

    attempt = later(draw(maybe_hours))
    return {
        "accepted_at": accepted,
        "due_at": later(draw(st.integers(12, 150))),
        "attempt_at": attempt,
        "attempt_done": attempt is not None and draw(st.booleans()),
        "done_at": later(draw(maybe_hours)),
        "site_id": draw(st.integers(2, 4)),
        "product_id": draw(st.integers(1, 2)),
        "courier_id": draw(st.none() | st.integers(1, 3)),
        "same_city": draw(st.booleans()),
        "out_t01": draw(st.booleans()),
        "lost": draw(st.booleans()),
        "damaged": draw(st.booleans()),
        "is_test": draw(st.integers(0, 9)) == 0,
        "cause_leg": draw(st.sampled_from(["", "transport", "delivery"])),
    }


class TestRefreshEqualsRecount(HypothesisTestCase):
    """Steps of random facts and random clock jumps, refreshed each time, against one recount."""

    @pytest.mark.req("ANA-01")
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        steps=st.lists(
            st.tuples(
                st.lists(st.tuples(st.integers(1, 12), parcel_times()), max_size=6),
                st.integers(1, 24 * 15),
            ),
            min_size=1,
            max_size=5,
        ),
        complaints=st.lists(
            st.tuples(hours, maybe_hours, st.none() | st.integers(2, 3)), max_size=4
        ),
    )
    def test_refresh_equals_recount(self, steps, complaints) -> None:
        now = START
        for pk in (1, 2, 3, 4):
            SiteFactory(pk=pk)
        for received, told, site in complaints:
            told_at = None if told is None else START + timedelta(hours=received + told)
            row = case_row(
                received_at=START + timedelta(hours=received),
                told_at=told_at,
                answered_at=told_at,
                site_id=site,
            )
            save_cases(row)
            days = {row.received_day, row.legal_due_day, row.first_due_day, row.settled_day}
            changed.mark("cases", {(day, site or 0) for day in days}, at=now)
        for changes, jump in steps:
            for number, times in changes:
                self.put(number, times, now)
            now += timedelta(hours=jump)
            services.refresh_dirty(now=now)

        result = stored()

        assert result == recounted(now)
        assert ChangedDay.objects.count() == 0
        assert services.watermark() == now

    @staticmethod
    def put(number: int, times: dict, now: datetime) -> None:
        """Write a parcel's facts as the fold would: old and new days are both announced."""
        before = held_rows([number]).get(number)
        ParcelFacts.objects.filter(pk=number).delete()
        save_parcels(parcel_row(number=number, **times))
        mark_parcel(before, number, now)


NOW = datetime(2026, 10, 20, tzinfo=UTC)


def three_months() -> None:
    for place, accepted_at in enumerate([NOW - timedelta(days=70), NOW - timedelta(days=40), NOW]):
        due_at = accepted_at + timedelta(hours=30)
        save_parcels(parcel_row(number=place + 1, accepted_at=accepted_at, due_at=due_at))


@pytest.mark.django_db
def test_time_alone_makes_a_parcel_late() -> None:
    save_parcels(parcel_row(accepted_at=NOW, due_at=NOW + timedelta(hours=5)))
    services.refresh_dirty(now=NOW)
    before = Cell.objects.get(metric="T01")

    services.refresh_dirty(now=NOW + timedelta(hours=5))

    after = Cell.objects.get(metric="T01")
    assert (before.hits, before.total, before.pending) == (0, 0, 1)
    assert (after.hits, after.total, after.pending) == (0, 1, 0)


@pytest.mark.django_db
def test_nothing_changed_costs_no_write(django_assert_max_num_queries) -> None:
    three_months()
    services.refresh_dirty(now=NOW)
    before = list(Cell.objects.values_list("pk"))

    with django_assert_max_num_queries(14):
        services.refresh_dirty(now=NOW)

    assert list(Cell.objects.values_list("pk")) == before


@pytest.mark.django_db(transaction=True)
def test_a_refresh_broken_between_months_is_finished_by_the_next(monkeypatch) -> None:
    three_months()
    write, calls = rollups.replace, []

    def dies_at_the_second(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise MemoryError
        return write(*args, **kwargs)

    monkeypatch.setattr(rollups, "replace", dies_at_the_second)
    with pytest.raises(MemoryError):
        services.refresh_dirty(now=NOW)
    kept = Cell.objects.count()
    monkeypatch.undo()

    services.refresh_dirty(now=NOW + timedelta(minutes=1))

    assert 0 < kept < Cell.objects.count()
    assert ChangedDay.objects.count() == 0
    result = stored()
    assert result == recounted(NOW + timedelta(minutes=1))


@pytest.mark.django_db
def test_a_change_during_the_recount_stays_marked(monkeypatch) -> None:
    """A scan that arrives while its day is counted must be counted by the next run."""
    three_months()
    services.refresh_dirty(now=NOW)
    row = ParcelFacts.objects.get(pk=3)
    mark_parcel(None, row.pk, NOW)
    count_month = rollups.sum_month

    def scan_arrives(*args):
        mark_parcel(None, row.pk, NOW)
        count_month(*args)

    monkeypatch.setattr(rollups, "sum_month", scan_arrives)

    services.refresh_dirty(now=NOW)

    assert ChangedDay.objects.filter(day=row.due_day).exists()


@pytest.mark.django_db
def test_an_older_run_does_not_overwrite_a_younger_one() -> None:
    """Both runs saw the parcel; the one with the earlier clock comes last."""
    row = parcel_row(accepted_at=NOW, due_at=NOW + timedelta(hours=5))
    save_parcels(row)
    services.refresh_dirty(now=NOW + timedelta(hours=6))
    mark_parcel(None, row.pk, NOW)

    services.refresh_dirty(now=NOW)

    assert Cell.objects.get(metric="T01").total == 1
    assert services.watermark() == NOW + timedelta(hours=6)


@pytest.mark.django_db
def test_a_busy_month_is_left_to_its_worker_and_the_watermark_waits() -> None:
    three_months()
    services.refresh_dirty(now=NOW)
    row = ParcelFacts.objects.get(pk=3)
    mark_parcel(None, row.pk, NOW)
    later = NOW + timedelta(minutes=1)
    month = business_day(NOW)
    name = f"kpi.cells.{month:%Y-%m}"
    Lease.objects.filter(name=name).update(until=later + timedelta(minutes=1))

    result = services.refresh_dirty(now=later)

    assert result["skipped"] == 1
    assert services.watermark() == NOW
    assert ChangedDay.objects.exists()


@pytest.mark.django_db
def test_rebuild_of_a_period_repairs_a_wrong_cell() -> None:
    three_months()
    services.refresh_dirty(now=NOW)
    wrong = Cell.objects.filter(metric="S02").first()
    Cell.objects.filter(pk=wrong.pk).update(total=77)

    services.rebuild(now=NOW)

    result = stored()
    assert result == recounted(NOW)
    assert Watermark.objects.get(name="figures").through == NOW

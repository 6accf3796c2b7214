"""Double entry: cells from the fold's facts against a recount from raw scans."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command

from courierqa.core.models import ChangedDay
from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from kpi.models import Cell, Verification
from kpi.verification import counting
from shipments.enums import Source
from shipments.models import ParcelFacts, ScanEvent
from tests.kpi.histories import START, tell

pytestmark = pytest.mark.django_db
NOW = START.replace(month=10, day=25)
OCTOBER = parse_period("2026-10")


def verified(now=NOW) -> list[dict]:
    return services.verify_period(OCTOBER, now=now).differences


@pytest.mark.req("ANA-01")
@pytest.mark.parametrize("seed", [0, 1, 4])
def test_two_ways_of_counting_agree_over_every_odd_history(seed: int) -> None:
    tell(seed, parcels=40)

    assert verified() == []
    assert services.verify_period(parse_period("2026-09"), now=NOW).differences == []
    assert Cell.objects.filter(metric="T01").exists()


def test_parcels_whose_source_tells_no_attempts_leave_the_first_attempt_rate() -> None:
    """A file of deliveries alone would show 100 %; both ways of counting leave such parcels out."""
    tell(1, parcels=60, source=Source.IMPORT)

    assert verified() == []

    tried = ParcelFacts.objects.filter(attempt_day__month=10, is_test=False)
    (d01,) = selectors.figures(OCTOBER, metric="D01")
    silent = tried.filter(attempts_told=False)
    assert silent.exists()
    assert not silent.filter(attempt_done=False).exists()
    assert (d01.excluded, d01.total) == (silent.count(), tried.filter(attempts_told=True).count())


def test_couriers_own_scans_always_tell_attempts() -> None:
    tell(1, parcels=40)

    assert not ParcelFacts.objects.filter(attempt_done=True, attempts_told=False).exists()


def test_a_changed_cell_is_found_and_named() -> None:
    tell(1, parcels=30)
    services.refresh_dirty(now=NOW)
    cell = Cell.objects.filter(metric="T01", day__month=10, total__gt=0).first()
    Cell.objects.filter(pk=cell.pk).update(hits=cell.hits + 1, total=cell.total + 1)

    (found,) = verified()

    assert (found["metric"], found["day"]) == ("T01", cell.day.isoformat())
    assert (found["site"], found["product"]) == (cell.site_id, cell.product_id)
    assert found["stored"]["hits"] == found["recounted"]["hits"] + 1
    # Facts and raw scans agree: only the stored cell is wrong.
    assert found["records"] == []


def test_a_missing_and_an_invented_cell_are_found() -> None:
    tell(1, parcels=30)
    services.refresh_dirty(now=NOW)
    Cell.objects.filter(metric="S02", day__month=10).first().delete()
    Cell.objects.create(
        metric="C03", day=OCTOBER.start_day, site_id=1, product_id=1, hits=0, total=4
    )

    assert {one["metric"] for one in verified()} == {"S02", "C03"}


def test_a_changed_scan_is_found_with_its_parcel() -> None:
    """Somebody moves a delivery behind the back of the product, before its deadline."""
    tell(2, parcels=40)
    services.refresh_dirty(now=NOW)
    row = ParcelFacts.objects.filter(
        due_day__month=10, done_at__isnull=False, out_t01=False, is_test=False
    ).first()
    events = ScanEvent.objects.filter(parcel_id=row.pk, code__in=["DLV", "RDY"])
    # The database itself refuses changes of scans; a forger with the keys would lift that first.
    _forge(events)

    found = [one for one in verified() if one["metric"] in ("T01", "D01", "T02")]

    assert found
    assert all(row.waybill in one["records"] for one in found)


def _forge(events) -> None:
    from django.db import connection

    with lifted(connection):
        events.update(code="NTF")


@contextmanager
def lifted(connection, *tables: str) -> Iterator[None]:
    """Take the guards off the table of scans, or those named, and put them back."""
    with connection.cursor() as cursor:
        triggers = [
            statement
            for table in tables or ("shipments_scanevent",)
            for statement in _lift(cursor, connection.vendor, table)
        ]
        yield
        for statement in triggers:
            cursor.execute(statement)


def _lift(cursor, vendor: str, table: str) -> list[str]:
    """Take the guards off the table; return what puts them back."""
    if vendor == "sqlite":
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
        )
        rows = cursor.fetchall()
        for name, _sql in rows:
            cursor.execute(f'DROP TRIGGER "{name}"')
        return [sql for _name, sql in rows]
    # A table whose foreign keys are still to be looked at cannot be altered.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    return ["SET CONSTRAINTS ALL IMMEDIATE", f"ALTER TABLE {table} ENABLE TRIGGER USER"]


def test_days_waiting_for_a_refresh_are_no_alarm() -> None:
    """A scan that arrives during the check makes its day wait, not differ."""
    from courierqa.core import changed

    tell(1, parcels=30)
    services.refresh_dirty(now=NOW)
    cell = Cell.objects.filter(metric="T01", day__month=10).first()
    from kpi.verification import comparing, counting

    found = counting.recount(OCTOBER, as_of=NOW)
    Cell.objects.filter(pk=cell.pk).update(hits=cell.hits + 1)
    changed.mark("parcels", [(cell.day, cell.site_id)], at=NOW)

    assert comparing.differences(OCTOBER, found, as_of=NOW) == []


@pytest.mark.parametrize("turns", [1, services.MOST_TURNS])
def test_a_refresh_beside_the_check_is_no_alarm(monkeypatch: pytest.MonkeyPatch, turns: int):
    """Cells of a later moment are held against a count as of that moment, not of the earlier."""
    tell(1, parcels=40)
    early, count = NOW - timedelta(days=14), counting.recount
    outrun = iter([NOW])

    def counted(period, *, as_of):
        found = count(period, as_of=as_of)
        for later in outrun:
            services.refresh_dirty(now=later)
        return found

    monkeypatch.setattr(counting, "recount", counted)
    monkeypatch.setattr(services, "MOST_TURNS", turns)

    # One turn alone shows that the refresh does move cells.
    assert bool(verified(now=early)) == (turns == 1)


def test_the_command_fails_on_a_difference() -> None:
    tell(1, parcels=20)
    services.refresh_dirty(now=NOW)
    Cell.objects.filter(metric="T01").update(excluded=9)
    out = io.StringIO()

    with pytest.raises(SystemExit) as stop:
        call_command("verify_figures", period="2026-10", format="json", stdout=out)

    result = json.loads(out.getvalue())
    assert stop.value.code == 1
    assert result["ok"] is False
    assert result["differences"]


def test_the_nightly_check_keeps_its_result() -> None:
    tell(1, parcels=20)

    result = services.verify_recent(now=NOW)

    assert result["different"] == []
    assert {"2026-10", "2026-09"} <= set(Verification.objects.values_list("period", flat=True))


def test_an_empty_month_and_a_parcel_without_scans_agree() -> None:
    from tests.factories import shipments as make

    assert verified() == []
    make.order(at=START)

    assert verified() == []


@pytest.mark.req("ANA-02")
def test_complaints_agree_too_and_a_repeat_is_received_once() -> None:
    """Three complaints, one a repeat, one withdrawn, and a query: 2 received, 2 due by law."""
    from complaints import services as desk
    from tests.factories import shipments as make
    from tests.factories.complaints import open_case

    agent = make.user("agent")
    at = START.replace(month=10, day=2)
    first = open_case(by=agent, at=at)
    open_case(by=agent, at=at + timedelta(days=1), repeat_of=first)
    withdrawn = open_case(by=agent, at=at)
    open_case(by=agent, at=at, kind="query")
    desk.withdraw_case(case=withdrawn, by=agent, at=at + timedelta(days=1), reason="settled")

    found = {one.metric: one for one in _october()}

    assert verified() == []
    assert found["C01"].hits == 2
    assert (found["C03"].total, found["C03"].excluded) == (2, 1)


def _october():
    from kpi import selectors

    services.refresh_dirty(now=NOW)
    return selectors.figures(OCTOBER)


def test_the_migration_marks_what_the_fold_would_and_asks_for_a_recount() -> None:
    """An installation from before: every row says that attempts are told."""
    tell(1, parcels=60, source=Source.IMPORT)
    services.refresh_dirty(now=NOW)
    wanted = set(
        ParcelFacts.objects.filter(attempt_done=True, attempts_told=False).values_list(
            "pk", flat=True
        )
    )
    ParcelFacts.objects.update(attempts_told=True)

    import_module("shipments.migrations.0024_attempts_told_of_imports").load(apps, None)

    silent = ParcelFacts.objects.filter(attempts_told=False, attempt_done=True)
    assert set(silent.values_list("pk", flat=True)) == wanted
    assert ChangedDay.objects.filter(source="parcels").exists()
    assert verified() == []


@pytest.mark.parametrize("first", ["", "locker"])
def test_a_handover_minutes_after_a_delivered_that_said_less_counts_on_both_ways(first) -> None:
    from tests.factories import shipments as make

    parcel, door = make.accept(make.order(at=START), START), START + timedelta(hours=30)
    there = {"site_id": parcel.destination_id}
    make.tell(
        make.scan(parcel, "DLV", door, detail={"way": first}, **there),
        make.scan(parcel, "DLV", door + timedelta(minutes=4), detail={"way": "recipient"}, **there),
    )

    assert ParcelFacts.objects.get().done_at == door + timedelta(minutes=4)
    assert services.verify_period(parse_period("2026-09"), now=NOW).differences == []
    assert verified() == []

"""The checks of the parcel machine can fail: each complains about a row that is not right.

Rows are changed behind the services' back, as a fault of ours, or somebody with the rights of the
database's owner, would.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from courierqa.core.errors import DomainError
from courierqa.core.insert_only import lifted
from courierqa.core.models import StatusChange
from shipments import services
from shipments.enums import State
from shipments.models import (
    CodEntry,
    Finding,
    Parcel,
    ParcelException,
    ParcelFacts,
    Placement,
    ScanEvent,
)
from tests.properties.parcel_life import checks
from tests.properties.parcel_life.machine import ParcelMachine
from tests.properties.parcel_life.stage import set_stage
from tests.properties.test_fold import NINE, event

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def machine() -> Any:
    ParcelMachine.stage = set_stage()
    made = ParcelMachine()
    made.begin(scene="in the locker", cod=True, agreement=False)
    made.everything_fits()
    yield made
    made.sound = False
    made.teardown()


def scan_behind_our_back(parcel: Parcel) -> None:
    """A scan that nobody folded."""
    last = ScanEvent.objects.filter(parcel_id=parcel.pk).order_by("pk").last()
    assert last is not None
    last.pk, last.uid, last.code, last.device = None, uuid4(), "OFD", "office"
    last.effective_at += timedelta(hours=1)
    last.save()


def status_without_history(parcel: Parcel) -> None:
    row = services.open_exception(
        parcel=parcel, kind="other", site_id=parcel.origin_id, at=parcel.last_event_at, actor=None
    )
    ParcelException.objects.filter(pk=row.pk).update(status="told")


def illegal_step(parcel: Parcel) -> None:
    status_without_history(parcel)
    row = ParcelException.objects.get()
    StatusChange.objects.create(
        object_type="shipments.parcelexception", object_id=row.pk, verb="put_back",
        at=row.opened_at, from_status="new", to_status="told",
    )  # fmt: skip


def money_from_nowhere(parcel: Parcel) -> None:
    CodEntry.objects.create(
        parcel=parcel, kind="collected", amount_fen=parcel.cod_fen, expected_fen=parcel.cod_fen,
        day=parcel.accepted_at.date(), at=parcel.accepted_at, event_uid=uuid4(),
    )  # fmt: skip


def changed_scan(parcel: Parcel) -> None:
    with lifted(connection):
        ScanEvent.objects.filter(parcel_id=parcel.pk, code="RDY").update(reason="moved")


def due_before_it_was_open(parcel: Parcel) -> None:
    status_without_history(parcel)
    row = ParcelException.objects.get()
    ParcelException.objects.update(status="new", due_at=row.opened_at - timedelta(hours=1))


def set_to(**values: Any) -> Callable[[Parcel], None]:
    def corrupt(parcel: Parcel) -> None:
        Parcel.objects.filter(pk=parcel.pk).update(**values)

    corrupt.__name__ = "_".join(values)
    return corrupt


def facts_left_behind(parcel: Parcel) -> None:
    ParcelFacts.objects.filter(parcel=parcel).update(state="out")


def finding_from_nowhere(parcel: Parcel) -> None:
    Finding.objects.create(
        parcel=parcel, kind="missing_scan", code="gap", event_uid=uuid4(),
        found_at=parcel.accepted_at,
    )  # fmt: skip


@pytest.mark.parametrize(
    "corrupt",
    [
        set_to(state="delivered"), set_to(state="returned"), set_to(conditions=["held"]),
        set_to(done_at=None), set_to(promised_original=None), facts_left_behind,
        scan_behind_our_back, changed_scan, status_without_history, illegal_step,
        due_before_it_was_open, money_from_nowhere,
        finding_from_nowhere,
    ],
)  # fmt: skip
def test_the_checks_complain_about_a_corrupted_row(machine, corrupt):
    parcel = Parcel.objects.get(pk=next(iter(machine.states)))

    corrupt(parcel)

    with pytest.raises(AssertionError):
        machine.everything_fits()


def test_a_refusal_that_wrote_something_is_found(machine):
    parcel = Parcel.objects.get(pk=next(iter(machine.states)))

    def refuse_too_late(*, at: Any, actor: Any) -> None:
        Parcel.objects.filter(pk=parcel.pk).update(fee_fen=1)
        raise DomainError("no")

    with pytest.raises(AssertionError, match="yet wrote"):
        machine.deed(refuse_too_late)


def test_a_page_that_moves_a_stopped_parcel_is_found(machine):
    machine.stop(pick=0)
    machine.everything_fits()
    parcel = Parcel.objects.get(pk=next(iter(machine.states)))

    def move(*, at: Any, actor: Any) -> None:
        scan = machine.scan(parcel, "OFD", person=machine.courier(0))
        services.record_scans([scan], source="office", recorded_at=at)
        machine.taken.add(scan.uid)

    machine.deed(move)

    with pytest.raises(AssertionError, match="stopped"):
        machine.everything_fits()


def test_an_open_placement_of_a_parcel_that_left_is_found(machine):
    machine.tell(Parcel.objects.get(pk=next(iter(machine.states))), "OFD")
    machine.everything_fits()
    Placement.objects.update(left_at=None)

    with pytest.raises(AssertionError, match="waits"):
        machine.everything_fits()


def test_a_row_that_no_telling_of_the_events_gives_is_found(machine):
    parcel = Parcel.objects.get(pk=next(iter(machine.states)))
    Parcel.objects.filter(pk=parcel.pk).update(promised_by=parcel.promised_by + timedelta(hours=1))

    with pytest.raises(AssertionError, match="another order"):
        machine.tell_it_otherwise()


@pytest.mark.parametrize(
    ("before", "code", "after", "gap"),
    [
        ("delivered", "OFD", "out", True), ("out", "FND", "at_site", False),
        ("at_site", "OFD", "out", False), ("ordered", "DLV", "at_point", False),
        ("at_point", "DNR", "undelivered", False), ("returning", "DLV", "delivered", True),
    ],
)  # fmt: skip
def test_a_step_that_the_table_does_not_have_is_found(before, code, after, gap):
    said = event(1, code, NINE, detail={"way": "recipient"})

    assert not checks.is_legal(State(before), said, State(after), gap=gap)

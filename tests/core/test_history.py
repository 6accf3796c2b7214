"""A status changes in one way only, and what happened cannot be edited."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from courierqa.core import history
from courierqa.core.errors import IllegalTransition
from courierqa.core.insert_only import guarded_tables
from courierqa.core.models import Approval, AuditEntry, ClockMiss, StatusChange
from tests.factories import core as make

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
MACHINE = history.Machine(
    "approval",
    {"requested": {"approve": "approved", "reject": "rejected"}, "rejected": {"ask": "requested"}},
    field="state",
)


def move(row, verb, **fields):
    with transaction.atomic():
        return history.transition(
            row, verb, machine=MACHINE, actor=row.requested_by, at=NOW, **fields
        )


@pytest.mark.django_db
@pytest.mark.req("ROL-02")
def test_transition_writes_status_fields_history_and_audit_together():
    row = make.approval()

    change = move(row, "reject", reason="not needed", changes={"note": "no"}, detail={"x": 1})

    row.refresh_from_db()
    assert (row.state, row.note) == ("rejected", "no")
    assert (change.from_status, change.to_status, change.verb) == (
        "requested",
        "rejected",
        "reject",
    )
    assert (change.actor, change.at, change.reason) == (row.requested_by, NOW, "not needed")
    assert history.changes_of(row) == [change]
    entry = AuditEntry.objects.get(action="approval.reject")
    assert (entry.object_id, entry.fields, entry.actor_id) == (
        str(row.pk), ["note"], row.requested_by_id,
    )  # fmt: skip


@pytest.mark.django_db
def test_transition_refuses_a_verb_the_status_does_not_allow():
    row = make.approval()
    move(row, "approve")

    with pytest.raises(IllegalTransition) as refused:
        move(row, "reject")

    assert refused.value.code == "illegal_transition"
    assert [change.verb for change in history.changes_of(row)] == ["approve"]


@pytest.mark.django_db
def test_transition_believes_the_database_and_not_the_object_in_hand():
    row = make.approval()
    stale = Approval.objects.get(pk=row.pk)
    move(row, "approve")

    with pytest.raises(IllegalTransition):
        move(stale, "reject")


@pytest.mark.django_db(transaction=True)
def test_transition_outside_a_transaction_is_a_mistake():
    row = make.approval()

    with pytest.raises(RuntimeError):
        history.transition(row, "approve", machine=MACHINE, actor=None, at=NOW)


def race(row, press):
    """Let two people press at once; return the names of the errors."""
    barrier, errors = threading.Barrier(2), []

    def one():
        try:
            barrier.wait(timeout=10)
            press(row.pk)
        except Exception as error:
            errors.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return errors


@pytest.mark.django_db(transaction=True)
def test_of_two_people_pressing_at_once_one_is_refused():
    for _round in range(10):
        row = make.approval()

        errors = race(row, lambda pk: move(Approval.objects.get(pk=pk), "approve"))

        assert errors == ["IllegalTransition"]
        assert StatusChange.objects.filter(object_id=row.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_both_presses_would_count():
    meet = threading.Barrier(2)

    def press(pk):
        row = Approval.objects.get(pk=pk)
        assert MACHINE.target(row.state, "approve") == "approved"
        meet.wait(timeout=10)
        row.state = "approved"
        row.save()
        StatusChange.objects.create(
            object_type="x", object_id=pk, verb="approve", to_status="approved", at=NOW
        )

    row = make.approval()

    assert race(row, press) == []
    assert StatusChange.objects.filter(object_id=row.pk).count() == 2


# --- insert-only tables ---------------------------------------------------------------------


def history_row():
    return StatusChange.objects.create(
        object_type="t", object_id=1, verb="v", to_status="s", at=NOW
    )


def audit_row():
    return AuditEntry.objects.create(at=NOW, action="a.b")


def miss_row():
    return ClockMiss.objects.create(
        object_type="t", object_id=1, clock="c", due_at=NOW, noticed_at=NOW
    )


@pytest.mark.django_db
@pytest.mark.parametrize("made", [history_row, audit_row, miss_row])
@pytest.mark.req("ROL-02")
def test_insert_only_rows_can_be_neither_changed_nor_removed(made):
    row = made()
    table = row._meta.db_table
    for sql in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):
        with (
            pytest.raises(DatabaseError, match="insert-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)

    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.django_db
def test_insert_only_rows_cannot_be_replaced_or_truncated():
    row = history_row()
    if connection.vendor == "sqlite":
        columns = "id, object_type, object_id, verb, from_status, to_status, at, recorded_at"
        sql = (
            f"INSERT OR REPLACE INTO core_statuschange ({columns}, reason, detail)"
            f" VALUES ({row.pk}, 'x', 1, 'x', '', 'x', '2026-01-01', '2026-01-01', '', '{{}}')"
        )
    else:
        sql = "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE core_statuschange"

    with (
        pytest.raises(DatabaseError, match="insert-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.django_db
def test_every_history_table_carries_its_guard():
    tables = {"core_statuschange", "core_auditentry", "core_auditseal", "core_clockmiss"}

    assert tables <= guarded_tables(connection)


@pytest.mark.django_db(transaction=True)
def test_flush_empties_history_and_puts_guards_and_reference_data_back():
    from django.core.management import call_command

    from courierqa.core.models import Calendar

    history_row()
    guards = guarded_tables(connection)

    call_command("flush", interactive=False, verbosity=0)

    assert not StatusChange.objects.exists()
    assert guarded_tables(connection) == guards
    assert Calendar.objects.filter(code="CN").exists()

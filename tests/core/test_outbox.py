"""Effects: written with their cause, run at least once, kept once, never lost in silence."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from celery import Celery
from django.db import connection, transaction

from courierqa.core import outbox
from courierqa.core.enums import EffectState
from courierqa.core.models import Effect, JobRun
from courierqa.core.outbox import running

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LATER = NOW + timedelta(days=2)


@outbox.effect("test.note", max_attempts=3)
def note(payload, *, now):
    JobRun.objects.create(name=payload["name"], started_at=now)


@outbox.effect("test.fail", max_attempts=3)
def fail(payload, *, now):
    JobRun.objects.create(name="half done", started_at=now)
    raise OSError("13812345678 is not reachable")


@outbox.effect("test.outside", atomic=False)
def outside(payload, *, now):
    JobRun.objects.create(name="outside", started_at=now)
    raise OSError


@outbox.effect("test.stolen")
def stolen(payload, *, now):
    """Work so slowly that another worker takes the effect over before the commit."""
    JobRun.objects.create(name="slow", started_at=now)
    Effect.objects.filter(key=payload["key"]).update(fence=99)


def emit(kind="test.note", key="k", **payload):
    outbox.emit(kind, key, {"name": "done", "key": key, **payload}, run_after=NOW)
    return Effect.objects.get(key=key)


def names():
    return list(JobRun.objects.values_list("name", flat=True))


@pytest.mark.django_db
def test_the_same_key_twice_is_one_effect():
    emit()
    emit(name="other")

    assert outbox.run_due(now=NOW) == 1
    assert names() == ["done"]
    assert outbox.run_due(now=LATER) == 0


@pytest.mark.django_db
def test_an_effect_of_a_rolled_back_cause_never_was():
    with transaction.atomic():
        emit()
        transaction.set_rollback(True)

    assert outbox.run_due(now=NOW) == 0


@pytest.mark.django_db
def test_an_effect_waits_for_its_time():
    outbox.emit("test.note", "later", {"name": "later"}, run_after=LATER)

    assert outbox.run_due(now=NOW) == 0
    assert outbox.run_due(now=LATER) == 1


@pytest.mark.django_db
def test_a_failure_leaves_nothing_half_done_and_waits_longer_each_time():
    row, waits, now = emit("test.fail"), [], NOW
    for _attempt in range(2):
        outbox.run_effect(row.pk, now=now)
        row.refresh_from_db()
        waits.append((row.run_after - now).total_seconds())
        now = row.run_after

    assert names() == []
    assert waits == [5, 10]
    assert row.state == EffectState.WAITING


@pytest.mark.django_db
def test_a_job_that_never_works_is_parked_and_others_go_on():
    row, other = emit("test.fail"), emit(key="other")
    for step in range(6):
        outbox.run_due(now=NOW + timedelta(hours=step))

    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.state, row.attempts) == (EffectState.PARKED, 3)
    # The kind of error only: a message may name a person.
    assert row.last_error == "OSError"
    assert other.state == EffectState.DONE


@pytest.mark.django_db
def test_a_job_that_kills_its_worker_is_parked_after_three_deaths():
    row = emit()
    for death in range(4):
        row.refresh_from_db()
        running._claim(row, outbox.handler_of("test.note"), NOW + timedelta(minutes=2 * death))

    row.refresh_from_db()
    assert (row.state, row.crashes) == (EffectState.PARKED, 3)


@pytest.mark.django_db
def test_a_parked_job_tries_again_when_a_person_says_so():
    row = emit("test.fail")
    Effect.objects.filter(pk=row.pk).update(state=EffectState.PARKED, kind="test.note", attempts=3)

    outbox.unpark(row, by=None, at=NOW)

    assert outbox.run_due(now=NOW) == 1


@pytest.mark.django_db
def test_an_unknown_kind_is_parked_and_not_lost():
    row = emit("test.unknown")

    assert outbox.run_due(now=NOW) == 0
    row.refresh_from_db()
    assert row.state == EffectState.PARKED


@pytest.mark.django_db
def test_work_taken_over_by_another_worker_is_not_kept():
    row = emit("test.stolen")

    assert outbox.run_effect(row.pk, now=NOW) is False
    assert names() == []


@pytest.mark.django_db
def test_an_orphan_is_run_again_only_when_its_lease_is_over():
    row = emit()
    running._claim(row, outbox.handler_of("test.note"), NOW)

    assert outbox.run_due(now=NOW + timedelta(seconds=59)) == 0
    assert outbox.run_due(now=NOW + timedelta(seconds=60)) == 1
    assert names() == ["done"]


@pytest.mark.django_db
def test_an_effect_of_the_outside_world_keeps_what_it_committed():
    row = emit("test.outside")

    outbox.run_effect(row.pk, now=NOW)

    row.refresh_from_db()
    assert names() == ["outside"]
    assert (row.state, row.attempts) == (EffectState.WAITING, 1)


def in_threads(count, work):
    """Start all at one moment; return the results."""
    barrier, results = threading.Barrier(count), []

    def one():
        try:
            barrier.wait(timeout=10)
            results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.django_db(transaction=True)
def test_eight_workers_at_once_run_an_effect_once():
    for turn in range(10):
        row = emit(key=f"race{turn}")

        results = in_threads(8, lambda pk=row.pk: outbox.run_effect(pk, now=NOW))

        assert sorted(map(bool, results)) == [False] * 7 + [True]
    assert names() == ["done"] * 10


@pytest.mark.django_db(transaction=True)
def test_control_without_the_claim_all_workers_would_run_it():
    row = emit()
    meet = threading.Barrier(3)

    def unguarded():
        found = running.due(NOW).get(pk=row.pk)
        meet.wait(timeout=10)
        note(found.payload, now=NOW)

    in_threads(3, unguarded)

    assert names() == ["done"] * 3


@pytest.mark.django_db(transaction=True)
def test_emitting_one_key_from_many_threads_makes_one_row():
    in_threads(6, lambda: emit(key="same"))

    assert Effect.objects.filter(key="same").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_dead_redis_never_stops_a_request(settings, monkeypatch):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    dead = Celery("dead", broker=settings.REDIS_URL, set_as_current=False)
    monkeypatch.setattr("courierqa.celery.app", dead)

    with transaction.atomic():
        emit()

    assert Effect.objects.get().state == EffectState.WAITING
    assert outbox.relay(now=NOW) == {"rung": 0}


@pytest.mark.django_db(transaction=True)
def test_without_redis_nothing_is_sent_to_celery(settings, monkeypatch):
    settings.REDIS_URL = ""
    from courierqa.celery import app

    def refuse(*args, **kwargs):
        raise AssertionError("sent")

    monkeypatch.setattr(app, "send_task", refuse)

    with transaction.atomic():
        emit()

    assert outbox.relay(now=NOW) == {"rung": 0}

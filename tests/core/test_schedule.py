"""Leases and recurring work: one run at a time, every run visible."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from courierqa.core import leases, schedule
from courierqa.core.models import JobRun
from tests.core.test_outbox import in_threads

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
PATH = "tests.core.test_schedule"


def busy(*, now):
    schedule.progress(3, 4)
    return {"made": 4}


def idle(*, now):
    return {"made": 0}


def broken(*, now):
    raise KeyError("secret")


@pytest.fixture
def entries(settings):
    settings.SCHEDULE = {name: (f"{PATH}.{name}", 60) for name in ("busy", "idle", "broken")}


@pytest.mark.django_db
def test_a_lease_is_held_by_one():
    with (
        leases.hold("job", now=NOW),
        pytest.raises(leases.LeaseBusy),
        leases.hold("job", now=NOW),
    ):
        pass

    with leases.hold("job", now=NOW) as lease:
        lease.check()


@pytest.mark.django_db
def test_a_lease_that_ran_out_is_lost_to_the_next_holder():
    slow = leases.take("job", seconds=60, now=NOW)
    leases.take("job", seconds=60, now=NOW + timedelta(seconds=60))

    @transaction.atomic
    def late_work():
        JobRun.objects.create(name="late work", started_at=NOW)
        slow.check()

    with pytest.raises(leases.LeaseLost):
        late_work()
    assert not JobRun.objects.exists()
    with pytest.raises(leases.LeaseLost):
        slow.renew(now=NOW)


@pytest.mark.django_db
def test_a_renewed_lease_stays():
    lease = leases.take("job", seconds=60, now=NOW)
    lease.renew(now=NOW + timedelta(seconds=50))

    with pytest.raises(leases.LeaseBusy):
        leases.take("job", seconds=60, now=NOW + timedelta(seconds=100))


@pytest.mark.django_db(transaction=True)
def test_of_many_takers_one_gets_the_lease():
    for turn in range(10):
        results = in_threads(6, lambda n=turn: leases.take(f"job{n}", seconds=60, now=NOW))

        held = [result for result in results if isinstance(result, leases.Held)]
        assert len(held) == 1


@pytest.mark.django_db
def test_a_run_shows_its_progress_and_result(entries):
    run = schedule.run_scheduled("busy", now=NOW)

    assert (run.ok, run.done, run.total, run.result) == (True, 3, 4, {"made": 4})
    assert run.started_at == NOW


@pytest.mark.django_db
def test_a_failed_run_says_so_without_secrets(entries):
    run = schedule.run_scheduled("broken", now=NOW)

    assert (run.ok, run.error) == (False, "KeyError")


@pytest.mark.django_db
def test_quiet_runs_share_one_row(entries):
    for minute in range(5):
        schedule.run_scheduled("idle", now=NOW + timedelta(minutes=minute))

    run = JobRun.objects.get()
    assert (run.started_at, run.beat_at) == (NOW, NOW + timedelta(minutes=4))


@pytest.mark.django_db
def test_two_beats_make_one_run(entries):
    assert schedule.run_scheduled("busy", now=NOW) is not None
    assert schedule.run_scheduled("busy", now=NOW + timedelta(seconds=1)) is None
    assert schedule.run_scheduled("busy", now=NOW + timedelta(seconds=60)) is not None


@pytest.mark.django_db
def test_entries_are_due_when_their_time_has_come(entries):
    schedule.run_scheduled("busy", now=NOW)

    assert schedule.due_names(NOW + timedelta(seconds=59)) == ["idle", "broken"]
    assert "busy" in schedule.due_names(NOW + timedelta(seconds=60))
    # A server clock that jumped back an hour does not stop recurring work for an hour.
    assert "busy" in schedule.due_names(NOW - timedelta(hours=1))


@pytest.mark.django_db
def test_a_requested_job_is_shown_as_a_run():
    def broken_import():
        with schedule.job("import", now=NOW):
            schedule.progress(1, 2)
            raise ValueError

    with pytest.raises(ValueError):
        broken_import()
    run = JobRun.objects.get()
    assert (run.name, run.ok, run.done, run.error) == ("import", False, 1, "ValueError")

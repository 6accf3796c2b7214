"""A lease is short, is kept alive by its holder, and dies with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from courierqa.core import leases, schedule
from courierqa.core.models import Lease
from kpi import services as kpi
from tests.servers import wait_until

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def until() -> datetime | None:
    return Lease.objects.get(name="job").until


@pytest.mark.django_db(transaction=True)
def test_a_holder_at_work_is_not_overtaken():
    with leases.hold("job", 1, now=NOW) as lease:
        first = NOW + timedelta(seconds=1)
        wait_until(lambda: until() > first, seconds=20, what="a renewal")
        with pytest.raises(leases.LeaseBusy):
            leases.take("job", seconds=1, now=first)
        with transaction.atomic():
            lease.check()

    assert until() is None


@pytest.mark.django_db(transaction=True)
def test_a_holder_who_lost_it_leaves_the_next_one_alone():
    with leases.hold("job", 60, now=NOW):
        other = leases.take("job", seconds=60, now=NOW + timedelta(seconds=61))

    assert until() == NOW + timedelta(seconds=121)
    with transaction.atomic():
        other.check()


def test_what_a_killed_worker_held_is_free_within_a_minute():
    assert max(schedule.LEASE_SECONDS, kpi.LEASE_SECONDS) <= 60

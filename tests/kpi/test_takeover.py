"""A refresh that was killed amid a month is finished by the next one within a minute."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courierqa.core import leases
from courierqa.core.models import ChangedDay
from kpi import services
from kpi.models import Cell
from tests.factories.kpi import parcel_row, save_parcels

pytestmark = pytest.mark.django_db
ACCEPTED = datetime(2026, 9, 7, 2, tzinfo=UTC)


def killed_at(now: datetime) -> None:
    """Leave behind what `kill -9` leaves: a month marked and its lease taken."""
    due = ACCEPTED + timedelta(days=2)
    save_parcels(parcel_row(accepted_at=ACCEPTED, due_at=due))
    services.mark_months(services.all_months(), now=now)
    leases.take("kpi.cells.2026-09", seconds=services.LEASE_SECONDS, now=now)


def test_the_month_of_a_killed_refresh_is_counted_within_a_minute() -> None:
    killed = ACCEPTED + timedelta(days=9)
    killed_at(killed)

    early = services.refresh_dirty(now=killed + timedelta(seconds=30))
    late = services.refresh_dirty(now=killed + timedelta(seconds=60))

    assert (early["skipped"], late["skipped"]) == (1, 0)
    assert Cell.objects.get(metric="T01").total == 1
    assert not ChangedDay.objects.exists()


def test_the_command_fails_while_a_month_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    killed_at(timezone.now())

    with pytest.raises(CommandError, match="again in a minute"):
        call_command("refresh_figures")

    assert json.loads(capsys.readouterr().out)["skipped"] == 1

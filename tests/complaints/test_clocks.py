"""The clocks of a case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from complaints import clocks
from complaints.models import Reason
from courierqa.core.calendars import zone

pytestmark = pytest.mark.django_db


@pytest.mark.req("CMP-13")
@pytest.mark.parametrize("hour", [0, 9, 23])
def test_legal_due_ends_with_the_seventh_day_after_receipt(hour):
    received = datetime(2026, 9, 28, hour, 59, tzinfo=zone())

    due = timezone.localtime(clocks.legal_due(received), zone())

    assert (due.date().isoformat(), due.hour, due.minute) == ("2026-10-05", 23, 59)
    assert (due + timedelta(microseconds=1)).date().isoformat() == "2026-10-06"


def test_first_due_counts_calendar_hours():
    start = datetime(2026, 10, 1, 20, 0, tzinfo=UTC)

    assert clocks.first_due(Reason(first_hours=2), start) == start + timedelta(hours=2)

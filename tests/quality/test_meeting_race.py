"""Two schedulers lay out one series at once: each meeting is there once; the control doubles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from courierqa.core import recurrence
from quality.models import Meeting, MeetingSeries
from quality.services import communication as services
from tests.quality.conftest import NOW, Loop
from tests.quality.test_communication import series

LATER = NOW + timedelta(days=60)
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("COM-03", "IMP-07")]


@pytest.fixture(autouse=True)
def on_postgres() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time: this race needs PostgreSQL")


@pytest.fixture
def loose(db: None) -> Iterator[None]:
    """Take the constraint away that makes a meeting of a series once."""
    once = next(c for c in Meeting._meta.constraints if c.name == "quality_meeting_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Meeting, once)
    yield
    Meeting.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Meeting, once)


def together(deed: Callable[[Barrier], None], times: int = 4) -> None:
    gate = Barrier(times)

    def run(_turn: int) -> None:
        try:
            deed(gate)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        list(pool.map(run, range(times)))


def look_then_write(row: MeetingSeries) -> Callable[[Barrier], None]:
    """Return the steps of a layout, held between looking and writing."""

    def deed(gate: Barrier) -> None:
        rule = recurrence.Rule(row.every, row.interval, row.anchor)
        days = recurrence.due_days(rule, NOW.date(), NOW.date() + timedelta(days=90))
        known = set(row.meetings.values_list("planned_day", flat=True))
        gate.wait(30)
        missing = [one for one in days if one not in known]
        recurrence.insert(Meeting, row.pk, missing, kind=row.kind, title=row.title,
                          chair_id=row.chair_id, agenda=row.agenda)  # fmt: skip

    return deed


def doubled(row: MeetingSeries) -> int:
    days = list(row.meetings.values_list("planned_day", flat=True))
    return len(days) - len(set(days))


def test_each_meeting_of_a_series_is_there_once(loop: Loop) -> None:
    row = series(loop)

    def run(gate: Barrier) -> None:
        gate.wait(30)
        services.run_series(now=LATER)

    together(run)
    assert (row.meetings.count() > 5, doubled(row)) == (True, 0)
    together(look_then_write(row))
    assert doubled(row) == 0


def test_control_without_the_constraint_the_same_steps_double(loose: None, loop: Loop) -> None:
    row = series(loop)
    together(look_then_write(row))
    assert doubled(row) > 0

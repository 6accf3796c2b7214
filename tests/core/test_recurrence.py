"""Recurring duties: the right days, and each of them exactly once under two schedulers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection, connections, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courierqa.core.models import Calendar
from courierqa.core.recurrence import Every, Occurrence, Rule, due_days, ensure, insert

DAYS = [date(2026, month, 1) for month in range(1, 13)]


class Turn(Occurrence):
    """A turn of a plan, as an app would declare it."""

    plan = models.ForeignKey(Calendar, models.DO_NOTHING, db_constraint=False, related_name="+")

    class Meta(Occurrence.Meta):
        app_label = "recurrence_test"


class Loose(models.Model):
    """The same without the constraint: the control of the race."""

    plan = models.ForeignKey(Calendar, models.DO_NOTHING, db_constraint=False, related_name="+")
    planned_day = models.DateField()
    due_day = models.DateField()

    class Meta:
        app_label = "recurrence_test"


def days(every: str, interval: int, anchor: date, start: date, end: date) -> list[str]:
    return [day.isoformat() for day in due_days(Rule(every, interval, anchor), start, end)]


def test_a_month_that_is_shorter_clamps_and_the_next_one_does_not_inherit_it():
    found = days("month", 1, date(2026, 1, 31), date(2026, 1, 1), date(2026, 6, 1))

    assert found == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


def test_a_leap_day_comes_back_in_leap_years():
    found = days("year", 1, date(2024, 2, 29), date(2025, 1, 1), date(2029, 1, 1))

    assert found == ["2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]


@pytest.mark.parametrize(
    ("every", "interval", "expected"),
    [
        ("day", 3, ["2026-03-01", "2026-03-04", "2026-03-07"]),
        ("week", 1, ["2026-03-05"]),
        ("month", 1, ["2026-03-05"]),
        ("quarter", 1, []),
        ("half_year", 1, []),
    ],
)
def test_the_span_is_half_open(every, interval, expected):
    anchor = {"day": date(2026, 2, 26), "week": date(2026, 1, 1)}.get(every, date(2026, 1, 5))

    assert days(every, interval, anchor, date(2026, 3, 1), date(2026, 3, 8)) == expected


def test_quarters_and_half_years():
    span = date(2026, 1, 1), date(2027, 1, 1)

    assert days("quarter", 1, date(2025, 11, 30), *span) == [
        "2026-02-28", "2026-05-30", "2026-08-30", "2026-11-30",
    ]  # fmt: skip
    assert days("half_year", 1, date(2025, 8, 31), *span) == ["2026-02-28", "2026-08-31"]


def test_nothing_falls_before_the_anchor_and_no_interval_below_one():
    assert days("week", 1, date(2026, 5, 1), date(2026, 1, 1), date(2026, 5, 1)) == []
    with pytest.raises(ValueError, match="every 0"):
        Rule("week", 0, date(2026, 5, 1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    every=st.sampled_from(Every.values),
    interval=st.integers(1, 5),
    anchor=st.dates(date(2020, 1, 1), date(2026, 1, 1)),
    cuts=st.lists(st.dates(date(2020, 1, 1), date(2028, 1, 1)), min_size=3, max_size=3),
)
def test_two_spans_together_give_the_days_of_the_whole(every, interval, anchor, cuts):
    rule, (start, middle, end) = Rule(every, interval, anchor), sorted(cuts)
    whole = due_days(rule, start, end)

    assert due_days(rule, start, middle) + due_days(rule, middle, end) == whole
    assert all(start <= day < end and day >= anchor for day in whole)


@pytest.fixture
def tables(transactional_db: None) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Turn)
        editor.create_model(Loose)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Loose)
        editor.delete_model(Turn)


def at_once(deed: Callable[[], Any], times: int = 2) -> None:
    """Run a deed in threads of their own, each with its own connection."""

    def run() -> None:
        try:
            deed()
        finally:
            connections.close_all()

    threads = [Thread(target=run) for _turn in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


def test_two_schedulers_make_each_occurrence_once(tables):
    gate = Barrier(2)

    def both_looked_before_either_wrote() -> None:
        held = set(Turn.objects.values_list("planned_day", flat=True))
        gate.wait(20)
        insert(Turn, 1, [day for day in DAYS if day not in held])

    at_once(both_looked_before_either_wrote)
    at_once(lambda: ensure(Turn, 1, DAYS))

    assert sorted(Turn.objects.values_list("planned_day", flat=True)) == DAYS


def test_control_without_the_constraint_the_same_race_doubles_them(tables):
    gate = Barrier(2)

    def both_looked_before_either_wrote() -> None:
        held = set(Loose.objects.values_list("planned_day", flat=True))
        gate.wait(20)
        insert(Loose, 1, [day for day in DAYS if day not in held])

    at_once(both_looked_before_either_wrote)

    assert Loose.objects.count() == 2 * len(DAYS)


def test_a_clock_jump_makes_nothing_twice_and_moves_nothing(tables):
    rule, done = Rule("month", 1, DAYS[0]), datetime(2026, 2, 3, 9, tzinfo=UTC)
    ensure(Turn, 1, due_days(rule, date(2026, 1, 1), date(2026, 4, 1)))
    Turn.objects.filter(planned_day=DAYS[1]).update(due_day=date(2026, 2, 9), done_at=done)

    ahead = ensure(Turn, 1, due_days(rule, date(2026, 1, 1), date(2026, 7, 1)))
    back = ensure(Turn, 1, due_days(rule, date(2025, 12, 1), date(2026, 3, 1)))

    assert (ahead, back) == (3, 0)
    assert (
        list(Turn.objects.order_by("planned_day").values_list("planned_day", flat=True))
        == (DAYS[:6])
    )
    moved = Turn.objects.get(planned_day=DAYS[1])
    assert (moved.due_day, moved.done_at) == (date(2026, 2, 9), done)


def test_plans_do_not_share_their_days(tables):
    ensure(Turn, 1, DAYS[:2])
    ensure(Turn, 2, DAYS[:2])

    assert Turn.objects.count() == 4

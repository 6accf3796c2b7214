"""Recurring duties: from a rule to the days it falls on, and one row for each of them.

A rule counts from its anchor, so what one month clamps (31 January → 28 February) the next one
does not inherit (→ 31 March). `ensure` may be called by two schedulers at once, twice in a row or
after the clock was set back: the table knows each plan and planned day once.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import TextChoices, UniqueConstraint
from django.utils.translation import gettext_lazy as _


class Every(TextChoices):
    """The unit a rule counts in."""

    DAY = "day", _("Daily")
    WEEK = "week", _("Weekly")
    MONTH = "month", _("Monthly")
    QUARTER = "quarter", _("Quarterly")
    HALF_YEAR = "half_year", _("Half-yearly")
    YEAR = "year", _("Yearly")


DAYS = {Every.DAY: 1, Every.WEEK: 7}
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}


@dataclass(frozen=True)
class Rule:
    """Every `interval` units from `anchor`, the first day itself included."""

    every: str
    interval: int
    anchor: date

    def __post_init__(self) -> None:
        if self.interval < 1:
            raise ValueError(f"A rule cannot recur every {self.interval} {self.every}")

    def day(self, turn: int) -> date:
        """Return the day of one turn; turn 0 is the anchor."""
        every = Every(self.every)
        if every in DAYS:
            return self.anchor + timedelta(days=turn * self.interval * DAYS[every])
        return add_months(self.anchor, turn * self.interval * MONTHS[every])


def due_days(rule: Rule, start: date, end: date) -> list[date]:
    """Return the days of a rule from `start` up to, not including, `end`; none before its anchor.

    Pure: the same arguments give the same days, whatever was asked before.
    """
    return list(_walk(rule, start, end))


def _walk(rule: Rule, start: date, end: date) -> Iterator[date]:
    turn = _first_turn(rule, start)
    while (day := rule.day(turn)) < end:
        yield day
        turn += 1


def _first_turn(rule: Rule, start: date) -> int:
    """Return the first turn on or after `start`, by arithmetic: an old anchor costs nothing."""
    if start <= rule.anchor:
        return 0
    every = Every(rule.every)
    if every in DAYS:
        return -((rule.anchor - start).days // (rule.interval * DAYS[every]))
    months = (start.year - rule.anchor.year) * 12 + start.month - rule.anchor.month
    turn = max(0, months // (rule.interval * MONTHS[every]))
    return turn if rule.day(turn) >= start else turn + 1


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or its last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Occurrence(models.Model):
    """One turn of a plan. The subclass adds `plan`, a foreign key to whatever holds the rule.

    `planned_day` is the rule's own day and never moves: it is what makes the row unique.
    `due_day` may be put off, and `done_at` says when it was done. A subclass with a Meta of its
    own inherits from `Occurrence.Meta`, or loses the constraint.
    """

    planned_day = models.DateField()
    due_day = models.DateField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True
        constraints = [
            UniqueConstraint(fields=["plan", "planned_day"], name="%(app_label)s_%(class)s_once")
        ]


def ensure(model: type[Any], plan_id: int, days: Iterable[date], **more: Any) -> int:
    """Make the rows of a plan that are missing; return how many this call found missing.

    Rows that stand keep their due day and what was done. `more` are further columns of new rows.
    """
    wanted = sorted(set(days))
    held = model._default_manager.filter(plan_id=plan_id, planned_day__in=wanted)
    known = set(held.values_list("planned_day", flat=True))
    missing = [day for day in wanted if day not in known]
    insert(model, plan_id, missing, **more)
    return len(missing)


def insert(model: type[Any], plan_id: int, days: Iterable[date], **more: Any) -> None:
    """Insert one row per day; what another scheduler has made since we looked stays as it is."""
    rows = [model(plan_id=plan_id, planned_day=day, due_day=day, **more) for day in days]
    model._default_manager.bulk_create(rows, ignore_conflicts=True)

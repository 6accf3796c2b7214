"""Planned days of surveys: written down when they come, so that a skipped round is seen (V05)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from complaints import counted
from complaints.models import SurveyOccurrence, SurveyPlan
from courierqa.core.calendars import business_day, day_start

INSTANT = timedelta(microseconds=1)


@transaction.atomic
def note_due(*, now: datetime) -> int:
    """Write down the planned days that have come; return how many were new.

    A plan in force counts, and one that was and waits for its yes again. The day of a plan that
    nobody ever approved is no promise.
    """
    in_force = Q(approved_at__isnull=False) | Q(occurrences__isnull=False)
    plans = SurveyPlan.objects.filter(in_force, ended_at=None, next_on__lte=business_day(now))
    return sum(_note(plan, _days(plan, business_day(now)), at=now) for plan in plans.distinct())


def note_held(plan: SurveyPlan, *, day: date, at: datetime) -> None:
    """Write down that the round of a day was held, and the days that passed meanwhile."""
    _note(plan, {day, *_days(plan, business_day(at))}, at=at)
    row = SurveyOccurrence.objects.get(plan=plan, planned_on=day)
    row.held_at = at
    row.save(update_fields=["held_at"])
    counted.refresh_occurrences([row.pk], at=at)


def drop_open(plan: SurveyPlan, *, at: datetime) -> None:
    """A plan that ended owes nothing for a day that is not over."""
    rows = SurveyOccurrence.objects.filter(plan=plan, held_at=None, due_at__gt=at)
    ids = list(rows.values_list("pk", flat=True))
    rows.update(dropped_at=at)
    counted.refresh_occurrences(ids, at=at)


def _days(plan: SurveyPlan, today: date) -> set[date]:
    """Return the planned days from the next one until today."""
    number = (today - plan.next_on).days // plan.interval_days + 1
    return {plan.next_on + timedelta(days=one * plan.interval_days) for one in range(number)}


def _note(plan: SurveyPlan, days: Iterable[date], *, at: datetime) -> int:
    known = SurveyOccurrence.objects.filter(plan=plan, planned_on__in=list(days))
    fresh = sorted(set(days) - set(known.values_list("planned_on", flat=True)))
    for day in fresh:
        due = day_start(day + timedelta(days=1)) - INSTANT
        row, _new = SurveyOccurrence.objects.get_or_create(
            plan=plan, planned_on=day, defaults={"due_at": due}
        )
        counted.refresh_occurrences([row.pk], at=at)
    return len(fresh)

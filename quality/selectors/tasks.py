"""What a person owes, and what is late among those who report to that person (NCR-05, NCR-09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from quality.enums import LIVE, ActionStatus, Status
from quality.models import Action, EffectCheck, Nonconformity

MOST = 8
ORDERED = (Status.APPROVED, Status.DOING)


@dataclass(frozen=True)
class Owed:
    """One thing to do: of which nonconformity, what, until when, and whose it is."""

    number: str
    words: str
    due_on: date | None
    who: str = ""


def owed_by(employee_id: int) -> list[Owed]:
    """Return the measures, plans and checks of one person, nearest day first."""
    deeds = Action.objects.filter(
        owner=employee_id, status=ActionStatus.OPEN, nonconformity__status__in=ORDERED
    )
    plans = Nonconformity.objects.filter(
        owner=employee_id, status__in=(Status.OPEN, Status.CONTAINED, Status.CAUSE_FOUND)
    )
    checks = EffectCheck.objects.filter(
        verifier=employee_id, result="", nonconformity__status=Status.CHECKING
    )
    found = [
        *(_deed(row) for row in deeds.select_related("nonconformity").order_by("due_on")[:MOST]),
        *(Owed(row.number, pgettext("task", "Plan") + f" · {row.title}", row.plan_due_on)
          for row in plans.order_by("plan_due_on")[:MOST]),
        *(Owed(row.nonconformity.number, _("Check the effect") + f" · {row.nonconformity.title}",
               row.due_on)
          for row in checks.select_related("nonconformity").order_by("due_on")[:MOST]),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.due_on or date.max, one.number))[:MOST]


def _deed(row: Action, who: str = "") -> Owed:
    return Owed(row.nonconformity.number, row.text, row.due_on, who)


def late_below(employee_id: int, *, today: date) -> list[Owed]:
    """Return what is overdue of the people who report to this one."""
    deeds = Action.objects.filter(
        owner__supervisor=employee_id, status=ActionStatus.OPEN, due_on__lt=today,
        nonconformity__status__in=ORDERED,
    )  # fmt: skip
    rest = Nonconformity.objects.filter(
        Q(status__in=[one for one in LIVE if one not in ORDERED]),
        owner__supervisor=employee_id, due_on__lt=today,
    )  # fmt: skip
    found = [
        *(_deed(row, row.owner.name) for row in
          deeds.select_related("nonconformity", "owner").order_by("due_on")[:MOST]),
        *(Owed(row.number, row.title, row.due_on, row.owner.name if row.owner else "")
          for row in rest.select_related("owner").order_by("due_on")[:MOST]),
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.due_on or date.max, one.number))[:MOST]


def late_count(rows: Any, *, today: date) -> int:
    """Return how many of these are overdue."""
    return int(rows.filter(status__in=LIVE, due_on__lt=today).order_by().count())

"""Raising a nonconformity, from whatever showed it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.calendars import business_day
from courierqa.core.enums import Role
from courierqa.core.errors import DomainError
from quality.enums import LIVE, NcKind, Severity, SourceKind
from quality.models import Nonconformity, NumberOfYear
from quality.services.moves import MACHINE, hold, said, settle_due
from quality.services.terms import plan_due
from staff.enums import EmployeeState
from staff.models import Employee, Site, User

NUMBER = "CA-{year}-{last:03d}"


@dataclass(frozen=True)
class Problem:
    """What was seen: in words, how grave, and the data behind it."""

    title: str
    text: str = ""
    kind: str = NcKind.ACTUAL
    severity: str = Severity.MINOR
    owner: Employee | None = None
    plan_due_on: date | None = None
    data: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def raise_nonconformity(
    *, source: str, reference: str, site: Site | None, found_at: datetime, problem: Problem,
    by: User, at: datetime, even_so: bool = False,
) -> Nonconformity:  # fmt: skip
    """Open one (NCR-01). A source that has a live one is refused as "known" unless `even_so`."""
    if found_at > at:
        raise DomainError(_("Choose today or an earlier day"), code="future", field="found_on")
    number = _next_number(at)
    # The number is locked by now: a second press of the button finds the first one's row.
    if not even_so and (known := _known(source, reference)):
        text = _("%(number)s was raised from the same source and is still open")
        raise DomainError(text % {"number": known.number}, code="known", field="even_so")
    due = problem.plan_due_on or plan_due(problem.severity, at)
    _check_due(due, at)
    row = Nonconformity.objects.create(
        number=number, kind=problem.kind, severity=problem.severity, source=source,
        source_ref=reference[:60], data=problem.data,
        title=said(problem.title, field="title", limit=120, lines=False),
        text=problem.text.strip(), site=site, owner=problem.owner or _default_owner(site, by),
        found_at=found_at, raised_by=by, raised_at=at, plan_first_due_on=due, plan_due_on=due,
        due_on=due,
    )  # fmt: skip
    history.begin(row, machine=MACHINE, actor=by, at=at, detail={"round": 1})
    return row


@transaction.atomic
def entrust(
    row: Nonconformity, *, owner: Employee, severity: str, by: User, at: datetime
) -> Nonconformity:
    """Give it to another owner, or weigh it anew."""
    row = hold(row)
    if row.status not in LIVE:
        raise DomainError(_("It has ended"), code="wrong_step")
    if owner.state == EmployeeState.LEFT:
        raise DomainError(_("This person has left"), code="left", field="owner")
    row.owner, row.severity = owner, severity
    row.save(update_fields=["owner", "severity", "updated_at"])
    audit.record("nonconformity.assign", row, actor=by, at=at, fields=["owner", "severity"])
    settle_due(row)
    return row


def _known(source: str, reference: str) -> Nonconformity | None:
    if source == SourceKind.OTHER or not reference:
        return None
    rows = Nonconformity.objects.filter(source=source, source_ref=reference[:60], status__in=LIVE)
    return rows.order_by("id").first()


def _check_due(due: date, at: datetime) -> None:
    if due < business_day(at):
        text = _("Choose today or a later day")
        raise DomainError(text, code="past", field="plan_due_on")


def _default_owner(site: Site | None, by: User) -> Employee | None:
    """The leader of the site runs the correction (NCR-08); else whoever raised it."""
    leaders = Employee.objects.filter(site=site, post__role=Role.SUPERVISOR)
    leader = leaders.exclude(state=EmployeeState.LEFT).order_by("number").first() if site else None
    return leader or getattr(by, "employee", None)


def _next_number(at: datetime) -> str:
    """Return the next number of the year; two callers wait for each other's commit."""
    year = business_day(at).year
    NumberOfYear.objects.get_or_create(year=year)
    NumberOfYear.objects.filter(year=year).update(last=F("last") + 1)
    last = NumberOfYear.objects.values_list("last", flat=True).get(year=year)
    return NUMBER.format(year=year, last=last)

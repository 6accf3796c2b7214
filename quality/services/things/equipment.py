"""Machines and devices: registered, looked at, stopped; protective gear handed out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import upkeep_counts as counts
from quality.models import Equipment, EquipmentCheck, GearIssue
from quality.services.moves import said
from quality.thing_enums import GUARDED, CheckResult
from quality.thing_enums import EquipmentStatus as S
from staff.models import Employee, User

MACHINE = history.Machine(
    "equipment",
    {
        S.IN_USE: {"halt": S.STOPPED, "retire": S.RETIRED},
        S.STOPPED: {"run_again": S.IN_USE, "retire": S.RETIRED},
        S.RETIRED: {},
    },
)
WRITABLE = ("name", "kind", "site", "sop", "valid_until")


@transaction.atomic
def save_equipment(
    row: Equipment | None, *, code: str, fields: dict[str, Any], by: User, at: datetime
) -> Equipment:
    """Register a thing or correct its facts; a moving machine names its written rules (VEH-07)."""
    facts = {name: value for name, value in fields.items() if name in WRITABLE}
    if facts["kind"] in GUARDED and not facts.get("sop", "").strip():
        text = _("Name the written rules this machine is operated by")
        raise DomainError(text, code="required", field="sop", status=422)
    if row is None:
        return _register(code.strip().upper(), facts, by, at)
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, facts[name])
    row.save()
    audit.record("equipment.change", row, actor=by, at=at, fields=changed)
    counts.refresh_turns(row, at=at)
    return row


def _register(code: str, facts: dict[str, Any], by: User, at: datetime) -> Equipment:
    if Equipment.objects.filter(code=code).exists():
        raise DomainError(_("This code is used already"), code="known", field="code")
    row = Equipment.objects.create(code=code, status_since=business_day(at), **facts)
    history.begin(row, machine=MACHINE, actor=by, at=at)
    return row


@transaction.atomic
def set_equipment(row: Equipment, *, verb: str, reason: str, by: User, at: datetime) -> Equipment:
    """Stop a thing, use it again, or take it out of service for good."""
    words = said(reason, field="reason", limit=300)
    history.transition(
        row, verb, machine=MACHINE, actor=by, at=at, reason=words,
        changes={"status_since": business_day(at)},
    )  # fmt: skip
    return row


@transaction.atomic
def check_equipment(
    row: Equipment, *, on: date, result: str, guards_in_place: bool | None,
    valid_until: date | None, note: str, by: User, at: datetime,
) -> EquipmentCheck:  # fmt: skip
    """Keep one look at a thing. A machine without its guards, or not in order, is stopped."""
    if on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="on")
    if row.kind in GUARDED and guards_in_place is None:
        text = _("Say whether every guard is in place")
        raise DomainError(text, code="required", field="guards_in_place", status=422)
    is_bad = result == CheckResult.BAD or guards_in_place is False
    if is_bad and not note.strip():
        text = _("Say what is not in order")
        raise DomainError(text, code="required", field="note", status=422)
    made = EquipmentCheck.objects.create(
        equipment=row, on=on, result=CheckResult.BAD if is_bad else result, note=note.strip(),
        guards_in_place=guards_in_place, valid_until=valid_until, by=by, at=at,
    )  # fmt: skip
    if valid_until is not None and not is_bad:
        row.valid_until = valid_until
        row.save(update_fields=["valid_until", "updated_at"])
    audit.record("equipment.check", row, actor=by, at=at, fields=[result])
    counts.refresh_turns(row, at=at)
    if is_bad and row.status == S.IN_USE:
        set_equipment(row, verb="halt", reason=note, by=by, at=at)
    return made


@transaction.atomic
def issue_gear(
    *, employee: Employee, kind: str, pieces: int, issued_on: date, replace_on: date | None,
    by: User, at: datetime,
) -> GearIssue:  # fmt: skip
    """Write down gear handed to a person (VEH-09)."""
    if issued_on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="issued_on")
    if replace_on is not None and replace_on <= issued_on:
        text = _("The day of replacement comes after the day of issue")
        raise DomainError(text, code="order", field="replace_on")
    row = GearIssue.objects.create(
        employee=employee, kind=kind, pieces=pieces, issued_on=issued_on, replace_on=replace_on,
        issued_by=by,
    )  # fmt: skip
    audit.record("gear.issue", row, actor=by, at=at)
    return row


@transaction.atomic
def return_gear(row: GearIssue, *, on: date, by: User, at: datetime) -> GearIssue:
    """Write down that gear came back or was worn out."""
    if not row.issued_on <= on <= business_day(at):
        text = _("Choose a day between the issue and today")
        raise DomainError(text, code="bad_day", field="on")
    row.returned_on = on
    row.save(update_fields=["returned_on", "updated_at"])
    audit.record("gear.return", row, actor=by, at=at)
    return row

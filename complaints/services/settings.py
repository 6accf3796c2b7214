"""Changing what cases go by. Open cases keep what they were promised."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from complaints.enums import Channel
from complaints.ladder import PROPOSED
from complaints.models import CaseRules, ChannelSetting, PauseReason, Procedure, Reason
from complaints.words import BadText, clean_line
from courierqa.core import audit
from courierqa.core.errors import DomainError, StaleEdit
from courierqa.core.models import Calendar
from staff.models import User

Row = TypeVar("Row", Reason, PauseReason)
# The legal limit is seven calendar days: no target may promise an answer after it.
LEGAL_HOURS = 7 * 24
REASON_FIELDS = (
    "name", "name_en", "case_class", "group", "position", "severity", "first_hours",
    "resolve_hours", "clock_kind", "is_active",
)  # fmt: skip
PAUSE_FIELDS = ("name", "name_en", "most_hours", "is_active", "position")
PROCEDURE_FIELDS = ("steps", "steps_en", "remedies", "remedies_en")
# Doors that stay open by law or because other systems rely on them.
FIXED = (Channel.WEB, Channel.API, Channel.REGULATOR)


@dataclass(frozen=True)
class RulesText:
    """What the next version of the rules says."""

    reopen_days: int
    transfer_hours: int
    follow_up_hours: int
    follow_up_tries: int
    try_again_hours: int
    regulator_days: int
    calendar_code: str
    ladder: Mapping[str, list[int]]


def save_rules(
    *, said: RulesText, why: str, seen_version: int, by: User, at: datetime
) -> CaseRules:
    """Write the next version of the rules, with the reason for it."""
    reason = clean_line(why, field="why", limit=300)
    if not reason:
        raise BadText(_("Enter why the rules change"), code="required", field="why")
    _check_rules(said)
    last = CaseRules.objects.aggregate(top=Max("version"))["top"] or 0
    if last != seen_version:
        raise StaleEdit(_("Somebody changed the rules meanwhile. Look at them first"))
    values = {**vars(said), "ladder": dict(said.ladder)}
    try:
        with transaction.atomic():
            row = CaseRules.objects.create(
                version=last + 1, why=reason, made_by=by, made_at=at, **values
            )
            audit.record("case_rules.publish", row, actor=by, at=at, reason=reason)
    except IntegrityError as error:
        raise StaleEdit(_("Somebody changed the rules at the same moment")) from error
    return row


def save_reason(row: Reason | None, *, values: Mapping[str, Any], by: User, at: datetime) -> Reason:
    """Add a reason or change one; its code never changes, because old cases carry it."""
    first, resolve = values["first_hours"], values["resolve_hours"]
    if resolve > LEGAL_HOURS or first > resolve:
        text = _("Enter hours that end within the legal 7 days, the first answer before the rest")
        field = "resolve_hours" if resolve > LEGAL_HOURS else "first_hours"
        raise DomainError(text, code="range", field=field, status=422)
    kept = row or Reason(code=values["code"])
    return _save(kept, REASON_FIELDS, values, "case_reason", is_new=row is None, by=by, at=at)


def save_pause_reason(
    row: PauseReason | None, *, values: Mapping[str, Any], by: User, at: datetime
) -> PauseReason:
    """Add a reason for a pause or change one; saving it confirms a proposal."""
    kept = row or PauseReason(code=values["code"])
    kept.is_proposal = False
    return _save(kept, PAUSE_FIELDS, values, "pause_reason", is_new=row is None, by=by, at=at)


@transaction.atomic
def save_procedure(
    row: Procedure, *, values: Mapping[str, str], by: User, at: datetime
) -> Procedure:
    """Change what is done about a class and what may be offered."""
    changed = [name for name in PROCEDURE_FIELDS if getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    row.is_proposal = False
    row.save()
    audit.record("procedure.change", row, actor=by, at=at, fields=changed)
    return row


@transaction.atomic
def set_channel(
    row: ChannelSetting, *, is_offered: bool, sends_receipt: bool, place: str, by: User,
    at: datetime,
) -> ChannelSetting:  # fmt: skip
    """Say whether a channel is offered, where it arrives, and whether a receipt is sent."""
    if row.channel in FIXED and not is_offered:
        words = _("%(channel)s stays open") % {"channel": row}
        raise DomainError(words, code="fixed", field=f"offered-{row.channel}")
    where = clean_line(place, field=f"place-{row.channel}", limit=120)
    values = {"is_offered": is_offered, "sends_receipt": sends_receipt, "place": where}
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, values[name])
        row.save(update_fields=[*changed, "updated_at"])
        audit.record("channel.change", row, actor=by, at=at, fields=changed)
    return row


def _save(
    kept: Row, names: tuple[str, ...], values: Mapping[str, Any], what: str, *, is_new: bool,
    by: User, at: datetime,
) -> Row:  # fmt: skip
    changed = [name for name in names if getattr(kept, name) != values[name]]
    for name in changed:
        setattr(kept, name, values[name])
    try:
        with transaction.atomic():
            kept.save()
            deed = "add" if is_new else "change"
            audit.record(f"{what}.{deed}", kept, actor=by, at=at, fields=changed)
    except IntegrityError as error:
        raise DomainError(_("This code is used already"), code="taken", field="code") from error
    return kept


def _check_rules(said: RulesText) -> None:
    if not Calendar.objects.filter(code=said.calendar_code).exists():
        text = _("Choose a calendar")
        raise DomainError(text, code="no_calendar", field="calendar_code", status=422)
    for clock in PROPOSED:
        warn, *climbs = said.ladder.get(clock) or [0, 0, 0, 0]
        if len(climbs) != 3 or climbs != sorted(climbs) or min(warn, *climbs) < 0:
            text = _("Each head is told after the one before. Enter rising minutes")
            raise DomainError(text, code="not_rising", field=f"{clock}_2", status=422)

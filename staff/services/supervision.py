"""Supervision: ride-alongs, spot checks, what was agreed afterwards."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, NotAllowed
from staff.enums import Answer, ObservationItem
from staff.models import CoachingNote, Employee, Observation, User
from staff.services.needs import needs_of_observation


@transaction.atomic
def record_observation(
    employee: Employee, *, kind: str, on: date, answers: dict[str, str], note: str = "",
    by: User, at: datetime, corrects: Observation | None = None,
) -> Observation:  # fmt: skip
    """Keep what a supervisor saw. A record is never edited: a mistake is corrected by a new one."""
    if employee.user_id == by.pk:
        raise NotAllowed(_("Nobody checks themselves"))
    if on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="on")
    if corrects is not None and Observation.objects.filter(corrects=corrects).exists():
        raise DomainError(_("This record was corrected already"), code="corrected")
    known = {k: v for k, v in answers.items() if k in ObservationItem.values}
    fails = sorted(k for k, v in known.items() if v == Answer.FAIL)
    seen = sum(v != Answer.NA for v in known.values())
    if not seen:
        raise DomainError(_("Answer at least one point"), code="nothing_seen")
    if fails and not note:
        raise DomainError(
            _("Write what you saw: somebody must be able to check it"), code="no_note",
            field="note",
        )  # fmt: skip
    made = Observation.objects.create(
        employee=employee, site=employee.site, kind=kind, on=on, answers=known, seen=seen,
        fails=len(fails), note=note, corrects=corrects, by=by, at=at,
    )  # fmt: skip
    audit.record("observation.create", made, actor=by, at=at)
    needs_of_observation(made, fails, by=by)
    return made


@transaction.atomic
def coach(
    employee: Employee, *, text: str, next_on: date | None, by: User, at: datetime,
    observation: Observation | None = None,
) -> CoachingNote:  # fmt: skip
    """Keep what was agreed and when both look again."""
    if employee.user_id == by.pk:
        raise NotAllowed(_("Nobody coaches themselves"))
    if next_on is not None and next_on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="next_on")
    made = CoachingNote.objects.create(
        employee=employee, text=text, next_on=next_on, by=by, at=at, observation=observation
    )
    audit.record("coaching.create", made, actor=by, at=at)
    return made


@transaction.atomic
def finish_coaching(note: CoachingNote, *, result: str, by: User, at: datetime) -> CoachingNote:
    """Keep what came of an agreement."""
    note = CoachingNote.objects.select_for_update().get(pk=note.pk)
    if note.done_at is not None:
        raise DomainError(_("This was looked at already"), code="done")
    note.done_at, note.result = at, result
    note.save(update_fields=["done_at", "result", "updated_at"])
    audit.record("coaching.finish", note, actor=by, at=at)
    return note

"""Read and understood: who has to confirm a version, until when, reminders, the quiz (DOC-12)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import audit, notify
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import upkeep_counts as counts
from quality.document_enums import ReadingState as R
from quality.models import Document, DocumentVersion, Reading
from quality.selectors.documents.audience import audience_of, joined_on
from staff.models import Employee, User

# Days to read it; the seeds name no number, so this is a proposal.
READ_DAYS = 14
SOON_DAYS = 3
ASKED, SOON, LATE = 1, 2, 3


def ask_readers(document: Document, row: DocumentVersion, *, at: datetime) -> int:
    """Ask everybody of the audience who was not asked yet; those who left it are dropped.

    Whoever joins later has their days from joining (I09). Call it as often as you like.
    """
    people = {one.pk: one for one in audience_of(document)} if document.must_be_read else {}
    known = {one.employee_id: one for one in Reading.objects.filter(version=row)}
    owed = [one for one in known.values() if one.state == R.OWED]
    gone = [one.pk for one in owed if one.employee_id not in people]
    Reading.objects.filter(pk__in=gone, state=R.OWED).update(state=R.DROPPED, dropped_at=at)
    back = [pk for pk in people if pk in known and known[pk].state == R.DROPPED]
    today = business_day(at)
    Reading.objects.filter(version=row, employee__in=back, state=R.DROPPED).update(
        state=R.OWED, from_on=today, due_on=today + timedelta(days=READ_DAYS), told=0,
        dropped_at=None,
    )  # fmt: skip
    new = [one for pk, one in people.items() if pk not in known]
    start = row.effective_on or today
    since = joined_on([one.pk for one in new])
    made = [_reading(row, one, max(start, since.get(one.pk, one.hired_on))) for one in new]
    Reading.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    if gone or back or made:
        counts.refresh_readings(counts.readings_of(row.pk), at=at)
    return len(made) + len(back)


def forget_readers(row: DocumentVersion, *, at: datetime) -> None:
    """Nobody has to read a version any more that is no longer in force."""
    owed = Reading.objects.filter(version=row, state=R.OWED)
    owed.update(state=R.DROPPED, dropped_at=at, updated_at=at)
    counts.refresh_readings(counts.readings_of(row.pk), at=at)


@transaction.atomic
def confirm_reading(
    reading: Reading, *, answers: Mapping[int, int | None], by: User, at: datetime
) -> list[int]:
    """Confirm that one read and understood it; return the questions answered wrongly.

    A wrong answer confirms nothing and is counted: the reader looks it up and tries again.
    """
    row = (
        Reading.objects.select_for_update(no_key=True, of=("self",))
        .select_related("version__document", "employee")
        .get(pk=reading.pk)
    )
    if row.state == R.READ:
        return []
    if row.state == R.DROPPED:
        text = _("A newer version came, or it is no longer asked from you. Reload the page")
        raise DomainError(text, code="dropped")
    wrong = [
        place for place, one in enumerate(row.version.quiz)
        if answers.get(place) != one["correct"]
    ]  # fmt: skip
    if wrong:
        row.wrong += len(wrong)
        row.save(update_fields=["wrong", "updated_at"])
        return wrong
    row.state, row.read_at = R.READ, at
    row.save(update_fields=["state", "read_at", "updated_at"])
    counts.refresh_readings([row], at=at)
    audit.record("document.confirm", row.version, actor=by, at=at)
    return []


def remind_readers(*, now: datetime) -> int:
    """Tell readers once when it is asked, once shortly before its day, and once when it is late."""
    today = business_day(now)
    told = 0
    stages = {LATE: today - timedelta(days=1), SOON: today + timedelta(days=SOON_DAYS),
              ASKED: date.max}  # fmt: skip
    for stage, until in stages.items():
        rows = Reading.objects.filter(state=R.OWED, told__lt=stage, due_on__lte=until)
        rows = rows.select_related("employee__user", "version__document").order_by("id")
        for row in rows[:2000]:
            _tell(row, stage, at=now)
            told += 1
    return told


@transaction.atomic
def _tell(row: Reading, stage: int, *, at: datetime) -> None:
    Reading.objects.filter(pk=row.pk, told__lt=stage).update(told=stage)
    user: Any = row.employee.user
    if user is None or not user.is_active:
        return
    name = {ASKED: "asked", SOON: "soon", LATE: "late"}[stage]
    notify.send(
        key=f"reading-{row.pk}-{row.from_on}-{stage}", channel="in_app",
        template=f"quality/reading_{name}", language=user.language or settings.LANGUAGE_CODE,
        user=user, obj=row.version, at=at,
        context={"document": row.version.document, "version": row.version.version,
                 "due_on": row.due_on},
        link=reverse("quality:document", args=[row.version.document.number]),
    )  # fmt: skip


def _reading(row: DocumentVersion, person: Employee, start: date) -> Reading:
    return Reading(
        version=row, employee=person, from_on=start, due_on=start + timedelta(days=READ_DAYS)
    )

"""The legal register: laws and their wordings, duties, and the looks at whether they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.recurrence import Rule, due_days, ensure
from quality.document_enums import Kept
from quality.models import Document, DutyCheck, Law, LawVersion, LegalDuty
from quality.services.improvement.files import keep_file
from quality.services.moves import said
from staff.models import User

# How far ahead checks are planned, so that the list shows what comes.
AHEAD = timedelta(days=92)
LAW_FIELDS = ("kind", "title", "title_en", "issuer", "issuer_en", "ended_on")
DUTY_FIELDS = ("article", "subject", "subject_en", "duty", "duty_en", "owner", "every",
               "interval", "anchor", "is_active")  # fmt: skip


@transaction.atomic
def save_law(law: Law | None, *, code: str, said_: dict[str, Any], by: User, at: datetime) -> Law:
    """Register a law, or change what is known of it; its wording has versions (DOC-05)."""
    columns = {name: said_[name] for name in LAW_FIELDS if name in said_}
    if law is None:
        clean = slugify(code)[:40]
        if not clean or Law.objects.filter(code=clean).exists():
            text = _("Choose a short code of letters and digits that no law has yet")
            raise DomainError(text, code="taken", field="code", status=422)
        row = Law.objects.create(code=clean, **columns)
    else:
        row = Law.objects.select_for_update(no_key=True).get(pk=law.pk)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=[*columns, "updated_at"])
    audit.record("legal.save", row, actor=by, at=at, fields=sorted(columns))
    return row


@transaction.atomic
def add_wording(
    law: Law, *, citation: str, effective_on: date, note: str, by: User, at: datetime
) -> LawVersion:
    """Add the wording that holds from a day on; earlier ones stay on record.

    Every duty of the law is to be looked at again on that day, or today if it has passed.
    """
    row = Law.objects.select_for_update(no_key=True).get(pk=law.pk)
    last = row.versions.order_by("-version").first()
    if last is not None and effective_on <= last.effective_on:
        text = _("Choose a day after the wording before")
        raise DomainError(text, code="earlier", field="effective_on", status=422)
    made = LawVersion.objects.create(
        law=row, version=(last.version if last else 0) + 1, effective_on=effective_on,
        citation=said(citation, field="citation", limit=160, lines=False), note=note.strip(),
        by=by, at=at,
    )  # fmt: skip
    if last is not None:
        day = max(effective_on, business_day(at))
        for duty in row.duties.filter(is_active=True).exclude(owner=None):
            ensure(DutyCheck, duty.pk, [day])
    audit.record("legal.add", row, actor=by, at=at, fields=["version"])
    return made


@transaction.atomic
def save_duty(
    duty: LegalDuty | None, *, law: Law, said_: dict[str, Any], documents: Iterable[Document],
    by: User, at: datetime,
) -> LegalDuty:  # fmt: skip
    """Add what an article asks for, or change it, and plan its next checks (LIC-03)."""
    columns = {name: said_[name] for name in DUTY_FIELDS}
    if duty is None:
        same = LegalDuty.objects.filter(law=law, article=columns["article"],
                                        subject=columns["subject"])  # fmt: skip
        if same.exists():
            text = _("This article has a duty of this subject already")
            raise DomainError(text, code="taken", field="subject", status=422)
        row = LegalDuty.objects.create(law=law, **columns)
    else:
        row = LegalDuty.objects.select_for_update(no_key=True).get(pk=duty.pk)
        for name, value in columns.items():
            setattr(row, name, value)
        row.save(update_fields=[*columns, "updated_at"])
    row.documents.set(documents)
    audit.record("legal.save", row, actor=by, at=at, fields=sorted(columns))
    plan_checks(row, today=business_day(at))
    return row


def plan_checks(duty: LegalDuty, *, today: date) -> int:
    """Make the checks of a duty that come due soon, each once whoever asks."""
    if not duty.is_active or duty.owner_id is None or duty.anchor is None:
        return 0
    rule = Rule(duty.every, duty.interval, duty.anchor)
    return ensure(DutyCheck, duty.pk, due_days(rule, today, today + AHEAD))


def run_duties(*, now: datetime) -> dict[str, int]:
    """Plan what comes due soon for every duty in use."""
    today = business_day(now)
    rows = LegalDuty.objects.filter(is_active=True).exclude(owner=None).exclude(anchor=None)
    return {"planned": sum(plan_checks(one, today=today) for one in rows)}


@transaction.atomic
def check_duty(
    check: DutyCheck, *, result: str, proof: str, conflict_with: Document | None, by: User,
    at: datetime, content: bytes = b"", file_name: str = "",
) -> DutyCheck:  # fmt: skip
    """Keep what a look at a duty found, with what proves it in words and in a file.

    A conflict names the document that says otherwise; law goes first until its next version.
    """
    row = DutyCheck.objects.select_for_update(no_key=True).get(pk=check.pk)
    if row.done_at is not None:
        raise DomainError(_("It was checked already"), code="wrong_step")
    if result == Kept.CONFLICT and conflict_with is None:
        text = _("Choose the document that says otherwise")
        raise DomainError(text, code="required", field="conflict_with", status=422)
    row.result, row.proof = result, said(proof, field="proof", limit=500)
    row.conflict_with = conflict_with if result == Kept.CONFLICT else None
    row.done_by, row.done_at = by, at
    row.save(update_fields=["result", "proof", "conflict_with", "done_by", "done_at"])
    if content:
        keep_file(check_of_duty=row, content=content, name=file_name, by=by, at=at)
    audit.record("legal.check", row.plan, actor=by, at=at)
    return row


@transaction.atomic
def postpone_duty(
    check: DutyCheck, *, due_day: date, reason: str, by: User, at: datetime
) -> DutyCheck:
    """Look later, with the reason; the planned day stays."""
    row = DutyCheck.objects.select_for_update(no_key=True).get(pk=check.pk)
    if row.done_at is not None:
        raise DomainError(_("It was checked already"), code="wrong_step")
    if due_day <= row.due_day:
        text = _("Choose a later day")
        raise DomainError(text, code="earlier", field="due_day", status=422)
    row.due_day = due_day
    row.save(update_fields=["due_day"])
    audit.record("legal.extend", row.plan, actor=by, at=at,
                 reason=said(reason, field="reason", limit=300))  # fmt: skip
    return row

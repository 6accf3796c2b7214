"""Certificates other bodies gave the company, and their surveillance visits (AUD-02)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality.models import Certification, KeptFile, Surveillance
from quality.services.files import MAX_FILES
from quality.services.improvement.files import keep_file
from quality.services.moves import said
from staff.models import Employee, User


@transaction.atomic
def add_certification(
    *, number: str, standard: str, issuer: str, scope: str, owner: Employee, valid_from: date,
    expires_on: date, visits: Sequence[date], by: User, at: datetime, content: bytes = b"",
    file_name: str = "",
) -> Certification:  # fmt: skip
    """Register a certificate with the days of its surveillance visits, and the paper itself."""
    if Certification.objects.filter(number=number).exists():
        text = _("%(number)s exists already. Choose another number")
        raise DomainError(text % {"number": number}, code="taken", field="number", status=422)
    if expires_on <= valid_from:
        text = _("Choose a day after the first one")
        raise DomainError(text, code="earlier", field="expires_on", status=422)
    if any(not valid_from < day < expires_on for day in visits):
        text = _("Surveillance falls between the first and the last day")
        raise DomainError(text, code="outside", field="visits", status=422)
    row = Certification.objects.create(
        number=number, standard=standard, issuer=issuer, scope=scope, owner=owner,
        valid_from=valid_from, expires_on=expires_on,
    )  # fmt: skip
    Surveillance.objects.bulk_create(
        Surveillance(certification=row, due_on=day) for day in sorted(set(visits))
    )
    if content:
        keep_file(certification=row, content=content, name=file_name, by=by, at=at)
    audit.record("certification.create", row, actor=by, at=at)
    return row


@transaction.atomic
def add_certificate_file(
    certification: Certification, *, content: bytes, name: str, by: User, at: datetime
) -> KeptFile:
    """Keep the paper, or a report of a visit, with a certificate; what is kept stays."""
    row = Certification.objects.select_for_update(no_key=True).get(pk=certification.pk)
    if row.files.count() >= MAX_FILES:
        wrong = _("There are %(n)s files already")
        raise DomainError(wrong % {"n": MAX_FILES}, code="too_many", field="file", status=422)
    return keep_file(certification=row, content=content, name=name, by=by, at=at)


@transaction.atomic
def record_visit(
    visit: Surveillance, *, done_on: date, result: str, note: str, by: User, at: datetime
) -> Surveillance:
    """Keep how a surveillance visit ended."""
    row = Surveillance.objects.select_for_update(no_key=True).get(pk=visit.pk)
    if row.done_on is not None:
        raise DomainError(_("It was recorded already"), code="wrong_step")
    if done_on > business_day(at):
        text = _("Choose today or an earlier day")
        raise DomainError(text, code="future", field="done_on", status=422)
    row.done_on, row.result, row.note = done_on, result, said(note, field="note", limit=500)
    row.save(update_fields=["done_on", "result", "note", "updated_at"])
    audit.record("certification.visit", row.certification, actor=by, at=at)
    return row

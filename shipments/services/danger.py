"""Dangerous goods: reported at once, stopped, followed step by step to an outcome (ACC-08)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.errors import DomainError, IllegalTransition
from shipments import enums
from shipments.models import DangerReport, DangerStep, Parcel, ParcelException
from shipments.services import exceptions, handling
from shipments.services.holding import hold
from shipments.services.scans import ScanInput, record_scans
from staff.models import Employee, Site


@transaction.atomic
def report_danger(
    *, parcel: Parcel | None, kind: str, what: str, site: Site, person: Employee | None,
    at: datetime, actor: Any,
) -> DangerReport:  # fmt: skip
    """Report dangerous goods: an accepted parcel is stopped, and an urgent exception opens."""
    if kind not in enums.DangerKind.values:
        raise DomainError(_("Choose the kind of danger"), code="required", field="kind")
    if not what.strip():
        raise DomainError(_("Say what was found"), code="required", field="what")
    report = DangerReport.objects.create(
        number=f"new-{uuid4().hex[:16]}", parcel=parcel, kind=kind, what=what.strip()[:200],
        site=site, found_at=at, found_by=person,
    )  # fmt: skip
    report.number = f"D{calendars.business_day(at):%y%m%d}{report.pk:05d}"
    if parcel is not None:
        hold(parcel)
        _stop(parcel, site, person, at)
        report.exception = _exception(parcel, site, what, at, actor)
    report.save(update_fields=["number", "exception", "updated_at"])
    DangerStep.objects.create(
        report=report, kind=enums.DangerStepKind.FOUND, note=report.what, at=at,
        by=audit.person(actor),
    )  # fmt: skip
    audit.record("danger.open", report, actor=actor, at=at, reason=report.what)
    return report


def _stop(parcel: Parcel, site: Site, person: Employee | None, at: datetime) -> None:
    if parcel.accepted_at is None or parcel.state in enums.ENDED:
        return
    scan = ScanInput(
        uid=uuid4(), waybill=parcel.waybill, code=enums.Code.HLD, happened_at=at, device="counter",
        reason="security-check", site_id=site.pk, person_id=person.pk if person else None,
        detail={"security": True, "reported": True},
    )  # fmt: skip
    record_scans([scan], source=enums.Source.OFFICE, recorded_at=at)


def _exception(
    parcel: Parcel, site: Site, what: str, at: datetime, actor: Any
) -> ParcelException | None:
    open_one = parcel.exceptions.filter(kind=enums.ExceptionKind.DANGER)
    found = open_one.exclude(status=enums.ExceptionStatus.SOLVED).first()
    return found or exceptions.open_by_hand(
        parcel=parcel, kind=enums.ExceptionKind.DANGER, site_id=site.pk, at=at, actor=actor,
        note=what,
    )  # fmt: skip


@transaction.atomic
def add_danger_step(
    *, report: DangerReport, kind: str, note: str, at: datetime, now: datetime, actor: Any
) -> DangerStep:
    """Write what was done and when; the outcome closes the report and its exception."""
    if kind not in enums.DangerStepKind.values:
        raise DomainError(_("Choose what was done"), code="required", field="kind")
    if not note.strip():
        raise DomainError(_("Say what was done, and by whom"), code="required", field="note")
    if at > now or at < report.found_at:
        text = _("Enter a time between the find and now")
        raise DomainError(text, code="bad_time", field="at")
    row = DangerReport.objects.select_for_update(no_key=True, of=("self",)).get(pk=report.pk)
    if row.closed_at is not None:
        raise IllegalTransition(_("This report has its outcome already"))
    step = DangerStep.objects.create(
        report=row, kind=kind, note=note.strip()[:300], at=at, by=audit.person(actor)
    )
    if kind == enums.DangerStepKind.OUTCOME:
        _close(row, note, at, actor)
    audit.record("danger.change", row, actor=actor, at=now, reason=note)
    return step


def _close(row: DangerReport, note: str, at: datetime, actor: Any) -> None:
    row.closed_at = at
    row.save(update_fields=["closed_at", "updated_at"])
    case = row.exception
    if case is not None and case.status != enums.ExceptionStatus.SOLVED:
        handling.settle_exception(case, note=note, actor=actor, at=at)

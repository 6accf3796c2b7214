"""Packing handed out, taken back and used again, counted by station and day (GRN-03)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from shipments import validity
from shipments.models import (
    Calibration,
    Instrument,
    InstrumentUse,
    PackingCount,
    PackingMaterial,
)
from staff.models import Site

MOST = 1_000_000


@transaction.atomic
def count_packing(
    *, site: Site, day: date, material: PackingMaterial, issued: int, collected: int, reused: int,
    actor: Any,
) -> PackingCount:  # fmt: skip
    """Write a day's counts; written again, they replace the day's earlier ones."""
    for field, value in (("issued", issued), ("collected", collected), ("reused", reused)):
        if not 0 <= value <= MOST:
            raise DomainError(_("Enter a number of pieces"), code="bad_count", field=field)
    if reused > issued:
        text = _("More was used again than was handed out. Check both numbers")
        raise DomainError(text, code="too_many_reused", field="reused")
    made, _new = PackingCount.objects.update_or_create(
        site=site, day=day, material=material,
        defaults={"issued": issued, "collected": collected, "reused": reused,
                  "by": audit.person(actor)},
    )  # fmt: skip
    return made


@transaction.atomic
def keep_instrument(
    *, fields: dict[str, Any], pk: int | None, at: datetime, actor: Any
) -> Instrument:
    """Register an instrument, or write down its new calibration (LIF-07)."""
    if fields["valid_until"] <= fields["calibrated_on"]:
        text = _("The calibration ends after the day it was made")
        raise DomainError(text, code="bad_span", field="valid_until")
    if pk is None:
        made = Instrument.objects.create(**fields)
        audit.record("instrument.create", made, actor=actor, at=at)
        _note_use(made, at, actor)
        _note_calibration(made, at, actor)
        validity.refresh_instrument(made, at=at)
        return made
    row = Instrument.objects.select_for_update(of=("self",)).get(pk=pk)
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    row.save()
    audit.record("instrument.change", row, actor=actor, at=at, fields=changed)
    if {"calibrated_on", "valid_until"} & set(changed):
        _note_calibration(row, at, actor)
    if {"site", "is_active"} & set(changed):
        _note_use(row, at, actor)
    validity.refresh_instrument(row, at=at)
    return row


def _note_use(row: Instrument, at: datetime, actor: Any) -> None:
    InstrumentUse.objects.create(
        instrument=row, site=row.site, is_active=row.is_active, from_day=business_day(at), at=at,
        by=audit.person(actor),
    )  # fmt: skip


def _note_calibration(row: Instrument, at: datetime, actor: Any) -> None:
    Calibration.objects.create(
        instrument=row, calibrated_on=row.calibrated_on, valid_until=row.valid_until,
        certificate=row.certificate, at=at, by=audit.person(actor),
    )  # fmt: skip

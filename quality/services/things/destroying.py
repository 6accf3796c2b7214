"""The ledger of destroyed records (INF-05): what, how many, how, and before whom."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality.models import Destruction
from quality.services.moves import said
from quality.services.things.numbers import temporary
from staff.models import Employee, Site, User


@transaction.atomic
def destroy_records(
    *, data_kind: str, site: Site | None, records_until: date, term_ended_on: date, way: str,
    count: int, destroyed_on: date, witness: Employee, note: str, by: User, at: datetime,
) -> Destruction:  # fmt: skip
    """Write down a destruction. Never before the term ended, never witnessed by the doer."""
    if destroyed_on < term_ended_on:
        text = _("The term has not ended on that day; these records must be kept")
        raise DomainError(text, code="too_early", field="destroyed_on")
    if destroyed_on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future",
                          field="destroyed_on")  # fmt: skip
    if records_until > term_ended_on:
        text = _("The term ends after the last day of the records")
        raise DomainError(text, code="order", field="term_ended_on")
    if witness.user_id is not None and witness.user_id == by.pk:
        text = _("Somebody else must witness it")
        raise DomainError(text, code="four_eyes", field="witness")
    number = f"DX{business_day(at):%y%m%d}{temporary()[4:9].upper()}"
    row = Destruction.objects.create(
        number=number, data_kind=said(data_kind, field="data_kind", limit=60), site=site,
        records_until=records_until, term_ended_on=term_ended_on, way=way, count=count,
        destroyed_on=destroyed_on, witness=witness, note=note.strip()[:300], by=by, at=at,
    )  # fmt: skip
    audit.record("destruction.record", row, actor=by, at=at, fields=[way])
    return row

"""The ledger of destroyed records (INF-05): what, how many, how, and before whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import retention_counts
from quality.models import Destruction, RetentionRule
from quality.services.moves import said
from quality.services.things.darkening import darken, encrypted_rule, keys_of, require_sure
from quality.services.things.numbers import temporary
from staff.models import Employee, Site, User

# A backup holds the keys of its day: it may be kept no longer than this (docs/operations.md).
BACKUPS_KEPT = timedelta(days=35)


@transaction.atomic
def destroy_records(
    *, data_kind: str, site: Site | None, records_until: date, term_ended_on: date, way: str,
    count: int, destroyed_on: date, witness: Employee, note: str, by: User, at: datetime,
    sure: str = "",
) -> Destruction:  # fmt: skip
    """Write down a destruction. Never before the term ended, never witnessed by the doer.

    Of a kind of data that is kept encrypted, the whole company's entry destroys the keys itself;
    `sure` is then the month, typed by hand.
    """
    rule = encrypted_rule(data_kind.strip()) if site is None else None
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
    if rule is not None:
        require_sure(rule, until=records_until, way=way, sure=sure, at=at)
    number = f"DX{business_day(at):%y%m%d}{temporary()[4:9].upper()}"
    row = Destruction.objects.create(
        number=number, data_kind=said(data_kind, field="data_kind", limit=60), site=site,
        records_until=records_until, term_ended_on=term_ended_on, way=way, count=count,
        destroyed_on=destroyed_on, witness=witness, note=note.strip()[:300], by=by, at=at,
        **_darkened(rule, records_until, number, by, at),
    )  # fmt: skip
    audit.record("destruction.record", row, actor=by, at=at, fields=[way])
    for one in RetentionRule.objects.filter(Q(name=row.data_kind) | Q(name_en=row.data_kind)):
        retention_counts.refresh_rule(one, at=at)
    return row


def _darkened(
    rule: RetentionRule | None, until: date, number: str, by: User, at: datetime
) -> dict[str, Any]:
    if rule is None:
        return {}
    keys = keys_of(rule, until=until, at=at)
    gone = darken(keys, until=until, by=by, at=at, reason=number)
    return {"keys": gone, "backups_until": business_day(at) + BACKUPS_KEPT}

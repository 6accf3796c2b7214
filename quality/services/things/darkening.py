"""Making the personal data of an ended month unreadable for ever, by its ledger entry."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from complaints.models import Case
from courierqa.core.calendars import day_start
from courierqa.core.errors import DomainError
from courierqa.core.formats import day
from courierqa.core.models import DataKey
from courierqa.core.privacy import rotation
from quality.models import RetentionRule
from quality.selectors.improvement.retention import held_parcels
from shipments.models import Parcel
from staff.models import User

# Whose key is destroyed with which kind of data.
CLASS_OF = {"waybill-data": "party", "case-file": "complaint"}
# So many held cases are named; more of them change nothing.
NAMED = 5


def encrypted_rule(data_kind: str) -> RetentionRule | None:
    """Return the rule of a kind of data that is kept encrypted; none for paper and the like."""
    rules = RetentionRule.objects.filter(code__in=CLASS_OF, is_active=True)
    return next((one for one in rules if data_kind in (one.name, one.name_en)), None)


def keys_of(rule: RetentionRule, *, until: date, at: datetime) -> list[DataKey]:
    """Return the living keys that end with the records up to a day, oldest first.

    A running month never ends. Of complaints the term begins at closing: a month with one that
    has not ended yet keeps its key, and a later entry takes it.
    """
    before = min(f"{until + timedelta(days=1):%Y-%m}", f"{at:%Y-%m}")
    living = rotation.keys_due(before_month=before)
    keys = [one for one in living if one.data_class == CLASS_OF[rule.code]]
    if CLASS_OF[rule.code] != "complaint":
        return keys
    return [one for one in keys if not _is_needed(one, until)]


def _is_needed(key: DataKey, until: date) -> bool:
    """Say whether a complaint that has not ended may have words under this key."""
    first = date.fromisoformat(f"{key.month}-01")
    # Months of keys are those of UTC: a day of room on both sides.
    start, end = day_start(first - timedelta(days=1)), day_start(first + timedelta(days=33))
    ended = day_start(until + timedelta(days=1))
    rows = Case.objects.filter(received_at__lt=end).exclude(closed_at__lt=start)
    return rows.exclude(closed_at__lt=ended).exists()


def require_sure(rule: RetentionRule, *, until: date, way: str, sure: str, at: datetime) -> None:
    """Refuse an entry about encrypted data that was not meant twice, or that a case holds back."""
    if way != "key":
        text = _("These records are kept encrypted: choose that their key is destroyed")
        raise DomainError(text, code="wrong_way", field="way")
    held = list(held_parcels(until=until, at=at).order_by("number").values_list(
        "number", flat=True)[: NAMED + 1])  # fmt: skip
    if rule.code == "waybill-data" and held:
        names = ", ".join(held[:NAMED]) + ("…" if len(held) > NAMED else "")
        text = _("Cases about these parcels are still open: %(cases)s. Close them first, or choose "
                 "an earlier day")  # fmt: skip
        raise DomainError(text % {"cases": names}, code="held", field="records_until")
    if sure.strip() != f"{until:%Y-%m}":
        text = _("This cannot be undone: all personal data of these records up to %(day)s become "
                 "unreadable for ever. Type %(month)s here to confirm it")  # fmt: skip
        told = {"day": day(until), "month": f"{until:%Y-%m}"}
        raise DomainError(text % told, code="not_sure", field="sure", status=422)


def darken(keys: list[DataKey], *, until: date, by: User, at: datetime, reason: str) -> int:
    """Destroy the keys; parcels ordered in those months and accepted later stay readable."""
    later = day_start(until + timedelta(days=1))
    stay = rotation.rows_of(Parcel, keys).filter(accepted_at__gte=later)
    rotation.carry_over(stay.iterator(chunk_size=500), month=f"{at:%Y-%m}")
    for key in keys:
        rotation.destroy_key(key, by=by, reason=reason, at=at)
    return len(keys)

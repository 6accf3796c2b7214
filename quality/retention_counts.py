"""UpkeepRow X01: a month of one kind of data, destroyed by 30 days after its term, or not.

A month is destroyed as a whole, since its personal data lie under one key. It weighs as many
records as it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from courierqa.core import counted
from courierqa.core.calendars import business_day
from courierqa.core.recurrence import add_months
from quality.models import Destruction, RetentionRule, UpkeepRow
from quality.selectors.improvement.retention import COUNTED, by_month, held_parcels
from quality.upkeep_counts import UPKEEP, end_of

# How long after its term a record may still be there (X01), a proposal.
GRACE = timedelta(days=30)
# The key of a batch: its rule, then year and month.
PER_RULE = 1_000_000
# Kinds that complaints, claims and appeals about the parcels hold back.
OF_PARCELS = ("waybill-paper", "waybill-data")


def refresh_rule(rule: RetentionRule, *, at: datetime) -> None:
    """Make the batches of a kind of data anew: those whose term has ended by now."""
    rows = list(_batches(rule, business_day(at))) if rule.is_active else []
    first = rule.pk * PER_RULE
    known = UpkeepRow.objects.filter(
        kind="X01", record_id__gte=first, record_id__lt=first + PER_RULE
    )
    ids = {one.record_id for one in rows} | set(known.values_list("record_id", flat=True))
    counted.keep(UpkeepRow, rows, kinds=("X01",), records=ids, source=UPKEEP, at=at)


def run(*, now: datetime) -> dict[str, int]:
    """Find the months whose term has ended: every night, since nobody does anything for it."""
    renew(at=now)
    return {"batches": UpkeepRow.objects.filter(kind="X01").count()}


def renew(*, at: datetime) -> None:
    """Make every batch anew."""
    for rule in RetentionRule.objects.order_by("pk"):
        refresh_rule(rule, at=at)


def _batches(rule: RetentionRule, today: date) -> Iterator[counted.CountedRow]:
    if rule.code not in COUNTED:
        return
    ledger = Destruction.objects.filter(site=None, data_kind__in=[rule.name, rule.name_en])
    entries = list(ledger.values_list("records_until", "destroyed_on"))
    for month, number in by_month(rule.code):
        last = add_months(month, 1) - timedelta(days=1)
        ended = add_months(last, rule.months)
        if ended > today:
            continue
        due = end_of(ended + GRACE)
        is_gone = any(until >= last and on <= business_day(due) for until, on in entries)
        is_held = rule.code in OF_PARCELS and held_parcels(until=last, at=due).filter(
            parcel__accepted_at__gte=_start(month)
        ).exists()  # fmt: skip
        yield counted.row(
            UpkeepRow, "X01", rule.pk * PER_RULE + month.year * 100 + month.month, due,
            label=f"{rule.name} {month:%Y-%m}"[:60], amount=number,
            is_hit=is_gone, is_out=is_held and not is_gone,
        )  # fmt: skip


def _start(month: date) -> datetime:
    return end_of(month - timedelta(days=1)) + timedelta(microseconds=1)

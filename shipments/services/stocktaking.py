"""Stocktakes: what should lie on a site by the scans, against what does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import calendars, history
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Parcel, ScanEvent, Stocktake, StocktakeLine
from shipments.network_enums import StocktakeStatus as Status
from shipments.network_enums import StockVerdict as Verdict
from shipments.selectors.stocktakes import expected_at
from shipments.services import hub_checks
from staff.models import Site

MACHINE = history.Machine("stocktake", {Status.COUNTING: {"close": Status.CLOSED}})


@transaction.atomic
def start_stocktake(*, site: Site, at: datetime, actor: Any) -> Stocktake:
    """Begin to count a site; what the scans say should lie there becomes the list."""
    try:
        with transaction.atomic():
            count = Stocktake.objects.create(
                number=f"new-{site.pk}-{at:%H%M%S}"[:20], site=site, started_at=at,
                started_by=actor,
            )  # fmt: skip
    except IntegrityError as error:
        wrong = _("This site is being counted already. Close that count first")
        raise DomainError(wrong, code="counting", field="site") from error
    count.number = f"ST{calendars.business_day(at):%y%m%d}{count.pk:05d}"
    count.save(update_fields=["number"])
    StocktakeLine.objects.bulk_create(
        [
            StocktakeLine(stocktake=count, parcel_id=pk, is_expected=True)
            for pk in expected_at(site.pk).values_list("pk", flat=True)
        ],
        batch_size=500,
    )
    history.begin(count, machine=MACHINE, actor=actor, at=at)
    return count


@transaction.atomic
def count_parcels(*, count: Stocktake, waybills: Sequence[str], at: datetime) -> dict[str, str]:
    """Mark scanned parcels as seen; return number → what to say about it."""
    count = Stocktake.objects.select_for_update(no_key=True).get(pk=count.pk)
    if count.status != Status.COUNTING:
        raise DomainError(_("This count is closed"), code="closed")
    parcels = {p.waybill: p for p in Parcel.objects.filter(waybill__in=waybills)}
    listed = {
        line.parcel_id: line for line in count.lines.filter(parcel__in=parcels.values())
    }  # fmt: skip
    said = {}
    for waybill in dict.fromkeys(waybills):
        parcel = parcels.get(waybill)
        said[waybill] = _see(count, parcel, listed.get(parcel.pk) if parcel else None, at)
    return said


def _see(count: Stocktake, parcel: Parcel | None, line: StocktakeLine | None, at: datetime) -> str:
    if parcel is None:
        return _("No such parcel. Check the number")
    if line is None:
        StocktakeLine.objects.create(
            stocktake=count, parcel=parcel, is_expected=False, seen_at=at,
            verdict=Verdict.UNEXPECTED,
        )  # fmt: skip
        return _("Not expected here. Keep it apart")
    if line.seen_at is not None:
        return _("Counted already")
    line.seen_at = at
    line.verdict = Verdict.PRESENT
    line.save(update_fields=["seen_at", "verdict"])
    return _("Present")


@transaction.atomic
def close_stocktake(*, count: Stocktake, at: datetime, actor: Any) -> dict[str, int]:
    """Close a count: findings for both kinds of difference, a search for what is missing.

    A parcel that was scanned elsewhere since the count began has left and is not missing.
    """
    history.transition(
        count, "close", machine=MACHINE, actor=actor, at=at, changes={"closed_at": at}
    )
    unseen = list(count.lines.filter(seen_at=None).select_related("parcel"))
    still_here = set(
        expected_at(count.site_id)
        .filter(pk__in=[line.parcel_id for line in unseen])
        .values_list("pk", flat=True)
    )
    for line in unseen:
        line.verdict = Verdict.MISSING if line.parcel_id in still_here else Verdict.LEFT
    StocktakeLine.objects.bulk_update(unseen, ["verdict"], batch_size=200)
    missing = [line.parcel for line in unseen if line.verdict == Verdict.MISSING]
    extra = [line.parcel for line in count.lines.filter(is_expected=False).select_related("parcel")]
    _tell(count, missing, extra, at)
    return {"missing": len(missing), "unexpected": len(extra), "left": len(unseen) - len(missing)}


def _tell(count: Stocktake, missing: list[Parcel], extra: list[Parcel], at: datetime) -> None:
    words = _("Missing at stocktake %(number)s") % {"number": count.number}
    for parcel in missing:
        row = _mark(count, parcel, at)
        hub_checks.finding(row, "stocktake_missing", stocktake=count.number)
        hub_checks.open_for(
            parcel, enums.ExceptionKind.LOST, row, cause="stocktake-missing", note=words
        )
    for parcel in extra:
        row = _mark(count, parcel, at)
        hub_checks.finding(row, "stocktake_unexpected", stocktake=count.number)


def _mark(count: Stocktake, parcel: Parcel, at: datetime) -> ScanEvent:
    uid = uuid5(NAMESPACE_URL, f"stocktake:{count.number}:{parcel.waybill}")
    return ScanEvent(uid=uid, parcel_id=parcel.pk, site_id=count.site_id, recorded_at=at)

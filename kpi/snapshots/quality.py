"""How far the month's data can be trusted: marked rows, silent sites, imports, the double check."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count

from courierqa.core.enums import RowResult
from courierqa.core.models import ImportRun
from courierqa.core.timeframes import Period
from kpi import selectors
from kpi.metrics import METRICS
from kpi.models import MonthCell, Snapshot, Target, Verification
from kpi.snapshots.words import both
from shipments.enums import FindingKind
from shipments.models import Finding, ParcelFacts
from staff.enums import SiteKind
from staff.models import Site

TAKEN = (RowResult.CREATED, RowResult.UPDATED, RowResult.SKIPPED)


def quality(period: Period, accepted: int, site: Site | None = None) -> dict[str, Any]:
    """Return the data quality figures of a month; `accepted` is its volume."""
    rows = ParcelFacts.objects.filter(
        accepted_day__gte=period.start_day, accepted_day__lt=period.end_day, is_test=False
    )
    rows = rows if site is None else rows.filter(site_id=site.pk)
    reach, checked = selectors.reach(), last_check(period)
    return {
        "accepted": accepted,
        "marked": rows.filter(marked=True).count(),
        "defaulted": rows.filter(due_defaulted=True).count(),
        "silent_sites": _silent(period) if site is None else [],
        "through": reach.isoformat() if reach else None,
        "verification": None if checked is None else result(checked),
        "findings": _findings(period) if site is None else [],
        "imports": [_import(run) for run in _runs(period)] if site is None else [],
        "definitions": _redefined(period),
        "targets": _retargeted(period, site),
    }


def _silent(period: Period) -> list[str]:
    """Return the stations without a single counted parcel."""
    heard = MonthCell.objects.filter(month=period.start_day, total__gt=0).values("site_id")
    stations = Site.objects.filter(kind=SiteKind.STATION, closed_on=None).exclude(pk__in=heard)
    return list(stations.order_by("code").values_list("code", flat=True))


def _redefined(period: Period) -> list[dict[str, str]]:
    """Return the figures that are new, or whose rule reads differently, since the last edition."""
    last = Snapshot.objects.filter(period=period.previous().key, site="", is_final=True).last()
    if last is None:
        return []
    was = {line["code"]: line["words"] for line in last.content["metrics"]}
    changed = [
        {"code": code, "kind": "new" if code not in was else "changed"}
        for code, metric in METRICS.items()
        if code not in was or was[code]["formula"] != both(lambda m=metric: m.words.formula)
    ]
    return sorted(changed, key=lambda row: row["code"])


def _retargeted(period: Period, site: Site | None) -> list[dict[str, Any]]:
    """Return the targets that became valid in the month."""
    rows = Target.objects.filter(
        valid_from__gte=period.start_day, valid_from__lt=period.end_day, is_proposal=False
    ).select_related("site")
    wanted = [row for row in rows if row.site_id is None or site is None or row.site_id == site.pk]
    found = [
        {
            "code": f"{row.metric}/{row.site.code if row.site else ''}",
            "metric": row.metric,
            "site": row.site.code if row.site else "",
            "from": row.valid_from.isoformat(),
            "value": f"{row.value.normalize():f}",
            "reason": row.reason,
        }
        for row in wanted
    ]
    return sorted(found, key=lambda row: (row["code"], row["from"]))


def last_check(period: Period) -> Verification | None:
    """Return the newest finished double-entry check of a month."""
    done = Verification.objects.filter(period=period.key, ended_at__isnull=False)
    return done.order_by("-ended_at", "-id").first()


def result(check: Verification) -> dict[str, Any]:
    """Return what the report says about a check."""
    return {
        "cells": check.cells,
        "differences": len(check.differences),
        "ended": _text(check.ended_at),
    }


def _findings(period: Period) -> list[dict[str, Any]]:
    rows = Finding.objects.filter(found_at__gte=period.start_at, found_at__lt=period.end_at)
    counted = rows.values("kind", "code").order_by("kind", "code").annotate(n=Count("pk"))
    found = [
        {
            "code": row["code"],
            "names": both(lambda row=row: FindingKind(row["kind"]).label),
            "count": row["n"],
        }
        for row in counted
    ]
    return sorted(found, key=lambda row: (-row["count"], row["code"]))


def _runs(period: Period) -> list[ImportRun]:
    done = ImportRun.objects.filter(
        dry_run=False, ended_at__gte=period.start_at, ended_at__lt=period.end_at
    )
    return list(done.order_by("ended_at", "id"))


def _import(run: ImportRun) -> dict[str, Any]:
    return {
        "file": run.file_name,
        "at": _text(run.ended_at),
        "rows": run.rows,
        "kept": sum(run.counts.get(result.value, 0) for result in TAKEN),
        "marked": run.counts.get(RowResult.MARKED.value, 0),
        "refused": run.counts.get(RowResult.REFUSED.value, 0),
    }


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None

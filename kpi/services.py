"""Keeping the figures true: recompute what changed, and what time itself made due.

A chunk is one month. It is computed and stored in one transaction that also moves the chunk's
own watermark and clears what it drained; a process killed anywhere leaves whole chunks done and
the rest still marked, and the next run goes on from there.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils import timezone

from complaints import counted as voice
from complaints import facts as cases
from courierqa.core import changed, leases, schedule
from courierqa.core.calendars import business_day
from courierqa.core.models import ChangedDay
from courierqa.core.timeframes import Period, month_of
from kpi import alarm, assessing, rollups
from kpi.metrics import METRICS, TABLES
from kpi.models import Cell, Verification, Watermark
from quality import inspection_counts as inspections
from quality import licence_counts, loop_counts, retention_counts, review_counts, upkeep_counts
from shipments import conduct_counts, run_counts, scan_counts, trouble_facts, validity
from shipments import services as parcels
from staff import counted as people
from staff.models import Site
from staff.roster import keep_roster

log = logging.getLogger(__name__)
FIGURES = "figures"
# A month marked as a whole: written by a rebuild, drained like any other change.
WHOLE = "rebuild"
SOURCES = (
    "parcels", "cases", "handovers", "troubles", "voice", "people", "steps", "inspections", "loop",
    "upkeep", "runs", "scans", "spans", "views", WHOLE,
)  # fmt: skip
# Renewed while a month is counted; a killed refresh leaves it locked no longer than this.
LEASE_SECONDS = 60
# So often a check counts anew what a refresh beside it has moved.
MOST_TURNS = 3
NEVER = datetime(1970, 1, 1, tzinfo=UTC)

Pairs = set[tuple[date, int]]


def refresh_dirty(*, now: datetime) -> dict[str, Any]:
    """Recompute the cells whose facts changed or whose deadlines passed since the last run."""
    scan_counts.follow(now=now)
    since = watermark() or _begin(now)
    drained = changed.drain(SOURCES)
    chunks = _chunks(drained, _fell_due(since, now))
    written, skipped, began = 0, 0, time.monotonic()
    for place, (month, chunk) in enumerate(sorted(chunks.items())):
        schedule.progress(place, len(chunks))
        try:
            passed = timedelta(seconds=time.monotonic() - began)
            written += _refresh_chunk(month, chunk, now=now, passed=passed)
        except (leases.LeaseBusy, leases.LeaseLost):
            skipped += 1
    if not skipped:
        _move(FIGURES, now)
    return {"months": len(chunks) - skipped, "cells": written, "skipped": skipped}


def rebuild(*, now: datetime, period: Period | None = None) -> dict[str, Any]:
    """Recompute whole months; marked first, so that the next run finishes a killed rebuild.

    A rebuild of everything first makes anew the facts an older version made.
    """
    if period is not None:
        mark_months(months_of(period), now=now)
        return refresh_dirty(now=now)
    parcels.renew_facts(now=now)
    cases.renew(at=now)
    trouble_facts.renew(now=now)
    voice.renew(at=now)
    people.renew(at=now)
    inspections.renew(at=now)
    loop_counts.renew(at=now)
    upkeep_counts.renew(at=now)
    review_counts.renew(at=now)
    assessing.renew(at=now)
    run_counts.renew(at=now)
    scan_counts.renew(now=now)
    validity.renew(at=now)
    licence_counts.renew(at=now)
    retention_counts.renew(at=now)
    conduct_counts.renew(at=now)
    keep_roster(now=now)
    if watermark() is None:
        return refresh_dirty(now=now)
    mark_months(all_months(), now=now)
    return refresh_dirty(now=now)


@transaction.atomic
def _begin(now: datetime) -> datetime:
    """Start the measure: everything there is becomes due once, from now on only what changes."""
    mark_months(all_months(), now=now)
    _move(FIGURES, now)
    return now


def verify_period(period: Period, *, now: datetime) -> Verification:
    """Bring the figures up to date, recount the period from raw scans, and keep the comparison."""
    # Data frames take seconds to load; only this job and its command need them.
    from kpi.verification import comparing, counting  # noqa: PLC0415

    # Terms end by themselves, and old records may have come in since the last night.
    retention_counts.renew(at=now)
    refresh_dirty(now=now)
    for _turn in range(MOST_TURNS):
        as_of = watermark() or now
        found = counting.recount(period, as_of=as_of)
        listed = comparing.differences(period, found, as_of=as_of)
        if not listed or not _is_outrun(period, as_of):
            break
    return Verification.objects.create(
        period=period.key,
        started_at=now,
        ended_at=timezone.now(),
        cells=len(found.cells),
        differences=listed,
    )


def _is_outrun(period: Period, as_of: datetime) -> bool:
    """Say whether a refresh beside the check has counted of its months as of a later moment."""
    names = [f"cells.{month:%Y-%m}" for month in months_of(period)]
    return Watermark.objects.filter(name__in=names, through__gt=as_of).exists()


def verify_recent(*, now: datetime) -> dict[str, Any]:
    """Check the running month, the last one, and one older month in turn, night by night."""
    this = month_of(business_day(now))
    months = [this, this.previous()]
    older = [month for month in all_months() if month < months[1].start_day]
    if older:
        months.append(month_of(older[business_day(now).toordinal() % len(older)]))
    checks = [verify_period(month, now=now) for month in months]
    wrong = [check.period for check in checks if check.differences]
    if wrong:
        log.error("Stored figures differ from the recount of raw scans: %s.", ", ".join(wrong))
    for check in checks:
        alarm.tell_differences(check, at=now)
    return {"cells": sum(check.cells for check in checks), "different": wrong}


def mark_months(months: Iterable[date], *, now: datetime) -> None:
    """Mark months for a full recount."""
    changed.mark(WHOLE, [(month, 0) for month in months], at=now)


def watermark() -> datetime | None:
    """Return the moment up to which figures know every change and every passed deadline."""
    return Watermark.objects.filter(name=FIGURES).values_list("through", flat=True).first()


def all_months() -> list[date]:
    """Return the first days of every month that has facts or cells."""
    days: list[date] = []
    for tally in _tallies():
        ends = tally.table.objects.aggregate(first=Min(tally.day), last=Max(tally.day))
        days += [day for day in ends.values() if day is not None]
    ends = Cell.objects.aggregate(first=Min("day"), last=Max("day"))
    days += [day for day in ends.values() if day is not None]
    return _months_between(min(days), max(days)) if days else []


def months_of(period: Period) -> list[date]:
    """Return the first days of the months a period touches."""
    return _months_between(period.start_day, max(period.days()))


def _months_between(first: date, last: date) -> list[date]:
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = rollups.next_month(month)
    return months


def _tallies() -> list[Any]:
    """Return one tally per (table, day, moment, site column): where a row can fall due."""
    found = {}
    for metric in METRICS.values():
        for _role, tally in metric.parts():
            found[tally.facts, tally.day, tally.moment, tally.site] = tally
    return list(found.values())


def _fell_due(since: datetime, now: datetime) -> Pairs:
    """Return the (day, site) with a row whose moment passed after `since`, up to `now`.

    The business day of the moment is the row's own day, so the day index finds the rows.
    """
    first, *rest = [_due_places(tally, since, now) for tally in _tallies()]
    # One question for all tables: an idle run asks little, however many figures there are.
    found: Pairs = {(day, site or 0) for day, site in first.union(*rest)}
    return found | _ended_days(since, now)


def _due_places(tally: Any, since: datetime, now: datetime) -> Any:
    """Return the (day, site) of a tally's rows whose moment passed after `since`, up to `now`."""
    rows = TABLES[tally.facts]._default_manager.filter(
        **{
            f"{tally.day}__gte": business_day(since),
            f"{tally.day}__lte": business_day(now),
            f"{tally.moment}__gt": since,
            f"{tally.moment}__lte": now,
        }
    )
    return rows.order_by().values_list(tally.day, tally.site).distinct()


def _ended_days(since: datetime, now: datetime) -> Pairs:
    """Return the days that ended after `since`, at every site: what is under way is counted.

    Under 0 stands what belongs to no site, such as the company's licences.
    """
    day, today = business_day(since), business_day(now)
    sites = [0, *Site.objects.values_list("pk", flat=True)] if day < today else []
    pairs: Pairs = set()
    while day < today:
        pairs |= {(day, site) for site in sites}
        day += timedelta(days=1)
    return pairs


class _Chunk:
    """What of one month must be recomputed, and the marks that said so."""

    def __init__(self) -> None:
        self.pairs: Pairs = set()
        self.marks: list[ChangedDay] = []
        self.whole = False


def _chunks(drained: list[ChangedDay], due: Pairs) -> dict[date, _Chunk]:
    chunks: dict[date, _Chunk] = defaultdict(_Chunk)
    for mark in drained:
        chunk = chunks[mark.day.replace(day=1)]
        chunk.marks.append(mark)
        chunk.whole = chunk.whole or mark.source == WHOLE
        chunk.pairs.add((mark.day, mark.site_id))
    for day, site in due:
        chunks[day.replace(day=1)].pairs.add((day, site))
    return chunks


def _refresh_chunk(month: date, chunk: _Chunk, *, now: datetime, passed: timedelta) -> int:
    """Recompute one month's dirty part in one transaction; `passed` since the run began at `now`.

    The chunk's watermark row is locked first: whoever comes second waits, then computes as of
    the later moment, so an older run can never overwrite a younger one.
    """
    name = f"cells.{month:%Y-%m}"
    part, sites = _slice(month, chunk)
    with leases.hold(f"kpi.{name}", LEASE_SECONDS, now=now + passed) as lease, transaction.atomic():
        mark, _new = Watermark.objects.get_or_create(name=name, defaults={"through": NEVER})
        mark = Watermark.objects.select_for_update().get(pk=mark.pk)
        at = max(now, mark.through)
        written = rollups.replace(part, at=at)
        rollups.sum_month(month, sites)
        Watermark.objects.filter(pk=mark.pk).update(through=at)
        changed.clear(chunk.marks)
        lease.check()
    return written


def _slice(month: date, chunk: _Chunk) -> tuple[rollups.Slice, set[int] | None]:
    """Return what to count: exactly the dirty (day, site), or the month when most are dirty."""
    days = (rollups.next_month(month) - month).days
    if chunk.whole or len(chunk.pairs) * 2 > days * (Site.objects.count() + 1):
        return rollups.month_slice(month), None
    sites: dict[date, set[int]] = defaultdict(set)
    for day, site in chunk.pairs:
        sites[day].add(site)
    frozen = {day: frozenset(found) for day, found in sites.items()}
    return rollups.Slice(sites=frozen), {site for _day, site in chunk.pairs}


def _move(name: str, through: datetime) -> None:
    """Move a watermark forward, never back."""
    mark, new = Watermark.objects.get_or_create(name=name, defaults={"through": through})
    if not new:
        Watermark.objects.filter(pk=mark.pk, through__lt=through).update(through=through)

"""Judged parcels and raw cases to counts per metric, day, site and product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from complaints.models import Case
from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.verification import (
    appointing,
    conduct,
    desk,
    ending,
    evenings,
    handed,
    inspecting,
    judging,
    loop,
    objectives,
    open_desk,
    people,
    qualified,
    reading,
    reviews,
    seeing,
    stepping,
    times,
    troubles,
    upkeep,
    uploads,
    voice,
)
from kpi.verification.book import COUNTS, PER_PARCELS, Recount, divide
from kpi.verification.fallen import Fallen, said
from kpi.verification.stepping import Way

OUTCOMES = (("D02A", "returned"), ("D02B", "recalled"), ("D02C", "lost"), ("D02D", "open"))


def recount(period: Period, *, as_of: datetime) -> Recount:
    """Recount a period from what was stored raw."""
    found = Recount()
    for ids in reading.touching(period):
        raw = reading.read(ids)
        scans = judging.tidied(raw)
        told = reading.by(scans, "parcel_id")
        judged = judging.judge(raw, scans, told)
        handovers, wrong = handed.judge(raw, scans, told)
        judged["handed_wrong"] = judged["id"].isin(wrong)
        # One object for each key: it stands in some thirty cells.
        judged["id"] = judged["id"].astype(object)
        _fall(handovers, period, as_of, found)
        _fall(appointing.falls(judged, told, raw), period, as_of, found)
        _parcels(judged, stepping.ways(judged, told, raw), period, as_of, found)
    for metric, row, day, fell in desk.falls(period, as_of=as_of):
        found.add_case((metric, day, *row.place), row.pk, fell)
    books = (
        troubles.falls(period), voice.falls(period), people.falls(), inspecting.falls(),
        loop.falls(), upkeep.falls(), reviews.falls(), ending.falls(as_of), seeing.falls(period),
        seeing.requests(), conduct.falls(), objectives.falls(),
    )  # fmt: skip
    for fallen in books:
        _fall(fallen, period, as_of, found)
    evenings.count(period, as_of, found)
    qualified.count(period, as_of, found)
    for day, place, pk, fell in open_desk.evenings(period, as_of=as_of):
        found.add(("C10", day, *place), pk, fell)
    for one in uploads.uploads(period):
        found.add_sum(("S06", one.day, *one.place), one.record, one.hits, one.total)
    times.cases(period, found.times)
    return found


def _fall(rows: Iterable[Fallen], period: Period, as_of: datetime, found: Recount) -> None:
    """Count records in the period; before its moment nothing is right or wrong (B1)."""
    for one in rows:
        day = calendars.business_day(one.moment)
        if day not in period or (one.moment > as_of and one.fell == "excluded"):
            continue
        found.add_fallen(one, day=day, fell="pending" if one.moment > as_of else one.fell)


def _parcels(
    judged: Any, ways: dict[int, Way], period: Period, as_of: datetime, found: Recount
) -> None:
    """Every parcel accepted into the network, but test items (B25) and ways back (B12)."""
    is_counted = ~judged["is_test"] & judged["parent_id"].isna()
    real = judged[judged["accepted_at"].notna() & is_counted]
    whole = (~(real["lost"] | real["damaged"] | real["short"])).rename("whole")
    never = real["is_test"]
    # Once declared lost is late for ever (B14).
    kept = ~real["ever_lost"]
    on_time = (real["done_at"] <= real["due_at"]) & kept
    tried = real["attempt_at"] <= real["due_at"]
    plan = [
        ("T01", "due_at", on_time, real["out_promise"]),
        ("T02", "due_at", tried, real["recalled_promise"]),
        ("T03", "h72_at", (real["done_at"] <= real["h72_at"]) & kept, real["out_h72"]),
        ("T04", "h24_at", (real["done_at"] <= real["h24_at"]) & kept, real["out_h24"]),
        ("T11", "claim_at", ~(real["done_at"] <= real["claim_at"]), real["out_claim"]),
        ("D01", "attempt_at", real["attempt_done"], ~real["attempts_told"]),
        ("D02", "week_at", real["done_at"] <= real["week_at"], never),
        *((code, "week_at", real["outcome"] == what, never) for code, what in OUTCOMES),
        ("S01", "due_at", whole, never),
        ("S07", "due_at", on_time & whole & ~_spoilt(real), real["out_promise"]),
        ("S02", "accepted_at", real["lost"], never),
        ("S03", "accepted_at", real["damaged"], never),
        ("S04", "accepted_at", real["short"], never),
    ]
    for metric, moment, hit, out in plan:
        for row in _fallen(real, moment, hit, out, period, as_of):
            found.add_parcel(metric, row)
    for row in _fallen(real, "accepted_at", never, never, period, as_of):
        if row.fell == "miss":
            for metric in PER_PARCELS:
                divide(found, (metric, row.day, int(row.site_id), int(row.product_id)))
    _revenue(real, period, as_of, found)
    _appointments(real, period, as_of, found)
    _acceptance(judged[is_counted], real, period, as_of, found)
    _traces(real, period, as_of, found)
    _under_way(real, ways, period, as_of, found)
    _steps(real, ways, period, as_of, found)
    times.parcels(real, period, found.times)


def _appointments(real: Any, period: Period, as_of: datetime, found: Recount) -> None:
    """Booked delivery times (T09)."""
    for row in _fallen(real, "slot_at", real["slot_kept"], real["is_test"], period, as_of):
        found.add_parcel("T09", row)


def _acceptance(everybody: Any, real: Any, period: Period, as_of: datetime, found: Recount) -> None:
    """Acceptance safety, at the site that took the parcel in."""
    mute = ~real["told_checks"]
    never = real["is_test"]
    plan = [
        ("A01", real["needs_look"], real["looked"], mute),
        ("A02", real["needs_name"], real["named"], mute),
    ]
    for metric, who, hit, out in plan:
        for row in _fallen(real[who], "accepted_at", hit, out, period, as_of, "origin_id"):
            found.add((metric, row.day, int(row.site_id), int(row.product_id)), row.id, row.fell)
    all_of = everybody["is_test"] | True
    for row in _fallen(everybody, "refused_at", all_of, ~all_of, period, as_of, "origin_id"):
        found.add_case(("A05", row.day, int(row.site_id), int(row.product_id)), row.id, row.fell)
    for row in _fallen(real, "accepted_at", never, never, period, as_of, "origin_id"):
        if row.fell == "miss":
            divide(found, ("A05", row.day, int(row.site_id), int(row.product_id)))


def _traces(real: Any, period: Period, as_of: datetime, found: Recount) -> None:
    """Scans of the trace, found of wanted, added up (S05)."""
    never, more = real["is_test"], ("found", "wanted")
    for row in _fallen(real, "due_at", never, never, period, as_of, "site_id", more):
        key = ("S05", row.day, int(row.site_id), int(row.product_id))
        if row.fell == "pending":
            found.add(key, row.id, row.fell)
        else:
            found.add_sum(key, row.id, int(row.found), int(row.wanted))


def _steps(
    real: Any, ways: dict[int, Way], period: Period, as_of: datetime, found: Recount
) -> None:
    """Every step on the day it happened."""
    for row in real.itertuples(index=False):
        for step in ways[int(row.id)].steps:
            day = calendars.business_day(step.moment)
            key = (step.metric, day, step.site, int(row.product_id))
            if day not in period:
                continue
            if step.minutes is not None:
                found.times.add(key, step.minutes)
            elif step.moment > as_of:
                if step.fell != "excluded":
                    found.add(key, row.id, "pending")
            elif step.sums is not None:
                found.add_sum(key, row.id, *step.sums)
            else:
                found.add(key, row.id, step.fell)


def _under_way(
    real: Any, ways: dict[int, Way], period: Period, as_of: datetime, found: Recount
) -> None:
    """At the end of every ended day: accepted before it, and not ended by then (T10, E05)."""
    day = period.start_day
    while day < min(period.end_day, calendars.business_day(as_of)):
        midnight = pd.Timestamp(calendars.day_start(day + timedelta(days=1)))
        here = real[(real["accepted_at"] < midnight) & ~(real["ended_at"] < midnight)]
        late = here["due_at"] < midnight
        for row in here.assign(late=late).itertuples(index=False):
            place, way = (day, int(row.site_id), int(row.product_id)), ways[int(row.id)]
            fell = "excluded" if way.is_stopped(midnight) else said(row.late)
            found.add(("T10", *place), row.id, fell)
            found.add(("E05", *place), row.id, said(way.is_stuck(midnight)))
        day += timedelta(days=1)


def _fallen(
    real: Any,
    moment: str,
    hit: Any,
    out: Any,
    period: Period,
    as_of: datetime,
    site: str = "site_id",
    more: tuple[str, ...] = (),
) -> Iterator[Any]:
    """Yield each parcel of the period with how it fell, at the site answerable for it."""
    real = real[real[moment].notna()]
    if real.empty:
        return iter(())
    day = real[moment].dt.tz_convert(calendars.zone()).dt.date
    mine = (day >= period.start_day) & (day < period.end_day)
    chosen = real.loc[mine, ["id", "product_id", "origin_id", *more]]
    chosen = chosen.assign(day=day[mine], site_id=real.loc[mine, site])
    chosen["moment"] = real.loc[mine, moment]
    later = real.loc[mine, moment] > as_of
    left, good = out[chosen.index], hit[chosen.index]
    chosen["fell"] = "miss"
    chosen.loc[good, "fell"] = "hit"
    chosen.loc[left, "fell"] = "excluded"
    chosen.loc[later, "fell"] = "pending"
    chosen.loc[later & left, "fell"] = ""
    return chosen[chosen["fell"] != ""].itertuples(index=False)


def _spoilt(real: Any) -> Any:
    """A handover that was not right, or a complaint upheld within 30 days of the promise."""
    due = dict(zip(real["id"], real["due_at"], strict=True))
    rows = Case.objects.filter(
        kind="complaint", liability__in=["ours", "partner"], liability_final_at__isnull=False,
        parcel_id__isnull=False,
    )  # fmt: skip
    bad = {
        pk for pk, at in rows.values_list("parcel_id", "received_at")
        if pk in due and at <= due[pk] + timedelta(days=30)
    }  # fmt: skip
    return real["handed_wrong"] | real["id"].isin(bad)


def _revenue(real: Any, period: Period, as_of: datetime, found: Recount) -> None:
    """Add up the fees of parcels accepted."""
    taken = real[real["accepted_at"] <= as_of]
    days = taken["accepted_at"].dt.tz_convert(calendars.zone()).dt.date if len(taken) else []
    for row, day in zip(taken.itertuples(index=False), days, strict=True):
        if day in period and row.fee_fen:
            key = ("P04", day, int(row.site_id), int(row.product_id))
            found.cells.setdefault(key, dict.fromkeys(COUNTS, 0))["total"] += int(row.fee_fen)

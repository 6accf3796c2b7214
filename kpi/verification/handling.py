"""Ends, appointments, checks and traces judged from raw scans, a second time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from courierqa.core import calendars
from kpi.verification.reading import Raw, Told, by

TEN_MINUTES, QUARTER = timedelta(minutes=10), timedelta(minutes=15)
HELD = {
    "PUP", "ARR", "SRT", "BAG", "UNB", "XRY", "DEP", "AST", "OFD", "ATT", "NAT", "RFS", "RDY",
    "DLV", "PRT", "MIS", "RTS", "RTD",
}  # fmt: skip
KINDS = {
    "letter", "document", "clothes", "food", "electronics", "household", "liquid", "other",
}  # fmt: skip


def add(made: Any, told: Told, raw: Raw) -> None:
    """Add what these figures need to the frame of judged parcels."""
    slots = by(raw.slots, "parcel_id")
    rows = [
        _of(row, told.get(row.Index, []), slots.get(row.Index, [])) for row in made.itertuples()
    ]
    found = pd.DataFrame(rows, index=made.index, columns=list(COLUMNS))
    for name in found.columns:
        column = found[name]
        if name in FLAGS:
            column = column.astype(bool)
        elif name.endswith("_at"):
            column = pd.to_datetime(column, utc=True).astype("datetime64[us, UTC]")
        made[name] = column


COLUMNS = (
    "ended_at", "slot_at", "slot_kept", "refused_at",
    "needs_look", "needs_name", "looked", "named", "told_checks", "wanted", "found", "whole",
)  # fmt: skip
FLAGS = {
    "slot_kept", "needs_look", "needs_name", "looked", "named",
    "told_checks",
}  # fmt: skip


def _of(row: Any, scans: list[Any], slots: list[Any]) -> tuple:
    accepted = _time(row.accepted_at)
    done, back = _time(row.done_at), _time(row.returned_at)
    slot = _slot(slots)
    return (
        _end(row, accepted, done, back, scans),
        slot.ends_at if slot else None,
        bool(slot and _at_door(slot, done, _time(row.attempt_at))),
        _refused(accepted, scans),
        *_checks(row, scans, accepted),
        *_trace(row, scans),
        _between(accepted, done) if accepted and done else None,
    )


def _time(value: Any) -> datetime | None:
    return None if value is None or value is pd.NaT or value != value else value


def _first(scans: list[Any], *codes: str) -> datetime | None:
    return next((one.effective_at for one in scans if one.code in codes), None)


def _end(row: Any, accepted: Any, done: Any, back: Any, scans: list[Any]) -> datetime | None:
    """Done, on the way back, lost for good, disposed of: whichever came first (T10)."""
    if accepted is None:
        return None
    lost = _first(scans, "LST") if row.lost else None
    ends = [at for at in (done, back, lost, _first(scans, "DSP")) if at is not None]
    return max(min(ends), accepted) if ends else None


# -- appointments -------------------------------------------------------------------------------
def _slot(slots: list[Any]) -> Any:
    chosen = None
    for one in slots:
        if chosen is None or (one.asked_by != "us" and one.at <= chosen.ends_at):
            chosen = one
    return chosen


def _at_door(slot: Any, done: Any, attempt: Any) -> bool:
    return any(
        at is not None and slot.starts_at - QUARTER <= at <= slot.ends_at for at in (done, attempt)
    )


# -- acceptance ---------------------------------------------------------------------------------
def _refused(accepted: Any, scans: list[Any]) -> Any:
    """Not taken in, and refused before anybody called it off."""
    refused, off = _first(scans, "REJ"), _first(scans, "CNL")
    if accepted is not None or refused is None or (off is not None and off < refused):
        return None
    return refused


def _checks(row: Any, scans: list[Any], accepted: Any) -> tuple[bool, ...]:
    kind = row.item_kind
    for code in ("INS", "PUP"):
        said = [one.detail.get("item_kind") for one in scans if one.code == code]
        kind = next((one for one in said if one in KINDS), kind) if said else kind
    is_open = kind != "letter"
    start, end = row.customer__agreement_from, row.customer__agreement_to
    day = calendars.business_day(accepted) if accepted is not None else None
    agreed = (
        start is not None
        and start == start
        and (day is None or (start <= day and (end is None or end != end or day <= end)))
    )
    holder = next((one for one in scans if one.code in HELD), None)
    checked = any(one.code in ("INS", "RNV") for one in scans)
    limit = accepted + TEN_MINUTES if accepted is not None else None
    return (
        is_open,
        is_open and not agreed,
        _passed(scans, "INS", limit, named=True),
        _passed(scans, "RNV", limit),
        checked or holder is None or holder.source not in ("import", "system"),
    )


def _passed(scans: list[Any], code: str, limit: Any, *, named: bool = False) -> bool:
    return limit is not None and any(
        one.code == code and one.effective_at <= limit
        and one.detail.get("result", "pass") == "pass"
        and (not named or (one.person_id is not None and one.person_id == one.person_id))
        for one in scans
    )  # fmt: skip


def _passed_before(scans: list[Any], flight: Any) -> bool:
    """The last screening in the order of scans before the departure passed."""
    results = [
        one.detail.get("result", "pass")
        for one in scans
        if one.code == "XRY" and one.effective_at <= flight.effective_at
    ]
    return bool(results) and results[-1] == "pass"


# -- traces --------------------------------------------------------------------------------------
def _trace(row: Any, scans: list[Any]) -> tuple[int, int]:
    home = row.origin_id == row.destination_id
    stages = ["PUP", "OFD", "DLV"] if home else ["PUP", "DEP", "ARR", "AST", "OFD", "DLV"]
    there = []
    for one in scans:
        if one.code == "RTS":
            break
        if one.code in ("PUP", "DEP", "ARR", "AST", "OFD", "DLV", "RDY"):
            code = "DLV" if one.code == "RDY" else one.code
            there.append((code, one.effective_at.floor("s"), one.site_id))
    places: dict[Any, set[Any]] = {}
    for _code, second, site in there:
        known = site is not None and site == site
        places.setdefault(second, set()).add(int(site) if known else None)
    seen = {code for code, second, _site in there if len(places[second]) <= 5}
    reached = [stages.index(code) for code in seen if code in stages]
    return (max(reached) + 1, len(reached)) if reached else (0, 0)


# -- links --------------------------------------------------------------------------------------
def _between(start: Any, end: Any) -> int:
    return -1 if start is None or end is None or end < start else int((end - start) // ONE_MINUTE)


ONE_MINUTE = timedelta(minutes=1)


def _hub(hub: Any, kind: str, own: Any) -> Any:
    if hub is not None and hub == hub:
        return int(hub)
    return own if kind == "hub" else None


def _scan(way: list[Any], code: str, site: Any) -> Any:
    if site is None:
        return None
    return next((s.effective_at for s in way if s.code == code and s.site_id == site), None)

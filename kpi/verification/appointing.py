"""Pickups judged from orders, their changes and raw scans a second time (T08)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pandas as pd

from courierqa.core import calendars
from kpi.verification.fallen import Fallen, said
from kpi.verification.handling import _first, _time
from kpi.verification.judging import _shown
from kpi.verification.reading import Raw, Told, by

QUARTER, TWO_HOURS = timedelta(minutes=15), timedelta(hours=2)
NOBODY_COMES = {"counter", "import"}
Span = tuple[Any, Any]


def falls(judged: Any, told: Told, raw: Raw) -> Iterator[Fallen]:
    """Yield how every appointment for a pickup falls, accepted later or never."""
    moves = by(raw.moves, "order_id")
    for row in judged.itertuples(index=False):
        if row.is_test or (row.parent_id == row.parent_id and row.parent_id is not None):
            continue
        mine = told.get(row.id, [])
        visit, off = _first(mine, "PUP", "REJ"), _first(mine, "CNL")
        place = (int(row.origin_id), int(row.product_id))
        for window in _windows(row, moves.get(row.order_id, [])):
            end = window[1]
            gone = off is not None and off <= end and not (visit is not None and visit <= off)
            fell = "excluded" if gone else said(_came(window, visit, mine, raw))
            yield Fallen("T08", row.id, place, end.to_pydatetime(), fell)
            if visit is not None and visit <= end:
                break


def _windows(row: Any, moves: list[Any]) -> list[Span]:
    """Return the windows to judge: those we moved or let pass stay beside the new ones."""
    if row.order_id is None or row.order_id != row.order_id:
        return []
    if row.order__channel in NOBODY_COMES or not row.order__door_pickup:
        return []
    start, end = _time(row.order__window_start), _time(row.order__window_end)
    if moves:
        start, end = _time(moves[0].old_start), _time(moves[0].old_end)
    current: Span = (start, end) if end is not None else (None, _soon(row.order__ordered_at))
    kept: list[Span] = []
    for move in moves:
        if move.asked_by == "us" or move.at > current[1]:
            kept.append(current)
        current = (move.new_start, move.new_end)
    return [*kept, current]


def _soon(ordered: Any) -> Any:
    """Return two hours after an order between 08:00 and 18:00, else 10:00 of the next morning."""
    local = ordered.tz_convert(calendars.zone())
    if local.hour >= 18:
        return _ten(local.date() + timedelta(days=1))
    return _ten(local.date()) if local.hour < 8 else ordered + TWO_HOURS


def _ten(day: Any) -> Any:
    return pd.Timestamp(datetime.combine(day, time(10), calendars.zone())).tz_convert("UTC")


def _came(window: Span, visit: Any, scans: list[Any], raw: Raw) -> bool:
    start, end = window
    if visit is not None and visit <= end:
        return True
    return any(
        one.code == "PFL" and one.reason in ("sender-absent", "not-ready") and _shown(one, raw)
        and one.effective_at <= end and (start is None or one.effective_at >= start - QUARTER)
        for one in scans
    )  # fmt: skip

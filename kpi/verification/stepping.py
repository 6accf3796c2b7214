"""Steps on the way judged from raw scans a second time: links, departures, sorts, the station.

Every step belongs to the day it happened. Also the evenings a parcel was stuck, or stopped for
safety, while it was under way (E05, T10).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import pandas as pd

from courierqa.core import calendars
from kpi.verification.handling import HELD, _between, _hub, _passed_before, _scan, _time
from kpi.verification.judging import _fair, _shown
from kpi.verification.reading import Raw, Told
from staff.models import Site

TOUCHED = HELD | {"INS", "HLD", "RLS", "DMG", "FND"}
DAY, THREE_HOURS = timedelta(hours=24), timedelta(hours=3)
LINKS = ("T06A", "T06B", "T06C", "T06D")
# Scans of the very same moment follow the order of a parcel's life.
LIFE = ("INS", "PUP", "ARR", "AST", "UNB", "XRY", "SRT", "MIS", "BAG", "DEP", "OFD")
ON_THE_DOORSTEP = {"OFD", "DLV", "RDY", "ATT", "RFS"}


@dataclass(frozen=True)
class Step:
    """One step: hit, miss or excluded; or sums, or the minutes of a link."""

    metric: str
    site: int
    moment: Any
    fell: str = ""
    sums: tuple[int, int] | None = None
    minutes: int | None = None


@dataclass
class Way:
    """One parcel's scans, its steps, and when nobody saw it."""

    steps: list[Step] = field(default_factory=list)
    seen: list[Any] = field(default_factory=list)
    on_road: list[bool] = field(default_factory=list)
    stops: list[tuple[Any, Any]] = field(default_factory=list)

    def is_stuck(self, midnight: Any) -> bool:
        """Say whether the last scan before a midnight was too long ago."""
        place = bisect_left(self.seen, midnight) - 1
        if place < 0:
            return False
        return bool(self.seen[place] + DAY * (2 if self.on_road[place] else 1) < midnight)

    def is_stopped(self, midnight: Any) -> bool:
        return any(
            start < midnight and (end is None or end >= midnight) for start, end in self.stops
        )


def ways(judged: Any, told: Told, raw: Raw) -> dict[int, Way]:
    """Return the way of every accepted parcel."""
    hubs = set(Site.objects.filter(kind="hub").values_list("pk", flat=True))
    booked = _booked(raw.slots)
    return {
        int(row.id): _way(row, told.get(row.id, []), hubs, booked.get(row.id), raw)
        for row in judged.itertuples(index=False)
        if _time(row.accepted_at) is not None
    }


def _booked(slots: Any) -> dict[Any, Any]:
    """Return the end of the delivery time that counts: moved by customers alone, in time."""
    found: dict[Any, Any] = {}
    for one in slots.itertuples() if slots is not None and not slots.empty else ():
        end = found.get(one.parcel_id)
        if end is None or (one.asked_by != "us" and one.at <= end):
            found[one.parcel_id] = one.ends_at
    return found


def _way(row: Any, scans: list[Any], hubs: set[int], slot_ends: Any, raw: Raw) -> Way:
    back = _time(row.returned_at)
    scans = sorted(scans, key=_in_life)
    there = [one for one in scans if back is None or one.effective_at <= back]
    touched = [one for one in scans if one.code in TOUCHED]
    return Way(
        steps=[
            *_link_steps(row, there), *_screening_steps(row, scans, there, hubs),
            *_station_steps(row, there, slot_ends), *_attempt_steps(row, scans, raw),
            *_sort_steps(row, there), *_stay_steps(there, hubs),
        ],
        seen=[one.effective_at for one in touched],
        on_road=[one.code == "DEP" for one in touched],
        stops=_stops(scans),
    )  # fmt: skip


def _in_life(one: Any) -> tuple[Any, int]:
    place = LIFE.index(one.code) if one.code in LIFE else len(LIFE)
    return one.effective_at, place


def _link_steps(row: Any, way: list[Any]) -> Iterator[Step]:
    here = _hub(row.origin__hub_id, row.origin__kind, row.origin_id)
    there = _hub(row.destination__hub_id, row.destination__kind, row.destination_id)
    left = _scan(way, "DEP", here)
    came = left if here == there else _scan(way, "ARR", there)
    out = next((one.effective_at for one in way if one.code == "OFD"), None)
    points = [_time(row.accepted_at), left, came, out, _time(row.done_at)]
    for number, metric in enumerate(LINKS):
        later = [at for at in points[number + 1 :] if at is not None]
        if not later or (metric == "T06B" and here == there):
            continue
        site = row.origin_id if metric == "T06A" else row.site_id
        minutes = _between(points[number], points[number + 1])
        yield Step(metric, int(site), later[0], minutes=minutes)


def _screening_steps(row: Any, scans: list[Any], way: list[Any], hubs: set[int]) -> Iterator[Step]:
    departures = [one for one in way if one.code == "DEP"]
    from_hub = [one for one in departures if one.site_id in hubs]
    if not from_hub and any(one.code in ON_THE_DOORSTEP for one in way):
        from_hub = departures
    if from_hub:
        looked = any(one.code == "XRY" for one in scans)
        fell = "excluded" if not row.told_checks else "hit" if looked else "miss"
        yield Step("A03", int(row.origin_id), from_hub[0].effective_at, fell)
    flights = [
        one for one in scans if one.code == "DEP" and one.detail.get("mode") in ("air", "rail")
    ]
    if flights:
        fell = "hit" if _passed_before(scans, flights[0]) else "miss"
        yield Step("A04", int(row.origin_id), flights[0].effective_at, fell)


def _station_steps(row: Any, way: list[Any], slot_ends: Any) -> Iterator[Step]:
    came = _scan(way, "AST", row.destination_id)
    if came is None:
        return
    limit, tried = three_hours_of_shift(came), _time(row.attempt_at)
    if tried is not None and tried <= limit:
        fell = "hit"
    else:
        gone = [_time(row.returned_at), _time(row.recalled_at)]
        excused = any(at is not None and at <= limit for at in gone)
        later = slot_ends is not None and slot_ends > limit
        fell = "excluded" if excused or later else "miss"
    yield Step("T12", int(row.site_id), limit, fell)


def three_hours_of_shift(came: Any) -> Any:
    """Return three hours later, from 08:00 on at the earliest; from 16:00 on of the next day."""
    local = came.tz_convert(calendars.zone())
    if local.hour >= 16:
        local = _eight(local.date() + timedelta(days=1))
    elif local.hour < 8:
        local = _eight(local.date())
    return local.tz_convert("UTC") + THREE_HOURS


def _eight(day: date) -> Any:
    return pd.Timestamp(datetime.combine(day, time(8), calendars.zone()))


def _attempt_steps(row: Any, scans: list[Any], raw: Raw) -> Iterator[Step]:
    zone, valid = calendars.zone(), 0
    days: dict[date, list[tuple[Any, bool]]] = {}
    told = any(
        one.code in ("OFD", "ATT", "RFS") or (one.code in ("DLV", "RDY") and one.source != "import")
        for one in scans
    )
    for one in scans:
        if one.code not in ("ATT", "RFS"):
            continue
        fair = one.detail.get("agreed") or _fair(one.effective_at, zone)
        good = bool(one.reason and _shown(one, raw) and fair)
        valid += good
        if one.source != "import":
            day = one.effective_at.tz_convert(zone).date()
            days.setdefault(day, []).append((one.effective_at, good))
    done = _time(row.done_at)
    if done is not None and told:
        yield Step("D03", int(row.site_id), done, sums=(valid + 1, 1))
    for tries in days.values():
        bad = sum(not good for _at, good in tries)
        yield Step("D04", int(row.site_id), tries[0][0], sums=(bad, len(tries)))


def _sort_steps(row: Any, way: list[Any]) -> Iterator[Step]:
    """A wrong sort is the last one before it was found out."""
    total: Counter[Any] = Counter()
    wrong: Counter[Any] = Counter()
    moments: dict[Any, Any] = {}
    last: Any = None
    is_told = False
    for one in way:
        if one.code == "SRT" or (one.code == "MIS" and last is None):
            known = one.site_id is not None and one.site_id == one.site_id
            site = int(one.site_id) if known else int(row.origin_id)
            last = (site, calendars.business_day(one.effective_at))
            moments.setdefault(last, one.effective_at)
            total[last] += 1
            is_told = False
        if one.code == "MIS" and not is_told:
            wrong[last] += 1
            is_told = True
    for place, number in total.items():
        yield Step("D10", place[0], moments[place], sums=(wrong[place], number))


def _stay_steps(way: list[Any], hubs: set[int]) -> Iterator[Step]:
    """Each stay at a hub: from an arrival to a departure, with a sort between or without."""
    stays: list[dict[str, Any]] = []
    at_hub = [one for one in way if one.site_id in hubs]
    for one in at_hub:
        stay = stays[-1] if stays and not stays[-1]["over"] else None
        if one.code == "ARR" and (stay is None or stay["site"] != one.site_id):
            if stay is not None:
                stay["over"] = True
            stays.append(
                {"site": int(one.site_id), "at": one.effective_at, "over": False, "sorted": False,
                 "missed": False}
            )  # fmt: skip
        elif stay is not None and stay["site"] == one.site_id:
            stay["sorted"] |= one.code == "SRT"
            if one.code == "DEP":
                stay["over"], stay["missed"] = True, not stay["sorted"]
    places: dict[Any, list[dict[str, Any]]] = {}
    for stay in stays:
        places.setdefault((stay["site"], calendars.business_day(stay["at"])), []).append(stay)
    for (site, _day), here in places.items():
        yield Step("D10B", site, here[0]["at"], sums=(sum(s["missed"] for s in here), len(here)))


def _stops(scans: list[Any]) -> list[tuple[Any, Any]]:
    """A hold for security or a failed screening, until the office or a passed one frees it."""
    found: list[tuple[Any, Any]] = []
    since, by_machine = None, False
    for one in scans:
        at, result = one.effective_at, one.detail.get("result", "pass")
        if (one.code == "HLD" and one.detail.get("security")) or (
            one.code == "XRY" and result == "fail"
        ):
            since = at if since is None else since
            by_machine = by_machine or one.code == "XRY"
            continue
        freed = one.code == "XRY" and result == "pass" and by_machine
        let_go = one.code == "RLS" and one.source == "office"
        if freed or (let_go and one.detail.get("stop", True) is True):
            by_machine = False
            if since is not None:
                found.append((since, at))
                since = None
    return [*found, (since, None)] if since is not None else found

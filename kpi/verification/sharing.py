"""The recount shared out to couriers, causes and months: the other books that are stored.

How each record fell is the recount's word. Whose it was, and which link made it late, is read from
the facts: these rules are not written a second time (docs/open.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from complaints.models import Case
from courierqa.core import calendars
from courierqa.core.timeframes import Period, month_of
from kpi.enums import CauseKind
from kpi.metrics import METRICS, shape
from kpi.verification.book import COUNTS, Counts, Key, Recount

CHUNK = 5_000
# Tables whose records are known by another column than the key of their facts.
KEYS: dict[str, str] = getattr(shape, "KEYS", {})
# What is counted of each courier.
COURIER = ("hits", "total", "exempt_hits", "exempt_total")
CourierKey = tuple[str, date, int, int]
CauseKey = tuple[str, date, int, str, int]


def by_courier(found: Recount) -> tuple[dict[CourierKey, Counts], dict[CourierKey, list[Any]]]:
    """Return hits and total per (metric, day, courier, site), and the records behind each."""
    cells: dict[CourierKey, Counts] = defaultdict(lambda: dict.fromkeys(COURIER, 0))
    behind: dict[CourierKey, list[Any]] = defaultdict(list)
    for code, keys in _by_metric(found).items():
        if not METRICS[code].by_courier:
            continue
        fell = [(key, pk, how) for key in keys for pk, how in found.records[key].items()]
        whose = _columns(code, [pk for _key, pk, _how in fell], "courier_id")
        for key, pk, how in fell:
            (courier,) = whose.get(pk, (None,))
            hits, total = _worth(how)
            if courier is None or not (hits or total):
                continue
            place = (code, key[1], courier, key[2])
            cells[place]["total"] += total
            cells[place]["hits"] += hits
            if (key, pk) in found.exempt:
                cells[place]["exempt_total"] += total
                cells[place]["exempt_hits"] += hits
            behind[place].append(pk)
    return dict(cells), dict(behind)


def _worth(how: str) -> tuple[int, int]:
    """Return what a record adds to numerator and denominator; a summed one says it in numbers."""
    if " / " in how:
        hits, total = how.split(" / ")
        return int(hits), int(total)
    return int(how == "hit"), int(how in ("hit", "miss"))


def adds_up(code: str) -> bool:
    """Say whether the days of a figure add up to its month; what is open each evening does not."""
    return not getattr(METRICS.get(code), "is_snapshot", False)


def by_cause(
    found: Recount, period: Period
) -> tuple[dict[CauseKey, Counts], dict[CauseKey, list[Any]]]:
    """Return late parcels per link and complaints per reason, and the records behind each."""
    cells: dict[CauseKey, Counts] = defaultdict(lambda: {"records": 0})
    behind: dict[CauseKey, list[Any]] = defaultdict(list)
    for key, pk in (*_late(found), *_complaints(period)):
        cells[key]["records"] += 1
        behind[key].append(pk)
    return dict(cells), dict(behind)


def by_month(found: Recount, period: Period) -> dict[Key, Counts]:
    """Return the recount summed per (metric, first of month, site, product), of whole months."""
    cells: dict[Key, Counts] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    whole = whole_months(period)
    for (code, day, site, product), counts in found.cells.items():
        if adds_up(code) and (month := day.replace(day=1)) in whole:
            for name in COUNTS:
                cells[code, month, site, product][name] += counts[name]
    return dict(cells)


def whole_months(period: Period) -> set[date]:
    """Return the first days of the months that lie in the period as a whole."""
    days = set(period.days())
    firsts = {day for day in days if day.day == 1}
    return {day for day in firsts if max(month_of(day).days()) in days}


def _by_metric(found: Recount) -> dict[str, list[Key]]:
    keys: dict[str, list[Key]] = defaultdict(list)
    for key in found.records:
        keys[key[0]].append(key)
    return keys


def _late(found: Recount) -> Iterator[tuple[CauseKey, Any]]:
    """Late parcels (T01) by the first link that overran."""
    late = [
        (key, pk) for key, records in found.records.items() if key[0] == "T01"
        for pk, how in records.items() if how == "miss"
    ]  # fmt: skip
    links = _columns("T01", [pk for _key, pk in late], "cause_leg", "cause_site_id")
    for (_code, day, site, _product), pk in late:
        leg, where = links.get(pk, ("", None))
        yield (CauseKind.LATE.value, day, site, leg, where or 0), pk


def _complaints(period: Period) -> Iterator[tuple[CauseKey, Any]]:
    """Complaints received, but repeats, by their reason; read from the cases themselves."""
    rows = Case.objects.filter(
        kind="complaint", repeat_of=None,
        received_at__gte=period.start_at, received_at__lt=period.end_at,
    )  # fmt: skip
    for pk, at, site, reason in rows.values_list("pk", "received_at", "site_id", "reason__code"):
        day, where = calendars.business_day(at), site or 0
        yield (CauseKind.COMPLAINT.value, day, where, reason, where), pk


def _columns(code: str, ids: list[Any], *names: str) -> dict[Any, tuple[Any, ...]]:
    """Return columns of the facts by key."""
    tally, found = METRICS[code].tally, {}
    key = KEYS.get(tally.facts, "pk")
    for start in range(0, len(ids), CHUNK):
        part = {f"{key}__among": ids[start : start + CHUNK]}
        rows = tally.table._default_manager.filter(**part)
        found.update({row[0]: row[1:] for row in rows.values_list(key, *names)})
    return found

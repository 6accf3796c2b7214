"""Which records make a cell differ: the raw rules against the facts that were counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kpi.metrics import METRICS, STEPS, Tally
from kpi.metrics.shape import EVENINGS, KEYS
from kpi.rollups.evenings import needed_on
from kpi.rollups.open_cases import case_open_on, case_overdue_on
from kpi.rollups.under_way import open_on, overdue_on, stopped_on, stuck_on
from shipments.selectors.exemptions import excuses

Key = tuple[str, date, int, int]
MOST = 50


def locate(key: Key, raw: dict[Any, str], *, as_of: datetime) -> list[str]:
    """Return the waybills or case numbers seen differently; empty when only the cell is wrong."""
    facts = _facts(key, as_of)
    suspects = [pk for pk in raw.keys() | facts.keys() if raw.get(pk) != facts.get(pk)]
    return _names(key[0], sorted(suspects)[:MOST])


def _facts(key: Key, as_of: datetime) -> dict[Any, str]:
    """Return how each fact row fell into the cell."""
    code, day, site, product = key
    metric = METRICS[code]
    tally = metric.tally
    column = KEYS.get(tally.facts, "pk")
    rows = tally.table.objects.filter(  # type: ignore[attr-defined]
        **_same(tally.site, site), **_same("product_id", product)
    )
    if tally.facts in EVENINGS:
        some = rows.filter(tally.population, needed_on(day)).values_list("record_id", "is_hit")
        return {pk: "hit" if is_valid else "miss" for pk, is_valid in some}
    if metric.is_snapshot:
        return _under_way(code, rows.filter(tally.population), day)
    rows = rows.filter(**{tally.day: day})
    fell: dict[Any, str] = {}
    for name, chosen in (
        ("miss", tally.judged(as_of)),
        ("hit", tally.hits(as_of)),
        ("pending", tally.pending(as_of)),
        ("excluded", tally.left_out(as_of)),
    ):
        fell |= dict.fromkeys(rows.filter(chosen).values_list(column, flat=True), name)
    if tally.is_excusable and (found := excuses()):
        out = rows.filter(tally.judged(as_of), tally.exempt(found))
        fell |= {pk: f"{fell[pk]} exempt" for pk in out.values_list(column, flat=True)}
    return fell | _added(rows, tally, as_of) if tally.hit_sum or tally.total_sum else fell


def _under_way(code: str, rows: Any, day: date) -> dict[Any, str]:
    """Return what was under way at the end of the day, the overdue or stuck ones as hits."""
    if code == "C10":
        chosen = [("miss", case_open_on), ("hit", case_overdue_on)]
        return _falls_on(rows, day, chosen)
    chosen = [("miss", open_on), ("hit", stuck_on if code == "E05" else overdue_on)]
    chosen += [("excluded", stopped_on)] if code == "T10" else []
    return _falls_on(rows, day, chosen)


def _falls_on(rows: Any, day: date, chosen: list[tuple[str, Any]]) -> dict[Any, str]:
    """Return how each row fell on an evening; of two words the later one holds."""
    fell: dict[Any, str] = {}
    for how, where in chosen:
        fell |= dict.fromkeys(rows.filter(where(day)).values_list("pk", flat=True), how)
    return fell


def _added(rows: Any, tally: Tally, as_of: datetime) -> dict[Any, str]:
    """Return what each row of a summed figure adds to numerator and denominator."""
    hits, total = tally.hits_counted(as_of), tally.total_counted(as_of)
    column = KEYS.get(tally.facts, "pk")
    found = rows.filter(tally.judged(as_of)).values(column).annotate(above=hits, below=total)
    return {row[column]: f"{row['above'] or 0} / {row['below'] or 0}" for row in found}


def _same(column: str, value: int) -> dict[str, Any]:
    return {column: value} if value else {f"{column}__isnull": True}


def _names(code: str, ids: list[Any]) -> list[str]:
    """Return the public keys of records; a parcel without facts is named by the parcel itself."""
    from complaints.models import Case  # noqa: PLC0415 -- only for differences
    from shipments.models import Parcel  # noqa: PLC0415 -- only for differences

    if METRICS[code].record in KEYS and METRICS[code].record != STEPS:
        return [str(one) for one in ids]
    if METRICS[code].record == "cases":
        return list(Case.objects.filter(pk__in=ids).order_by("pk").values_list("number", flat=True))
    rows = Parcel.objects.filter(pk__in=ids).order_by("pk")
    return list(rows.values_list("waybill", flat=True))


def named(code: str, ids: list[Any]) -> list[str]:
    """Return the public keys of the records behind a cell of this figure."""
    return _names(code, ids) if ids else []

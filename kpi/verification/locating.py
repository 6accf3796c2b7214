"""Which records make a cell differ: the raw rules against the facts that were counted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from kpi.metrics import METRICS

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
    tally = METRICS[code].tally
    rows = tally.table.objects.filter(**{tally.day: day})  # type: ignore[attr-defined]
    rows = rows.filter(**_same("site_id", site), **_same("product_id", product))
    fell: dict[Any, str] = {}
    for name, chosen in (
        ("miss", tally.judged(as_of)),
        ("hit", tally.hits(as_of)),
        ("pending", tally.pending(as_of)),
        ("excluded", tally.left_out(as_of)),
    ):
        fell |= dict.fromkeys(rows.filter(chosen).values_list("pk", flat=True), name)
    return fell


def _same(column: str, value: int) -> dict[str, Any]:
    return {column: value} if value else {f"{column}__isnull": True}


def _names(code: str, ids: list[Any]) -> list[str]:
    """Return the public keys of records; a parcel without facts is named by the parcel itself."""
    from complaints.models import Case  # noqa: PLC0415 -- only for differences
    from shipments.models import Parcel  # noqa: PLC0415 -- only for differences

    if METRICS[code].record == "cases":
        return list(Case.objects.filter(pk__in=ids).order_by("pk").values_list("number", flat=True))
    rows = Parcel.objects.filter(pk__in=ids).order_by("pk")
    return list(rows.values_list("waybill", flat=True))


def named(code: str, ids: list[Any]) -> list[str]:
    """Return the public keys of the records behind a cell of this figure."""
    return _names(code, ids) if ids else []

"""Where complaints of one reason surge: at a site, on a lane, from a customer (CMP-16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from complaints.models import CaseFacts, Reason
from kpi import stats
from kpi.metrics.integrity import S02
from kpi.models import Cell
from shipments.models import Customer, Lane
from staff.models import Site

WINDOW = timedelta(days=7)
USUAL = timedelta(days=56)
# kind of place → the column of the facts that names it
KINDS = {
    "all": "", "site": "site_id", "lane": "case__parcel__lane", "customer": "case__parcel__customer"
}  # fmt: skip


@dataclass(frozen=True)
class Surge:
    """More complaints of a reason at a place than chance explains."""

    reason: Reason
    kind: str
    place: Any
    now: int
    before: int
    expected: float
    p: float

    def as_dict(self) -> dict[str, Any]:
        """Return the figures a campaign keeps as its ground."""
        return {
            "now": self.now, "before": self.before, "expected": round(self.expected, 2),
            "p": float(f"{self.p:.3g}"), "days": WINDOW.days, "usual_days": USUAL.days,
        }  # fmt: skip


def surges(rows: QuerySet[CaseFacts], *, day: date) -> list[Surge]:
    """Return the surges of the week before `day`, the least likely first.

    Usual is the eight weeks before it, weighed by the parcels accepted in both spans, so that a
    busy season alone is no surge. All places and reasons are judged together.
    """
    counted = list(_counts(rows, day))
    exposed = _exposure(day)
    likely = [(one, stats.surge_p(one[2], one[3], weight=_weight(exposed, one)))
              for one in counted]  # fmt: skip
    chosen = [
        (one, p) for one, p in likely if stats.is_surge(p, now=one[2], looked_at=len(counted))
    ]
    return sorted(_named(chosen, exposed), key=lambda one: (one.p, one.reason.code, one.kind))


def surge_of(
    rows: QuerySet[CaseFacts], *, day: date, reason: str, kind: str, place: int | None
) -> Surge | None:
    """Return the figures of one reason at one place, surge or not; None without any case."""
    exposed = _exposure(day)
    for one in _counts(rows.filter(reason_code=reason), day):
        if (one[0], one[1]) == (kind, place):
            p = stats.surge_p(one[2], one[3], weight=_weight(exposed, one))
            return next(iter(_named([(one, p)], exposed)), None)
    return None


# kind, place id, cases in the week, cases before, reason code
Counted = tuple[str, int | None, int, int, str]


def _counts(rows: QuerySet[CaseFacts], day: date) -> Iterator[Counted]:
    new = Q(received_day__gte=day - WINDOW)
    span = rows.filter(
        is_repeat=False, received_day__gte=day - WINDOW - USUAL, received_day__lt=day
    ).order_by()
    for kind, column in KINDS.items():
        names = ["reason_code", *([column] if column else [])]
        known = span.filter(**{f"{column}__isnull": False}) if column else span
        grouped = known.values(*names).annotate(
            n=Count("pk", filter=new), m=Count("pk", filter=~new)
        )
        for row in grouped:
            if row["n"]:
                yield kind, row.get(column), row["n"], row["m"], row["reason_code"]


def _exposure(day: date) -> dict[int | None, tuple[int, int]]:
    """Parcels accepted in the week and before, per site; None is the network."""
    cells = Cell.objects.filter(
        metric=S02.code, day__gte=day - WINDOW - USUAL, day__lt=day
    ).order_by()
    new = Q(day__gte=day - WINDOW)
    sums = cells.values("site_id").annotate(
        n=Sum("total", filter=new, default=0), m=Sum("total", filter=~new, default=0)
    )
    found: dict[int | None, tuple[int, int]] = {r["site_id"]: (r["n"], r["m"]) for r in sums}
    found[None] = (sum(n for n, _m in found.values()), sum(m for _n, m in found.values()))
    return found


def _weight(exposed: dict[int | None, tuple[int, int]], one: Counted) -> float:
    """The week's part of the parcels of its place; without parcels, its part of the days."""
    new, old = exposed.get(one[1] if one[0] == "site" else None, (0, 0))
    if not new or not old:
        return WINDOW / (WINDOW + USUAL)
    return new / (new + old)


def _named(
    chosen: list[tuple[Counted, float]], exposed: dict[int | None, tuple[int, int]]
) -> Iterator[Surge]:
    reasons = {row.code: row for row in Reason.objects.all()}
    models: dict[str, Any] = {"site": Site, "lane": Lane, "customer": Customer}
    places = {
        kind: model.objects.in_bulk([one[1] for one, _p in chosen if one[0] == kind])
        for kind, model in models.items()
    }
    for one, p in chosen:
        kind, place, now, before, code = one
        weight = _weight(exposed, one)
        usual = before * weight / (1 - weight)
        named = places[kind].get(place) if kind in places else None
        if code in reasons and (kind == "all" or named is not None):
            yield Surge(reasons[code], kind, named, now, before, usual, p)

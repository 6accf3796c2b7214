"""Trace-back: which link of a late parcel overran its planned time first. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shipments.fold import LegTime


@dataclass(frozen=True)
class PlannedLeg:
    """Be through this link no later than `limit` after acceptance."""

    code: str
    site_id: int
    limit: timedelta


@dataclass(frozen=True)
class Overrun:
    """The first link that was late, and by how much it was known to be late."""

    code: str
    site_id: int | None
    person_id: int | None
    planned_at: datetime
    actual_at: datetime | None


@dataclass(frozen=True)
class LegCompared:
    """One planned link beside what happened; `actual_at` may be a later scan's upper bound."""

    code: str
    site_id: int
    person_id: int | None
    planned_at: datetime
    actual_at: datetime | None
    is_bound: bool

    def is_late(self, as_of: datetime) -> bool:
        return (self.actual_at or as_of) > self.planned_at


def compare(
    accepted_at: datetime, plan: Sequence[PlannedLeg], legs: Sequence[LegTime]
) -> list[LegCompared]:
    """Put the plan beside the scans. A missing scan is bounded by the next later one (T07).

    Each due time follows from the plan, not from the late actual one before it, so that the
    first guilty link is found and not the last.
    """
    return [_beside(accepted_at, step, plan, legs) for step in range(len(plan))]


def _beside(
    accepted_at: datetime, step: int, plan: Sequence[PlannedLeg], legs: Sequence[LegTime]
) -> LegCompared:
    wanted = plan[step]
    planned = accepted_at + wanted.limit
    for leg in legs:
        if leg.code == wanted.code and leg.site_id == wanted.site_id:
            return LegCompared(wanted.code, wanted.site_id, leg.person_id, planned, leg.at,
                               is_bound=False)  # fmt: skip
    further = {(p.code, p.site_id) for p in plan[step + 1 :]} | {("DLV", None), ("RDY", None)}
    later = [
        leg.at for leg in legs
        if (leg.code, leg.site_id) in further or (leg.code, None) in further
    ]  # fmt: skip
    bound = min(later, default=None)
    return LegCompared(wanted.code, wanted.site_id, None, planned, bound, is_bound=True)


def first_overrun(
    *,
    accepted_at: datetime,
    due: datetime,
    done_at: datetime | None,
    plan: Sequence[PlannedLeg],
    legs: Sequence[LegTime],
    as_of: datetime,
    serving_id: int,
    courier_id: int | None,
) -> Overrun | None:
    """Return the first late link of a late parcel, else None. The last link is the delivery."""
    if (done_at or as_of) <= due:
        return None
    for leg in compare(accepted_at, plan, legs):
        if leg.is_late(as_of):
            return Overrun(leg.code, leg.site_id, leg.person_id, leg.planned_at, leg.actual_at)
    return Overrun("DLV", serving_id, courier_id, due, done_at)

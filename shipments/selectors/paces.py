"""Plans and paces of lanes, read set-wise for forecasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from shipments.forecast import MIN_JOURNEYS, Link, Pace, full_plan, shape_of
from shipments.models import Lane, LaneLeg, LanePace


@dataclass(frozen=True)
class LanePlan:
    """A lane's links in order, and each planned link's limit after acceptance."""

    links: tuple[Link, ...]
    limits: dict[int, timedelta]

    @property
    def shape(self) -> str:
        return shape_of(self.links)


def lane_plans(lane_ids: Iterable[int]) -> dict[int, LanePlan]:
    """Return lane id → its plan, in two queries."""
    ids = list(lane_ids)
    lanes = Lane.objects.filter(pk__in=ids).values_list("pk", "origin_id", "destination_id")
    legs: dict[int, list[LaneLeg]] = defaultdict(list)
    for leg in LaneLeg.objects.filter(lane_id__in=ids).order_by("lane_id", "position"):
        legs[leg.lane_id].append(leg)
    return {pk: _plan(legs[pk], start, end) for pk, start, end in lanes if legs[pk]}


def _plan(legs: list[LaneLeg], origin: int, destination: int) -> LanePlan:
    links = full_plan(
        [Link(leg.code, leg.site_id) for leg in legs], origin=origin, destination=destination
    )
    limits = {
        place: timedelta(minutes=leg.limit_minutes)
        for leg in legs
        for place, link in enumerate(links)
        if link == Link(leg.code, leg.site_id)
    }
    return LanePlan(tuple(links), limits)


class Paces:
    """The paces known now; a lane with few journeys borrows those of lanes of its shape."""

    def __init__(self, rows: Iterable[LanePace] | None = None) -> None:
        self.rows: dict[tuple[int, str, int], dict[int, Pace]] = defaultdict(dict)
        for row in LanePace.objects.all() if rows is None else rows:
            pace = Pace(row.position, row.n, row.leg_p80, row.rest_p80, row.rest_warn)
            self.rows[row.lane_id, row.shape, row.product_id][row.position] = pace

    def of(self, lane_id: int, shape: str, product_id: int) -> dict[int, Pace]:
        """Return position → pace."""
        own = self.rows.get((lane_id, shape, product_id), {})
        if own and min(pace.n for pace in own.values()) >= MIN_JOURNEYS:
            return own
        return self.rows.get((0, shape, product_id), {})

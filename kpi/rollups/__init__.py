"""From facts to cells. A slice of (day, site) is counted whole and replaced whole, so doing it
twice changes nothing."""

from kpi.rollups.causes import count_causes
from kpi.rollups.counting import count_cells, count_couriers
from kpi.rollups.durations import Times, count_durations
from kpi.rollups.slices import Slice, month_slice, next_month
from kpi.rollups.storing import replace, sum_month

__all__ = [
    "Slice",
    "Times",
    "count_causes",
    "count_cells",
    "count_couriers",
    "count_durations",
    "month_slice",
    "next_month",
    "replace",
    "sum_month",
]

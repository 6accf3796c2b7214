"""The catalogue of figures. A new figure is one declaration here and its known-answer test."""

from kpi.metrics.acceptance import A01, A02, A03, A04, A05
from kpi.metrics.appointments import T08, T09, T10
from kpi.metrics.cases import C01, C02, C03, C04, C05, C11, C12
from kpi.metrics.delivery import D01, D02, D10
from kpi.metrics.durations import DURATIONS, Duration
from kpi.metrics.integrity import S01, S02, S03, S04, S05
from kpi.metrics.shape import CASES, PARCELS, TABLES, Metric, Tally, Words
from kpi.metrics.time import T01, T02, T03, T04, T11

# In the order pages and the report show them.
METRICS: dict[str, Metric] = {
    metric.code: metric
    for metric in (
        T01,
        T02,
        T03,
        T04,
        T08,
        T09,
        T10,
        T11,
        D01,
        D02,
        D10,
        S01,
        S02,
        S03,
        S04,
        S05,
        A01,
        A02,
        A03,
        A04,
        A05,
        C01,
        C02,
        C03,
        C04,
        C05,
        C11,
        C12,
    )
}

__all__ = [
    "CASES",
    "DURATIONS",
    "METRICS",
    "PARCELS",
    "TABLES",
    "Duration",
    "Metric",
    "Tally",
    "Words",
]

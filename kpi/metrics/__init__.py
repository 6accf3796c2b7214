"""The catalogue of figures. A new figure is one declaration here and its known-answer test."""

from kpi.metrics.cases import C01, C03
from kpi.metrics.parcels import D01, S01, S02, S03, T01, T02, T03
from kpi.metrics.shape import CASES, PARCELS, TABLES, Metric, Tally, Words

METRICS: dict[str, Metric] = {
    metric.code: metric for metric in (T01, T02, T03, D01, S01, S02, S03, C01, C03)
}

__all__ = ["CASES", "METRICS", "PARCELS", "TABLES", "Metric", "Tally", "Words"]

"""The figures by their names, for apps below that let people choose one."""

from __future__ import annotations

from kpi.enums import Unit
from kpi.metrics import METRICS
from quality.figures import Named


def named_figures() -> list[Named]:
    """Return every figure an effect check may name."""
    return [
        Named(code, metric.name, metric.unit == Unit.SHARE, metric.higher_is_better)
        for code, metric in METRICS.items()
    ]

"""The catalogue of figures. A new figure is one declaration here and its known-answer test."""

from kpi.metrics.acceptance import A01, A02, A03, A04, A05
from kpi.metrics.answers import C06, C07, C08, C13, C14, V01, V02, V04
from kpi.metrics.appointments import T08, T09, T10
from kpi.metrics.cases import C01, C02, C03, C04, C05, C11, C12
from kpi.metrics.delivery import D01, D02, D02A, D02B, D02C, D02D
from kpi.metrics.durations import DURATIONS, Duration
from kpi.metrics.handovers import D05, D06, D07, D08, D11
from kpi.metrics.inspections import I01, I02, I02T
from kpi.metrics.integrity import S01, S02, S03, S04, S05
from kpi.metrics.loop import I04, I05, I06
from kpi.metrics.money import P01, P02, P03, P04
from kpi.metrics.people import H01, H02, H03, H05, H05A, H05C, H06, H07, H08
from kpi.metrics.perfect import S07
from kpi.metrics.reviews import I10, I11
from kpi.metrics.shape import (
    CASES,
    HANDOVERS,
    INSPECTIONS,
    LOOP,
    PARCELS,
    PEOPLE,
    RUNS,
    STEPS,
    TABLES,
    TROUBLES,
    UPKEEP,
    VOICE,
    Metric,
    Tally,
    Words,
)
from kpi.metrics.steps import D03, D04, D10, D10B, E05, T12
from kpi.metrics.time import T01, T02, T03, T04, T11
from kpi.metrics.troubles import A06, D09, E01, E02, E03, E04
from kpi.metrics.upkeep import F01, F02, F05, F06, F07, F08, G04, I03, I03A, I07, I09, X03

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
        T12,
        D01,
        D02,
        D02A,
        D02B,
        D02C,
        D02D,
        D03,
        D04,
        D05,
        D06,
        D07,
        D08,
        D09,
        D10,
        D10B,
        D11,
        S01,
        S02,
        S03,
        S04,
        S05,
        S07,
        A01,
        A02,
        A03,
        A04,
        A05,
        A06,
        E01,
        E02,
        E03,
        E04,
        E05,
        C01,
        C02,
        C03,
        C04,
        C05,
        C06,
        C07,
        C08,
        C11,
        C12,
        C13,
        C14,
        P01,
        P02,
        P03,
        P04,
        V01,
        V02,
        V04,
        H01,
        H02,
        H03,
        H05,
        H05A,
        H05C,
        H06,
        H07,
        H08,
        I01,
        I02,
        I02T,
        I03,
        I03A,
        I04,
        I05,
        I06,
        I07,
        I09,
        I10,
        I11,
        F01,
        F02,
        F05,
        F06,
        F07,
        F08,
        X03,
        G04,
    )
}

__all__ = [
    "CASES",
    "DURATIONS",
    "HANDOVERS",
    "INSPECTIONS",
    "LOOP",
    "METRICS",
    "PARCELS",
    "PEOPLE",
    "RUNS",
    "STEPS",
    "TABLES",
    "TROUBLES",
    "UPKEEP",
    "VOICE",
    "Duration",
    "Metric",
    "Tally",
    "Words",
]

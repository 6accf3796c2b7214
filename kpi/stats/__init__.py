"""The statistics of the measure: ranges, control charts, verdicts, scores.

Plain formulas with test vectors; nothing here reads the database or a clock. Shares are given as
fractions, chart points in the unit they are shown in. Every signal asks for an investigation,
never for a penalty.
"""

from kpi.stats.baselines import latest, locked_by, said_anew, segmented
from kpi.stats.between import Between, EventDay, items_between
from kpi.stats.charts import AttributeChart, ChartPoint, laney_p, p_chart, share_chart, u_chart
from kpi.stats.funnel import FunnelPlace, funnel, funnel_limits
from kpi.stats.intervals import Z95, difference, poisson_exact, shrunk, wilson
from kpi.stats.rare import is_rare
from kpi.stats.rules import z_signals
from kpi.stats.scores import csat, nps, score_linear
from kpi.stats.surge import LEAST, is_surge, surge_p
from kpi.stats.varying import control, swings
from kpi.stats.verdict import Verdict, gap, verdicts
from kpi.stats.waiting import between_words, one_in
from kpi.stats.xmr import BASELINE, Signal, XmR, xmr

__all__ = [
    "BASELINE",
    "LEAST",
    "Z95",
    "AttributeChart",
    "Between",
    "ChartPoint",
    "EventDay",
    "FunnelPlace",
    "Signal",
    "Verdict",
    "XmR",
    "between_words",
    "control",
    "csat",
    "difference",
    "funnel",
    "funnel_limits",
    "gap",
    "is_rare",
    "is_surge",
    "items_between",
    "laney_p",
    "latest",
    "locked_by",
    "nps",
    "one_in",
    "p_chart",
    "poisson_exact",
    "said_anew",
    "score_linear",
    "segmented",
    "share_chart",
    "shrunk",
    "surge_p",
    "swings",
    "u_chart",
    "verdicts",
    "wilson",
    "xmr",
    "z_signals",
]

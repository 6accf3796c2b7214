"""What pages show of figures: decided here in full, so that templates only print."""

from kpi.board.lines import Line, line, sentence
from kpi.board.sites import HeatCell, HeatRow, heat_rows
from kpi.board.verdicts import judge, locked, shape

__all__ = [
    "HeatCell",
    "HeatRow",
    "Line",
    "heat_rows",
    "judge",
    "line",
    "locked",
    "sentence",
    "shape",
]

"""The measure: cells, histograms, runs, targets, snapshots, reports."""

from kpi.models.cells import CauseCell, Cell, CourierCell, MonthCell, Watermark
from kpi.models.checks import Verification
from kpi.models.durations import DurationCell, DurationMonth, Durations
from kpi.models.objectives import ObjectiveResult
from kpi.models.pledges import ObjectiveResource, Pledge
from kpi.models.reports import (
    DraftDiscard,
    Publication,
    ReportComment,
    ReportFile,
    Signature,
    Snapshot,
)
from kpi.models.targets import Baseline, Note, Target
from kpi.models.views import SavedView, ViewMail

__all__ = [
    "Baseline",
    "CauseCell",
    "Cell",
    "CourierCell",
    "DraftDiscard",
    "DurationCell",
    "DurationMonth",
    "Durations",
    "MonthCell",
    "Note",
    "ObjectiveResource",
    "ObjectiveResult",
    "Pledge",
    "Publication",
    "ReportComment",
    "ReportFile",
    "SavedView",
    "Signature",
    "Snapshot",
    "Target",
    "Verification",
    "ViewMail",
    "Watermark",
]

"""Nonconformities, their causes, actions and effect checks."""

from quality.models.action import Action, Extension
from quality.models.cause import Analysis, Cause
from quality.models.checklist import Checklist, ChecklistLine, ChecklistVersion, Norm
from quality.models.counted import InspectionRow
from quality.models.effect import EffectCheck
from quality.models.evaluation import (
    CameraClip,
    EvaluationPlan,
    ExternalEvaluation,
    Milestone,
    ProcessReview,
)
from quality.models.inspection import (
    CheckFinding,
    Inspection,
    InspectionCorrection,
    InspectionFile,
    InspectionLine,
    InspectionPlan,
    PlannedInspection,
)
from quality.models.nonconformity import Nonconformity, NumberOfYear, QualityFile

__all__ = [
    "Action",
    "Analysis",
    "CameraClip",
    "Cause",
    "CheckFinding",
    "Checklist",
    "ChecklistLine",
    "ChecklistVersion",
    "EffectCheck",
    "EvaluationPlan",
    "Extension",
    "ExternalEvaluation",
    "Inspection",
    "InspectionCorrection",
    "InspectionFile",
    "InspectionLine",
    "InspectionPlan",
    "InspectionRow",
    "Milestone",
    "Nonconformity",
    "Norm",
    "NumberOfYear",
    "PlannedInspection",
    "ProcessReview",
    "QualityFile",
]

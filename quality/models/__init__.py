"""Nonconformities, their causes, actions and effect checks."""

from quality.models.action import Action, Extension
from quality.models.auditing import (
    AuditLine,
    AuditProgramme,
    Certification,
    InternalAudit,
    Surveillance,
)
from quality.models.cause import Analysis, Cause
from quality.models.checklist import Checklist, ChecklistLine, ChecklistVersion, Norm
from quality.models.counted import InspectionRow
from quality.models.document import (
    Document,
    DocumentClause,
    DocumentScreen,
    DocumentVersion,
    Reading,
)
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
from quality.models.legal import DutyCheck, Law, LawVersion, LegalDuty
from quality.models.nonconformity import Nonconformity, NumberOfYear, QualityFile
from quality.models.process import Process, ProcessMeasure

__all__ = [
    "Action",
    "Analysis",
    "AuditLine",
    "AuditProgramme",
    "CameraClip",
    "Cause",
    "Certification",
    "CheckFinding",
    "Checklist",
    "ChecklistLine",
    "ChecklistVersion",
    "Document",
    "DocumentClause",
    "DocumentScreen",
    "DocumentVersion",
    "DutyCheck",
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
    "InternalAudit",
    "Law",
    "LawVersion",
    "LegalDuty",
    "Milestone",
    "Nonconformity",
    "Norm",
    "NumberOfYear",
    "PlannedInspection",
    "Process",
    "ProcessMeasure",
    "ProcessReview",
    "QualityFile",
    "Reading",
    "Surveillance",
]

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
from quality.models.common_task import CommonTask, KeptFile, TaskPart
from quality.models.counted import InspectionRow, UpkeepRow
from quality.models.document import (
    Document,
    DocumentClause,
    DocumentScreen,
    DocumentVersion,
    Reading,
)
from quality.models.effect import EffectCheck
from quality.models.equipment import (
    Equipment,
    EquipmentCheck,
    GearIssue,
    Maintenance,
    MaintenanceDelay,
    MaintenancePlan,
    RoadTicket,
)
from quality.models.evaluation import (
    CameraClip,
    EvaluationPlan,
    ExternalEvaluation,
    Milestone,
    ProcessReview,
)
from quality.models.improving import (
    Activity,
    Benchmark,
    ProcessChange,
    Routine,
    RoutineTurn,
    StrategyDecision,
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
from quality.models.licences import Licence, LicenceTerm
from quality.models.loop_row import LoopRow
from quality.models.meeting import Attendance, Decision, Meeting, MeetingSeries
from quality.models.nonconformity import Nonconformity, NumberOfYear, QualityFile
from quality.models.person_request import PersonRequest
from quality.models.process import Process, ProcessMeasure
from quality.models.programme import Programme
from quality.models.retention import RetentionRule
from quality.models.review import (
    Review,
    ReviewDecision,
    ReviewInput,
    ReviewMinutes,
    ReviewPlan,
    ReviewVerdict,
)
from quality.models.safety import (
    Destruction,
    Drill,
    EmergencyPlan,
    Hazard,
    IncidentLine,
    PlanContact,
    SafetyIncident,
)
from quality.models.staff_notice import Receipt, StaffNotice
from quality.models.terms import LoopTerms

__all__ = [
    "Action",
    "Activity",
    "Analysis",
    "Attendance",
    "AuditLine",
    "AuditProgramme",
    "Benchmark",
    "CameraClip",
    "Cause",
    "Certification",
    "CheckFinding",
    "Checklist",
    "ChecklistLine",
    "ChecklistVersion",
    "CommonTask",
    "Decision",
    "Destruction",
    "Document",
    "DocumentClause",
    "DocumentScreen",
    "DocumentVersion",
    "Drill",
    "DutyCheck",
    "EffectCheck",
    "EmergencyPlan",
    "Equipment",
    "EquipmentCheck",
    "EvaluationPlan",
    "Extension",
    "ExternalEvaluation",
    "GearIssue",
    "Hazard",
    "IncidentLine",
    "Inspection",
    "InspectionCorrection",
    "InspectionFile",
    "InspectionLine",
    "InspectionPlan",
    "InspectionRow",
    "InternalAudit",
    "KeptFile",
    "Law",
    "LawVersion",
    "LegalDuty",
    "Licence",
    "LicenceTerm",
    "LoopRow",
    "LoopTerms",
    "Maintenance",
    "MaintenanceDelay",
    "MaintenancePlan",
    "Meeting",
    "MeetingSeries",
    "Milestone",
    "Nonconformity",
    "Norm",
    "NumberOfYear",
    "PersonRequest",
    "PlanContact",
    "PlannedInspection",
    "Process",
    "ProcessChange",
    "ProcessMeasure",
    "ProcessReview",
    "Programme",
    "QualityFile",
    "Reading",
    "Receipt",
    "RetentionRule",
    "Review",
    "ReviewDecision",
    "ReviewInput",
    "ReviewMinutes",
    "ReviewPlan",
    "ReviewVerdict",
    "RoadTicket",
    "Routine",
    "RoutineTurn",
    "SafetyIncident",
    "StaffNotice",
    "StrategyDecision",
    "Surveillance",
    "TaskPart",
    "UpkeepRow",
]

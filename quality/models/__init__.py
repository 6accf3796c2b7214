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
from quality.models.document import (
    Document,
    DocumentClause,
    DocumentScreen,
    DocumentVersion,
    Reading,
)
from quality.models.effect import EffectCheck
from quality.models.legal import DutyCheck, Law, LawVersion, LegalDuty
from quality.models.nonconformity import Nonconformity, NumberOfYear, QualityFile
from quality.models.process import Process, ProcessMeasure

__all__ = [
    "Action",
    "Analysis",
    "AuditLine",
    "AuditProgramme",
    "Cause",
    "Certification",
    "Document",
    "DocumentClause",
    "DocumentScreen",
    "DocumentVersion",
    "DutyCheck",
    "EffectCheck",
    "Extension",
    "InternalAudit",
    "Law",
    "LawVersion",
    "LegalDuty",
    "Nonconformity",
    "NumberOfYear",
    "Process",
    "ProcessMeasure",
    "QualityFile",
    "Reading",
    "Surveillance",
]

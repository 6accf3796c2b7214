"""Nonconformities, their causes, actions and effect checks."""

from quality.models.action import Action, Extension
from quality.models.cause import Analysis, Cause
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
from quality.models.licences import Licence, LicenceTerm
from quality.models.nonconformity import Nonconformity, NumberOfYear, QualityFile
from quality.models.safety import (
    Destruction,
    Drill,
    EmergencyPlan,
    Hazard,
    IncidentLine,
    PlanContact,
    SafetyIncident,
)

__all__ = [
    "Action",
    "Analysis",
    "Cause",
    "Destruction",
    "Drill",
    "EffectCheck",
    "EmergencyPlan",
    "Equipment",
    "EquipmentCheck",
    "Extension",
    "GearIssue",
    "Hazard",
    "IncidentLine",
    "Licence",
    "LicenceTerm",
    "Maintenance",
    "MaintenanceDelay",
    "MaintenancePlan",
    "Nonconformity",
    "NumberOfYear",
    "PlanContact",
    "QualityFile",
    "RoadTicket",
    "SafetyIncident",
]

"""Nonconformities, their causes, actions and effect checks."""

from quality.models.action import Action, Extension
from quality.models.cause import Analysis, Cause
from quality.models.effect import EffectCheck
from quality.models.loop_row import LoopRow
from quality.models.nonconformity import Nonconformity, NumberOfYear, QualityFile

__all__ = [
    "Action",
    "Analysis",
    "Cause",
    "EffectCheck",
    "Extension",
    "LoopRow",
    "Nonconformity",
    "NumberOfYear",
    "QualityFile",
]

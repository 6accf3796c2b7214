"""Forms of the improvement loop."""

from quality.forms.causes import CauseEditForm, MergeForm
from quality.forms.raising import RaiseForm
from quality.forms.steps import (
    ActionForm,
    AssignForm,
    CauseForm,
    ContainForm,
    CriterionForm,
    DecideForm,
    DoneForm,
    FileForm,
    LaterForm,
    StepForm,
    VerifierForm,
    WhyForm,
)

__all__ = [
    "ActionForm",
    "AssignForm",
    "CauseEditForm",
    "CauseForm",
    "ContainForm",
    "CriterionForm",
    "DecideForm",
    "DoneForm",
    "FileForm",
    "LaterForm",
    "MergeForm",
    "RaiseForm",
    "StepForm",
    "VerifierForm",
    "WhyForm",
]

"""Forms of sign-in, people and training."""

from staff.forms.people import EmployeeForm, LeaveForm, NewEmployeeForm, RevealForm
from staff.forms.signin import (
    AccountForm,
    GrantForm,
    LoginForm,
    NewUserForm,
    PasswordForm,
    ReasonForm,
)
from staff.forms.training import AssignForm, ConfirmForm, DecideForm, ObjectForm

__all__ = [
    "AccountForm",
    "AssignForm",
    "ConfirmForm",
    "DecideForm",
    "EmployeeForm",
    "GrantForm",
    "LeaveForm",
    "LoginForm",
    "NewEmployeeForm",
    "NewUserForm",
    "ObjectForm",
    "PasswordForm",
    "ReasonForm",
    "RevealForm",
]

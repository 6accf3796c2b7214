"""The only writers of people, sites, training and grades."""

from staff.services.grants import grant_role, revoke_role, set_user_active
from staff.services.people import (
    BackgroundCheckMissing,
    activate_employee,
    change_employee,
    create_employee,
    create_site,
    create_user,
    leave,
)
from staff.services.signin import (
    Locked,
    create_token,
    note_success,
    reserve_try,
    revoke_token,
)

__all__ = [
    "BackgroundCheckMissing",
    "Locked",
    "activate_employee",
    "change_employee",
    "create_employee",
    "create_site",
    "create_token",
    "create_user",
    "grant_role",
    "leave",
    "note_success",
    "reserve_try",
    "revoke_role",
    "revoke_token",
    "set_user_active",
]

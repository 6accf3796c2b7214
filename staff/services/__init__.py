"""The only writers of people, sites, training and grades."""

from staff.grading import PartResult
from staff.services.exams import (
    answer_question,
    close_overdue,
    extend_attempt,
    finish_attempt,
    start_attempt,
)
from staff.services.grades import (
    confirm_assessment,
    decide_objection,
    finalise_due,
    object_to_assessment,
    record_assessment,
)
from staff.services.grants import grant_role, revoke_role, set_user_active
from staff.services.people import (
    BackgroundCheckMissing,
    activate_employee,
    change_employee,
    create_employee,
    create_login,
    create_site,
    create_user,
    leave,
    set_new_password,
)
from staff.services.renewals import assign_required
from staff.services.signin import Locked, create_token, note_success, reserve_try, revoke_token
from staff.services.sites import save_site
from staff.services.training import assign_course, assign_to_all, issue_certificate, read_lesson
from staff.sittings import NoAttempt

__all__ = [
    "BackgroundCheckMissing",
    "Locked",
    "NoAttempt",
    "PartResult",
    "activate_employee",
    "answer_question",
    "assign_course",
    "assign_required",
    "assign_to_all",
    "change_employee",
    "close_overdue",
    "confirm_assessment",
    "create_employee",
    "create_login",
    "create_site",
    "create_token",
    "create_user",
    "decide_objection",
    "extend_attempt",
    "finalise_due",
    "finish_attempt",
    "grant_role",
    "issue_certificate",
    "leave",
    "note_success",
    "object_to_assessment",
    "read_lesson",
    "record_assessment",
    "reserve_try",
    "revoke_role",
    "revoke_token",
    "save_site",
    "set_new_password",
    "set_user_active",
    "start_attempt",
]

"""The only writers of people, sites, training and grades."""

from staff.grading import PartResult
from staff.qualifications import NotQualified, require_for_round
from staff.roster import keep_roster
from staff.services.banks import save_exam, save_question
from staff.services.discipline import (
    answer_appeal,
    appeal_discipline,
    ask_promotion,
    book_deduction,
    decide_discipline,
    decide_promotion,
    propose_discipline,
)
from staff.services.exams import (
    answer_question,
    close_overdue,
    extend_attempt,
    finish_attempt,
    start_attempt,
)
from staff.services.first import administrator_at, first_login
from staff.services.goals import close_goal, set_goal
from staff.services.grades import (
    confirm_assessment,
    decide_objection,
    finalise_due,
    object_to_assessment,
)
from staff.services.grants import grant_role, revoke_role, set_user_active
from staff.services.looking import note_look
from staff.services.needs import drop_needs
from staff.services.people import (
    BackgroundCheckMissing,
    activate_employee,
    change_employee,
    change_own_password,
    create_employee,
    create_login,
    create_site,
    create_user,
    leave,
    set_new_password,
)
from staff.services.plans import (
    answer_need,
    assign_induction,
    cancel_session,
    check_effect,
    hold_session,
    move_session,
    plan_session,
    raise_need,
    record_external,
)
from staff.services.posts import (
    join_team,
    leave_team,
    open_team,
    revise_post,
    save_unit,
    sign_statement,
    transfer,
)
from staff.services.practice import record_practice
from staff.services.renewals import assign_required
from staff.services.requirements import ask_of_post
from staff.services.rewards import (
    award_star,
    decide_reward,
    make_suggestion,
    nominate,
    propose_for_month,
    propose_reward,
    reverse_entry,
    review_suggestion,
)
from staff.services.schemes import revise_scheme
from staff.services.scoring import MonthCounts, record_assessment, record_assessments
from staff.services.signin import Locked, create_token, note_success, reserve_try, revoke_token
from staff.services.sites import save_site
from staff.services.supervision import coach, finish_coaching, record_observation
from staff.services.training import (
    assign_course,
    assign_to_all,
    issue_certificate,
    read_lesson,
    withdraw_certificate,
)
from staff.sittings import NoAttempt

__all__ = [
    "BackgroundCheckMissing",
    "Locked",
    "MonthCounts",
    "NoAttempt",
    "NotQualified",
    "PartResult",
    "activate_employee",
    "administrator_at",
    "answer_appeal",
    "answer_need",
    "answer_question",
    "appeal_discipline",
    "ask_of_post",
    "ask_promotion",
    "assign_course",
    "assign_induction",
    "assign_required",
    "assign_to_all",
    "award_star",
    "book_deduction",
    "cancel_session",
    "change_employee",
    "change_own_password",
    "check_effect",
    "close_goal",
    "close_overdue",
    "coach",
    "confirm_assessment",
    "create_employee",
    "create_login",
    "create_site",
    "create_token",
    "create_user",
    "decide_discipline",
    "decide_objection",
    "decide_promotion",
    "decide_reward",
    "drop_needs",
    "extend_attempt",
    "finalise_due",
    "finish_attempt",
    "finish_coaching",
    "first_login",
    "grant_role",
    "hold_session",
    "issue_certificate",
    "join_team",
    "keep_roster",
    "leave",
    "leave_team",
    "make_suggestion",
    "move_session",
    "nominate",
    "note_look",
    "note_success",
    "object_to_assessment",
    "open_team",
    "plan_session",
    "propose_discipline",
    "propose_for_month",
    "propose_reward",
    "raise_need",
    "read_lesson",
    "record_assessment",
    "record_assessments",
    "record_external",
    "record_observation",
    "record_practice",
    "require_for_round",
    "reserve_try",
    "reverse_entry",
    "review_suggestion",
    "revise_post",
    "revise_scheme",
    "revoke_role",
    "revoke_token",
    "save_exam",
    "save_question",
    "save_site",
    "save_unit",
    "set_goal",
    "set_new_password",
    "set_user_active",
    "sign_statement",
    "start_attempt",
    "transfer",
    "withdraw_certificate",
]

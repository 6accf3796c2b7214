"""Everything that can be done to a nonconformity: one verb, one function, one transaction."""

from quality.services.analysing import MOST_WHYS, contain, find_cause
from quality.services.causes import merge_cause, save_cause
from quality.services.checking import (
    MET,
    MISSED,
    UNCLEAR,
    change_verifier,
    check_effect,
    last_deed_on,
    postpone_check,
)
from quality.services.doing import cancel_action, extend_action, finish_action
from quality.services.ending import reopen, void
from quality.services.files import add_file, open_file, stored
from quality.services.moves import MACHINE
from quality.services.planning import (
    Criterion,
    add_action,
    decide_plan,
    drop_action,
    propose_plan,
    replan,
    set_criterion,
    waiting,
)
from quality.services.raising import Problem, entrust, raise_nonconformity
from quality.services.terms import set_terms

__all__ = [
    "MACHINE",
    "MET",
    "MISSED",
    "MOST_WHYS",
    "UNCLEAR",
    "Criterion",
    "Problem",
    "add_action",
    "add_file",
    "cancel_action",
    "change_verifier",
    "check_effect",
    "contain",
    "decide_plan",
    "drop_action",
    "entrust",
    "extend_action",
    "find_cause",
    "finish_action",
    "last_deed_on",
    "merge_cause",
    "open_file",
    "postpone_check",
    "propose_plan",
    "raise_nonconformity",
    "reopen",
    "replan",
    "save_cause",
    "set_criterion",
    "set_terms",
    "stored",
    "void",
    "waiting",
]

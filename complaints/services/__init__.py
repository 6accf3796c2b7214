"""Everything that can be done to a case: one verb, one function, one transaction."""

from complaints.services.answering import AnswerText, publish_answer
from complaints.services.claims import (
    basis_of,
    decide_claim,
    pay_claim,
    propose_claim,
    waive_money,
)
from complaints.services.closing import (
    Call,
    NotReady,
    close_case,
    conclude,
    record_followup,
    reopen_case,
    withdraw_case,
)
from complaints.services.forums import record_look, save_forum
from complaints.services.handling import (
    accept_transfer,
    add_note,
    answer_transfer,
    assign_case,
    decide_liability,
    return_transfer,
    take,
    transfer,
)
from complaints.services.intake import Intake, add_words, open_case, said_before
from complaints.services.merging import merge_cases, split_case, undo_merge
from complaints.services.moves import is_leader
from complaints.services.pausing import pause_case, resume_case
from complaints.services.ratings import Rating, record_answer
from complaints.services.regulator import (
    Forwarded,
    open_regulator_case,
    reply_regulator,
    set_outcome,
)
from complaints.services.replies import UnfilledBlanks, follow_message, reply
from complaints.services.settings import (
    FIXED,
    RulesText,
    save_pause_reason,
    save_procedure,
    save_reason,
    save_rules,
    set_channel,
)
from complaints.services.watch import check_clocks

__all__ = [
    "FIXED",
    "AnswerText",
    "Call",
    "Forwarded",
    "Intake",
    "NotReady",
    "Rating",
    "RulesText",
    "UnfilledBlanks",
    "accept_transfer",
    "add_note",
    "add_words",
    "answer_transfer",
    "assign_case",
    "basis_of",
    "check_clocks",
    "close_case",
    "conclude",
    "decide_claim",
    "decide_liability",
    "follow_message",
    "is_leader",
    "merge_cases",
    "open_case",
    "open_regulator_case",
    "pause_case",
    "pay_claim",
    "propose_claim",
    "publish_answer",
    "record_answer",
    "record_followup",
    "record_look",
    "reopen_case",
    "reply",
    "reply_regulator",
    "resume_case",
    "return_transfer",
    "said_before",
    "save_forum",
    "save_pause_reason",
    "save_procedure",
    "save_reason",
    "save_rules",
    "set_channel",
    "set_outcome",
    "split_case",
    "take",
    "transfer",
    "undo_merge",
    "waive_money",
    "withdraw_case",
]

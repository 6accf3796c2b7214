"""Everything that can be done to a case: one verb, one function, one transaction."""

from complaints.services.answering import AnswerText, publish_answer
from complaints.services.campaigns import Target, close_campaign, start_campaign
from complaints.services.claim_checks import Refund
from complaints.services.claim_settings import publish_rule, save_bands, save_cause
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
)
from complaints.services.evidence import (
    add_file,
    clean_file,
    file_name,
    open_file,
    remove_file,
)
from complaints.services.forums import record_look, save_forum
from complaints.services.handling import (
    accept_transfer,
    add_note,
    answer_transfer,
    assign_case,
    return_transfer,
    take,
    transfer,
)
from complaints.services.incidents import (
    Picture,
    describe_incident,
    move_incident,
    note_incident,
)
from complaints.services.intake import Intake, add_words, open_case, said_before
from complaints.services.investigating import (
    analyse_case,
    answer_statement,
    answer_with_file,
    ask_statement,
    check_statements,
)
from complaints.services.measures import Order, decide_measure, finish_measure, order_measure
from complaints.services.merging import merge_cases, split_case, undo_merge
from complaints.services.moves import is_leader
from complaints.services.pausing import pause_case, resume_case
from complaints.services.photos import Photo, add_words_with_photos, open_with_photos
from complaints.services.proving import ask_proof, take_proof
from complaints.services.ratings import Rating, record_answer
from complaints.services.recovering import (
    Received,
    record_recovery,
    recovered_of,
    take_back_recovery,
)
from complaints.services.regulator import (
    Forwarded,
    open_regulator_case,
    reply_regulator,
    set_outcome,
)
from complaints.services.remedying import end_remedy, promise_remedy
from complaints.services.replies import UnfilledBlanks, follow_message, is_answered, reply
from complaints.services.ruling import (
    Verdict,
    answer_appeal,
    appeal_ruling,
    decide_liability,
    finish_rulings,
)
from complaints.services.settings import (
    FIXED,
    RulesText,
    save_pause_reason,
    save_procedure,
    save_reason,
    save_rules,
    set_channel,
)
from complaints.services.settling import Part, settle_share, split_cost
from complaints.services.watch import check_clocks, check_decisions
from complaints.services.withdrawing import withdraw_case

__all__ = [
    "FIXED",
    "AnswerText",
    "Call",
    "Forwarded",
    "Intake",
    "NotReady",
    "Order",
    "Part",
    "Photo",
    "Picture",
    "Rating",
    "Received",
    "Refund",
    "RulesText",
    "Target",
    "UnfilledBlanks",
    "Verdict",
    "accept_transfer",
    "add_file",
    "add_note",
    "add_words",
    "add_words_with_photos",
    "analyse_case",
    "answer_appeal",
    "answer_statement",
    "answer_transfer",
    "answer_with_file",
    "appeal_ruling",
    "ask_proof",
    "ask_statement",
    "assign_case",
    "basis_of",
    "check_clocks",
    "check_decisions",
    "check_statements",
    "clean_file",
    "close_campaign",
    "close_case",
    "conclude",
    "decide_claim",
    "decide_liability",
    "decide_measure",
    "describe_incident",
    "end_remedy",
    "file_name",
    "finish_measure",
    "finish_rulings",
    "follow_message",
    "is_answered",
    "is_leader",
    "merge_cases",
    "move_incident",
    "note_incident",
    "open_case",
    "open_file",
    "open_regulator_case",
    "open_with_photos",
    "order_measure",
    "pause_case",
    "pay_claim",
    "promise_remedy",
    "propose_claim",
    "publish_answer",
    "publish_rule",
    "record_answer",
    "record_followup",
    "record_look",
    "record_recovery",
    "recovered_of",
    "remove_file",
    "reopen_case",
    "reply",
    "reply_regulator",
    "resume_case",
    "return_transfer",
    "said_before",
    "save_bands",
    "save_cause",
    "save_forum",
    "save_pause_reason",
    "save_procedure",
    "save_reason",
    "save_rules",
    "set_channel",
    "set_outcome",
    "settle_share",
    "split_case",
    "split_cost",
    "start_campaign",
    "take",
    "take_back_recovery",
    "take_proof",
    "transfer",
    "undo_merge",
    "waive_money",
    "withdraw_case",
]

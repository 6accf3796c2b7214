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
    withdraw_case,
)
from complaints.services.evidence import add_file, open_file, remove_file
from complaints.services.handling import (
    accept_transfer,
    add_note,
    answer_transfer,
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
from complaints.services.ratings import Rating, record_answer
from complaints.services.remedying import end_remedy, promise_remedy
from complaints.services.replies import UnfilledBlanks, follow_message, reply
from complaints.services.ruling import (
    Verdict,
    answer_appeal,
    appeal_ruling,
    decide_liability,
    finish_rulings,
)
from complaints.services.settling import Part, settle_share, split_cost
from complaints.services.watch import check_clocks, check_decisions

__all__ = [
    "AnswerText",
    "Call",
    "Intake",
    "NotReady",
    "Order",
    "Part",
    "Picture",
    "Rating",
    "Refund",
    "Target",
    "UnfilledBlanks",
    "Verdict",
    "accept_transfer",
    "add_file",
    "add_note",
    "add_words",
    "analyse_case",
    "answer_appeal",
    "answer_statement",
    "answer_transfer",
    "answer_with_file",
    "appeal_ruling",
    "ask_statement",
    "basis_of",
    "check_clocks",
    "check_decisions",
    "check_statements",
    "close_campaign",
    "close_case",
    "conclude",
    "decide_claim",
    "decide_liability",
    "decide_measure",
    "describe_incident",
    "end_remedy",
    "finish_measure",
    "finish_rulings",
    "follow_message",
    "move_incident",
    "note_incident",
    "open_case",
    "open_file",
    "order_measure",
    "pay_claim",
    "promise_remedy",
    "propose_claim",
    "publish_answer",
    "publish_rule",
    "record_answer",
    "record_followup",
    "remove_file",
    "reopen_case",
    "reply",
    "said_before",
    "save_bands",
    "save_cause",
    "settle_share",
    "split_cost",
    "start_campaign",
    "take",
    "transfer",
    "waive_money",
    "withdraw_case",
]

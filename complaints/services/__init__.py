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
from complaints.services.handling import (
    accept_transfer,
    add_note,
    answer_transfer,
    decide_liability,
    take,
    transfer,
)
from complaints.services.intake import Intake, add_words, open_case, said_before
from complaints.services.ratings import Rating, record_answer
from complaints.services.replies import UnfilledBlanks, follow_message, reply
from complaints.services.watch import check_clocks

__all__ = [
    "AnswerText",
    "Call",
    "Intake",
    "NotReady",
    "Rating",
    "UnfilledBlanks",
    "accept_transfer",
    "add_note",
    "add_words",
    "answer_transfer",
    "basis_of",
    "check_clocks",
    "close_case",
    "conclude",
    "decide_claim",
    "decide_liability",
    "follow_message",
    "open_case",
    "pay_claim",
    "propose_claim",
    "publish_answer",
    "record_answer",
    "record_followup",
    "reopen_case",
    "reply",
    "said_before",
    "take",
    "transfer",
    "waive_money",
    "withdraw_case",
]
